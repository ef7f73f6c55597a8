import Foundation
import GraderCore
import Testing

@testable import Exercises

/// A tool that a machine lacks convicts nobody, nor does a service that would have to answer and is stopped.
@Suite struct MissingToolsTests {
    /// A check that a tool decides: what the tool prints, and what that comes to.
    struct Case: Sendable, CustomTestStringConvertible {
        var check: CheckID
        var tool: String
        var saying: String
        var expected: Verdict
        /// The machine's other programs.
        var others: [String: String] = [:]
        var own: [String] = []

        var testDescription: String { "\(check.rawValue) without \(tool)" }
    }

    @Test(arguments: [
        Case(
            check: "Q1.other-name", tool: "curl", saying: "echo www.etu1.lab", expected: .notMet),
        Case(
            check: "Q1.docroot", tool: "cmp", saying: "exit 1", expected: .notMet,
            others: ["curl": "exit 0"]),
        Case(
            check: "Q1.access-log", tool: "ss", saying: "exit 0", expected: .notMet,
            others: ["curl": "exit 0"], own: ["cut", "date", "grep", "sort"]),
        Case(
            check: "Q1.error-log", tool: "ss", saying: "exit 0", expected: .notMet,
            others: ["curl": "echo 404"], own: ["cut", "date", "grep", "sort"]),
        Case(
            check: "Q2.san", tool: "openssl", saying: "exit 0", expected: .notMet, own: ["timeout", "tr"]),
        Case(
            check: "Q2.key", tool: "setpriv", saying: "exit 1", expected: .notMet,
            others: ["openssl": "exit 1"], own: ["timeout"]),
        Case(
            check: "Q3.at-boot", tool: "systemctl", saying: "exit 1", expected: .notMet,
            own: ["bash", "grep", "mktemp", "rm"]),
        Case(
            check: "Q6.ran", tool: "systemctl", saying: "exit 0", expected: .notMet),
        Case(
            check: "Q6.private", tool: "setpriv", saying: "exit 1", expected: .met,
            others: ["find": "[ -x \"${0%/*}/setpriv\" ]"]),
    ])
    func nobodyLooked(_ look: Case) throws {
        let check = try ShippedChecksTests.check(look.check.rawValue, of: "serveur-web")
        for (programs, expected) in [
            (look.others, Verdict.notAssessed(.noEvidence)),
            (look.others.merging([look.tool: look.saying]) { $1 }, look.expected),
        ] {
            let verdict = try ShippedChecksTests.verdict(check) { _, command in
                try ShippedChecksTests.run(command, programs, own: look.own)
            }
            #expect(verdict == expected, "\(programs.keys.sorted())")
        }
    }

    /// A zip with the file in it, and what is no archive at all.
    @Test(arguments: [
        ("reponses.docx", ["python3"], Verdict.met), ("reponses.docx", [], .notAssessed(.noEvidence)),
        ("reponses.pdf", ["python3"], .notMet), ("reponses.pdf", [], .notMet),
    ])
    func anArchiveThatNothingCanRead(_ file: String, _ tools: [String], _ expected: Verdict) throws {
        let archive = ShippedChecksTests.repository.appending(path: "Tests/Fixtures/answers/\(file)")
        let find = """
            case $1 in
            /var/backups/site) echo '\(archive.path(percentEncoded: false))' ;;
            */) echo document.xml ;;
            *) echo changed since ;;
            esac
            """
        let check = try ShippedChecksTests.check("Q6.archive", of: "serveur-web")
        let verdict = try ShippedChecksTests.verdict(check) { _, command in
            try ShippedChecksTests.run(
                command, ["find": find],
                own: ["awk", "cmp", "head", "ls", "mktemp", "od", "rm", "tar", "tr", "xargs"] + tools)
        }
        #expect(verdict == expected)
    }

    /// Of an sshd that is not the unit's systemd knows no time.
    @Test func anSshdThatSystemdDidNotStart() throws {
        let programs = [
            "stat": "echo 4000000000", "systemctl": "[ \"$1\" = show ] && echo", "journalctl": "exit 0",
        ]
        let check = try ShippedChecksTests.check("Q4.in-use", of: "serveur-web")
        let verdict = try ShippedChecksTests.verdict(check) { _, command in
            try ShippedChecksTests.run(command, programs, own: ["date", "grep", "sort", "tail"])
        }
        #expect(verdict == .notAssessed(.noEvidence))
    }

    /// By the real openssl, on certificates that it made.
    @Test(arguments: [("valid", Verdict.met), ("not-yet", .notMet), ("expired", .notMet)])
    func aCertificateHasABeginningToo(_ name: String, _ expected: Verdict) throws {
        let file = ShippedChecksTests.repository.appending(path: "Tests/Fixtures/certificates/\(name).pem")
        let openssl = """
            case $1 in
            s_client) exec cat '\(file.path(percentEncoded: false))' ;;
            *) exec /usr/bin/openssl "$@" ;;
            esac
            """
        let check = try ShippedChecksTests.check("Q2.valid", of: "serveur-web")
        func verdict(_ programs: [String: String]) throws -> Verdict {
            try ShippedChecksTests.verdict(check) { _, command in
                try ShippedChecksTests.run(
                    command, programs.merging(["openssl": openssl]) { $1 },
                    own: ["cat", "timeout"] + (programs.isEmpty ? ["date"] : []))
            }
        }
        #expect(try verdict([:]) == expected)
        if name != "expired" {
            #expect(try verdict(["date": "exit 1"]) == .notAssessed(.noEvidence))
        }
    }

    /// Where Pacemaker runs on neither node nobody can be asked for its options; where it runs on one, that one.
    @Test(arguments: [[], ["serv1"]])
    func pacemakerIsStopped(_ running: [String]) throws {
        let file = ShippedChecksTests.repository.appending(path: "exercises/activite-1/exercise.yaml")
        let sheet = try #require(
            try Declaration.exercise(file: file.path(percentEncoded: false)).sound() as? DeclaredExercise)
        var evidence = try EveryLook.evidence()
        evidence.lab = LabValues(
            addresses: [MachineID("serv1"): "172.16.1.10", MachineID("serv2"): "172.16.1.11"],
            values: ["text": .string("Intralab de etu1")])
        evidence.unreachable = [:]
        evidence.observations = sheet.declaredChecks.flatMap { $0.probes(evidence) }.compactMap { probe in
            guard case .command(let node, let command) = probe.kind else { return nil }
            let isRunning = running.contains(node.rawValue)
            let words = command.arguments.joined(separator: " ")
            let isActive = isRunning || words.hasSuffix("corosync")
            let (status, said) =
                if words.contains("systemctl show") {
                    (0, "LoadState=loaded\nActiveState=\(isActive ? "active" : "inactive")\n")
                } else if words.contains("ring0_addr") {
                    (0, "172.16.1.10\n172.16.1.11\n")
                } else if words.contains("crm_attribute") || words.contains("crm_node") {
                    isRunning ? (0, words.contains("crm_node") ? "1\n" : "false\n") : (102, "")
                } else {
                    (0, "")
                }
            return Observation(
                id: probe.id, vantage: .node(node), startedAt: evidence.startedAt, duration: .zero,
                outcome: .command(
                    CommandResult(
                        answering: command.arguments, ending: .exited(status),
                        standardOutput: Bytes(Array(said.utf8)), standardError: Bytes([]), duration: .zero)))
        }
        let results = try EveryLook.results(sheet, evidence)
        #expect(results["Q3.corosync"]?.verdict == .met)
        #expect(
            results["Q4.fencing"]?.verdict == (running.isEmpty ? .blocked(by: "Q3.pacemaker") : .met))
        #expect(
            results["Q3.quorum"]?.verdict
                == (running.isEmpty ? .blocked(by: "Q3.pacemaker") : .partly(0.5)))
    }
}
