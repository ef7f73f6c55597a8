import GraderCore

/// How the labs of a declared exercise are found: a machine is known by its host name, in which the exercise's name for it
/// is a part (`serv1`, `serv1-dupont`). Of an exercise of one machine every machine is a lab.
struct DeclaredDiscovery: Discovery {
    let machines: [MachineID]
    /// Keys that a roster has to have, which no machine says.
    let required: [String]

    private static let hostName = "host-name"
    private static let machineID = "machine-id"

    var questions: KeyValuePairs<String, RemoteCommand> {
        [
            Self.hostName: RemoteCommand(["uname", "-n"], asRoot: false),
            Self.machineID: RemoteCommand(["cat", "/etc/machine-id"], asRoot: false, outputLimit: 4096),
        ]
    }

    /// A machine that let us in.
    private struct Known {
        var host: AskedHost
        var name: String
        /// Which of the exercise's machines its name says it is, and what else the name says.
        var role: (machine: MachineID, rest: String)?

        var machine: DiscoveredMachine {
            DiscoveredMachine(address: host.address, label: name.isEmpty ? nil : name, hostNames: [name])
        }
    }

    func find(_ hosts: [AskedHost]) -> DiscoveredLabs {
        var found = DiscoveredLabs()
        var known: [Known] = []
        for host in hosts.sorted(by: { $0.address < $1.address }) {
            if let failure = host.failure {
                found.refused.append((DiscoveredMachine(address: host.address), failure))
            } else if known.contains(where: { isSame($0.host, host) }) {
                found.secondAddresses.append(host.address)
            } else {
                let name = host.word(Self.hostName) ?? ""
                known.append(Known(host: host, name: name, role: role(name)))
            }
        }
        if machines.count == 1 {
            found.labs = known.map { lab([$0], name: $0.name.isEmpty ? nil : $0.name, isCertain: true) }
            return found
        }
        found.others = known.filter { $0.role == nil }.map {
            ($0.machine, DeclaredDiscoveryTexts.unknownName(machines))
        }
        let members = known.filter { $0.role != nil }
        var rests: [String] = []
        for member in members {
            if let rest = member.role?.rest, !rests.contains(rest) { rests.append(rest) }
        }
        for rest in rests {
            let own = machines.map { machine in
                members.filter { $0.role?.machine == machine && $0.role?.rest == rest }
            }
            // Where nothing but the order of addresses says what belongs together, it is said.
            let whole = own.map(\.count).min() ?? 0
            for index in 0..<whole {
                found.labs.append(
                    lab(
                        own.map { $0[index] }, name: rest.isEmpty ? nil : rest,
                        isCertain: own.allSatisfy { $0.count == 1 }))
            }
            for lone in own.flatMap({ $0.dropFirst(whole) }) {
                found.loneMachines.append((lone.machine, DeclaredDiscoveryTexts.partnersMissing))
            }
        }
        found.labs.sort { ($0.addresses.first?.number ?? 0) < ($1.addresses.first?.number ?? 0) }
        return found
    }

    func text(_ sentence: DiscoverySentence) -> LocalizedText {
        DeclaredDiscoveryTexts.text(sentence, machines: machines, required: required)
    }

    /// One machine that answers at two addresses.
    private func isSame(_ one: AskedHost, _ other: AskedHost) -> Bool {
        guard let id = one.word(Self.machineID), let key = one.hostKey else { return false }
        return other.word(Self.machineID) == id && other.hostKey == key
    }

    private func role(_ name: String) -> (machine: MachineID, rest: String)? {
        let host = name.prefix { $0 != "." }.lowercased()
        for machine in machines {
            let id = machine.rawValue
            if host == id { return (machine, "") }
            if host.hasPrefix(id + "-") { return (machine, String(host.dropFirst(id.count + 1))) }
            if host.hasSuffix("-" + id) { return (machine, String(host.dropLast(id.count + 1))) }
        }
        return nil
    }

    private func lab(_ members: [Known], name: String?, isCertain: Bool) -> DiscoveredLab {
        let address = members.first.map { "\($0.host.address)" } ?? ""
        var lab = DiscoveredLab(
            machines: zip(machines, members).map { ($0, $1.machine) }, ownID: "lab-\(address)",
            summary: LocalizedText(verbatim: name ?? ""))
        lab.name = name
        lab.suggestedID = name
        if !isCertain { lab.doubts.append(DeclaredDiscoveryTexts.byAddressOnly) }
        if !required.isEmpty { lab.lack = DeclaredDiscoveryTexts.lacks(required) }
        return lab
    }
}
