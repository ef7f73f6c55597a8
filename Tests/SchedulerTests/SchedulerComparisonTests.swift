import Foundation
import GraderCore
import Pacemaker
import Testing

/// Our own reading of constraints against Pacemaker's scheduler, on clusters made at random: where both say something
/// they say the same. `BASCULE_SCHEDULER_COUNT` and `_SEED` say how many and from which on; `_ROOT` in which root file
/// system `crm_simulate` is.
@Suite(.enabled(if: Scheduler.isInstalled, "needs crm_simulate in a root file system (scripts/test)"))
struct SchedulerComparisonTests {
    @Test func ourReadingIsTheSchedulers() async throws {
        let scheduler = try #require(Scheduler())
        let first = Scheduler.number("SEED") ?? 1
        let count = Scheduler.number("COUNT") ?? 40
        var tally = Comparison.Tally()
        for seed in first..<(first + count) {
            let cluster = GeneratedCluster(seed: seed)
            let comparison = try Comparison(cluster, isWhole: seed % 5 == 0, scheduler)
            tally.add(comparison)
            guard !comparison.disagreements.isEmpty else { continue }
            let (smallest, remaining) = try comparison.shrunk(cluster, scheduler)
            print(
                "seed \(seed): \(remaining.joined(separator: "; "))\n\(smallest.cib(schema: scheduler.schema))"
            )
            Issue.record("seed \(seed): \(remaining.joined(separator: "; "))")
        }
        print("\(first)..<\(first + count) on \(scheduler.root): \(tally)")
        #expect(tally.answered > 0)
    }
}

extension SchedulerComparisonTests {
    /// Killed at any moment, the question leaves nothing beside the cluster's own CIB, where crm_simulate writes as root.
    @Test func nothingIsLeftBesideTheCIB() throws {
        let scheduler = try #require(Scheduler())
        let cib = Array(GeneratedCluster(seed: 1).cib(schema: scheduler.schema).utf8)
        let question = try #require(SchedulerQuestion(cib, nodes: ["serv1", "serv2"]))
        let folder = "\(scheduler.root)/var/lib/pacemaker/cib"
        let before = try FileManager.default.contentsOfDirectory(atPath: folder)
        for milliseconds in stride(from: 20, through: 300, by: 20) {
            let limit = ["timeout", "-s", "KILL", "0.\(String(1000 + milliseconds).dropFirst())"]
            _ = try scheduler.run(limit + question.arguments, input: question.text)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == before)
        }
        #expect(try scheduler.ask(question) != nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == before)
    }
}

/// Asks `crm_simulate` in a root file system, as a node is asked.
struct Scheduler {
    var root: String
    var schema: String

    static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment["BASCULE_SCHEDULER_\(name)"].flatMap { Int($0) }
    }

    static var isInstalled: Bool { Scheduler() != nil && geteuid() == 0 }

    init?() {
        let environment = ProcessInfo.processInfo.environment
        let cache = (environment["BASCULE_CACHE"] ?? "/var/cache/bascule") + "/rootfs"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []
        let release = environment["BASCULE_SCHEDULER_RELEASE"] ?? "bookworm"
        let roots = names.sorted().filter { $0.hasPrefix(release) }.map { "\(cache)/\($0)" }
        guard
            let root = roots.first(where: {
                FileManager.default.isExecutableFile(atPath: "\($0)/usr/sbin/crm_simulate")
            })
        else { return nil }
        self.root = root
        schema = "pacemaker-3.0"
    }

    func ask(_ question: SchedulerQuestion) throws -> SchedulerForecast? {
        try SchedulerForecast(run(question.arguments, input: question.text))
    }

    func run(_ arguments: [String], input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/unshare")
        // A folder is no root that has mounts of its own.
        let enter = "mount --bind \"$0\" \"$0\" && exec chroot \"$0\" \"$@\""
        process.arguments = ["--mount", "sh", "-c", enter, root] + arguments
        let (standardInput, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (standardInput, output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Less than a pipe holds, so nobody waits for anybody.
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }
}
