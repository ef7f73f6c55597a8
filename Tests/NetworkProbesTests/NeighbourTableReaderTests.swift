import Foundation
import GraderCore
import Testing

@testable import NetworkProbes

@Suite struct NeighbourTableReaderTests {
    /// Two lines of 20 bytes each.
    private static let table = "IP address     Flags\n172.16.0.12    0x2 \n"

    private func reading(_ text: String, byteLimit: Int) throws -> Bytes {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("arp-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try NeighbourTableReader(path: file.path).read(byteLimit: byteLimit)
    }

    @Test func theTableIsGivenAsItIs() throws {
        let snapshot = try reading(Self.table, byteLimit: Self.table.utf8.count)
        #expect(snapshot == Bytes(Self.table))
    }

    @Test(arguments: [(40, "IP address     Flags\n"), (21, "IP address     Flags\n"), (20, ""), (0, "")])
    func aLongTableIsCutAfterAWholeLine(limit: Int, text: String) throws {
        #expect(try reading(Self.table, byteLimit: limit) == Bytes(text))
    }

    @Test func aMachineWithoutTableSaysWhatToDo() {
        let failure = #expect(throws: TransportFailure.self) {
            _ = try NeighbourTableReader(path: "/nonexistent/arp").read()
        }
        #expect(failure?.kind == .unreachable)
        #expect(failure?.message.contains("/nonexistent/arp") == true)
    }

    #if os(Linux)
        @Test func linuxHasOne() throws {
            let text = try NeighbourTableReader().read().text
            #expect(text.hasPrefix("IP address"))
            #expect(text.contains("HW address"))
        }
    #endif
}
