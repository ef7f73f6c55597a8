import GraderCore

/// What interpreters say on standard error of a script that could not do its work. Their exit status then is one that a
/// script also says what it found by: Python ends with 1, Perl with the number of the error.
enum BrokenScript {
    static func isTold(by result: CommandResult, of interpreter: String) -> Bool {
        let lines = TextLines(result.standardError.text).lines
        switch interpreter {
        case "python3":
            return result.ending == .exited(1)
                && lines.contains {
                    $0 == "Traceback (most recent call last):" || $0.hasPrefix("  File \"<stdin>\", line ")
                }
        case "perl":
            // `die`, whose sentence ends with the place; the script itself is the file `-`.
            let last = lines.last { !$0.isEmpty } ?? ""
            return result.ending != .exited(0) && last.contains(" at - line ") && last.hasSuffix(".")
        default:
            // A shell goes on where it does not find a command, behind a pipe or on the next line (dash, bash).
            return lines.contains { line in
                (line.hasPrefix("sh: ") || line.hasPrefix("bash: "))
                    && (endings.contains(where: line.hasSuffix) || line.contains("yntax error"))
            }
        }
    }

    private static let endings = [
        ": not found", ": command not found", ": parameter not set", ": unbound variable",
    ]
}
