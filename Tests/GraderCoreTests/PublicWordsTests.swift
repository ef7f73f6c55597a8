import Foundation
import Testing

/// What a target offers to others says what it is: the types, the functions, and how they fail. Properties and plain
/// initialisers may speak for themselves; so may what a documented protocol asks for, and operators.
struct PublicWordsTests {
    private struct Declaration {
        var file: String
        var line: Int
        /// `func`, `struct`, …
        var kind: String
        var name: String
        /// Up to its body, on one line.
        var head: String
        var words: [String]

        var place: String { "\(file):\(line): \(head.prefix(100))" }

        var throwsErrors: Bool {
            guard kind == "func" || kind == "init" else { return false }
            // Of the function itself: behind its own parameters.
            var depth = 0
            var tail = ""
            var isBehind = false
            for character in head {
                if character == "(" { depth += 1 }
                if depth == 0, isBehind { tail.append(character) }
                if character == ")" {
                    depth -= 1
                    if depth == 0 { isBehind = true }
                }
            }
            return tail.split(separator: "->").first?.contains(/\bthrows\b/) ?? false
        }
    }

    private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources").path(percentEncoded: false)

    private static func declarations(_ file: String, _ text: String) -> [Declaration] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let form =
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*public\s+(?:(?:static|final|mutating|nonisolated|indirect)\s+)*(func|struct|enum|class|actor|protocol|typealias|init)\b[ ?]*([^\s(<:]*).*$/
        return lines.indices.compactMap { index in
            guard let match = lines[index].firstMatch(of: form) else { return nil }
            var end = index
            while end + 1 < lines.count, end < index + 12, !lines[end].contains("{") { end += 1 }
            let head = lines[index...end].map { $0.trimmingCharacters(in: .whitespaces) }
                .joined(separator: " ").split(separator: "{")[0]
            var above = lines[..<index].reversed().map { $0.trimmingCharacters(in: .whitespaces) }[...]
            above = above.drop { $0.hasPrefix("@") }
            return Declaration(
                file: file, line: index + 1, kind: String(match.1), name: String(match.2), head: String(head),
                words: above.prefix { $0.hasPrefix("///") }.reversed())
        }
    }

    private static let files: [(name: String, text: String)] = {
        let names = FileManager.default.enumerator(atPath: sources)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
            (try? String(contentsOfFile: "\(sources)/\(name)", encoding: .utf8)).map { (name, $0) }
        }
    }()

    private static let all = files.flatMap { declarations($0.name, $0.text) }

    /// What the protocols of the program, and those of the library, ask for by name.
    private static let asked: Set<String> = {
        let required = files.flatMap { file in
            file.text.matches(of: /\n    (?:mutating )?func (\w+)[^{\n]*\n/).map { String($0.1) }
        }
        return Set(required).union(["encode", "hash"])
    }()

    @Test func everyTypeAndFunctionSaysWhatItIs() {
        let mute = Self.all.filter { declaration in
            declaration.words.isEmpty && declaration.kind != "init" && !Self.asked.contains(declaration.name)
                && declaration.name.contains(/^\w/)
        }
        #expect(Self.all.count > 800)
        #expect(mute.map(\.place) == [])
    }

    @Test func whatThrowsSaysWhen() {
        let mute = Self.all.filter { declaration in
            declaration.throwsErrors && !Self.asked.contains(declaration.name)
                && !declaration.head.contains("from decoder: ")
                && !declaration.words.contains { $0.contains("- Throws:") || $0.contains("hrows") }
        }
        #expect(mute.map(\.place) == [])
    }

    /// The test itself: it sees what it looks for.
    @Test func whatIsSeen() throws {
        let text = """
            public struct Bare {
                /// Words.
                /// - Throws: always.
                @discardableResult
                public static func spoken(_ body: () throws -> Void) async throws(Some) -> Int {
                public init(
                    _ body: @escaping () throws -> Void
                ) {
                public init(path: String) throws {
            """
        let seen = Self.declarations("a", text)
        #expect(seen.map(\.kind) == ["struct", "func", "init", "init"])
        #expect(seen.map(\.words.count) == [0, 2, 0, 0])
        #expect(seen.map(\.throwsErrors) == [false, true, false, true])
    }
}
