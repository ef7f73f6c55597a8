import GraderCore

/// What the class page's template is given. Every string has passed ``SafeText``; the template escapes it.
extension ClassPage {
    private var words: Sentences { Sentences(language) }

    private func safe(_ text: String, limit: Int = 300) -> String {
        SafeText.line(text, limit: limit, language: language)
    }

    func fields(_ templates: PageTemplates) -> [String: Any] {
        let date = DateText(ranAt)
        let columns = questionColumns
        let missed = MissedCheck.ranked(results).prefix(12)
        let heading = title.isEmpty ? exerciseTitle[language] : title
        var fields: [String: Any] = [
            "t": Phrase.table(language),
            "lang": language.rawValue,
            "title": "\(safe(className)) – \(safe(heading))",
            "className": safe(className),
            "exerciseTitle": safe(exerciseTitle[language]),
            "heading": safe(heading),
            "hasHeading": !title.isEmpty,
            "date": date.formatted(language),
            "machineDate": date.machineReadable,
            "figures": figures,
            "columns": columns.map(columnFields),
            "overall": share(assessed.map(\.score)),
            "rows": results.map { row($0, columns: columns) }
                + notAssessed.map { emptyRow($0, columns: columns) },
            "absent": absentees,
            "hasAbsent": !absentees.isEmpty,
            "partial": partlyAssessed,
            "hasPartial": !partlyAssessed.isEmpty,
            "missed": missed.map(missedRow),
            "hasMissed": !missed.isEmpty,
        ]
        fields.merge(templates.frame(script: PageTemplates.sortScript)) { _, new in new }
        fields.merge(progressFields) { _, new in new }
        fields.merge(chartFields) { _, new in new }
        fields.merge(drillTableFields) { _, new in new }
        return fields
    }

    private var chartFields: [String: Any] {
        let marks = Histogram.marks(results, words: words)
        let outages = drillOutages.enumerated().compactMap { index, drill in
            Histogram.outages(drill, number: index, words: words)
        }
        return [
            "hasMarks": marks != nil, "marks": [marks].compactMap { $0?.fields(words) },
            "hasOutages": !outages.isEmpty, "outages": outages.map { $0.fields(words) },
        ]
    }

    // MARK: Figures

    private var assessed: [GradedResult] { results.filter(\.isAssessed) }

    private var figures: [[String: Any]] {
        var figures: [[String: Any]] = [
            ["name": Phrase.assessedCount[language], "value": "\(assessed.count)"],
            [
                "name": Phrase.notAssessedCount[language],
                "value": "\(results.count - assessed.count + notAssessed.count)",
            ],
        ]
        let earned = assessed.map(\.score.earned).sorted()
        if !earned.isEmpty, let total = assessed.first?.score.total {
            // Of an even number the mean of the two in the middle.
            let low = earned[(earned.count - 1) / 2]
            let high = earned[earned.count / 2]
            let median = Points(thousandths: (low.thousandths + high.thousandths) / 2)
            let open = assessed.contains { !$0.score.isComplete }
            figures.append([
                "name": open
                    ? words.pick("Médiane provisoire", "Provisional median")
                    : words.pick("Médiane", "Median"),
                "value": "\(median.formatted(language)) / \(total.formatted(language))",
            ])
        }
        return figures
    }

    // MARK: The table

    /// All questions of all results, in the order of the sheet.
    private var questionColumns: [QuestionResult] {
        var seen: Set<QuestionID> = []
        return results.flatMap(\.questions).filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
    }

    private func columnFields(_ question: QuestionResult) -> [String: Any] {
        let scores = results.flatMap(\.questions).filter { $0.id == question.id }.map(\.score)
        return [
            "id": safe(question.id.rawValue, limit: 40), "title": safe(question.title[language]),
            "points": question.score.total > .zero ? "/ \(question.score.total.formatted(language))" : "",
            "rate": share(scores),
        ]
    }

    /// `78 %` of all decided points; a dash where nothing is decided.
    private func share(_ scores: [Tally]) -> String {
        let sum = scores.reduce(Tally(), +)
        guard sum.decided > .zero else { return Mark.notRequested.symbol }
        let percent = (sum.earned.thousandths * 100 + sum.decided.thousandths / 2) / sum.decided.thousandths
        return language == .french ? "\(percent)\u{A0}%" : "\(percent)%"
    }

    private func row(_ result: GradedResult, columns: [QuestionResult]) -> [String: Any] {
        var fields = identity(result.student)
        fields["hasReport"] = !hasPseudonyms
        fields["isAssessed"] = result.isAssessed && result.isAbsent != true
        fields["missing"] = (result.isAbsent == true ? Phrase.absent : .notAssessed)[language]
        fields["members"] = words.members(result).map { member in
            ["name": safe(member.name, limit: 60), "score": words.member(member)]
        }
        fields["earned"] = result.score.earned.formatted(language)
        fields["total"] = result.score.total.formatted(language)
        fields["isOpen"] = !result.score.isComplete
        fields["decided"] = words.pick(
            "\(result.score.decided.formatted(language)) décidés",
            "\(result.score.decided.formatted(language)) decided")
        fields["cells"] = columns.map { column in
            HeatCell(result.questions.first { $0.id == column.id }, words: words).fields
        }
        return fields
    }

    private func emptyRow(_ absent: NotAssessed, columns: [QuestionResult]) -> [String: Any] {
        var fields = identity(absent.student)
        fields["hasReport"] = false
        fields["isAssessed"] = false
        fields["missing"] = Phrase.notAssessed[language]
        fields["cells"] = columns.map { _ in
            [
                "level": "unknown", "figure": Mark.notAssessed.symbol,
                "inWords": Mark.notAssessed.word[language],
                "isOpen": false,
            ] as [String: Any]
        }
        return fields
    }

    private func identity(_ student: StudentIdentity) -> [String: Any] {
        let names = student.names.map { safe($0, limit: 120) }.joined(separator: ", ")
        return [
            // A pseudonym is its own id.
            "studentID": hasPseudonyms ? "" : safe(student.id, limit: 60),
            "names": names.isEmpty ? safe(student.id, limit: 60) : names,
            "path": "students/\(ClassPage.pathComponent(student.id))",
            "page": concealed.contains(student.id) ? "teacher.html" : "report.html",
        ]
    }

    /// An id as one component of a relative link (RFC 3986: everything but the unreserved characters encoded).
    static func pathComponent(_ id: String) -> String {
        let hex = Array("0123456789ABCDEF")
        return id.utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
            }
        }
    }

    // MARK: Who is missing, and what

    private var absentees: [[String: Any]] {
        results.filter { !$0.isAssessed && $0.isAbsent != true }.map { result in
            var fields = identity(result.student)
            fields["hasReport"] = !hasPseudonyms
            fields["reason"] = safe(words.obstacle(result) ?? words.markSentence(result.score), limit: 1_000)
            return fields
        }
            + notAssessed.map { absent in
                var fields = identity(absent.student)
                fields["hasReport"] = false
                fields["reason"] = safe(absent.reason[language], limit: 1_000)
                return fields
            }
    }

    private var partlyAssessed: [[String: Any]] {
        assessed.compactMap { result in
            guard let obstacle = words.obstacle(result) else { return nil }
            var fields = identity(result.student)
            fields["hasReport"] = !hasPseudonyms
            fields["reason"] = safe(obstacle, limit: 1_000)
            return fields
        }
    }

    private func missedRow(_ missed: MissedCheck) -> [String: Any] {
        let share = missed.decided > 0 ? missed.missedBy.count * 1000 / missed.decided : 0
        return [
            "question": safe(missed.id.question.rawValue, limit: 40),
            "checkTitle": safe(missed.title[language].isEmpty ? missed.id.rawValue : missed.title[language]),
            "count": words.pick(
                "\(missed.missedBy.count) sur \(missed.decided)",
                "\(missed.missedBy.count) of \(missed.decided)"),
            "share": share,
            "who": missed.missedBy.map { student in
                identity(student).merging(["hasReport": !hasPseudonyms]) { old, _ in old }
            },
        ]
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

    var fields: [String: Any] {
        guard let question else { return ["level": "none", "figure": "", "inWords": "", "isOpen": false] }
        let score = question.score
        let mark = QuestionMark(question)
        guard score.decided > .zero else {
            return [
                "level": mark.mark == .notAssessed
                    ? "unknown" : mark.mark == .notRequested ? "none" : "advice",
                "figure": mark.mark.symbol, "inWords": mark.mark.word[words.language], "isOpen": false,
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
