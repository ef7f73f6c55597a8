/// Where in a shell's line quotes stand (POSIX.1-2017, XCU 2.2). Bascule puts its own around what a variable stands for, and
/// within others they would end them, or be part of the word.
enum ShellQuotes {
    private enum Context { case plain, single, double, substitution, backquote }

    /// The first variable between quotes; nil where there is none.
    static func variable(in line: Template) -> String? {
        var contexts: [Context] = [.plain]
        for part in line.parts {
            switch part {
            case .variable(let name):
                if [.single, .double].contains(contexts.last) { return name }
            case .text(let text): read(text, &contexts)
            }
        }
        return nil
    }

    private static func read(_ text: String, _ contexts: inout [Context]) {
        var rest = Substring(text).unicodeScalars
        var isWordBegin = true
        while let scalar = rest.popFirst() {
            let context = contexts.last ?? .plain
            defer { isWordBegin = scalar.properties.isWhitespace || ";&|()".unicodeScalars.contains(scalar) }
            switch (context, scalar) {
            case (.single, "'"), (.double, "\""), (.backquote, "`"), (.substitution, ")"):
                contexts.removeLast()
            case (.single, _): break
            case (.substitution, "("): contexts.append(.substitution)
            case (_, "\\"): _ = rest.popFirst()
            case (.double, "`"), (.plain, "`"), (.substitution, "`"): contexts.append(.backquote)
            case (_, "$") where rest.first == "(":
                rest.removeFirst()
                contexts.append(.substitution)
            case (.double, _): break
            case (_, "\""): contexts.append(.double)
            case (_, "'"): contexts.append(.single)
            // A comment may have an apostrophe in it.
            case (_, "#") where isWordBegin:
                while let next = rest.first, next != "\n" { rest.removeFirst() }
            default: break
            }
        }
    }
}
