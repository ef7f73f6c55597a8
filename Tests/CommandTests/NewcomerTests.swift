import Foundation
import GraderCore
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

extension Program {
    /// A line of shell, in which `$0` is the program and `$1`, … are the arguments.
    static func bash(
        _ line: String, _ arguments: [String] = [], environment: [String: String] = [:],
        in folder: URL = repository
    ) async throws -> Outcome {
        let program = try path
        var variables: [Environment.Key: String?] = ["LC_ALL": "C.UTF-8", "NO_COLOR": "1"]
        for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
        let result = try await Subprocess.run(
            .name("timeout"),
            arguments: Arguments(["-k", "5", "60", "bash", "-c", line, program] + arguments),
            environment: .inherit.updating(variables),
            workingDirectory: FilePath(folder.path(percentEncoded: false)), input: .none,
            output: .bytes(limit: 4 << 20), error: .bytes(limit: 4 << 20))
        guard case .exited(let status) = result.terminationStatus else {
            throw RealClassFailure(what: "\(line): \(result.terminationStatus)")
        }
        return Outcome(
            status: Int(status), output: String(decoding: result.standardOutput, as: UTF8.self),
            complaints: String(decoding: result.standardError, as: UTF8.self))
    }
}

/// The first minutes with the program: from any folder, by its name or a link, and after a run that was cut off.
struct NewcomerTests {
    private static let recorded =
        Program.repository.appending(path: "exercises/activite-2/recorded").path(percentEncoded: false)

    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func rubricUsed(_ folder: URL) throws -> String {
        let file = folder.appending(path: "reports/demo/latest/students/etu1/result.json")
        return try JSONDecoder.results.decode(GradedResult.self, from: Data(contentsOf: file)).provenance
            .rubricSHA256
    }

    @Test(arguments: [
        "PATH=\"$(dirname \"$0\"):$PATH\"; bascule score \"$1\"",
        "ln -s \"$0\" ./other && ./other score \"$1\"",
    ])
    func theRubricIsFoundFromAnyFolder(_ line: String) async throws {
        try await inFolder { folder in
            let outcome = try await Program.bash(line, [Self.recorded], in: folder)
            // The machines of the fifth student were off.
            #expect(outcome.status == 2 && outcome.complaints.isEmpty, "\(outcome.complaints)")
        }
    }

    /// A copy has nothing beside it.
    @Test func whereThereIsNoRubricTheProgramSaysWhatToDo() async throws {
        try await inFolder { folder in
            let outcome = try await Program.bash(
                "cp \"$0\" . && ./bascule score \"$1\"", [Self.recorded], in: folder)
            #expect(outcome.status == 64)
            #expect(outcome.complaints.contains("link to it instead of copying it"), "\(outcome.complaints)")
        }
    }

    @Test func aRubricOfTheFolderWinsAndIsSaid() async throws {
        try await inFolder { folder in
            try await Program.run(["score", Self.recorded], in: folder)
            let usual = try rubricUsed(folder)
            let printed = try await Program.run(["rubric", "print"], in: folder)
            let rubrics = folder.appending(path: "rubrics")
            try FileManager.default.createDirectory(at: rubrics, withIntermediateDirectories: true)
            let own = rubrics.appending(path: "activite-2.yaml")
            // The same bytes are no other rubric.
            try Data(printed.output.utf8).write(to: own)
            #expect(try await Program.run(["score", Self.recorded], in: folder).complaints.isEmpty)
            try Data((printed.output + "# Mine.\n").utf8).write(to: own)
            for (language, words) in [
                ("fr", "Barème de ce dossier\u{A0}: rubrics/activite-2.yaml"), ("en", "Rubric of this"),
            ] {
                let outcome = try await Program.run(["score", Self.recorded, "--lang", language], in: folder)
                #expect(outcome.complaints.hasPrefix(words), "\(outcome.complaints)")
            }
            #expect(try rubricUsed(folder) != usual)
            let named = try await Program.run(
                ["score", Self.recorded, "--rubric", "rubrics/activite-2.yaml"], in: folder)
            #expect(named.complaints.isEmpty, "\(named.complaints)")
        }
    }

    /// As an interrupted `grade-all` leaves it: a student of the run of whom there is nothing.
    @Test func whoWasNotSeenIsSaidToBeNotSeen() async throws {
        try await inFolder { folder in
            try await Program.run(["score", Self.recorded], in: folder)
            try FileManager.default.removeItem(
                at: folder.appending(path: "reports/demo/latest/students/etu2"))
            let report = try await Program.run(["report", "reports/demo/latest"], in: folder)
            #expect(report.status == 0, "\(report.complaints)")
            let page = try String(
                contentsOf: folder.appending(path: "reports/demo/latest/index.html"), encoding: .utf8)
            #expect(page.contains("pas vu pendant ce passage"))
            let junit = try await Program.run(
                ["export", "reports/demo/latest", "--format", "junit"], in: folder)
            #expect(junit.output.contains("<testsuite id=\"4\" name=\"etu2\""), "\(junit.output.prefix(300))")
            #expect(
                junit.status == 2 && junit.complaints.contains("etu2: not seen in this run"),
                "\(junit.complaints)")
            let gradescope = try await Program.run(
                ["export", "reports/demo/latest", "--format", "gradescope", "--provisional", "-o", "out"],
                in: folder)
            #expect(gradescope.status == 2)
            #expect(
                gradescope.complaints.contains("etu2 have no result in this run"), "\(gradescope.complaints)")
            let bundle = try await Program.run(["bundle", "--student", "etu2", "-o", "bundle"], in: folder)
            let held = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "bundle").path(percentEncoded: false))
            #expect(bundle.status == 0 && held == ["README.md"], "\(held)")
            // Last, since it makes a run of its own.
            for (language, words) in [("fr", "pas vu pendant ce passage"), ("en", "not seen in this run")] {
                let outcome = try await Program.run(
                    ["score", "reports/demo/latest", "--lang", language], in: folder)
                #expect(outcome.status == 2 && outcome.complaints.isEmpty, "\(outcome.complaints)")
                #expect(
                    outcome.lines.contains { $0.hasPrefix("etu2") && $0.contains(words) }, "\(outcome.output)"
                )
            }
        }
    }

    /// A port that takes every connection and never says a word.
    private func silentPort(_ host: String) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr(host)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        try #require(isBound)
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// A run that was cut off at its first student still is one of the whole class.
    @Test func anInterruptedRunNamesWhomItDidNotReach() async throws {
        var silent: [Int32] = []
        defer { for descriptor in silent { close(descriptor) } }
        var students: [String] = []
        for number in 1...3 {
            var logins: [String] = []
            for host in ["127.0.\(number).1", "127.0.\(number).2"] {
                let (descriptor, port) = try silentPort(host)
                silent.append(descriptor)
                logins.append("\(host):\(port)")
            }
            students.append(
                """
                  - id: etu\(number)
                    name: "Un \(number)"
                    serv1: {address: 172.16.\(number).10, login: "\(logins[0])"}
                    serv2: {address: 172.16.\(number).11, login: "\(logins[1])"}
                    vip: 172.16.\(number).12/24
                """)
        }
        try await inFolder { folder in
            try """
            class: coupe
            exercise: activite-2
            defaults:
              ssh: {user: root, passwordEnvironment: BASCULE_TEST_PASSWORD}
              network: tunnel
            students:
            \(students.joined(separator: "\n"))
            """.write(to: folder.appending(path: "class.yaml"), atomically: true, encoding: .utf8)
            let outcome = try await Program.bash(
                """
                "$0" grade-all class.yaml --jobs 1 --every 5m & run=$!
                until ls reports/coupe/*/run.json >/dev/null 2>&1 || ! kill -0 $run; do sleep 0.1; done
                kill -TERM $run; wait $run
                """, environment: ["BASCULE_TEST_PASSWORD": "x"], in: folder)
            #expect(outcome.status == 130, "\(outcome.output)\(outcome.complaints)")
            let latest = folder.appending(path: "reports/coupe/latest")
            let page = try String(contentsOf: latest.appending(path: "index.html"), encoding: .utf8)
            let score = try await Program.run(["score", "reports/coupe/latest", "--lang", "en"], in: folder)
            #expect(score.status == 2, "\(score.complaints)")
            for student in ["etu2", "etu3"] {
                #expect(page.contains("Un \(student.suffix(1))"))
                #expect(
                    score.lines.contains { $0.hasPrefix(student) && $0.contains("not seen in this run") },
                    "\(score.output)")
            }
        }
    }

    /// Written answers are always the teacher's: without a word about it, empty cells look like a fault.
    @Test func whatMarksWaitForIsSaid() async throws {
        try await inFolder { folder in
            let french = try await Program.run(["score", Self.recorded, "--lang", "fr"], in: folder)
            #expect(french.output.contains("4 notes encore ouvertes."))
            let column = try await Program.run(
                ["export", "reports/demo/latest", "--format", "column"], in: folder)
            #expect(column.status == 0 && column.complaints.contains("4 marks still open."))
            #expect(column.complaints.contains("bascule mark --class demo --question all"))
            let provisional = try await Program.run(
                ["export", "reports/demo/latest", "--format", "column", "--provisional"], in: folder)
            #expect(provisional.complaints.isEmpty)
        }
    }
}
