/// Texts of people and of strangers, for the files that Bascule writes itself. Yams would write a whole document, without
/// the comments that such a file is for.
public enum YAMLScalar {
    /// A double-quoted scalar (YAML 1.1, section 5.6): one line, whatever is in it.
    public static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            default:
                if scalar.isInvisible {
                    let code = String(scalar.value, radix: 16)
                    out += "\\U" + String(repeating: "0", count: 8 - code.count) + code
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }
}

extension Unicode.Scalar {
    /// What a file for people should not hold as it is.
    fileprivate var isInvisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            true
        default: false
        }
    }
}
