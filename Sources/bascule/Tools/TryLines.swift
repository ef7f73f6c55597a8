import ClassRun
import Exercises
import GraderCore
import Reports

/// What `try` shows of each check.
extension TryCommand {
    func lines(_ id: CheckID, _ trial: CheckTrial, _ evidence: Evidence) -> [String] {
        let verdict = trial.judgement.verdict
        var lines = [
            "\(VerdictWord.symbol(verdict)) \(id) \(trial.title[language]) – \(VerdictWord.text(verdict)[language])"
        ]
        lines.append("  " + language.pick("attendu : ", "expected: ") + trial.expected[language])
        lines.append("  " + language.pick("constaté : ", "found: ") + trial.judgement.found[language])
        if !trial.requires.isEmpty {
            lines.append(
                "  "
                    + language.pick("bloqué tant que ne sont pas obtenus : ", "blocked until these are met: ")
                    + trial.requires.map(\.rawValue).joined(separator: ", "))
        }
        for look in trial.looks {
            for source in look.sources {
                lines += evidence[source].map { $0.lines(language).map { "  " + $0 } } ?? []
            }
            for part in look.parts {
                let sign = part.isMet.map { $0 ? "✓" : "✗" } ?? "?"
                let blanks = String(repeating: "  ", count: part.depth + 2)
                lines.append("\(blanks)\(sign) \(part.wanted[language]) → \(part.saw[language])")
            }
        }
        return lines
    }
}

extension Verdict {
    var isOpen: Bool { if case .notAssessed = self { true } else { false } }
}

extension Observation {
    /// What was asked, and the beginning of what came.
    fileprivate func lines(_ language: Language) -> [String] {
        switch outcome {
        case .command(let result):
            let output = [result.standardOutput, result.standardError].flatMap {
                $0.text.cut(to: 4_000).split(separator: "\n").prefix(8).map {
                    SafeText.label(String($0), limit: 160)
                }
            }
            let ending =
                switch result.ending {
                case .exited(let status): language.pick("code \(status)", "status \(status)")
                case .timedOut: language.pick("délai dépassé", "timed out")
                case .signalled(let name): "SIG\(name)"
                case .unknown: language.pick("fin inconnue", "ending unknown")
                }
            let command = SafeText.line(ShellWord.line(result.arguments), limit: 200, language: language)
            return ["\(id): \(command) (\(ending))"] + output.map { "  | \($0)" }
        case .port(let result):
            return ["\(id): \(result.address) port \(result.port): \(result.state.rawValue)"]
        case .http(let exchange):
            guard case .response(let response) = exchange.answer else {
                return ["\(id): \(exchange.request.host)"]
            }
            return ["\(id): \(exchange.request.host)\(exchange.request.target): HTTP \(response.status)"]
        case .dns(let exchange):
            return [
                "\(id): \(exchange.request.name) \(exchange.request.type.rawValue): \(exchange.records.map(\.data).joined(separator: ", "))"
            ]
        case .neighbours: return []
        case .failed(let failure): return ["\(id): \(failure.sentence[language])"]
        }
    }
}
