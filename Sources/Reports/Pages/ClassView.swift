import GraderCore

/// What the class page's template is given. Every string has passed ``SafeText``; rendering escapes it.
struct ClassView: PageView {
    var lang: String
    var title: String
    var className: String
    var heading: String
    var exerciseTitle: String
    /// Whether the heading says more than it.
    var hasHeading: Bool
    var date: String
    var machineDate: String
    var figures: [Figure]
    var absent: [PersonView]
    var partial: [PersonView]
    var anomalies: [AnomalyView]

    /// Whether rows say what is being done about each student: on the board.
    var showsNow: Bool
    var columns: [Column]
    var overall: String
    var rows: [HeatRow]
    var legend: [Legend]
    var marks: Histogram.View?

    var progress: ProgressView?
    /// Whether anybody's marks did, or there is nothing to compare with.
    var hasMoved: Bool
    /// Empty where there was no run before.
    var runs: [ProgressView.Run]

    var drillKinds: [DrillTable.Kind]
    var drillRows: [DrillTable.Row]
    /// Whose machines are not as they were before a drill.
    var left: [PersonView]
    var hasDrillTable: Bool

    var hasOutages: Bool
    var stripWidth: Int
    var stripHeight: Int
    var ticks: [OutageStrips.Tick]
    var strips: [OutageStrips.Strip]

    var missed: [Missed]

    /// Of a run that was put together from others.
    var origins: [OriginRow]
    var severalTimes: [PersonView]

    struct Figure: PageView {
        var name: String
        var value: String
    }

    /// A question.
    struct Column: PageView {
        var id: String
        var title: String
        var points: String
        var rate: String
    }

    /// A sign that stands in the place of points.
    struct Legend: PageView {
        var mark: Sign.View
        var symbol: String
    }

    /// A check that many have missed.
    struct Missed: PageView {
        var question: String
        var checkTitle: String
        var count: String
        /// In thousandths.
        var share: Int
        var who: [PersonView]
    }
}

struct PersonView: PageView {
    /// Empty for a pseudonym, which is its own id.
    var studentID: String
    var names: String
    /// The folder of the pages.
    var path: String
    /// The name of the page in it that shows all.
    var page: String
    /// Both, to link to; nil where there is none.
    var report: String?
    /// Why there is no result, or none of all.
    var reason: String?
}

extension ClassPage {
    var words: Sentences { Sentences(language, in: timeZone) }

    func safe(_ text: String, limit: Int = 300) -> String {
        SafeText.line(text, limit: limit, language: language)
    }

    var view: ClassView {
        let date = DateText(ranAt, in: timeZone)
        let heading = title.isEmpty ? exerciseTitle[language] : title
        let run = asPastRun
        let earlier = run.predecessors(in: history)
        let progress = Progress(of: run, since: earlier)
        let drilled = results.filter { !($0.drills ?? []).isEmpty }
        let drills = DrillAccount.oneOfEach(in: results)
        let outages = OutageStrips(drillOutages)
        return ClassView(
            lang: language.rawValue,
            title: "\(safe(className)) – \(safe(heading))",
            className: safe(className),
            heading: safe(heading),
            exerciseTitle: exerciseTitle[language],
            hasHeading: !title.isEmpty,
            date: date.formatted(language),
            machineDate: date.machineReadable,
            figures: figures,
            absent: absentees,
            partial: partlyAssessed,
            anomalies: anomalyViews,
            showsNow: false, columns: questionColumns.map(column), overall: share(assessed.map(\.score)),
            rows: heatRows,
            legend: legend.map { ClassView.Legend(mark: $0.view(language), symbol: $0.symbol) },
            marks: Histogram.marks(results, words: words)?.view(words),
            progress: progress.map(view),
            hasMoved: progress?.hasMoved ?? true,
            runs: earlier.isEmpty ? [] : runRows(earlier.suffix(7) + [run]),
            drillKinds: drills.map { DrillTable.Kind(title: $0.title[language], kind: $0.kind.rawValue) },
            drillRows: drilled.map { drillRow($0, drills) },
            left: drilled.filter { $0.drills?.contains { !$0.differences.isEmpty } ?? false }
                .map { person($0.student) },
            hasDrillTable: !drilled.isEmpty,
            hasOutages: !outages.drills.isEmpty,
            stripWidth: OutageStrips.width, stripHeight: OutageStrips.height,
            ticks: OutageStrips.ticks(words), strips: outages.strips(words),
            missed: MissedCheck.ranked(results).prefix(12).map(missedRow),
            origins: originRows, severalTimes: severalTimes)
    }

    // MARK: Figures

    var assessed: [GradedResult] { results.filter(\.isAssessed) }

    private var figures: [ClassView.Figure] {
        let counts = [
            ClassView.Figure(name: Phrase.assessedCount[language], value: "\(assessed.count)"),
            ClassView.Figure(
                name: Phrase.notAssessedCount[language],
                value: "\(results.count - assessed.count + notAssessed.count)"),
        ]
        return counts + [median].compactMap(\.self)
    }

    /// Of an even number the mean of the two in the middle. While points are open, by what was marked of each; as a
    /// share too where totals differ.
    private var median: ClassView.Figure? {
        func median(_ numbers: [Int]) -> Int? {
            let sorted = numbers.sorted()
            guard !sorted.isEmpty else { return nil }
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }
        let scores = assessed.map(\.score)
        let isOpen = scores.contains { !$0.isComplete }
        let totals = Set(scores.map(\.total))
        if !isOpen, totals.count <= 1 {
            guard let earned = median(scores.map(\.earned.thousandths)), let total = totals.first
            else { return nil }
            return ClassView.Figure(
                name: words.pick("Médiane", "Median"),
                value: "\(Points(thousandths: earned).formatted(language)) / \(total.formatted(language))")
        }
        let shares = scores.filter { $0.decided > .zero }.map {
            $0.earned.thousandths * 1000 / $0.decided.thousandths
        }
        return median(shares).map { share in
            let percent = (share + 5) / 10
            return ClassView.Figure(
                name: isOpen
                    ? words.pick(
                        "Médiane provisoire, des points notés", "Provisional median, of what is marked")
                    : words.pick("Médiane", "Median"),
                value: words.pick("\(percent)\u{A0}%", "\(percent)%"))
        }
    }

    // MARK: Who

    /// - Parameter hasResult: whether there can be a page.
    func person(_ student: StudentIdentity, hasResult: Bool = true, reason: String? = nil) -> PersonView {
        let page = concealed.contains(student.id) ? "teacher.html" : "report.html"
        return PersonView(
            studentID: hasPseudonyms ? "" : safe(student.id, limit: 60), names: names(student),
            path: ClassPage.path(student), page: page,
            report: hasPseudonyms || !hasResult ? nil : "\(ClassPage.path(student))/\(page)", reason: reason)
    }

    func names(_ student: StudentIdentity) -> String {
        let names = student.names.map { safe($0, limit: 120) }.joined(separator: ", ")
        return names.isEmpty ? safe(student.id, limit: 60) : names
    }

    /// The folder of a student's pages, seen from this one.
    static func path(_ student: StudentIdentity) -> String { "students/\(pathComponent(student.id))" }

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
                text += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"  // bounded: half a byte each
            }
        }
    }

    // MARK: Who is missing, and what

    private var absentees: [PersonView] {
        results.filter { !$0.isAssessed && $0.isAbsent != true }.map { result in
            let reason = words.obstacle(result) ?? words.markSentence(result.score)
            return person(result.student, reason: safe(reason, limit: 1_000))
        }
            + notAssessed.map { person($0.student, hasResult: false, reason: $0.reason[language]) }
    }

    private var partlyAssessed: [PersonView] {
        assessed.compactMap { result in
            words.obstacle(result).map { person(result.student, reason: safe($0, limit: 1_000)) }
        }
    }

    private func missedRow(_ missed: MissedCheck) -> ClassView.Missed {
        ClassView.Missed(
            question: safe(missed.id.question.rawValue, limit: 40),
            checkTitle: missed.title[language].isEmpty ? safe(missed.id.rawValue) : missed.title[language],
            count: words.pick(
                "\(missed.missedBy.count) sur \(missed.decided)",
                "\(missed.missedBy.count) of \(missed.decided)"),
            share: missed.decided > 0 ? missed.missedBy.count * 1000 / missed.decided : 0,
            who: missed.missedBy.map { person($0) })
    }
}
