import Foundation
import GraderCore

/// A student as far as the entry could be read, with the places of what is compared with other students'.
struct StudentDraft {
    var position: InputPosition
    var id: String?
    var idPosition = InputPosition(line: 0, column: 0)
    var names: [String] = []
    var network = NetworkPolicy.auto
    var addresses: [NodeRole: LabAddress] = [:]
    var addressPositions: [NodeRole: InputPosition] = [:]
    var logins: [NodeRole: NodeLogin] = [:]
    var loginPositions: [NodeRole: InputPosition] = [:]
    var vip: LabAddress?
    var vipPosition = InputPosition(line: 0, column: 0)
    var vipPrefixLength: Int?
    var web = WebFacts()
    var dns: DNSFacts?
    var hooks = PowerHooks()
    var deadline: Date?

    init(position: InputPosition) { self.position = position }

    /// The two nodes and the virtual IP are three addresses of one network.
    func checkAddresses(_ mistakes: InputMistakes) {
        if let first = addresses[.primary], first == addresses[.secondary],
            let position = addressPositions[.secondary]
        {
            mistakes.add(position, "serv2 has the address of serv1, \(first)", expected: "another one")
        }
        guard let vip else { return }
        for role in NodeRole.allCases where addresses[role] == vip {
            mistakes.add(
                vipPosition, "vip is \(role.rawValue)'s own address \(vip)",
                expected: "an address that no machine has")
            return
        }
        guard let length = vipPrefixLength else { return }
        for role in NodeRole.allCases {
            guard let address = addresses[role], !address.isInSubnet(of: vip, prefixLength: length) else {
                continue
            }
            mistakes.add(
                vipPosition, "vip \(vip)/\(length) is in another network than \(role.rawValue), \(address)",
                expected: "an address in the nodes' network")
            return
        }
        if vip.isReserved(prefixLength: length) {
            mistakes.add(
                vipPosition, "vip \(vip)/\(length) is the network's own or its broadcast address",
                expected: "an address for a host")
        }
    }

    /// - Parameter vipIsShared: whether another student has the same virtual IP.
    /// - Returns: nil where something is missing, which is reported.
    func student(vipIsShared: Bool) -> RosterStudent? {
        guard let id, let vip, let primary = logins[.primary], logins.count == NodeRole.allCases.count,
            addresses.count == NodeRole.allCases.count
        else { return nil }
        let usesTunnel =
            switch network {
            case .direct: false
            case .tunnel: true
            case .auto:
                vipIsShared || !primary.jumps.isEmpty || primary.host != addresses[.primary]?.description
            }
        return RosterStudent(
            identity: StudentIdentity(id: id, names: names),
            lab: LabFacts(
                addresses: addresses.mapValues(\.description), vip: vip.description,
                vipPrefixLength: vipPrefixLength, dns: dns, web: web),
            logins: logins, network: network, usesTunnel: usesTunnel, hooks: hooks,
            deadline: deadline, line: position.line)
    }
}
