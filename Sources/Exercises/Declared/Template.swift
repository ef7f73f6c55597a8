import GraderCore
import InputFiles

/// A text of a declaration with variables in it: `http://{site}/`. A variable is a name between braces that begins with a
/// letter, `{serv1.address}`; every other brace is itself, and so is `${NAME}`, which is a shell's. What would be taken
/// for a variable is written with doubled braces, `{{print}}`.
struct Template: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        case text(String)
        case variable(String)
    }

    let parts: [Part]

    init(_ text: String) {
        var parts: [Part] = []
        var plain = ""
        var rest = text[...]
        while let brace = rest.firstIndex(of: "{") {
            plain += rest[..<brace]
            let isShells = brace > text.startIndex && text[text.index(before: brace)] == "$"
            let isDoubled = rest[brace...].hasPrefix("{{")
            let name = rest[brace...].dropFirst(isDoubled ? 2 : 1).prefix(while: Self.isOfName)
            let after = rest[name.endIndex...]
            rest = rest[rest.index(after: brace)...]
            if isShells || name.first?.isLetter != true || !after.hasPrefix(isDoubled ? "}}" : "}") {
                plain += "{"
            } else if isDoubled {
                plain += "{\(name)}"
                rest = after.dropFirst(2)
            } else {
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = ""
                parts.append(.variable(String(name)))
                rest = after.dropFirst()
            }
        }
        plain += rest
        if !plain.isEmpty { parts.append(.text(plain)) }
        self.parts = parts
    }

    private static func isOfName(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || ".-_".contains(character))
    }

    /// The names in it, in their order.
    var variables: [String] {
        parts.compactMap { if case .variable(let name) = $0 { name } else { nil } }
    }

    /// With what the variables stand for.
    /// - Parameters:
    ///   - values: nil for a name that stands for nothing here.
    ///   - form: how a value is written where it goes: quoted for a shell, say.
    /// - Throws: ``ValueMissing`` with the first name that stands for nothing.
    func filled(
        _ values: (String) -> String?, as form: (String) -> String = { $0 }
    ) throws(ValueMissing) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let own): text += own
            case .variable(let name):
                guard let value = values(name) else { throw ValueMissing(name: name) }
                text += form(value)
            }
        }
        return text
    }

    /// A variable that this student's lab has no value for.
    struct ValueMissing: Error, Hashable {
        var name: String
    }

    /// As it was written, with the variables' names in it.
    var written: String {
        parts.map { part in
            switch part {
            case .text(let own): own
            case .variable(let name): "{\(name)}"
            }
        }.joined()
    }
}

extension MappingReader {
    /// A text with variables, of which each has to be known.
    func template(_ node: InputNode, _ name: LocalizedText, expected: LocalizedText, known: [String])
        -> Template?
    {
        guard let text = value(node, name, expected: expected, { $0 }) else { return nil }
        let template = Template(text)
        let names = known.map { "{\($0)}" }.joined(separator: ", ")
        var isSound = true
        for variable in template.variables where !known.contains(variable) {
            isSound = false
            let hint = suggestion(for: variable, in: known)
            mistakes.add(
                node.position,
                LocalizedText(
                    fr: "\(name) : variable inconnue {\(variable)}\(hint)",
                    en: "\(name) has the unknown variable {\(variable)}\(hint)"),
                expected: LocalizedText(
                    fr: "\(names) (des accolades voulues telles quelles se doublent : {{\(variable)}})",
                    en: "\(names) (braces that are meant as such are doubled: {{\(variable)}})"),
                about: variable)
        }
        return isSound ? template : nil
    }
}
