import Foundation
import Testing

/// Faults of the grader's own machine; `scripts/faults` and `scripts/drill-faults` put more of them into a class.
struct OwnMachineFaultsTests {
    /// Two students whose machines are ports of the loopback that nothing listens on.
    private func inClass(_ work: (_ roster: String, _ reports: String) async throws -> Void) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let students = (1...2).map { number in
            """
              - id: etu\(number)
                name: "Étudiant \(number)"
                serv1: {address: 172.16.\(number).10, login: "127.0.0.1:\(number)"}
                serv2: {address: 172.16.\(number).11, login: "127.0.0.1:\(number + 10)"}
                vip: 172.16.\(number).12/24
            """
        }
        let text = """
            class: demo
            exercise: activite-2
            defaults:
              ssh: {user: root, agent: false, passwordEnvironment: BASCULE_TEST_PASSWORD}
              network: tunnel
            students:
            \(students.joined(separator: "\n"))

            """
        let roster = folder.appending(path: "class.yaml")
        try Data(text.utf8).write(to: roster)
        try await work(
            roster.path(percentEncoded: false), folder.appending(path: "reports").path(percentEncoded: false))
    }

    private func run(_ words: [String], through wrapper: [String]) async throws -> Program.Outcome {
        try await Program.run(
            words + ["--lang", "en"], environment: ["BASCULE_TEST_PASSWORD": "x"], seconds: 30,
            through: wrapper)
    }

    /// The network library ends a program that has no room for its first descriptor.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit"), "needs prlimit"))
    func fewOpenFilesAreSaid() async throws {
        try await inClass { roster, reports in
            let words = ["grade-all", roster, "--reports", reports, "--jobs", "16"]
            let none = try await run(words, through: ["prlimit", "--nofile=40:40"])
            #expect(none.status == 69 && none.complaints.contains("ulimit -n 1024"), "\(none.complaints)")
            let few = try await run(words, through: ["prlimit", "--nofile=64:64"])
            #expect(few.status == 2 && few.output.contains("2 of 2 students seen"), "\(few.output)")
            #expect(few.complaints.contains("Pairs looked at at once: 2, not 16"), "\(few.complaints)")
            // What a terminal sets is not what is allowed.
            let soft = try await run(words, through: ["prlimit", "--nofile=64:1024"])
            #expect(soft.status == 2 && !soft.complaints.contains("at once"), "\(soft.complaints)")
        }
    }

    /// Threads that cannot be started would end the program, or have it wait for ever.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit"), "needs prlimit"))
    func fewThreadsAreSaid() async throws {
        try await inClass { roster, reports in
            let words = ["grade-all", roster, "--reports", reports]
            // A limit on memory, which root has to keep too: what the program itself takes, and a little.
            let outcome = try await run(words, through: ["prlimit", "--as=250000000"])
            #expect(
                outcome.status == 69 && outcome.complaints.contains("(ulimit -u)"), "\(outcome.complaints)")
        }
    }

    /// Whoever tampers with one student's evidence costs nobody else anything, and holds nothing up.
    @Test func tamperedEvidenceIsItsStudentsAlone() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.path(percentEncoded: false)
        func score(_ run: String) async throws -> Program.Outcome {
            try await Program.run(["score", run, "--reports", reports, "--lang", "en"], seconds: 30)
        }
        func result() throws -> NSObject? {
            let file = folder.appending(path: "demo/latest/students/etu1/result.json")
            let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
            return object?["score"] as? NSObject
        }
        _ = try await score("exercises/activite-2/recorded")
        let before = try #require(try result())
        let run = folder.appending(path: "demo/latest").resolvingSymlinksInPath()
        let tampering: [(student: String, how: (String) throws -> Void)] = [
            ("etu2", { _ = mkfifo($0, 0o600) }),
            (
                "etu3",
                { try FileManager.default.createSymbolicLink(atPath: $0, withDestinationPath: "/dev/zero") }
            ),
            ("etu4", { try Data(String(repeating: "[", count: 200_000).utf8).write(to: URL(filePath: $0)) }),
        ]
        for (student, how) in tampering {
            let file = run.appending(path: "students/\(student)/evidence.json").path(percentEncoded: false)
            try FileManager.default.removeItem(atPath: file)
            try how(file)
        }
        let outcome = try await score(run.path(percentEncoded: false))
        #expect(outcome.status == 2, "\(outcome.output)\(outcome.complaints)")
        for (student, _) in tampering {
            #expect(
                outcome.lines.contains { $0.hasPrefix(student) && $0.contains("not assessed: ") },
                "\(outcome.output)")
        }
        #expect(try result() == before)
    }

    /// A terminal that is closed ends the work as Ctrl-C does, however often it is said; under nohup it goes on.
    @Test func aClosedTerminalEndsTheWork() async throws {
        try await inClass { roster, reports in
            let words = ["check", roster, "--student", "etu1", "--reports", reports, "--watch"]
            // It has begun once it has said something.
            let begun =
                #"log=$(mktemp); "$0" "$@" >"$log" 2>&1 & while [ ! -s "$log" ]; do sleep 0.1; done; rm "$log"; "#
            let hangUp = begun + "kill -HUP $!; kill -HUP $!; wait $!; exit $?"
            let closed = try await run(words, through: ["bash", "-c", hangUp])
            #expect(closed.status == 130, "\(closed.status)")
            let kept =
                "trap '' HUP; " + begun + "kill -HUP $!; sleep 1; "
                + #"jobs -r | grep -q . || exit 9; kill -TERM $!; wait $!; exit $?"#
            let ignored = try await run(words, through: ["bash", "-c", kept])
            #expect(ignored.status == 130, "\(ignored.status)")
        }
    }
}
