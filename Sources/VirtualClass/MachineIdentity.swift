import GraderCore

/// What makes one machine out of the common root file system: names, addresses, keys.
struct MachineIdentity: Sendable {
    let name: MachineName
    let plan: AddressPlan
    /// 32 hexadecimal digits, different on every machine (machine-id(5)).
    let machineID: String
    /// What the student's machines have in common: see `VirtualLab.files`.
    let secret: [UInt8]
    /// `/etc/ssh/ssh_host_*`, this machine's own.
    let hostKeys: [VirtualLab.File]

    /// The recipe's files last.
    var files: [VirtualLab.File] {
        let lab = plan.lab
        let nameServer = lab.nameServer.map { "nameserver \($0)\n" } ?? ""
        return [
            VirtualLab.File("/etc/hostname", "\(name.machine)\n"),
            VirtualLab.File("/etc/machine-id", mode: 0o444, "\(machineID)\n"),
            VirtualLab.File("/etc/hosts", hosts(lab)),
            VirtualLab.File("/etc/resolv.conf", "search \(lab.zone)\n\(nameServer)"),
            VirtualLab.File("/etc/network/interfaces", interfaces(lab)),
        ] + hostKeys + plan.recipe.files(lab, name.machine, secret)
    }

    private func hosts(_ lab: VirtualLab.Plan) -> String {
        let machines = plan.recipe.machines.map { "\(lab[$0]) \($0).\(lab.zone) \($0)\n" }
        return "127.0.0.1 localhost\n" + machines.joined()
    }

    private func interfaces(_ lab: VirtualLab.Plan) -> String {
        """
        auto lo
        iface lo inet loopback

        auto eth0
        iface eth0 inet static
            address \(lab[name.machine])
            netmask 255.255.255.0

        """
    }
}
