import Foundation
import Testing

/// The virtual class raises labs by an exercise's recipe; what is in them is the exercise's.
@Suite struct WordsTests {
    private static let words = [
        "crm", "vip", "virtual IP", "standby", "apache", "serv1", "serv2", "corosync", "pacemaker",
        "activite-2",
    ]

    @Test func theTargetKnowsNoLab() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/VirtualClass")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".swift") }
        #expect(names.count > 20)
        let pattern = try Regex("\\b(\(Self.words.joined(separator: "|")))\\b").ignoresCase()
            .wordBoundaryKind(.simple)
        for name in names {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                #expect(line.firstMatch(of: pattern) == nil, "\(name):\(index + 1): \(line)")
            }
        }
    }
}
