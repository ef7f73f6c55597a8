import ArgumentParser
import ClassRun
import Exercises
import GraderCore
import Reports

struct MarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mark",
        abstract: "Sets what the teacher decides by hand, and brings the latest run's pages up to date.",
        discussion: """
            The mark is kept in reports/CLASS/marks.yaml, which may as well be edited by hand. Points stand in the \
            place of what Bascule came to, also after the next run; a comment alone decides nothing.
            With --question in the place of student, subject and points, the answers that wait for points are shown \
            one by one and marked as they come; with --accept-proposals certain beside it, those whose words say what \
            the cluster's history shows and nothing else get the proposed points unseen, and are listed.
            """)

    @OptionGroup var options: ClassOptions

    @Option(name: .long, help: .student)
    var student: String?

    @Argument(help: "A check (Q2.written) or a question as a whole (Q2).")
    var subject: String?

    @Argument(help: "Points, e.g. 0.5; may be left out where there is a comment.")
    var points: String?

    @Option(name: .long, help: "What to say about it.")
    var comment: String?

    @Option(name: .long, help: "Only for this member of the team (the name).")
    var member: String?

    @Flag(name: .long, help: "Take the mark away again.")
    var clear = false

    @Option(
        name: .long, help: "Go through this question's answers one by one, e.g. Q6; all: every question's.")
    var question: String?

    @Flag(name: .long, help: "With --question: a code in the place of each student's id and name.")
    var anonymous = false

    @Option(
        name: .long,
        help:
            "With --question: gives these proposals their points (certain) and ends; a mark that is there stays."
    )
    var acceptProposals: AcceptedProposals?

    @Option(
        name: .long, help: "The rubric whose rules make the proposals; as for score where none is given.")
    var rubric: String?

    @OptionGroup var pages: PageOptions
    @OptionGroup var voice: VoiceOptions

    func validate() throws {
        if question != nil {
            return try require(
                student == nil && subject == nil && comment == nil && member == nil && !clear,
                "--question goes through all answers: name no student and no mark")
        }
        try require(student != nil && subject != nil,
            "say who and what: mark --student dupont Q2.written 0.5, or give --question")
        try require(!anonymous, "--anonymous goes with --question")
        try require(acceptProposals == nil, "--accept-proposals goes with --question (all: every question)")
        if clear {
            return try require(
                points == nil && comment == nil, "--clear takes the mark away: give no points and no comment")
        }
        try require(points != nil || comment != nil, "give points, a --comment or both (or --clear)")
        try require(
            points == nil || points.flatMap { Points(decimal: $0) } != nil,
            "points are a number from 0 on with at most three decimals, such as 0.5")
        try require(
            comment.map { 1...TeacherMark.commentLimit ~= $0.utf8.count } ?? true,
            "a comment has 1 to \(TeacherMark.commentLimit) bytes")
    }

    func run() throws {
        let theme = try pages.pageTheme()
        let className = try options.name()
        if let question {
            let folder = options.folder
            let only = question.lowercased() == "all" ? nil : QuestionID(question)
            let sheet = try folder.markingSheet(of: className, only: only) {
                try AnswerComparison.of($0, rubric: rubric)
            }
            if acceptProposals != nil { return try accept(sheet, className, folder, theme) }
            return try MarkingDialogue(
                reports: folder, className: className, theme: theme, isAnonymous: anonymous
            ).run(sheet)
        }
        guard let student, let subject else { return }
        let mark = clear ? nil : TeacherMark(points: points.flatMap { Points(decimal: $0) }, comment: comment)
        let marked = try options.folder.mark(
            student, member: member, MarkSubject(subject), mark, in: className, theme: theme,
            remark: Inputs.complain(_:))
        let language = Language.current
        guard let marked else {
            print(
                language.pick(
                    "\(student) : noté pour le prochain passage.", "\(student): kept for the next run."))
            return
        }
        let columns = ResultLine.Columns([marked.student])
        print(ResultLine(marked, language: language).text(columns: columns, colour: Console().hasColour))
    }

    /// The proposals that are certain, where nothing has been given yet.
    private func accept(_ sheet: MarkingSheet, _ className: String, _ folder: ReportsFolder, _ theme: PageTheme?) throws {
        let entries = sheet.entries.filter { $0.mark?.points == nil && $0.proposal?.isCertain == true }
        let marks = entries.map { entry in
            entry.marks(TeacherMark(points: entry.proposal?.points, comment: entry.mark?.comment))
        }
        if !marks.isEmpty {
            try folder.set(
                marks, onlyUnmarked: true, in: className, theme: theme, remark: Inputs.complain(_:))
        }
        let language = Language.current
        for entry in entries {
            let points = entry.proposal?.points?.formatted(language) ?? ""
            for author in entry.authors {
                let name =
                    anonymous
                    ? folder.pseudonym(of: author.student.id, in: className) : author.student.id
                let reason = author.proposal?.reason[language] ?? ""
                print("\(name)  \(entry.check)  \(points)  \(SafeText.line(reason, language: language))")
            }
        }
        let (accepted, left) = (
            entries.flatMap(\.authors).count,
            sheet.entries.filter { $0.mark?.points == nil }.flatMap(\.authors).count
        )
        print(
            language.pick(
                "\(accepted) proposition(s) acceptée(s) ; \(left - accepted) réponse(s) à lire.",
                "\(accepted) proposal(s) accepted; \(left - accepted) answer(s) to be read."))
    }
}

/// Which proposals are taken unread.
enum AcceptedProposals: String, CaseIterable, ExpressibleByArgument {
    case certain
}

/// With what written answers are compared: the exercise and the rubric of a run.
enum AnswerComparison {
    /// - Parameter rubric: the file; nil: as for `score`.
    static func of(_ id: String, rubric: String?) throws -> (exercise: any Exercise, rubric: Rubric) {
        let exercise = try Sheets.named(id)
        let file = try rubric ?? RunOptions.defaultRubric(id)
        return try Sheets.read(rubric: file, for: exercise)
    }
}
