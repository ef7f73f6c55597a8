import Foundation
import GraderCore

/// A reader of bytes that come from elsewhere, to be tried with any bytes at all: by libFuzzer (`scripts/fuzz`) and,
/// with what it found worth keeping, by the tests.
struct FuzzTarget: Sendable {
    let name: String
    /// Inputs are cut off here: longer ones find nothing that these do not, and take their time.
    let maxLength: Int
    /// Reads the bytes and looks whether what holds of every input holds of them.
    let attempt: @Sendable ([UInt8]) throws -> Void

    init(_ name: String, upTo maxLength: Int = 4096, _ attempt: @escaping @Sendable ([UInt8]) throws -> Void)
    {
        self.name = name
        self.maxLength = maxLength
        self.attempt = attempt
    }

    /// Of a reader of text.
    init(
        _ name: String, text maxLength: Int, _ attempt: @escaping @Sendable (String) throws -> Void
    ) {
        self.init(name, upTo: maxLength) { try attempt(String(decoding: $0, as: UTF8.self)) }
    }

    static let all: [FuzzTarget] =
        printedByClusters + printedByMachines + fromTheNetwork + overSSH + people + stored + [wholeWay]
}

/// Something that does not hold though it has to.
struct FuzzFinding: Error, CustomStringConvertible {
    var description: String
}

/// - Throws: ``FuzzFinding`` where it does not hold.
func expect(_ holds: Bool, _ what: @autoclosure () -> String) throws(FuzzFinding) {
    guard holds else { throw FuzzFinding(description: what()) }
}

/// The repository's own files, wherever this one is linked to.
enum Repository {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func path(_ name: String) -> String { root.appending(path: name).path(percentEncoded: false) }
}

/// One file of ours, for readers that take none but a file's name.
enum ScratchFile {
    private static let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? NSTemporaryDirectory()

    /// Runs with a file that has these bytes.
    static func with(_ bytes: [UInt8], named name: String, _ body: (String) throws -> Void) throws {
        let file = "\(folder)/bascule-fuzz-\(ProcessInfo.processInfo.processIdentifier)-\(name)"
        try Data(bytes).write(to: URL(filePath: file))
        defer { unlink(file) }
        try body(file)
    }
}
