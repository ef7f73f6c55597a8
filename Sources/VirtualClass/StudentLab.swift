import Foundation
import GraderCore

/// One student's machines with their name server: raising them, bringing them to a situation, starting them anew.
struct StudentLab: Sendable {
    let student: VirtualStudent
    let recipe: VirtualLab
    let specification: ClassSpecification
    let state: ClassState
    let namespace: ClassNamespace
    let rootFileSystem: String

    var plan: AddressPlan { AddressPlan(recipe, student, in: specification) }
    private var lowerFolders: [String] { [ClassLayer.path, rootFileSystem] }

    func machine(_ machine: MachineID) -> LabMachine {
        LabMachine(
            name: MachineName(student: student, machine: machine), plan: plan, namespace: namespace,
            lowerFolders: lowerFolders)
    }

    private var machines: [LabMachine] { recipe.machines.map(machine) }

    /// Nil where the recipe has none.
    var nameServer: NameServer? {
        let plan = plan.lab
        guard let recipe = recipe.nameServer, let address = plan.nameServer else { return nil }
        return NameServer(
            student: student, plan: plan, recipe: recipe, machines: self.recipe.machines, address: address,
            namespace: namespace, lowerFolders: lowerFolders)
    }

    /// Starts what the machines hang on and writes their identities; nothing boots yet.
    func prepare() async throws {
        try await nameServer?.start()
        if specification.forwarded { for machine in recipe.machines { try await forwardPort(of: machine) } }
        try await writeIdentities()
    }

    /// Like VirtualBox's port forwarding, the NAT host accepts a connection on the teacher's side and carries it to the
    /// machine's port 22 (systemd-socket-proxyd(8)).
    private func forwardPort(of machine: MachineID) async throws {
        let part = ClassNetwork.natNamespace(student)
        try await namespace.start(
            [
                "nsenter", "--net=/run/netns/\(part)", "systemd-socket-activate",
                "--listen=\(plan.natOutside):\(plan.forwardedPort(machine))",
                "/lib/systemd/systemd-socket-proxyd", "\(plan.lab[machine]):22",
            ], part: part, log: "/run/nodes/\(part).log",
            LocalizedText(
                fr: "La redirection de port de \(student.id)/\(machine) n'a pas pu être ouverte",
                en: "The forwarded port of \(student.id)/\(machine) could not be opened"))
    }

    /// Boots all machines and waits until systemd has finished on each.
    func boot() async throws {
        for machine in machines { try await machine.switchOn() }
        for machine in machines { try await machine.waitUntilBooted() }
    }

    /// Waits until all machines are what the recipe calls ready.
    func waitUntilReady() async throws {
        guard let readiness = recipe.readiness else { return }
        let script = "until \(readiness.script); do sleep 0.5; done"
        for machine in machines {
            let outcome = try await machine.run(["sh", "-c", script], timeLimit: readiness.timeLimit)
            try require(
                outcome.succeeded,
                LocalizedText(
                    fr: """
                        \(readiness.complaint(plan.lab)) : regarder avec \
                        `bascule lab shell \(machine.name) \(readiness.look)`.
                        """,
                    en: """
                        \(readiness.complaint(plan.lab)): look at it with \
                        `bascule lab shell \(machine.name) \(readiness.look)`.
                        """)
            )
        }
    }

    /// Brings the machines to a situation or puts a fault into them; starts them anew where no way leads on from
    /// where they are.
    func bring(
        to name: String, library: SituationLibrary, limit: WaitingLine,
        progress: @Sendable (LocalizedText) -> Void
    ) async throws {
        if name == ClassSpecification.off {
            for machine in machines { try await machine.losePower() }
            try state.setApplied([name], student: student)
            let isOne = machines.count == 1
            progress(
                LocalizedText(
                    fr: "\(student.id) : \(recipe.allMachines) \(isOne ? "est éteinte" : "sont éteintes")",
                    en: "\(student.id): \(recipe.allMachines) \(isOne ? "is" : "are") off"))
            return
        }
        var applied = try state.applied(student: student)
        let remaining: [SituationScript]
        if let rest = try library.remaining(to: name, applied: applied) {
            remaining = rest
        } else {
            progress(
                LocalizedText(fr: "\(student.id) : remise à neuf", en: "\(student.id): starting anew"))
            try await reset(newHostKeys: false, limit: limit)
            applied = []
            remaining = try library.chain(to: name)
        }
        for script in remaining {
            // Marked first: a script that was broken off leaves a state that has no name.
            try state.setApplied(applied + ["broken-off"], student: student)
            try await limit.held { try await self.run(script) }
            applied.append(script.name)
            try state.setApplied(applied, student: student)
        }
        progress(LocalizedText(fr: "\(student.id) : \(name)", en: "\(student.id): \(name)"))
    }

    /// Throws all machines' disks away and boots them anew, until they are ready. The name server starts over
    /// too; the host keys stay unless new ones are asked for.
    func reset(newHostKeys: Bool, limit: WaitingLine) async throws {
        for machine in machines {
            try await machine.losePower()
            try await machine.eraseDisk()
        }
        try state.setApplied([], student: student)
        if newHostKeys { try state.forgetHostKeys(of: recipe.machines, student: student) }
        try await nameServer?.restart()
        try await writeIdentities()
        try await limit.held { try await boot() }
        try await waitUntilReady()
    }

    private func writeIdentities() async throws {
        let secret = (0..<256).map { _ in UInt8.random(in: .min ... .max) }
        for machine in machines {
            let digits = (0..<32).map { _ in String(UInt8.random(in: 0..<16), radix: 16) }
            let hostKeys = try await state.hostKeys(of: machine.name)
            let identity = MachineIdentity(
                name: machine.name, plan: plan, machineID: digits.joined(), secret: secret,
                hostKeys: hostKeys)
            try await namespace.checked(
                ["mkdir", "-p", "\(machine.folder)/upper"],
                LocalizedText(
                    fr: "Le disque de \(machine.name) n'a pas pu être créé",
                    en: "The disk of \(machine.name) could not be made"))
            let disk = try namespace.outsidePath("\(machine.folder)/upper")
            for file in identity.files { try file.write(below: disk) }
        }
    }
}

extension VirtualLab.File {
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
            throw LabError(
                LocalizedText(
                    fr:
                        "\(path) n'a pas pu être écrit sur le disque d'une machine : reste-t-il de la mémoire ?",
                    en: "\(path) could not be written into a node's disk: is there memory left?"))
        }
    }
}
