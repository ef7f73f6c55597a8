import ClassRun
import Foundation
import GraderCore
import Testing

/// What Foundation says about files, in our words: never that we have a bug.
struct StoreFailureTests {
    private func failure(of operation: () throws -> Void) throws -> StoreFailure {
        let error = try #require(throws: (any Error).self) { try operation() }
        return try #require(StoreFailure(fileOperation: error), "\(error)")
    }

    @Test func aFileThatCannotBeWritten() throws {
        for operation in [
            { try Data([1]).write(to: URL(filePath: "/proc/self/none")) },
            { try Data([1]).write(to: URL(filePath: "/proc/self/none"), options: .atomic) },
            {
                try FileManager.default.createDirectory(
                    atPath: "/proc/none/x", withIntermediateDirectories: true)
            },
            { try FileManager.default.removeItem(atPath: "/proc/self/status") },
            { try FileHandle(fileDescriptor: open("/dev/full", O_WRONLY)).write(contentsOf: Data([1])) },
        ] as [() throws -> Void] {
            let failure = try failure(of: operation)
            #expect(failure.cause == .notWritten, "\(failure)")
        }
    }

    @Test func aFileThatCannotBeRead() throws {
        let failure = try failure { _ = try Data(contentsOf: URL(filePath: "/proc/self/none")) }
        #expect(failure.cause == .unusable && failure.message.hasPrefix("/proc/self/none cannot be read"))
    }

    @Test func whatIsNoFile() { #expect(StoreFailure(fileOperation: CancellationError()) == nil) }

    @Test func everyWayToAMachineThatFails() {
        for kind in TransportFailure.Kind.allCases {
            let cause = TransportFailure(kind, "").cause
            #expect(cause != .notWritten && cause != .busy, "\(kind)")
        }
        #expect(TransportFailure(.connectionLost, "").cause == .unavailable)
    }
}
