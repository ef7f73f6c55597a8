import ArgumentParser
import ClassRun
import Exercises
import GraderCore
import InputFiles
import Reports

/// The teacher's marks of a whole class at once.
struct MarksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "marks",
        abstract: "Marks a class's written answers in a table: writes it, and reads it again.",
        subcommands: [Export.self, Import.self])

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the answers that wait for points, with what has been given so far, as a table.",
            discussion: """
                A row for each answer, with what the evidence shows beside it and a proposal where the rubric has a rule; \
                the same words of several students are one row. Fill in points and comments \
                in any spreadsheet, keep the headings, and give the file to `bascule marks import`.
                """)

        @OptionGroup var options: ClassOptions

        @Option(name: .long, help: "Only this question's answers, e.g. Q6.")
        var question: String?

        @Flag(name: .long, help: "A code in the place of each student's id and name.")
        var anonymous = false

        @Option(
            name: .shortAndLong,
            help: "The file to write; NAME.html is a page to be printed. Otherwise the table is printed.")
        var output: String?

        @Option(
            name: .long, help: "The rubric whose rules make the proposals; as for score where none is given.")
        var rubric: String?

        @OptionGroup var voice: VoiceOptions

        func run() throws {
            let (folder, className) = (options.folder, try options.name())
            let sheet = try folder.markingSheet(of: className, only: question.map { QuestionID($0) }) {
                try AnswerComparison.of($0, rubric: rubric)
            }
            let language = Language.current
            let code: (@Sendable (String) -> String)? =
                anonymous ? { @Sendable [className] in folder.pseudonym(of: $0, in: className) } : nil
            if output?.hasSuffix(".html") == true {
                var page = MarkingPage(className: className, sheet: sheet, language: language)
                page.pseudonym = code
                try WholeOutput.put(try page.html(), in: output)
            } else {
                var csv = MarkingCSV(sheet, language: language)
                csv.pseudonym = code
                try WholeOutput.put(csv.text(), in: output)
            }
            let open = sheet.entries.filter { $0.mark?.points == nil }.map(\.authors.count).reduce(0, +)
            Inputs.complain(
                language.pick(
                    "\(sheet.entries.count) ligne(s) ; \(open) réponse(s) encore sans points.",
                    "\(sheet.entries.count) row(s); \(open) answer(s) without points yet."))
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Takes the points and comments of a filled-in table: all of them, or none where one is wrong.",
            discussion: """
                Says what changes, and brings the latest run's pages up to date. Rows without points and comment \
                change nothing.
                """)

        @OptionGroup var options: ClassOptions

        @Argument(help: ArgumentHelp("The table.", valueName: "table.csv"))
        var table: String

        @OptionGroup var pages: PageOptions
        @OptionGroup var voice: VoiceOptions

        func run() throws {
            let theme = try pages.pageTheme()
            let changed = try options.folder.importMarks(
                try InputText(file: table, limit: MarkingCSV.sizeLimit), into: options.name(), theme: theme,
                remark: Inputs.complain(_:))
            let language = Language.current
            for mark in changed {
                print(
                    "\(mark.name)  \(mark.subject)  \(words(mark.before, language)) → \(words(mark.after, language))"
                )
            }
            print(
                language.pick(
                    "\(changed.count) note(s) changée(s).", "\(changed.count) mark(s) changed."))
        }

        private func words(_ mark: TeacherMark?, _ language: Language) -> String {
            guard let mark else { return "–" }
            let comment = mark.comment.map { "“\(SafeText.label($0, limit: 60))”" }
            return [mark.points?.formatted(language), comment].compactMap(\.self).joined(separator: " ")
        }
    }
}
