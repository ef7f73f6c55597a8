/// A student's NAT host: like VirtualBox's port forwarding, it accepts a connection on the teacher's side and
/// carries it to a machine's port 22, by way of systemd-socket-proxyd(8).
struct PortForwarder: Sendable {
    let student: VirtualStudent
    let plan: AddressPlan
    let namespace: ClassNamespace

    func start() async throws {
        let part = ClassNetwork.natNamespace(student)
        for machine in plan.recipe.machines {
            try await namespace.start(
                [
                    "nsenter", "--net=/run/netns/\(part)", "systemd-socket-activate",
                    "--listen=\(plan.natOutside):\(plan.forwardedPort(machine))",
                    "/lib/systemd/systemd-socket-proxyd", "\(plan.lab[machine]):22",
                ], part: part, log: "/run/nodes/\(part).log",
                "The forwarded port of \(student.id)/\(machine) could not be opened")
        }
    }
}
