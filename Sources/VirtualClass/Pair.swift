import Foundation

/// One student's pair with its name server: raising it, bringing it to a situation, starting it anew.
struct Pair: Sendable {
    let student: VirtualStudent
    let specification: ClassSpecification
    let state: ClassState
    let namespace: ClassNamespace
    let rootFileSystem: String

    var plan: AddressPlan { AddressPlan(student, in: specification) }
    private var lowerFolders: [String] { [ClassLayer.path, rootFileSystem] }

    func machine(_ host: NodeName.Host) -> NodeMachine {
        NodeMachine(
            name: NodeName(student: student, host: host), plan: plan, namespace: namespace,
            lowerFolders: lowerFolders)
    }

    private var machines: [NodeMachine] { NodeName.Host.allCases.map(machine) }

    var nameServer: NameServer {
        NameServer(student: student, plan: plan, namespace: namespace, lowerFolders: lowerFolders)
    }

    /// Starts what the pair hangs on and writes both nodes' identities; nothing boots yet.
    func prepare() async throws {
        try await nameServer.start()
        if specification.forwarded {
            try await PortForwarder(student: student, plan: plan, namespace: namespace).start()
        }
        try await writeIdentities()
    }

    /// Boots both nodes and waits until systemd has finished on both.
    func boot() async throws {
        for machine in machines { try await machine.switchOn() }
        for machine in machines { try await machine.waitUntilBooted() }
    }

    /// Waits until both nodes see each other in the cluster (about 20 s from the boot: Pacemaker's dc-deadtime).
    func waitUntilFormed() async throws {
        let script = """
            until crm_mon --one-shot 2>/dev/null | grep -q 'Online: \\[ serv1 serv2 \\]'; do sleep 0.5; done
            """
        for machine in machines {
            let outcome = try await machine.run(["sh", "-c", script], timeLimit: .seconds(180))
            guard outcome.succeeded else {
                throw LabError(
                    "The cluster of \(student.id) did not form: look at it with `bascule lab shell \(machine.name) crm_mon -1`."
                )
            }
        }
    }

    /// Brings the pair to a situation or puts a fault into it; starts it anew where no way leads on from where
    /// it is.
    func bring(
        to name: String, library: SituationLibrary, limit: WorkLimit, progress: @Sendable (String) -> Void
    ) async throws {
        if name == ClassSpecification.off {
            for machine in machines { try await machine.losePower() }
            try state.setApplied([name], student: student)
            progress("\(student.id): both machines are off")
            return
        }
        var applied = try state.applied(student: student)
        let remaining: [SituationScript]
        if let rest = try library.remaining(to: name, applied: applied) {
            remaining = rest
        } else {
            progress("\(student.id): starting anew")
            try await reset(newHostKeys: false, limit: limit)
            applied = []
            remaining = try library.chain(to: name)
        }
        for script in remaining {
            // Marked first: a script that was broken off leaves a state that has no name.
            try state.setApplied(applied + ["broken-off"], student: student)
            try await limit.run { try await SituationRunner(pair: self).run(script) }
            applied.append(script.name)
            try state.setApplied(applied, student: student)
        }
        progress("\(student.id): \(name)")
    }

    /// Runs scripts on top of whatever the pair is; from then on it is in no state with a name.
    func add(_ scripts: [SituationScript], limit: WorkLimit) async throws {
        for script in scripts {
            try state.setApplied(try state.applied(student: student) + ["together"], student: student)
            try await limit.run { try await SituationRunner(pair: self).run(script) }
        }
    }

    /// Throws both nodes' disks away and boots them anew, up to the formed cluster. The name server starts over
    /// too; the host keys stay unless new ones are asked for.
    func reset(newHostKeys: Bool, limit: WorkLimit) async throws {
        for machine in machines {
            try await machine.losePower()
            try await machine.eraseDisk()
        }
        try state.setApplied([], student: student)
        if newHostKeys { try state.forgetHostKeys(student: student) }
        try await nameServer.restart()
        try await writeIdentities()
        try await limit.run { try await boot() }
        try await waitUntilFormed()
    }

    private func writeIdentities() async throws {
        var generator = SystemRandomNumberGenerator()
        let corosyncKey = (0..<256).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        for machine in machines {
            let digits = (0..<32).map { _ in String(UInt8.random(in: 0..<16, using: &generator), radix: 16) }
            let hostKeys = try await state.hostKeys(of: machine.name)
            let identity = NodeIdentity(
                node: machine.name, plan: plan, machineID: digits.joined(), corosyncKey: corosyncKey,
                hostKeys: hostKeys)
            try await namespace.checked(
                ["mkdir", "-p", "\(NodeSupervisor.folder(machine.name))/upper"],
                "The disk of \(machine.name) could not be made")
            let disk = try namespace.outsidePath("\(NodeSupervisor.folder(machine.name))/upper")
            for file in identity.files { try file.write(below: disk) }
        }
    }
}

extension ImageFile {
    /// Writes the file below the folder `root`; folders that are missing are everybody's to read.
    func write(below root: String) throws {
        let target = root + path
        let folder = (target as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        guard
            FileManager.default.createFile(
                atPath: target, contents: Data(contents), attributes: [.posixPermissions: mode])
        else {
            throw LabError("\(path) could not be written into a node's disk: is there memory left?")
        }
    }
}
