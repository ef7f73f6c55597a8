import GraderCore

/// The class's network: one namespace as the switch, one for the teacher, one for each name server and NAT host. There
/// is no uplink, so that nothing can leave. The machines' own namespaces and cables come and go with their power: see
/// `MachineSupervisor`.
struct ClassNetwork: Sendable {
    static let switchNamespace = "switch"
    static let teacherNamespace = "teacher"

    let recipe: VirtualLab
    let specification: ClassSpecification

    /// What a student's NAT host is called.
    static let nat = "nat"
    static func dnsNamespace(_ student: VirtualStudent) -> String { "\(student.id)-\(NameServer.place)" }
    static func natNamespace(_ student: VirtualStudent) -> String { "\(student.id)-\(nat)" }

    /// The shell script, run in the class's mount namespace, that builds it all (ip-netns(8), ip-link(8)).
    var script: String {
        var lines = [
            "set -eu",
            // namespace, bridge, interface, then addresses
            """
            plug() {
                namespace=$1 bridge=$2 interface=$3; shift 3
                ip netns list | grep -qw -- "$namespace" || { ip netns add "$namespace"; ip -n "$namespace" link set lo up; }
                ip -n switch link add "$namespace-$interface" type veth peer name "$interface" netns "$namespace"
                ip -n switch link set "$namespace-$interface" master "$bridge" up
                for address in "$@"; do ip -n "$namespace" address add "$address" dev "$interface"; done
                ip -n "$namespace" link set "$interface" up
            }
            """, "ip netns add \(Self.switchNamespace)", bridge(AddressPlan.classBridge),
        ]
        let plans = specification.students.map { AddressPlan(recipe, $0, in: specification) }
        let teacher =
            specification.forwarded
            ? [AddressPlan.teacherBeforeNAT]
            : specification.onOneNetwork ? plans.prefix(1).map(\.teacher) : plans.map(\.teacher)
        lines.append(plug(Self.teacherNamespace, AddressPlan.classBridge, "eth0", teacher))
        for (student, plan) in zip(specification.students, plans) {
            if specification.forwarded {
                lines.append(bridge(plan.bridge))
                let nat = Self.natNamespace(student)
                lines.append(plug(nat, AddressPlan.classBridge, "eth0", [plan.natOutside]))
                lines.append(plug(nat, plan.bridge, "eth1", [plan.natInside]))
            }
            if let address = plan.lab.nameServer {
                lines.append(plug(Self.dnsNamespace(student), plan.bridge, "eth0", [address]))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func bridge(_ name: String) -> String {
        """
        ip -n \(Self.switchNamespace) link add \(name) type bridge
        ip -n \(Self.switchNamespace) link set \(name) up
        """
    }

    private func plug(_ namespace: String, _ bridge: String, _ interface: String, _ addresses: [String])
        -> String
    {
        let masked = addresses.map { "\($0)/\(AddressPlan.prefixLength)" }
        return (["plug", namespace, bridge, interface] + masked).joined(separator: " ")
    }
}
