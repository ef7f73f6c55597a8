import Foundation
import Testing

/// `grade-all --at deadline` and `schedule` as they are started. The machines are ports that nothing listens on.
@Suite(.timeLimit(.minutes(3))) struct DeadlineTests {
    private let folder: URL
    private var path: String { folder.path(percentEncoded: false) }
    private var roster: String { "\(path)/class \"%n\" $HOME.yaml" }

    init() throws { folder = try Program.temporaryFolder() }

    private func end() { try? FileManager.default.removeItem(at: folder) }

    /// - Parameter deadlines: of etu1, etu2, …
    private func write(_ deadlines: [String?], ssh: String = "passwordEnvironment: BASCULE_TEST_PASSWORD")
        throws
    {
        let students = deadlines.enumerated().map { index, deadline in
            """
              - id: etu\(index + 1)
                name: Étudiant \(index + 1)
                serv1: {address: 172.16.\(index + 1).10, login: "127.0.0.1:\(index + 1)"}
                serv2: {address: 172.16.\(index + 1).11, login: "127.0.0.1:\(index + 11)"}
                vip: 172.16.\(index + 1).12/24
            """ + (deadline.map { "\n    deadline: \($0)" } ?? "")
        }
        let text = """
            class: demo
            exercise: activite-2
            defaults:
              ssh: {user: root, agent: false, \(ssh)}
              network: tunnel
            students:
            \(students.joined(separator: "\n"))

            """
        try Data(text.utf8).write(to: URL(filePath: roster), options: .atomic)
    }

    private func run(_ arguments: [String], seconds: Int = 60) async throws -> Program.Outcome {
        try await Program.run(
            arguments + ["--lang", "en"], environment: ["BASCULE_TEST_PASSWORD": "x"], seconds: seconds)
    }

    private func moment(in seconds: TimeInterval) -> String {
        Date().addingTimeInterval(seconds).formatted(.iso8601)
    }

    private func runs() throws -> [[String: Any]] {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/demo").filter {
            $0.hasPrefix("2")
        }
        return try names.sorted().map { name in
            let data = try Data(contentsOf: URL(filePath: "\(path)/demo/\(name)/run.json"))
            return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        }
    }

    /// Who was missed is looked at at once, who gets another deadline meanwhile at that one, and then it is over.
    @Test func itWaitsForWhatTheRosterSaysNow() async throws {
        defer { end() }
        try write(["2020-01-01", "2099-01-01 12:00"])
        async let outcome = run([
            "grade-all", roster, "--at", "deadline", "--lead", "5s", "--reports", path, "--plain",
        ])
        while (try? runs().count) ?? 0 < 1 { try await Task.sleep(for: .milliseconds(100)) }
        try write(["2020-01-01", moment(in: 8)])
        let ended = try await outcome
        #expect(ended.status == 2, "\(ended.output) \(ended.complaints)")
        #expect(ended.output.contains("Past the deadline"))
        let runs = try runs()
        try #require(runs.count == 2)
        #expect((runs[1]["carried"] as? [String: String])?.keys.sorted() == ["etu1"])

        // All is done: started again, it has nothing to do.
        let again = try await run([
            "grade-all", roster, "--at", "deadline", "--lead", "5s", "--reports", path,
        ])
        #expect(again.status == 2)
        #expect(try self.runs().count == 2)
    }

    @Test func whatCannotBeDueIsRefused() async throws {
        defer { end() }
        try write([nil, nil])
        for command in [["grade-all", roster, "--at", "deadline"], ["schedule", roster]] {
            let outcome = try await run(command + ["--reports", path])
            #expect(outcome.status == 64 && outcome.complaints.contains("has no deadline"), "\(outcome)")
        }
        try write(["2099-01-01"], ssh: "askPassword: true")
        let prompted = try await run(["schedule", roster])
        #expect(prompted.status == 65 && prompted.complaints.contains("passwordFile"), "\(prompted)")
        let past = try await run(["grade-all", roster, "--every", "5m", "--until", "00:00"])
        #expect(past.status == 64 && past.complaints.contains("past 00:00"), "\(past)")
    }

    @Test func theTimerIsSystemds() async throws {
        defer { end() }
        try write(["2099-01-01T12:00+01:00", "2099-01-01 11:00Z", "2099-06-01 18:00Z"])
        let units = "\(path)/units"
        let outcome = try await run(["schedule", roster, "--reports", path, "--output", units])
        #expect(outcome.status == 0, "\(outcome)")
        #expect(
            outcome.output.contains("daemon-reload") && outcome.output.contains("BASCULE_TEST_PASSWORD=…"))
        let timer = try String(contentsOfFile: "\(units)/bascule-demo.timer", encoding: .utf8)
        let times = timer.split(separator: "\n").filter { $0.hasPrefix("OnCalendar=") }
        // Two moments: the same one in two zones is one.
        #expect(
            times == ["OnCalendar=2099-01-01 10:58:00 UTC", "OnCalendar=2099-06-01 17:58:00 UTC"], "\(timer)")
        let service = try String(contentsOfFile: "\(units)/bascule-demo.service", encoding: .utf8)
        #expect(service.contains("class \\\"%%n\\\" $$HOME.yaml\""), "\(service)")
        // Whoever knows the syntax reads it as we meant it.
        let said = try await Program.shell([
            "sh", "-c",
            "command -v systemd-analyze > /dev/null || exit 0; systemd-analyze verify \"$0\" 2>&1",
            "\(units)/bascule-demo.timer",
        ])
        #expect(said.isEmpty, "\(said)")
    }
}
