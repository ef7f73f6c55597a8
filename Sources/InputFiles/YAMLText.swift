/// A YAML text by line and column as libyaml counts them: both from 1, columns in Unicode scalars, lines
/// ended by LF, CR LF, CR, NEL, LS or PS (YAML 1.1, section 4.1.4).
public struct YAMLText {
    private var scalars: [Unicode.Scalar]
    /// Of each of them.
    private let positions: [InputPosition]

    public init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var position = InputPosition(line: 1, column: 1)
        positions = scalars.indices.map { index in
            defer {
                switch scalars[index] {
                case "\r" where index + 1 < scalars.count && scalars[index + 1] == "\n": break
                case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
                    position.line += 1
                    position.column = 1
                default: position.column += 1
                }
            }
            return position
        }
        self.scalars = scalars
    }

    public var string: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// The character at a place of the original text; nil where none begins there.
    public func scalar(at position: InputPosition) -> Unicode.Scalar? {
        positions.firstIndex(of: position).map { scalars[$0] }
    }

    /// Replaces the first character of a key, plain or in quotes, by a private-use character.
    /// - Parameter round: tells several renamed keys of one mapping apart.
    /// - Returns: the new name; nil where the key does not stand there as it is named (escapes, tags).
    public mutating func rename(key: String, at position: InputPosition, round: Int) -> String? {
        guard var start = positions.firstIndex(of: position), !key.isEmpty,
            let replacement = Unicode.Scalar(UInt32(0xE000 + round))  // bounded: of the few keys of one name
        else { return nil }
        if scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
        let name = Array(key.unicodeScalars)
        guard scalars[start...].starts(with: name) else { return nil }
        scalars[start] = replacement
        return String(replacement) + String(String.UnicodeScalarView(name.dropFirst()))
    }

    /// Where what may be the `count`th alias stands, counting generously: also in comments and texts.
    public func position(ofAlias count: Int) -> InputPosition? {
        var found = 0
        for (index, scalar) in scalars.enumerated() {
            if scalar == "*", index + 1 < scalars.count, !scalars[index + 1].properties.isWhitespace,
                index == 0 || scalars[index - 1].properties.isWhitespace
                    || "[{,:".unicodeScalars.contains(scalars[index - 1])
            {
                found += 1
                if found == count { return positions[index] }
            }
        }
        return nil
    }
}
