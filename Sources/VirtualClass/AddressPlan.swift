/// Who has which address, name and cable in one student's corner of the class. Pure arithmetic.
///
/// The lab sheet's addresses are 172.16.0.10, .11 and .12. Student *n* has the same in 172.16.n.0/24; behind
/// forwarded ports everybody has the sheet's own, on a network of his own; on one network student *n* has
/// 172.16.0.(10n), (10n + 1) and (10n + 2).
struct AddressPlan: Sendable, Hashable {
    let number: Int
    let forwarded: Bool
    let onOneNetwork: Bool

    init(number: Int, forwarded: Bool, onOneNetwork: Bool = false) {
        self.number = number
        self.forwarded = forwarded
        self.onOneNetwork = onOneNetwork
    }

    init(_ student: VirtualStudent, in specification: ClassSpecification) {
        self.init(
            number: student.number, forwarded: specification.forwarded,
            onOneNetwork: specification.onOneNetwork)
    }

    static let prefixLength = 24

    private var network: String { "172.16.\(forwarded || onOneNetwork ? 0 : number)" }
    private var first: Int { onOneNetwork ? 10 * number : 10 }

    /// The primary's own address.
    var serv1: String { "\(network).\(first)" }
    /// The secondary's own address.
    var serv2: String { "\(network).\(first + 1)" }
    /// The virtual address that the sheet has the student configure.
    var virtual: String { "\(network).\(first + 2)" }
    /// The student's name server: a host of its own, which outlives a failover.
    var dns: String { "\(network).\(first + 3)" }
    /// The teacher's address in the student's network (absent behind forwarded ports).
    var teacher: String { network + ".1" }

    var zone: String { "etu\(number).lab" }
    var siteName: String { "www.\(zone)" }

    /// The bridge that the pair is plugged into.
    var bridge: String { forwarded ? "br-etu\(number)" : Self.classBridge }
    /// The bridge that the teacher is plugged into.
    static let classBridge = "br-class"

    /// The teacher's address on the class bridge where the pairs are behind forwarded ports.
    static let teacherBeforeNAT = "10.99.0.254"
    /// The student's NAT host as the teacher sees it.
    var natOutside: String { "10.99.0.\(number)" }
    /// The student's NAT host as the pair sees it.
    var natInside: String { network + ".254" }

    /// The port of the NAT host behind which a node's port 22 is.
    static func forwardedPort(_ host: NodeName.Host) -> Int {
        switch host {
        case .serv1: 2210
        case .serv2: 2211
        }
    }

    func address(_ host: NodeName.Host) -> String {
        switch host {
        case .serv1: serv1
        case .serv2: serv2
        }
    }

    /// Where to log in, where that is not port 22 of the node's own address.
    func login(_ host: NodeName.Host) -> String? {
        forwarded ? "\(natOutside):\(Self.forwardedPort(host))" : nil
    }

    /// A hardware address that says whose it is: locally administered, student, node.
    func hardwareAddress(_ host: NodeName.Host) -> String {
        let last = host == .serv1 ? "10" : "11"
        let digits = String(number, radix: 16)
        return "02:ba:5c:00:\(digits.count == 1 ? "0" : "")\(digits):\(last)"
    }
}

/// Names one node of the class: `etu1/serv1` for people, `etu1-serv1` for namespaces and control groups.
struct NodeName: Sendable, Hashable, CustomStringConvertible {
    /// The sheet's two host names.
    enum Host: String, Sendable, CaseIterable {
        case serv1, serv2

        var peer: Host { self == .serv1 ? .serv2 : .serv1 }
        /// Corosync's node id.
        var id: Int { self == .serv1 ? 1 : 2 }
    }

    let student: VirtualStudent
    let host: Host

    var description: String { "\(student.id)/\(host.rawValue)" }
    /// Name of the node's network namespace, control group and folder.
    var label: String { "\(student.id)-\(host.rawValue)" }
}
