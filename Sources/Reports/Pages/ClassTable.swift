import GraderCore

/// The class page's table of students and questions.
extension ClassPage {
    var tableFields: PageFields {
        let columns = questionColumns
        return [
            "legend": legend.map { ["mark": $0.fields(language), "symbol": $0.symbol] as PageFields },
            "hasLegend": !legend.isEmpty,
            "columns": columns.map(columnFields), "overall": share(assessed.map(\.score)),
            "rows": results.map { row($0, columns: columns) }
                + notAssessed.map { emptyRow($0, columns: columns) },
        ]
    }

    /// The signs that stand in cells in the place of points.
    private var legend: [Sign] {
        var used = Set(
            results.flatMap(\.questions).filter { $0.score.decided == .zero }.map { QuestionSign($0).sign })
        if !notAssessed.isEmpty { used.insert(.notAssessed) }
        return Sign.allCases.filter { used.contains($0) }
    }

    /// All questions of all results, in the order of the sheet.
    private var questionColumns: [QuestionResult] {
        var seen: Set<QuestionID> = []
        return results.flatMap(\.questions).filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
    }

    private func columnFields(_ question: QuestionResult) -> PageFields {
        let scores = results.flatMap(\.questions).filter { $0.id == question.id }.map(\.score)
        return [
            "id": safe(question.id.rawValue, limit: 40), "title": question.title[language],
            "points": question.score.total > .zero ? "/ \(question.score.total.formatted(language))" : "",
            "rate": share(scores),
        ]
    }

    /// `78 %` of all decided points; a dash where nothing is decided.
    private func share(_ scores: [Tally]) -> String {
        let sum = scores.reduce(Tally(), +)
        guard sum.decided > .zero else { return Sign.notRequested.symbol }
        let percent = (sum.earned.thousandths * 100 + sum.decided.thousandths / 2) / sum.decided.thousandths
        return language.pick("\(percent)\u{A0}%", "\(percent)%")
    }

    private func row(_ result: GradedResult, columns: [QuestionResult]) -> PageFields {
        var fields = identity(result.student)
        fields["hasReport"] = !hasPseudonyms
        fields["isAssessed"] = result.isAssessed && result.isAbsent != true
        fields["missing"] = (result.isAbsent == true ? Phrase.absent : .notAssessed)[language]
        fields["members"] = words.members(result).map { member -> PageFields in
            ["name": safe(member.name, limit: 60), "score": words.member(member)]
        }
        fields["earned"] = result.score.earned.formatted(language)
        fields["isOpen"] = !result.score.isComplete
        // What is not decided yet is no part of what was missed.
        fields["outOf"] =
            result.score.isComplete
            ? "/ \(result.score.total.formatted(language))"
            : words.outOf(result.score)
        fields["toCome"] = "\(Phrase.provisional[language]), \(words.toCome(result.score))"
        let late = words.late(result)
        fields["isLate"] = late != nil
        fields["late"] = late.map { safe($0) } ?? ""
        fields["cells"] = columns.map { column in
            HeatCell(result.questions.first { $0.id == column.id }, words: words).fields
        }
        return fields
    }

    private func emptyRow(_ absent: NotAssessed, columns: [QuestionResult]) -> PageFields {
        var fields = identity(absent.student)
        fields["hasReport"] = false
        fields["isAssessed"] = false
        fields["missing"] = Phrase.notAssessed[language]
        fields["cells"] = columns.map { _ in
            [
                "level": "unknown", "figure": Sign.notAssessed.symbol,
                "inWords": Sign.notAssessed.word[language],
                "isOpen": false,
            ] as PageFields
        }
        return fields
    }
}

/// One cell of the table of students and questions.
struct HeatCell: Sendable {
    private var question: QuestionResult?
    private var words: Sentences

    init(_ question: QuestionResult?, words: Sentences) {
        self.question = question
        self.words = words
    }

    var fields: PageFields {
        guard let question else { return ["level": "none", "figure": "", "inWords": "", "isOpen": false] }
        let score = question.score
        let sign = QuestionSign(question)
        guard score.decided > .zero else {
            return [
                "level": sign.sign == .notAssessed
                    ? "unknown" : sign.sign == .notRequested ? "none" : "advice",
                "figure": sign.sign.symbol, "inWords": sign.sign.word[words.language], "isOpen": false,
            ]
        }
        return [
            "level": level(score), "figure": score.earned.formatted(words.language),
            "inWords": words.questionScore(score), "isOpen": !score.isComplete,
        ]
    }

    /// Five steps, from nothing to everything decided so far.
    private func level(_ score: Tally) -> String {
        let fraction = Double(score.earned.thousandths) / Double(score.decided.thousandths)
        switch fraction {
        case ...0: return "0"
        case ..<0.34: return "1"
        case ..<0.67: return "2"
        case ..<1: return "3"
        default: return "4"
        }
    }
}
