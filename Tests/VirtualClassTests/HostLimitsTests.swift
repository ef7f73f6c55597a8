import Foundation
import Testing

@testable import VirtualClass

/// On a file that stands in for the kernel's.
@Suite struct HostLimitsTests {
    private func withLimit(_ limit: String, _ body: (HostLimits) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "limits-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "lab"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "limit")
        try Data(limit.utf8).write(to: file)
        try await body(HostLimits(base: folder.appending(path: "lab").path(), limitFile: file.path()))
    }

    private func limit(_ limits: HostLimits) throws -> String {
        try String(contentsOfFile: limits.limitFile, encoding: .utf8)
    }

    private func kept(_ limits: HostLimits) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: limits.base)
    }

    @Test func theLimitIsRaisedOnceAndPutBackByTheLastClass() async throws {
        try await withLimit("128\n") { limits in
            try await limits.raise()
            try await limits.raise()
            #expect(try limit(limits) == "8192\n")
            try await limits.restore { true }
            #expect(try limit(limits) == "8192\n")
            try await limits.restore { false }
            #expect(try limit(limits) == "128\n")
            #expect(try kept(limits).isEmpty)
        }
    }

    @Test func aLimitThatIsHighEnoughIsLeftAlone() async throws {
        try await withLimit("524288\n") { limits in
            try await limits.raise()
            try await limits.restore { false }
            #expect(try limit(limits) == "524288\n")
            #expect(try kept(limits).isEmpty)
        }
    }

    @Test func aLimitThatSomebodyChoseMeanwhileStays() async throws {
        try await withLimit("128\n") { limits in
            try await limits.raise()
            try Data("16384\n".utf8).write(to: URL(filePath: limits.limitFile))
            try await limits.restore { false }
            #expect(try limit(limits) == "16384\n")
        }
    }
}
