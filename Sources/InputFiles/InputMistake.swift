import GraderCore

/// One mistake in a file that the teacher wrote. Prints as compilers do, so that editors can jump to it:
/// `class.yaml:12:7: error: port 70000 does not exist: expected 1 to 65535`.
public struct InputMistake: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// As the file was named by the caller.
    public var file: String
    /// From 1; 0 where the mistake is of the file as a whole.
    public var line: Int
    /// In Unicode scalars, from 1; 0 where the mistake is of the file as a whole.
    public var column: Int
    /// What is wrong and, after a colon, what was expected.
    public var message: LocalizedText

    public init(file: String, line: Int = 0, column: Int = 0, message: LocalizedText) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// The whole line, in both languages.
    public var sentence: LocalizedText {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        return LocalizedText(fr: "\(place): erreur : \(message)", en: "\(place): error: \(message)")
    }

    public var description: String { sentence[.current] }

    public static func < (left: InputMistake, right: InputMistake) -> Bool {
        (left.file, left.line, left.column, left.message.en)
            < (right.file, right.line, right.column, right.message.en)
    }
}

/// All mistakes of a file, in its order: never just the first.
public struct InputErrors: Error, Sendable, Hashable, CustomStringConvertible {
    public var mistakes: [InputMistake]

    public init(_ mistakes: [InputMistake]) { self.mistakes = mistakes }

    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}

/// Where something stands in a file; both count from 1.
public struct InputPosition: Hashable {
    public var line: Int
    public var column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// Gathers mistakes while reading goes on. The same thing about the same place is said once: the first mistake
/// is the cause, and a line that is read for every student of a pattern is still one line.
public final class InputMistakes {
    private struct Subject: Hashable {
        var position: InputPosition
        var about: String
    }
    private let file: String
    private var messages: [Subject: LocalizedText] = [:]
    private var others: [InputMistake] = []

    public init(file: String) { self.file = file }

    public var isEmpty: Bool { messages.isEmpty && others.isEmpty }

    /// Takes in those of a file that belongs to this one.
    public func add(_ errors: InputErrors) { others += errors.mistakes }

    /// - Parameter about: tells apart what can be wrong at one place, e.g. the keys that a mapping lacks.
    public func add(
        _ position: InputPosition, _ problem: LocalizedText, expected: LocalizedText, about: String = ""
    ) {
        let subject = Subject(position: position, about: about)
        guard messages[subject] == nil else { return }
        messages[subject] = LocalizedText(
            fr: "\(problem) : attendu : \(expected)", en: "\(problem): expected \(expected)")
    }

    public var errors: InputErrors {
        InputErrors(
            messages.map {
                InputMistake(
                    file: file, line: $0.key.position.line, column: $0.key.position.column, message: $0.value)
            }.sorted() + others)
    }

    /// Stops where something was noted.
    /// - Throws: all that was noted, in the order of the file.
    public func check() throws(InputErrors) {
        if !isEmpty { throw errors }
    }
}

/// A name or a value of the file in a message: quoted, on one line, shortened.
public func quoted(_ text: String) -> LocalizedText {
    let visible = text.unicodeScalars.map {
        $0.properties.generalCategory == .control ? "\u{FFFD}" : String($0)
    }
    let shown = visible.count > 60 ? visible.prefix(60).joined() + "…" : visible.joined()
    return LocalizedText(fr: "« \(shown) »", en: "“\(shown)”")
}
