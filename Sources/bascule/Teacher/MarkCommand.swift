import ArgumentParser
import ClassRun
import Exercises
import GraderCore
import Reports

struct MarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "mark",
        LocalizedText(
            fr: "Fixe ce que l'enseignant décide lui-même, et met à jour les pages du dernier passage.",
            en: "Sets what the teacher decides by hand, and brings the latest run's pages up to date."),
        LocalizedText(
            fr: """
                La note est conservée dans reports/CLASSE/marks.yaml, qui peut aussi être modifié à la main. Les points \
                remplacent ce que Bascule avait trouvé, aussi après le passage suivant ; un commentaire seul ne décide de \
                rien.
                Avec --question à la place de l'étudiant, du sujet et des points, les réponses qui attendent des points sont \
                montrées une par une et notées à mesure ; avec --accept-proposals certain en plus, celles dont les mots \
                disent ce que montre l'historique du cluster, et rien d'autre, reçoivent sans être lues les points proposés, \
                et la liste en est donnée.
                """,
            en: """
                The mark is kept in reports/CLASS/marks.yaml, which may as well be edited by hand. Points stand in the \
                place of what Bascule came to, also after the next run; a comment alone decides nothing.
                With --question in the place of student, subject and points, the answers that wait for points are shown \
                one by one and marked as they come; with --accept-proposals certain beside it, those whose words say what \
                the cluster's history shows and nothing else get the proposed points unseen, and are listed.
                """),
        examples: [
            (
                "bascule mark --question all",
                LocalizedText(
                    fr: "Note les réponses rédigées, une par une.",
                    en: "Goes through the written answers, one by one.")
            ),
            (
                "bascule mark --student dupont Q2.written 0.5",
                LocalizedText(
                    fr: "Un demi-point à la réponse rédigée de la question 2.",
                    en: "Half a point for the written answer to question 2.")
            ),
        ])

    @OptionGroup var options: ClassOptions

    @Option(name: .long, help: .student)
    var student: String?

    @Argument(
        help: ArgumentHelp(
            fr: "Un contrôle (Q2.written) ou une question entière (Q2).",
            en: "A check (Q2.written) or a question as a whole (Q2)."))
    var subject: String?

    @Argument(
        help: ArgumentHelp(
            fr: "Les points, p. ex. 0.5 ; facultatifs s'il y a un commentaire.",
            en: "Points, e.g. 0.5; may be left out where there is a comment."))
    var points: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Ce qu'il y a à en dire.", en: "What to say about it.", valueName: "text"))
    var comment: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Pour ce membre de l'équipe seulement (son nom).",
            en: "Only for this member of the team (the name).", valueName: "name"))
    var member: String?

    @Flag(name: .long, help: ArgumentHelp(fr: "Retirer la note.", en: "Take the mark away again."))
    var clear = false

    @Option(
        name: .customLong("question"),
        help: ArgumentHelp(
            fr:
                "Passer en revue les réponses à cette question, p. ex. Q6 ; peut se répéter ; all : à toutes les questions.",
            en:
                "Go through this question's answers one by one, e.g. Q6; several times; all: every question's.",
            valueName: "Q6"))
    var questions: [String] = []

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Avec --question : un code à la place de l'identifiant et du nom de chaque étudiant.",
            en: "With --question: a code in the place of each student's id and name."))
    var anonymous = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Avec --question : accorder à ces propositions leurs points (certain) et finir ; une note déjà mise reste.",
            en:
                "With --question: gives these proposals their points (certain) and ends; a mark that is there stays.",
            valueName: "certain"))
    var acceptProposals: AcceptedProposals?

    @Option(name: .long, help: .rulesRubric)
    var rubric: String?

    @OptionGroup var pages: PageOptions
    @OptionGroup var voice: VoiceOptions

    func validate() throws {
        if !questions.isEmpty {
            return try require(
                student == nil && subject == nil && comment == nil && member == nil && !clear,
                LocalizedText(
                    fr: "--question passe en revue toutes les réponses : ne nommer ni étudiant ni note",
                    en: "--question goes through all answers: name no student and no mark"))
        }
        try require(
            student != nil && subject != nil,
            LocalizedText(
                fr: "dire qui et quoi : mark --student dupont Q2.written 0.5, ou donner --question",
                en: "say who and what: mark --student dupont Q2.written 0.5, or give --question"))
        try require(
            !anonymous,
            LocalizedText(fr: "--anonymous va avec --question", en: "--anonymous goes with --question"))
        try require(
            acceptProposals == nil,
            LocalizedText(
                fr: "--accept-proposals va avec --question (all : toutes les questions)",
                en: "--accept-proposals goes with --question (all: every question)"))
        if clear {
            return try require(
                points == nil && comment == nil,
                LocalizedText(
                    fr: "--clear retire la note : ne donner ni points ni commentaire",
                    en: "--clear takes the mark away: give no points and no comment"))
        }
        try require(
            points != nil || comment != nil,
            LocalizedText(
                fr: "donner des points, un --comment ou les deux (ou --clear)",
                en: "give points, a --comment or both (or --clear)"))
        try require(
            points == nil || points.flatMap { Points(decimal: $0) } != nil,
            LocalizedText(
                fr: "les points sont un nombre à partir de 0, à trois décimales au plus, par exemple 0.5",
                en: "points are a number from 0 on with at most three decimals, such as 0.5"))
        try require(
            comment.map { 1...TeacherMark.commentLimit ~= $0.utf8.count } ?? true,
            LocalizedText(
                fr: "un commentaire a de 1 à \(TeacherMark.commentLimit) octets",
                en: "a comment has 1 to \(TeacherMark.commentLimit) bytes"))
    }

    func run() throws {
        let theme = try pages.pageTheme()
        let className = try options.name()
        if !questions.isEmpty {
            let folder = options.folder
            let sheet = { [questions, rubric] in
                try AnswerComparison.sheet(of: className, questions, in: folder, rubric: rubric)
            }
            if acceptProposals != nil { return try accept(sheet(), className, folder, theme) }
            try MarkingDialogue(
                reports: folder, className: className, theme: theme, isAnonymous: anonymous, sheet: sheet
            ).run()
            return sayNext(className)
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
                    "\(student) : retenu pour le prochain passage.", "\(student): kept for the next run."))
            return
        }
        let columns = ResultLine.Columns([marked.student])
        let line = ResultLine(marked, language: language)
        StandardOutput.say(styled: line.text(columns: columns, colour: Console().hasColour) + "\n")
    }

    /// Once nobody waits for the teacher any more.
    private func sayNext(_ className: String) {
        guard let latest = try? options.folder.latestRun(of: className),
            let students = try? latest.manifest().students,
            OpenMarks(students.compactMap { try? latest.result(of: $0.id) }).sentence(.current) == nil
        else { return }
        if let line = NextStep.export(className, in: options.reports).line() { print(line) }
    }

    /// The proposals that are certain, where nothing has been given yet.
    private func accept(
        _ sheet: MarkingSheet, _ className: String, _ folder: ReportsFolder, _ theme: PageTheme?
    ) throws {
        let entries = sheet.entries.filter { $0.mark?.points == nil && $0.proposal?.isCertain == true }
            .flatMap { entry in
                // Each one's own: what has changed of one keeps nobody else from his points.
                entry.authors.map { author in
                    var own = entry
                    own.authors = [author]
                    return own
                }
            }
        let changed =
            try entries.isEmpty
            ? []
            : folder.set(
                entries.map { ($0, TeacherMark(points: $0.proposal?.points, comment: $0.mark?.comment)) },
                in: className, theme: theme, remark: Inputs.complain(_:))
        let language = Language.current
        func name(_ student: StudentIdentity) -> String {
            anonymous ? folder.pseudonym(of: student.id, in: className) : student.id
        }
        for entry in entries where !changed.contains(entry) {
            let points = entry.proposal?.points?.formatted(language) ?? ""
            for author in entry.authors {
                let reason = SafeText.line(author.proposal?.reason[language] ?? "", language: language)
                print("\(name(author.student))  \(entry.check)  \(points)  \(reason)")
            }
        }
        if !changed.isEmpty {
            let who = changed.flatMap { entry in entry.authors.map { "\(name($0.student)) \(entry.check)" } }
                .joined(separator: ", ")
            Inputs.complain(
                language.pick(
                    "Réponse ou note changée entre-temps, laissée telle quelle : \(who).",
                    "The answer or its mark has changed meanwhile, left as it is: \(who)."))
        }
        let (accepted, left) = (
            entries.count - changed.count,
            sheet.entries.filter { $0.mark?.points == nil }.flatMap(\.authors).count
        )
        print(
            language.pick(
                "\(accepted) proposition\(accepted.plural(.french)) acceptée\(accepted.plural(.french)) ; \(left - accepted) réponse\((left - accepted).plural(.french)) à lire.",
                "\(accepted) proposal\(accepted.plural(.english)) accepted; \(left - accepted) answer\((left - accepted).plural(.english)) to be read."
            ))
    }
}
