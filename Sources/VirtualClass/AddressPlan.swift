import GraderCore

/// Who has which address, name and cable in one student's corner of the class. Pure arithmetic. Of ten addresses the
/// first are the machines', in the recipe's order, then come the services' and the name server's. Student *n* has
/// 172.16.n.10 and the following; behind forwarded ports everybody has 172.16.0.10 and the following, on a network of
/// his own; on one network student *n* has 172.16.0.(10n) and the following.
struct AddressPlan: Sendable {
    let recipe: VirtualLab
    let number: Int
    let forwarded: Bool
    var onOneNetwork = false

    static let prefixLength = 24

    /// Whether all have addresses of their own on one network, the last of which is everybody's (broadcast).
    static func fitsOnOneNetwork(students: Int, addresses: Int) -> Bool {
        addresses <= 10 && 10 * students + addresses <= 255
    }

    private var network: String { "172.16.\(forwarded || onOneNetwork ? 0 : number)" }
    private var first: Int { onOneNetwork ? 10 * number : 10 }
    private func address(at offset: Int) -> String { "\(network).\(first + offset)" }

    /// What of it a recipe is told. The name server is a host of its own, which outlives the machines.
    var lab: VirtualLab.Plan {
        let machines = recipe.machines.enumerated().map { ($1, address(at: $0)) }
        let services = recipe.services.enumerated().map { ($1, address(at: machines.count + $0)) }
        return VirtualLab.Plan(
            student: "etu\(number)", prefixLength: Self.prefixLength, zone: "etu\(number).lab",
            machines: Dictionary(machines) { first, _ in first },
            services: Dictionary(services) { first, _ in first },
            nameServer: recipe.nameServer.map { _ in address(at: machines.count + services.count) })
    }

    /// The teacher's address in the student's network (absent behind forwarded ports).
    var teacher: String { network + ".1" }

    /// The bridge that the machines are plugged into.
    var bridge: String { forwarded ? "br-etu\(number)" : Self.classBridge }
    /// The bridge that the teacher is plugged into.
    static let classBridge = "br-class"

    /// The teacher's address on the class bridge where the machines are behind forwarded ports.
    static let teacherBeforeNAT = "10.99.0.254"
    /// The student's NAT host as the teacher sees it.
    var natOutside: String { "10.99.0.\(number)" }
    /// The student's NAT host as the machines see it.
    var natInside: String { network + ".254" }

    /// The machine's position in the recipe, from 0.
    private func index(_ machine: MachineID) -> Int { recipe.machines.firstIndex(of: machine) ?? 0 }

    /// The port of the NAT host behind which a machine's port 22 is.
    func forwardedPort(_ machine: MachineID) -> Int { 2210 + index(machine) }

    /// Where to log in, where that is not port 22 of the machine's own address.
    func login(_ machine: MachineID) -> String? {
        forwarded ? "\(natOutside):\(forwardedPort(machine))" : nil
    }

    /// A hardware address that says whose it is: locally administered, student, machine.
    func hardwareAddress(_ machine: MachineID) -> String {
        let digits = String(number, radix: 16)
        return "02:ba:5c:00:\(digits.count == 1 ? "0" : "")\(digits):1\(index(machine))"
    }

    /// The machine's port on the switch: an interface's name has 15 bytes at most.
    func switchPort(_ machine: MachineID) -> String {
        let port = "p-etu\(number)-\(machine)"
        return port.utf8.count <= 15 ? port : "p\(index(machine))-etu\(number)"
    }
}

extension AddressPlan {
    init(_ recipe: VirtualLab, _ student: VirtualStudent, in specification: ClassSpecification) {
        self.init(
            recipe: recipe, number: student.number, forwarded: specification.forwarded,
            onOneNetwork: specification.onOneNetwork)
    }
}

/// Names one machine of the class: `etu1/web` for people, `etu1-web` for namespaces and control groups.
struct MachineName: Sendable, Hashable, CustomStringConvertible {
    let student: VirtualStudent
    let machine: MachineID

    var description: String { "\(student.id)/\(machine)" }
    /// Name of the machine's network namespace, control group and folder.
    var label: String { "\(student.id)-\(machine)" }
}
