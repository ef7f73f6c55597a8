import Foundation
import GraderCore
import Testing

@testable import Exercises

/// Checks of the lab sheets that come with the program, run here with commands that say what a machine said.
@Suite struct ShippedChecksTests {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func check(_ id: String, of exercise: String) throws -> DeclaredCheck {
        let file = repository.appending(path: "exercises/\(exercise)/exercise.yaml")
        let declared = try Declaration.exercise(file: file.path(percentEncoded: false)).sound()
        let checks = try #require(declared as? DeclaredExercise).declaredChecks
        return try #require(checks.first { $0.definition.id == CheckID(id) })
    }

    /// What the check comes to, its commands answered by whatever answers.
    static func verdict(
        _ check: DeclaredCheck, _ answer: (MachineID, RemoteCommand) throws -> CommandResult
    ) throws -> Verdict {
        var evidence = try EveryLook.evidence()
        evidence.lab = LabValues(
            addresses: Dictionary(
                check.machines.enumerated().map { ($1, "172.16.1.\(10 + $0)") }, uniquingKeysWith: { $1 }),
            values: ["site": .string("www.etu1.lab"), "text": .string("Intralab de etu1")])
        evidence.unreachable = [:]
        evidence.observations = try check.probes(evidence).compactMap { probe in
            guard case .command(let node, let command) = probe.kind else { return nil }
            return Observation(
                id: probe.id, vantage: .node(node), startedAt: evidence.startedAt, duration: .zero,
                outcome: .command(try answer(node, command)))
        }
        return check.judgement(evidence).verdict
    }

    /// Runs a command here, where the machine's programs are these: `sh` for each, and some of our own by their names.
    static func run(
        _ command: RemoteCommand, _ programs: [String: String], own: [String]
    ) throws -> CommandResult {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in programs {
            let file = folder.appending(path: name)
            try Data("#!/bin/sh\n\(text)\n".utf8).write(to: file)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: file.path(percentEncoded: false))
        }
        for name in own + ["sh", "env"] {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: name), withDestinationURL: URL(filePath: "/usr/bin/\(name)"))
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command.arguments
        process.environment = ["PATH": folder.path(percentEncoded: false), "LC_ALL": "C.UTF-8"]
        return try command.ran(by: process)
    }

    // MARK: - activite-1

    /// The cluster's names for the nodes, as the host names: with their domain, or in capitals.
    @Test(arguments: [
        ("serv1", "serv2", Verdict.met), ("serv1.etu1.lab", "serv2.etu1.lab", .met), ("SERV1", "Serv2", .met),
        ("node1", "serv2", .notMet), ("serv10", "serv2", .notMet), ("serv2.etu1.lab", "serv2", .notMet),
    ])
    func aNodeIsWhatItsMachineIsCalled(_ one: String, _ other: String, _ expected: Verdict) throws {
        let recorded = Self.repository.appending(
            path: "Tests/ExercisesTests/Recorded/solved/serv1/crm-mon.txt")
        let status = try String(contentsOf: recorded, encoding: .utf8)
            .replacing("<node name=\"serv1\"", with: "<node name=\"\(one)\"")
            .replacing("<node name=\"serv2\"", with: "<node name=\"\(other)\"")
        for id in ["Q3.online", "Q3.no-ghost"] {
            let verdict = try Self.verdict(try Self.check(id, of: "activite-1")) { _, command in
                try Self.run(
                    command, ["crm_mon": "cat << 'XML'\n\(status)\nXML"], own: ["cat", "python3"])
            }
            #expect(verdict == expected, "\(id)")
        }
    }

    @Test(arguments: [
        ("serv1", "serv1", true), ("SERV1.etu1.lab", "Serv1.etu1.lab", true), ("serv1", "debian", false),
        ("node1", "node1", false),
    ])
    func aHostNameInCapitals(_ now: String, _ atBoot: String, _ isRight: Bool) throws {
        let verdict = try Self.verdict(try Self.check("Q1.host-name", of: "activite-1")) { node, command in
            let own = { (name: String) in node == MachineID("serv1") ? name : "serv2" }
            return try Self.run(
                command,
                [
                    "uname": "echo \(own(now))",
                    "sed": """
                    case $2 in /etc/hostname) echo \(own(atBoot)) ;; *) exec /usr/bin/sed "$@" ;; esac
                    """,
                ], own: ["tr", "sort"])
        }
        #expect(verdict == (isRight ? .met : .partly(0.5)))
    }

    /// A second copy of the page on one of the nodes makes no other page of it.
    @Test(arguments: [
        ("/usr/bin/env\n/bin/env", "/usr/bin/env", Verdict.met), ("/usr/bin/env", "/usr/bin/sort", .notMet),
    ])
    func aPageIsTheSameHoweverOften(_ here: String, _ there: String, _ expected: Verdict) throws {
        let check = try Self.check("Q6.same-page", of: "activite-1")
        let verdict = try Self.verdict(check) { node, command in
            let pages = node == MachineID("serv1") ? here : there
            return try Self.run(
                command, ["find": "echo '\(pages)'"], own: ["cut", "grep", "sha256sum", "sort", "xargs"])
        }
        #expect(verdict == expected)
    }

    // MARK: - serveur-web

    /// Where there is no ping to try with, nobody knows whether it would be answered.
    @Test(arguments: [(false, Verdict.notAssessed(.noEvidence)), (true, .notMet)])
    func anEchoThatCannotBeTried(_ hasPing: Bool, _ expected: Verdict) throws {
        var programs = [
            "nft": "exit 0", "iptables-save": "exit 0", "ip": "echo '2: eth0 inet 172.16.1.10/24'",
            // The rules were loaded, and nothing came back.
            "unshare": ": > \"$4/loaded\"; : > \"$4/answer\"",
        ]
        if hasPing { programs["ping"] = "exit 1" }
        let verdict = try Self.verdict(try Self.check("Q3.echo", of: "serveur-web")) { _, command in
            try Self.run(command, programs, own: ["awk", "cat", "grep", "mktemp", "rm"])
        }
        #expect(verdict == expected)
    }

    /// Who opens a file with an editor leaves another time on its folder.
    @Test(arguments: [
        (-100, -50, Verdict.met), (-100, 100, .notAssessed(.noEvidence)), (100, 100, .notMet),
        (100, -50, .notMet),
    ])
    func aFolderThatSomebodyLookedInto(_ file: Int, _ folder: Int, _ expected: Verdict) throws {
        let reloaded = 1_795_373_184
        let programs = [
            "stat": """
            for path in "$@"; do case $path in
            */sshd_config) echo \(reloaded + file) ;; */sshd_config.d) echo \(reloaded + folder) ;; esac; done
            """,
            "systemctl": "[ \"$1\" = show ] && echo 'Sun 2026-11-22 18:46:24 UTC'", "journalctl": "exit 0",
        ]
        let verdict = try Self.verdict(try Self.check("Q4.in-use", of: "serveur-web")) { _, command in
            try Self.run(command, programs, own: ["date", "grep", "sort", "tail"])
        }
        #expect(verdict == expected)
    }

    /// As OpenSSH 9.2 prints it.
    @Test(arguments: [
        ("permitrootlogin no", true), ("permitrootlogin yes", false),
        ("permitrootlogin yes\ndenyusers root\ndenyusers eve", true),
        ("permitrootlogin yes\ndenygroups root", true), ("permitrootlogin yes\nallowusers deploy", true),
        ("permitrootlogin yes\nallowusers rootless\nallowusers deploy@10.0.0.*", true),
        ("permitrootlogin yes\nallowusers root@10.0.0.1\nallowusers deploy", false),
        ("permitrootlogin yes\nallowusers deploy\nallowusers *", false),
        ("permitrootlogin yes\nallowgroups sudo\nallowgroups www-data", true),
        ("permitrootlogin yes\nallowgroups root\nallowgroups www-data", false),
        ("permitrootlogin yes\ndenyusers eve\nauthenticationmethods any", false),
        ("permitrootlogin yes\nauthenticationmethods publickey", true),
        ("permitrootlogin yes\nauthenticationmethods publickey,password password", false),
    ])
    func rootIsKeptOut(_ lines: String, _ isRight: Bool) throws {
        let output =
            "port 22\npasswordauthentication yes\nkbdinteractiveauthentication yes\n\(lines)\nacceptenv LC_*\n"
        let verdict = try Self.verdict(try Self.check("Q4.root-login", of: "serveur-web")) { _, command in
            CommandResult(
                answering: command.arguments, ending: .exited(0), standardOutput: Bytes(Array(output.utf8)),
                standardError: Bytes([]), duration: .zero)
        }
        #expect(verdict == (isRight ? .met : .notMet))
    }
}
