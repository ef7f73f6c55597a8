import Foundation
import History
import Testing

@Suite(.timeLimit(.minutes(1))) struct HistoryPipeTests {
    /// It is no disk's fault, and nobody waits for a reader.
    @Test func aPipeIsNoHistory() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)").path
        defer { unlink(path) }
        try #require(mkfifo(path, 0o600) == 0)
        let failure = #expect(throws: HistoryFailure.self) { _ = try History(path: path) }
        #expect(failure?.cause == .unusable)
        #expect(failure?.sentence.en.contains("not a regular file") == true)
        #expect(failure?.sentence.en.contains("disk") == false)
    }
}
