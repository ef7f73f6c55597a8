import GraderCore

/// What a teacher's script says by its exit status: 0 met, 1 not met, 2 partly, with the fraction on its last line.
enum ScriptReading {
    static func verdict(_ facts: [String: FactValue]) -> (Seen.Truth, Double, LocalizedText) {
        let output = facts["output"] ?? .absent(FoundWords.nothing)
        switch facts["exit"] {
        case .number(0)?: return (.met, 1, told(output.lines))
        case .number(1)?: return (.notMet, 0, told(output.lines))
        case .number(2)?:
            guard let last = output.lines.last, let fraction = Double(last), fraction > 0, fraction < 1 else {
                return (
                    .unknown(.noEvidence),
                    0,
                    LocalizedText(
                        fr: "le script finit par 2 sans fraction entre 0 et 1 à sa dernière ligne",
                        en: "the script ends with 2 and has no fraction between 0 and 1 on its last line")
                )
            }
            return (.notMet, fraction, told(output.lines.dropLast()))
        case .number(let status)?:
            return (
                .unknown(.noEvidence), 0,
                LocalizedText(
                    fr: "le script a fini par le code \(status, digits: 0), qui ne dit rien du travail",
                    en: "the script ended with status \(status, digits: 0), which says nothing of the work")
            )
        case .unknown(let reason, let why)?: return (.unknown(reason), 0, why)
        default: return (.unknown(.noEvidence), 0, FoundWords.nothing)
        }
    }

    /// `fr: …` and `en: …`, or the last line for both languages.
    private static func told(_ lines: some BidirectionalCollection<String>) -> LocalizedText {
        func line(_ language: String) -> String? {
            lines.last { $0.hasPrefix("\(language): ") }.map { String($0.dropFirst(4)).cut(to: 300) }
        }
        if let fr = line("fr"), let en = line("en") { return LocalizedText(fr: "\(fr)", en: "\(en)") }
        return lines.last.map { LocalizedText(verbatim: $0.cut(to: 300)) } ?? FoundWords.nothing
    }
}
