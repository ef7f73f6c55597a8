import GraderCore

/// The class page's table of students and questions.
extension ClassPage {
    /// The signs that stand in cells in the place of points.
    var legend: [Sign] {
        var used = Set(
            results.flatMap(\.questions).filter { $0.score.decided == .zero }.map { QuestionSign($0).sign })
        if !notAssessed.isEmpty { used.insert(.notAssessed) }
        return Sign.allCases.filter { used.contains($0) }
    }

    /// All questions of all results, in the order of the sheet.
    var questionColumns: [QuestionResult] {
        var seen: Set<QuestionID> = []
        return results.flatMap(\.questions).filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
    }

    func column(_ question: QuestionResult) -> ClassView.Column {
        let scores = results.flatMap(\.questions).filter { $0.id == question.id }.map(\.score)
        return ClassView.Column(
            id: safe(question.id.rawValue, limit: 40), title: question.title[language],
            points: question.score.total > .zero ? "/ \(question.score.total.formatted(language))" : "",
            rate: share(scores))
    }

    /// `78 %` of all decided points; a dash where nothing is decided.
    func share(_ scores: [Tally]) -> String {
        let sum = scores.reduce(Tally(), +)
        guard sum.decided > .zero else { return Sign.notRequested.symbol }
        let percent = (sum.earned.thousandths * 100 + sum.decided.thousandths / 2) / sum.decided.thousandths
        return language.pick("\(percent)\u{A0}%", "\(percent)%")
    }

    var heatRows: [HeatRow] {
        let columns = questionColumns.map(\.id)
        return results.map { row($0, columns: columns) }
            + notAssessed.map { absent in
                HeatRow(
                    person(absent.student, hasResult: false), missing: Phrase.notAssessed[language],
                    cells: columns.map { _ in HeatCell.of(.notAssessed, level: "unknown", language) })
            }
    }

    func row(_ result: GradedResult, columns: [QuestionID]) -> HeatRow {
        let score = result.score
        var row = HeatRow(
            person(result.student),
            missing: (result.isAbsent == true ? Phrase.absent : .notAssessed)[language],
            cells: columns.map { id in
                HeatCell.of(result.questions.first { $0.id == id }, words: words)
            })
        row.isAssessed = result.isAssessed && result.isAbsent != true
        row.earned = score.earned.formatted(language)
        // What is not decided yet is no part of what was missed.
        row.outOf = score.isComplete ? "/ \(score.total.formatted(language))" : words.outOf(score)
        row.isOpen = !score.isComplete
        row.toCome = "\(Phrase.provisional[language]), \(words.toCome(score))"
        row.members = words.members(result).map { member in
            HeatRow.Member(name: safe(member.name, limit: 60), score: words.member(member))
        }
        row.late = words.remark(result).map { safe($0) }
        row.origin = hasPseudonyms ? nil : result.origin.map { safe($0.standing.className, limit: 60) }
        row.isLate = row.late != nil
        row.remarkable = words.anomalyCount(result)
        return row
    }
}

/// A student's row.
struct HeatRow: PageView {
    var studentID: String
    /// The class that it was looked at in, where several were put together.
    var origin: String?
    var names: String
    var path: String
    var page: String
    var report: String?
    /// The same in Markdown.
    var markdown: String?
    /// On the board.
    var now: BoardNow?
    var isAssessed = false
    var earned = ""
    var outOf = ""
    var isOpen = false
    var toCome = ""
    var members: [Member] = []
    /// What stands in the place of a mark.
    var missing: String
    var isLate = false
    var late: String?
    /// How many the student's own page tells of; nil where none.
    var remarkable: String?
    var cells: [HeatCell]

    struct Member: PageView {
        var name: String
        var score: String
    }

    /// Without a mark.
    init(_ person: PersonView, missing: String, cells: [HeatCell]) {
        studentID = person.studentID
        names = person.names
        path = person.path
        page = person.page
        report = person.report
        markdown = person.report.map { _ in "\(person.path)/report.md" }
        self.missing = missing
        self.cells = cells
    }
}

/// One cell of the table of students and questions.
struct HeatCell: PageView {
    /// How much of what is decided was earned, for the stylesheet.
    var level: String
    var figure: String
    var inWords: String
    var isOpen: Bool

    /// - Parameter question: nil where the student does not have it.
    static func of(_ question: QuestionResult?, words: Sentences) -> HeatCell {
        guard let question else { return HeatCell(level: "none", figure: "", inWords: "", isOpen: false) }
        let score = question.score
        guard score.decided > .zero else {
            let sign = QuestionSign(question).sign
            let level = sign == .notAssessed ? "unknown" : sign == .notRequested ? "none" : "advice"
            return of(sign, level: level, words.language)
        }
        return HeatCell(
            level: level(score), figure: score.earned.formatted(words.language),
            inWords: words.questionScore(score), isOpen: !score.isComplete)
    }

    /// A sign in the place of points.
    static func of(_ sign: Sign, level: String, _ language: Language) -> HeatCell {
        HeatCell(level: level, figure: sign.symbol, inWords: sign.word[language], isOpen: false)
    }

    /// Five steps, from nothing to everything decided so far.
    private static func level(_ score: Tally) -> String {
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
