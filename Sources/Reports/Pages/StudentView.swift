import GraderCore

/// What the student's page template is given. Every string has passed ``SafeText``; rendering escapes it.
struct StudentView: PageView {
    var lang: String
    var title: String
    var className: String
    var exerciseTitle: String
    var people: String
    var studentID: String
    var date: String
    var machineDate: String
    var collectionTime: String
    var isTeachers: Bool
    var printsAll: Bool
    /// Whether it stands on the board, and no file.
    var isLive: Bool
    /// Whether what helps is behind a click each.
    var foldsHints: Bool

    var isAssessed: Bool
    var isProvisional: Bool
    var isAbsent: Bool
    var earned: String
    var total: String
    var soFar: String
    var markSentence: String
    var bar: ScoreBar
    var parts: [Part]
    var notices: [Notice]
    /// What the teacher says of the whole.
    var comment: String?
    /// The members of a team whose marks differ.
    var members: [Member]

    var setbacks: [SetbackView]
    /// Whether any of them cost points by itself.
    var hasLost: Bool
    var openPoints: [String]
    var machines: [MachinesView]
    var drills: [DrillView]
    /// Whether any drill has a time line: what the signs in it mean is said once.
    var hasTimelines: Bool
    var states: [DrillView.State]
    var questions: [QuestionView]
    var legend: [Legend]
    var exhibits: [ExhibitView]

    var vantage: String
    /// In a run that was put together from others: which look this is.
    var origin: String?
    var grader: String
    var rubricChecksum: String
    var evidenceChecksum: String

    /// One question's part of the mark.
    struct Part: PageView {
        var anchor: String
        var id: String
        var title: String
        /// Of the sign.
        var name: String
        var inWords: String
        var score: String
    }

    struct Notice: PageView {
        var kind: String
        var title: String
        var sentence: String
        var detail: String?
    }

    struct Member: PageView {
        var name: String
        var score: String
        var marks: [String]
    }

    struct Legend: PageView {
        var mark: Sign.View
        var meaning: String
    }
}

extension StudentReport {
    var words: Sentences { Sentences(language, in: timeZone) }

    func safe(_ text: String, limit: Int = SafeText.defaultLimit) -> String {
        SafeText.line(text, limit: limit, language: language)
    }

    var view: StudentView {
        let names = result.student.names.map { safe($0, limit: 200) }
        let people = names.isEmpty ? safe(result.student.id, limit: 200) : names.joined(separator: ", ")
        let date = DateText(result.collectedAt, in: timeZone)
        let score = result.score
        return StudentView(
            lang: language.rawValue,
            title: "\(people) – \(result.exerciseTitle[language])",
            className: safe(result.className, limit: 200),
            exerciseTitle: result.exerciseTitle[language],
            people: people,
            studentID: safe(result.student.id, limit: 200),
            date: date.formatted(language),
            machineDate: date.machineReadable,
            collectionTime: words.collectionTime(result.collectionSeconds),
            isTeachers: isTeachers,
            printsAll: theme?.printsAll ?? false,
            isLive: isLive,
            foldsHints: foldsHints,
            isAssessed: result.isAssessed,
            isProvisional: !score.isComplete,
            isAbsent: result.isAbsent ?? false,
            earned: score.earned.formatted(language),
            total: score.total.formatted(language),
            // What is not decided yet is no part of what was missed.
            soFar: words.outOf(score),
            markSentence: score.isComplete || score.decided == .zero
                ? words.markSentence(score) : words.stillToCome(score),
            bar: ScoreBar(score),
            parts: result.questions.map(part),
            notices: (words.notices(result)
                + (isTeachers ? words.anomalyNotices(result) + ConfirmationList(result).notices(words) : []))
                .map { notice in
                    StudentView.Notice(
                        kind: notice.kind.rawValue, title: notice.title, sentence: notice.sentence,
                        detail: notice.detail.map { safe($0) })
                },
            comment: result.comment.map { safe($0) },
            members: words.members(result).map { member in
                StudentView.Member(
                    name: safe(member.name, limit: 200), score: words.member(member),
                    marks: words.ownMarks(member))
            },
            setbacks: result.setbacks.map(setback),
            hasLost: !result.lostChecks.isEmpty,
            openPoints: words.openPoints(result.questions),
            machines: machines,
            drills: drillStories.enumerated().map { drill($0.element, at: $0.offset) },
            hasTimelines: drillStories.contains { $0.account.timeline != nil },
            states: drillStates,
            questions: result.questions.map(question),
            legend: words.legend(result).map {
                StudentView.Legend(mark: $0.view(language), meaning: $0.meaning[language])
            },
            exhibits: result.exhibits.compactMap(exhibit),
            vantage: words.vantage(of: result),
            origin: result.origin.map { safe(words.run($0.standing), limit: 200) },
            grader: safe(result.provenance.grader, limit: 200),
            rubricChecksum: safe(result.provenance.rubricSHA256, limit: 200),
            evidenceChecksum: safe(result.provenance.evidenceSHA256, limit: 200))
    }

    private func part(_ question: QuestionResult) -> StudentView.Part {
        let sign = QuestionSign(question)
        return StudentView.Part(
            anchor: anchor(question.id.rawValue), id: safe(question.id.rawValue, limit: 40),
            title: question.title[language], name: sign.sign.rawValue,
            inWords: words.tally(question.checks), score: words.questionScore(question.score))
    }

    /// An id for links within the page: letters, digits, `.`, `-`, `_` only, and never a digit first.
    func anchor(_ id: String) -> String {
        var anchor = "c-"
        for scalar in id.unicodeScalars.prefix(120) {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_": anchor.unicodeScalars.append(scalar)
            default: anchor.append("_")
            }
        }
        return anchor
    }
}

extension Sign {
    /// As the templates draw it.
    struct View: PageView {
        var name: String
        var word: String
    }

    func view(_ language: Language) -> View { View(name: rawValue, word: word[language]) }
}
