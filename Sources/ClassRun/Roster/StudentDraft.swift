import Foundation
import GraderCore
import InputFiles

/// A student as far as the entry could be read, with the places of what is compared with other students'.
struct StudentDraft {
    var id: String?
    var idPosition = InputPosition(line: 0, column: 0)
    var names: [String] = []
    var network = NetworkPolicy.auto
    var addresses: [MachineID: IPAddress] = [:]
    var addressPositions: [MachineID: InputPosition] = [:]
    var logins: [MachineID: NodeLogin] = [:]
    var loginPositions: [MachineID: InputPosition] = [:]
    var services: [LabReader.ServiceAddress] = []
    var values: [String: LabValue] = [:]
    var hooks = PowerHooks()
    /// Of each machine's name on its hypervisor, also of one that could not be read.
    var vmPositions: [MachineID: InputPosition] = [:]
    var deadline: Date?

    /// The machines' addresses and those of their services are different ones of one network.
    func checkAddresses(_ exercise: any Exercise, _ mistakes: InputMistakes) {
        for (index, role) in exercise.machines.enumerated() {
            guard let address = addresses[role], let position = addressPositions[role],
                let other = exercise.machines[..<index].first(where: { addresses[$0] == address })
            else { continue }
            mistakes.add(
                position,
                LocalizedText(
                    fr: "\(role) a l'adresse de \(other), \(address)",
                    en: "\(role) has the address of \(other), \(address)"),
                expected: LocalizedText(fr: "une autre", en: "another one"))
        }
        for service in services { check(service, exercise, mistakes) }
    }

    private func check(
        _ service: LabReader.ServiceAddress, _ exercise: any Exercise, _ mistakes: InputMistakes
    ) {
        let (key, address) = (service.key, service.address)
        if let role = exercise.machines.first(where: { addresses[$0] == address }) {
            mistakes.add(
                service.position,
                LocalizedText(
                    fr: "\(key) est l'adresse propre de \(role), \(address)",
                    en: "\(key) is \(role)'s own address \(address)"),
                expected: LocalizedText(
                    fr: "une adresse qui n'est celle d'aucune machine", en: "an address that no machine has"))
            return
        }
        guard let length = service.prefixLength else { return }
        for role in exercise.machines {
            guard let own = addresses[role], !own.isInSameNetwork(as: address, prefixLength: length) else {
                continue
            }
            mistakes.add(
                service.position,
                LocalizedText(
                    fr: "\(key) \(address)/\(length) est dans un autre réseau que \(role), \(own)",
                    en: "\(key) \(address)/\(length) is in another network than \(role), \(own)"),
                expected: LocalizedText(
                    fr: "une adresse du réseau des machines", en: "an address in the nodes' network"))
            return
        }
        if address.isReserved(prefixLength: length) {
            mistakes.add(
                service.position,
                LocalizedText(
                    fr: "\(key) \(address)/\(length) est l'adresse du réseau même ou de sa diffusion",
                    en: "\(key) \(address)/\(length) is the network's own or its broadcast address"),
                expected: LocalizedText(fr: "une adresse d'hôte", en: "an address for a host"))
        }
    }

    /// - Parameter isShared: whether another student has one of the same service addresses.
    /// - Returns: nil where something is missing, which is reported.
    func student(of exercise: any Exercise, isShared: Bool) -> RosterStudent? {
        guard let id, let first = exercise.machines.first, let login = logins[first],
            exercise.machines.allSatisfy({ logins[$0] != nil && addresses[$0] != nil }),
            exercise.labKeys.allSatisfy({ !$0.isRequired || values[$0.name] != nil })
        else { return nil }
        let usesTunnel =
            switch network {
            case .direct: false
            case .tunnel: true
            case .auto: isShared || !login.jumps.isEmpty || login.host != addresses[first]?.description
            }
        return RosterStudent(
            identity: StudentIdentity(id: id, names: names),
            lab: LabValues(addresses: addresses.mapValues(\.description), values: values), logins: logins,
            usesTunnel: usesTunnel, hooks: hooks, deadline: deadline)
    }
}
