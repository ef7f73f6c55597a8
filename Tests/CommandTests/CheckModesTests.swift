import Foundation
import GraderCore
import Testing

/// `check` for students, as far as it goes without a pair: nobody listens where the roster points to.
struct CheckModesTests {
    /// A class of one whose machines refuse every connection at once.
    private func withClass(
        rosterLines: String = "", rubric: String? = nil, _ work: (String, [String], URL) async throws -> Void
    ) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let roster = folder.appending(path: "class.yaml")
        let secret = folder.appending(path: "secret").path(percentEncoded: false)
        _ = FileManager.default.createFile(
            atPath: secret, contents: Data("unused\n".utf8), attributes: [.posixPermissions: 0o600])
        try """
        class: examen
        exercise: activite-2
        \(rosterLines)
        students:
          - id: etu1
            name: "Un"
            ssh: {user: root, passwordFile: secret}
            serv1: {address: 127.0.0.1, ssh: {port: 9}}
            serv2: {address: 127.0.0.2, ssh: {port: 9}}
            vip: 127.0.0.3/24
            dns: none
            web: {url: "http://127.0.0.3/", expect: "Intralab"}
        """.write(to: roster, atomically: true, encoding: .utf8)
        var options = ["--reports", folder.path(percentEncoded: false)]
        if let rubric {
            let file = folder.appending(path: "rubric.yaml")
            try rubric.write(to: file, atomically: true, encoding: .utf8)
            options += ["--rubric", file.path(percentEncoded: false)]
        }
        try await work(roster.path(percentEncoded: false), options, folder)
    }

    private static let handedOut = "exercise: activite-2\ntitle: Fiche\ntotal: 20\nexam: true\n"

    @Test func anExamShowsOnlyWhetherTheMachinesCanBeReached() async throws {
        for (lines, rubric) in [("exam: true", nil), ("", Self.handedOut)] {
            try await withClass(rosterLines: lines, rubric: rubric) { roster, options, _ in
                let outcome = try await Program.run(["check", roster] + options)
                #expect(outcome.status == 2, "\(outcome.output)\(outcome.complaints)")
                #expect(outcome.lines.first == "Exam: only whether the machines can be reached is shown.")
                #expect(outcome.lines.count == 3 && outcome.lines.dropFirst().allSatisfy { $0.contains("✗") })
                #expect(!outcome.output.contains("Q1") && !outcome.output.contains("20"))
                let json = try await Program.run(["check", roster, "--json"] + options)
                #expect(json.status == 2 && json.output.contains("\"reached\" : false"))
                #expect(!json.output.contains("questions"))
                for arguments in [["--hint", "Q3"], ["--watch"], ["--hints"], ["--question", "Q1"]] {
                    let other = try await Program.run(["check", roster] + arguments + options)
                    #expect(!other.output.contains("Q1.") && !other.output.contains("Q3."), "\(arguments)")
                }
            }
        }
    }

    @Test func nothingIsGradedWithWhatIsHandedOut() async throws {
        try await withClass(rubric: Self.handedOut) { roster, options, _ in
            let outcome = try await Program.run(["grade-all", roster] + options)
            #expect(outcome.status == 65, "\(outcome.output)")
            #expect(outcome.complaints.contains("grade with the whole rubric"))
        }
    }

    @Test func watchingEndsByItselfAndSaysOnlyWhatChanged() async throws {
        try await withClass { roster, options, _ in
            let once = try await Program.run(["check", roster] + options)
            let watched = try await Program.run(
                ["check", roster, "--watch", "--watch-looks", "2", "--watch-pause", "5s"] + options)
            #expect(watched.status == 2 && once.status == 2, "\(watched.complaints)")
            // Two looks, and the second found nothing new.
            #expect(watched.lines.count == once.lines.count)
        }
    }

    @Test(arguments: [
        ["--watch", "--hint", "Q3"], ["--watch-pause", "1s"], ["--hint-level", "9"], ["--hint", "Q77"],
        ["--watch", "--drills", "standby"],
    ])
    func whatDoesNotFitTogetherIsAUsageError(_ arguments: [String]) async throws {
        try await withClass { roster, options, _ in
            let outcome = try await Program.run(["check", roster] + arguments + options)
            #expect(outcome.status == 64, "\(outcome.complaints)")
        }
    }

    @Test func repeatedRunsAreRunsOfTheirOwn() async throws {
        try await withClass { roster, options, folder in
            let outcome = try await Program.run(
                ["grade-all", roster, "--every", "10s", "--runs", "2"] + options)
            #expect(outcome.status == 2, "\(outcome.complaints)")
            let runs = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "examen").path(percentEncoded: false)
            ).filter { $0.hasPrefix("20") }
            #expect(runs.count == 2, "\(runs)")
            for arguments in [
                ["--every", "1s"], ["--runs", "2"], ["--every", "5m", "--drills", "standby"],
            ] {
                let wrong = try await Program.run(["grade-all", roster] + arguments + options)
                #expect(wrong.status == 64, "\(wrong.complaints)")
            }
        }
    }
}

/// `check --local` where there is no roster.
struct LocalCheckTests {
    @Test(arguments: [
        [], ["--local"], ["--serv1", "172.16.0.10"], ["class.yaml", "--local", "--vip", "172.16.0.12"],
        ["--local", "--serv1", "172.16.0.10", "--vip", "172.16.0.12"],
        ["--local", "--serv1", "nowhere", "--serv2", "172.16.0.11", "--vip", "172.16.0.12"],
    ])
    func whatIsMissingOrTooMuchIsAUsageError(_ arguments: [String]) async throws {
        let outcome = try await Program.run(["check"] + arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome.complaints)")
    }

    /// Never the machine of somebody else.
    @Test func aMachineThatIsNoneOfThePairIsRefused() async throws {
        let outcome = try await Program.run([
            "check", "--local", "--serv1", "192.0.2.10", "--serv2", "192.0.2.11", "--vip", "192.0.2.12",
        ])
        #expect(outcome.status == 64)
        #expect(
            outcome.complaints.contains(geteuid() == 0 ? "neither node's address" : "as root"),
            "\(outcome.complaints)")
    }
}
