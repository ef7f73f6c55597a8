import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// Who makes the runs of a class, and who may reach him.
struct GradingClaimTests {
    private let folder: TestFolder
    private let reports: ReportsFolder
    private let lock: FileLock

    init() async throws {
        folder = try TestFolder()
        reports = ReportsFolder("\(folder.path)/reports")
        guard case .granted(let lock) = try await reports.claimGrading(of: "demo") else {
            throw CocoaError(.fileLocking)
        }
        self.lock = lock
    }

    @Test(.timeLimit(.minutes(1))) func oneHasTheClassAtATime() async throws {
        guard case .busy = try await reports.claimGrading(of: "demo") else {
            Issue.record("two graders at once")
            return
        }
        // A dead board's socket is nobody's.
        _ = try SocketListener(folder: try reports.board(of: "demo").path)
        guard case .busy = try await reports.claimGrading(of: "demo") else {
            Issue.record("a board that is dead")
            return
        }
        lock.end()
        guard case .granted = try await reports.claimGrading(of: "demo") else {
            Issue.record("nobody had it")
            return
        }
    }

    @Test func onlyTheOwnerReachesTheBoard() throws {
        let folder = try reports.board(of: "demo").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        let server = try GradingServer(of: "demo", in: reports) { _, _ in throw CancellationError() }
        for (path, mode) in [(folder, 0o700), ("\(folder)/socket", 0o600)] {
            let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(found as? Int == mode, "\(path)")
        }
        withExtendedLifetime(server) {}
    }

    @Test func aPurgeWaitsForWhoeverHasTheClass() throws {
        _ = try SocketListener(folder: try reports.board(of: "demo").path)
        let folder = try reports.folder(of: "demo")
        let purge = ClassPurge(reports: reports, className: "demo", before: .distantFuture)
        let busy = #expect(throws: StoreFailure.self) { try purge.carryOut(try purge.plan()) { _ in } }
        #expect(busy?.cause == .busy)
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder)) == [".grading", "board"])
        lock.end()
        _ = try purge.carryOut(try purge.plan()) { _ in }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }
}
