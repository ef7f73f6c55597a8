/// Texts of people and of strangers, for the files that Bascule writes itself. Yams would write a whole document,
/// without the comments that such a file is for.
public enum YAMLScalar {
    /// A double-quoted scalar (YAML 1.1, section 5.6): one line, whatever is in it, and nothing that ``YAMLText`` counts as an
    /// alias.
    public static func quoted(_ text: String) -> String {
        var out = "\""
        var previous: Unicode.Scalar = "\""
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch (scalar, scalar.properties.generalCategory) {
            case ("*", _) where previous.properties.isWhitespace || "[{,:".unicodeScalars.contains(previous):
                out += "\\x2A"
            case ("\"", _): out += "\\\""
            case ("\\", _): out += "\\\\"
            case ("\n", _): out += "\\n"
            case ("\t", _): out += "\\t"
            // What a file for people should not hold as it is.
            case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator), (_, .privateUse),
                (_, .surrogate), (_, .unassigned):
                let code = String(scalar.value, radix: 16)
                out += "\\U" + String(repeating: "0", count: 8 - code.count) + code
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
