import Foundation
import GraderCore

/// One machine: its power and the commands run in it.
struct LabMachine: Sendable {
    let name: MachineName
    let plan: AddressPlan
    let namespace: ClassNamespace
    /// The read-only layers under the machine's own, topmost first.
    let lowerFolders: [String]

    /// How long a boot may take before it counts as failed; about 2 s on an idle machine.
    private static let bootLimit = Duration.seconds(120)
    /// systemd gives a unit 90 s to stop.
    private static let powerOffLimit = Duration.seconds(120)

    /// Inside the class's mount namespace: `upper`, `work`, `root`, `console.log`.
    var folder: String { "/run/nodes/\(name.label)" }
    private var log: String { "\(folder)/console.log" }

    /// Whether anything of the machine is running, its supervisor included.
    var isOn: Bool { namespace.group.isPopulated(name.label) }

    /// The machine's process 1 as the host numbers it; nil while it is off or between two boots.
    var leader: Int32? { namespace.group.processes("\(name.label)/payload/init.scope").first }

    /// Switches the machine on; does not wait for it to boot. Nothing happens where it is on; one that is shutting
    /// down is let finish first.
    func switchOn() async throws {
        if isOn, leader != nil, try await systemState() == "stopping" { try await waitUntilOff() }
        guard !isOn else { return }
        try await namespace.checked(
            ["mkdir", "-p", folder],
            LocalizedText(
                fr: "Le dossier de \(name) n'a pas pu être créé",
                en: "The folder of \(name) could not be made"))
        try await namespace.start(
            [
                "sh", MachineSupervisor.path, name.label, name.machine.rawValue, plan.bridge,
                plan.hardwareAddress(name.machine), lowerFolders.joined(separator: ":"),
                plan.switchPort(name.machine),
            ], part: name.label, log: log,
            LocalizedText(fr: "\(name) n'a pas pu être allumée", en: "\(name) could not be switched on"))
    }

    /// Waits until systemd has started what it has to start, or has given up on a unit.
    func waitUntilBooted() async throws {
        do {
            try await waiting(
                Self.bootLimit, for: LocalizedText(fr: "le démarrage de \(name)", en: "\(name) to boot"),
                every: .milliseconds(200)
            ) {
                try require(
                    isOn,
                    LocalizedText(
                        fr: "\(name) s'est éteinte pendant son démarrage.",
                        en: "\(name) went off while it was booting."))
                guard leader != nil else { return false }
                return ["running", "degraded"].contains(try await systemState("--wait"))
            }
        } catch let error as LabError {
            let said = namespace.tail(log)
            throw LabError(
                LocalizedText(
                    fr: "\(error.sentence) Sa console : \(said)",
                    en: "\(error.sentence) Its console said: \(said)"))
        }
    }

    /// Shuts the machine down cleanly, as `poweroff` in it would, and waits until it is off.
    func powerOff() async throws {
        guard isOn else { return }
        _ = try await run(["systemctl", "--no-block", "poweroff"])
        try await waitUntilOff()
    }

    /// systemd's word for how far the machine is (systemctl(1), is-system-running); empty where it does not answer.
    private func systemState(_ options: String...) async throws -> String {
        try await run(["systemctl", "is-system-running"] + options, timeLimit: Self.bootLimit).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func waitUntilOff() async throws {
        try await waiting(
            Self.powerOffLimit, for: LocalizedText(fr: "l'extinction de \(name)", en: "\(name) to power off")
        ) { !isOn }
    }

    /// The plug is pulled: the cable goes first, then every process at once. The kernel of a dead machine would
    /// otherwise go on answering for its addresses: a network namespace outlives the processes in it.
    func losePower() async throws {
        guard isOn else { return }
        try await namespace.checked(
            ["sh", "-c", "ip -n switch link del \(plan.switchPort(name.machine)) 2>/dev/null; true"],
            LocalizedText(fr: "\(name) n'a pas pu être débranchée", en: "\(name) could not be unplugged"))
        try await namespace.group.kill(name.label)
        try namespace.group.remove(name.label)
        try await namespace.checked(
            ["sh", "-c", "ip netns del \(name.label) 2>/dev/null; true"],
            LocalizedText(fr: "\(name) n'a pas pu être nettoyée", en: "\(name) could not be cleared away"))
    }

    /// Forgets everything that was ever written in the machine, which must be off.
    func eraseDisk() async throws {
        let script =
            "! mountpoint -q \(folder)/root || umount \(folder)/root; rm -rf --one-file-system \(folder)"
        try await namespace.checked(
            ["sh", "-euc", script],
            LocalizedText(
                fr: "Le disque de \(name) n'a pas pu être effacé",
                en: "The disk of \(name) could not be erased"))
    }

    /// `arguments` as they have to be started on the host to run in the machine, as root, with a clean environment.
    /// - Parameter terminal: the value of TERM for an interactive command.
    func entering(_ arguments: [String], terminal: String? = nil) throws -> [String] {
        guard let leader else {
            throw LabError(
                LocalizedText(
                    fr: "\(name) est éteinte : l'allumer avec `bascule lab power \(name) on`.",
                    en: "\(name) is off: switch it on with `bascule lab power \(name) on`."))
        }
        let environment = [
            "HOME=/root", "USER=root", "LOGNAME=root", "SHELL=/bin/bash", "LC_ALL=C.UTF-8",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ]
        // A shell is the parent of what runs in the machine, not nsenter(1), which stops itself when its child is stopped:
        // systemd stops everything before it ends it, and a shutdown then waits 90 s twice for a dead process that
        // nobody takes note of.
        let entered = ["--mount", "--uts", "--ipc", "--net", "--pid", "--no-fork", "--"]
        return ["nsenter", "--target", String(leader)] + entered
            + ["env", "-i"] + environment + (terminal.map { ["TERM=\($0)"] } ?? [])
            + ["sh", "-c", #"cd /root; "$@"; exit $?"#, "sh"] + arguments
    }

    /// Runs a command in the machine. Its exit status is data.
    func run(_ arguments: [String], timeLimit: Duration = .seconds(60)) async throws -> HostCommand.Outcome {
        try await HostCommand(
            arguments: namespace.group.entering("work", entering(arguments)), timeLimit: timeLimit
        ).run()
    }
}
