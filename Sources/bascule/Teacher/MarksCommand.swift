import ArgumentParser
import ClassRun
import Exercises
import GraderCore
import InputFiles
import Reports

/// The teacher's marks of a whole class at once.
struct MarksCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "marks",
        LocalizedText(
            fr: "Note les réponses rédigées d'une classe dans un tableau : l'écrit, puis le relit.",
            en: "Marks a class's written answers in a table: writes it, and reads it again."),
        examples: [
            (
                "bascule marks export -o notes.csv",
                LocalizedText(
                    fr: "Écrit le tableau, à remplir dans un tableur.",
                    en: "Writes the table, to be filled in in a spreadsheet.")
            ),
            (
                "bascule marks import notes.csv",
                LocalizedText(fr: "Le reprend, une fois rempli.", en: "Takes it in, once filled in.")
            ),
        ],
        subcommands: [Export.self, Import.self])

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "export",
            LocalizedText(
                fr: "Écrit en tableau les réponses qui attendent des points, avec ce qui a déjà été donné.",
                en: "Writes the answers that wait for points, with what has been given so far, as a table."),
            LocalizedText(
                fr: """
                    Une ligne par réponse, avec ce que le passage montre à côté et une proposition si le barème a une \
                    règle ; les mêmes mots de plusieurs étudiants font une seule ligne. Remplir points et commentaires \
                    dans un tableur, garder les en-têtes, et donner le fichier à « bascule marks import ».
                    """,
                en: """
                    A row for each answer, with what the evidence shows beside it and a proposal where the rubric has a \
                    rule; the same words of several students are one row. Fill in points and comments \
                    in any spreadsheet, keep the headings, and give the file to `bascule marks import`.
                    """),
            examples: [
                (
                    "bascule marks export --anonymous -o notes.csv",
                    LocalizedText(
                        fr: "Sans les noms ; « marks import » reconnaît les codes.",
                        en: "Without names; `marks import` knows the codes.")
                ),
                (
                    "bascule marks export --question Q6 -o q6.html",
                    LocalizedText(
                        fr: "Les réponses à la question 6, en page à imprimer.",
                        en: "The answers to question 6, as a page to be printed.")
                ),
            ])

        @OptionGroup var options: ClassOptions

        @Option(
            name: .customLong("question"),
            help: ArgumentHelp(
                fr: "Les réponses à cette question seulement, p. ex. Q6 ; peut se répéter.",
                en: "Only this question's answers, e.g. Q6; several times.", valueName: "Q6"))
        var questions: [String] = []

        @Flag(
            name: .long,
            help: ArgumentHelp(
                fr: "Un code à la place de l'identifiant et du nom de chaque étudiant.",
                en: "A code in the place of each student's id and name."))
        var anonymous = false

        @Option(
            name: .shortAndLong,
            help: ArgumentHelp(
                fr: "Le fichier à écrire ; NOM.html est une page à imprimer. Sinon, le tableau est affiché.",
                en: "The file to write; NAME.html is a page to be printed. Otherwise the table is printed.",
                valueName: "file"))
        var output: String?

        @Option(name: .long, help: .rulesRubric)
        var rubric: String?

        @OptionGroup var voice: VoiceOptions

        func run() throws {
            let (folder, className) = (options.folder, try options.name())
            let sheet = try AnswerComparison.sheet(of: className, questions, in: folder, rubric: rubric)
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
                    "\(sheet.entries.count) ligne\(sheet.entries.count.plural(.french)) ; \(open) réponse\(open.plural(.french)) encore sans points.",
                    "\(sheet.entries.count) row\(sheet.entries.count.plural(.english)); \(open) answer\(open.plural(.english)) without points yet."
                ))
            guard let output, open > 0, !output.hasSuffix(".html"), !WholeOutput.isStream(output)
            else { return }
            NextStep(
                ["marks", "import", output] + NextStep.place(className, in: options.reports),
                fr: "une fois le tableau rempli", en: "once the table is filled in"
            ).complain()
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration.command(
            "import",
            LocalizedText(
                fr:
                    "Prend les points et les commentaires d'un tableau rempli : tous, ou aucun s'il y a une erreur.",
                en:
                    "Takes the points and comments of a filled-in table: all of them, or none where one is wrong."
            ),
            LocalizedText(
                fr: """
                    Dit ce qui change, et met à jour les pages du dernier passage. Une ligne sans points ni commentaire ne \
                    change rien.
                    """,
                en: """
                    Says what changes, and brings the latest run's pages up to date. Rows without points and comment \
                    change nothing.
                    """),
            examples: [
                (
                    "bascule marks import notes.csv",
                    LocalizedText(
                        fr: "Le tableau écrit par « marks export ».",
                        en: "The table that `marks export` wrote.")
                )
            ])

        @OptionGroup var options: ClassOptions

        @Argument(help: ArgumentHelp(fr: "Le tableau.", en: "The table.", valueName: "table.csv"))
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
                    "\(changed.count) note\(changed.count.plural(.french)) changée\(changed.count.plural(.french)).",
                    "\(changed.count) mark\(changed.count.plural(.english)) changed."))
        }

        private func words(_ mark: TeacherMark?, _ language: Language) -> String {
            guard let mark else { return "–" }
            let comment = mark.comment.map { text in
                let said = SafeText.label(text, limit: 60)
                return language.pick("« \(said) »", "“\(said)”")
            }
            return [mark.points?.formatted(language), comment].compactMap(\.self).joined(separator: " ")
        }
    }
}
