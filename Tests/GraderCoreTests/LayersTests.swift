import Foundation
import Testing

/// The layers: what each target may import, and the words of single labs that the engine may not know. Red where a
/// lab's word or another layer's import comes into the engine.
struct LayersTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Of this package; what is not listed may import none of it.
    private static let imports: [String: Set<String>] = [
        "GraderCore": ["CCrypto"],
        "InputFiles": ["GraderCore"],
        "LinuxFacts": ["GraderCore"],
        "Pacemaker": ["GraderCore"],
        "Exercises": ["GraderCore", "InputFiles", "LinuxFacts", "Pacemaker", "CPcre2"],
        "SSHTransport": ["GraderCore", "CCrypto", "CLibssh2"],
        "NetworkProbes": ["GraderCore", "CLdns"],
        "ClassRun": ["GraderCore", "InputFiles", "History", "Reports"],
        "Reports": ["GraderCore"],
        "History": ["GraderCore"],
        "VirtualClass": ["GraderCore"],
        "bascule": [
            "GraderCore", "InputFiles", "LinuxFacts", "Exercises", "SSHTransport", "NetworkProbes",
            "ClassRun", "Reports", "History", "VirtualClass", "Board",
        ],
        "Board": ["GraderCore", "InputFiles", "ClassRun", "Reports"],
        "lab-matrix": ["GraderCore", "Exercises", "ClassRun", "VirtualClass"],
    ]

    /// Where no lab's words may occur, comments and templates included.
    private static let engine = [
        "GraderCore", "InputFiles", "ClassRun", "Reports", "History", "NetworkProbes", "SSHTransport",
        "VirtualClass", "Board", "bascule",
    ]

    /// Files that may not do without, each with the reason.
    private static let exceptions: [String: String] = [:]

    private static var words: Regex<Substring> {
        #/
        \b(?:crm\w*|vips?|virtual\ ips?|ip\ virtuelle|standby|apache2?|nginx|serv[12]|corosync|cib(?!les?\b)\w*|activite-2)\b
        | "(?:H0|Q\d+)\.[a-z]
        /#.ignoresCase()
    }

    private static func files(of target: String) throws -> [(path: String, text: String)] {
        let folder = root.appending(path: "Sources/\(target)")
        let found = FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))
        let paths = (found?.allObjects ?? []).compactMap { $0 as? String }.sorted()
        return try paths.compactMap { path in
            let file = folder.appending(path: path)
            guard !file.hasDirectoryPath,
                try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            else { return nil }
            return (path, String(decoding: try Data(contentsOf: file), as: UTF8.self))
        }
    }

    @Test(arguments: imports.keys.sorted()) func aTargetImportsOnlyWhatItMay(target: String) throws {
        let files = try Self.files(of: target)
        #expect(!files.isEmpty)
        let known = Set(Self.imports.keys).union(["CCrypto", "CLibssh2", "CLdns", "CPcre2"])
        let allowed = try #require(Self.imports[target])
        for (path, text) in files where path.hasSuffix(".swift") {
            for found in text.matches(of: #/(?m)^(?:public |@testable )*import (\w+)/#) {
                let module = String(found.1)
                #expect(
                    !known.contains(module) || allowed.contains(module), "\(target)/\(path) imports \(module)"
                )
            }
        }
    }

    /// A target of the package that nobody has thought about here.
    @Test func everyTargetIsListed() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Self.root.appending(path: "Sources").path(percentEncoded: false))
        #expect(
            Set(folders).subtracting(Self.imports.keys).subtracting([
                "CLibssh2", "CLdns", "CCrypto", "CPcre2",
            ]).isEmpty)
    }

    @Test(arguments: engine) func theEngineKnowsNoLab(target: String) throws {
        let words = Self.words
        for (path, text) in try Self.files(of: target) where Self.exceptions["\(target)/\(path)"] == nil {
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if let word = line.firstMatch(of: words) {
                    Issue.record("\(target)/\(path):\(number + 1): “\(word.0)”")
                }
            }
        }
    }
}
