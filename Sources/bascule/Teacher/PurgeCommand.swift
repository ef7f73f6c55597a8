import ArgumentParser
import ClassRun
import Foundation
import GraderCore

struct PurgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "purge",
        LocalizedText(
            fr:
                "Efface définitivement les anciens passages d'une classe : observations, historique, notes, pages.",
            en: "Removes a class's older runs for good: evidence, history, marks, pages."),
        LocalizedText(
            fr: """
                D'un étudiant qui n'est dans aucun passage conservé, il ne reste rien dans le dossier de la classe ; ce qui \
                y est trouvé quand même est nommé. La liste de classe, son known_hosts et les copies faites ailleurs ne sont \
                pas à Bascule.
                Tout est vérifié avant que rien ne soit effacé : des notes ou un historique illisibles arrêtent tout.
                Sur un terminal, la question est posée avant d'effacer ; un script donne --yes.
                État de sortie : 0 fait, ou rien à faire ; 2 il reste quelque chose d'eux ; 64 pas de terminal où poser la \
                question ; 65 cette classe n'existe pas ; 130 la réponse était non.
                """,
            en: """
                Of a student who is in no run that stays, nothing is left in the class's folder; what is found all \
                the same is named. The roster, its known_hosts and copies made elsewhere are not Bascule's to remove.
                Everything is checked before anything goes: marks or a history that cannot be read stop it all.
                On a terminal it asks before anything goes; a script says --yes.
                Exit status: 0 done, or nothing to do; 2 something of them is still found; 64 there is no terminal to ask \
                on; 65 there is no such class; 130 the answer was no.
                """),
        examples: [
            (
                "bascule purge --before 2026-07-01 --dry-run",
                LocalizedText(
                    fr: "Dit ce qui serait effacé, sans rien effacer.",
                    en: "Says what would go, and removes nothing.")
            ),
            (
                "bascule purge --unfinished",
                LocalizedText(
                    fr: "Efface ce que des programmes tués ou un disque plein ont laissé.",
                    en: "Removes what killed programs or a full disk have left.")
            ),
        ])

    @OptionGroup var options: ClassOptions
    @OptionGroup var voice: VoiceOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Effacer les passages commencés avant ce jour (UTC), p. ex. 2026-07-01.",
            en: "Runs that began before this day (UTC) go, e.g. 2026-07-01.", valueName: "2026-07-01"))
    var before: String?

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Effacer les passages illisibles, vidés ou restés en chemin, quelle que soit leur date.",
            en: "Runs that cannot be read, were emptied or never came to their end go, whatever their date."))
    var unfinished = false

    @Flag(
        name: .long,
        help: ArgumentHelp(fr: "Dire seulement ce qui serait effacé.", en: "Only say what would go."))
    var dryRun = false

    @Flag(name: .shortAndLong, help: ArgumentHelp(fr: "Ne pas demander.", en: "Do not ask."))
    var yes = false

    @OptionGroup var pages: PageOptions

    func validate() throws {
        try require(
            before != nil || unfinished,
            LocalizedText(
                fr: "quels passages ? --before 2026-07-01 ou --unfinished le dit",
                en: "which runs? --before 2026-07-01 or --unfinished says it"))
        try require(
            before == nil || date != nil,
            LocalizedText(
                fr: "--before prend un jour, par exemple 2026-07-01",
                en: "--before takes a day such as 2026-07-01"))
    }

    private var date: Date? {
        let style = Date.ISO8601FormatStyle().year().month().day()
        guard let before else { return nil }
        return before.utf8.count == 10 ? try? Date(before, strategy: style) : nil
    }

    func run() throws {
        let className = try options.quietName()
        let theme = try pages.pageTheme()
        let purge = ClassPurge(
            reports: options.folder, className: className, before: date, takesUnfinished: unfinished)
        let plan = try purge.plan()
        for remark in purge.reports.remarksOnUnfinished(className, but: plan.removed) {
            Inputs.complain(remark)
        }
        for file in plan.unreadable {
            Inputs.complain(
                LocalizedText(
                    fr:
                        "\(file) ne peut pas être lu : ce fichier reste tel qu'il est, et les pages de son passage aussi.",
                    en: "\(file) cannot be read: it stays as it is, and so do its run's pages."))
        }
        for run in plan.spared {
            Inputs.complain(
                LocalizedText(
                    fr: """
                        \(run.path) est conservé : sa note est celle qui compte dans un passage conservé, fait après \
                        l'échéance ; il part avec lui.
                        """,
                    en: """
                        \(run.path) stays: its mark is the one that counts in a run that stays and was made after the \
                        deadline; it goes with that one.
                        """))
        }
        tell(plan, of: className)
        // What an interrupted purge was taking away goes, whatever this one has to do.
        if !dryRun { purge.reports.sweep(className) }
        if plan.removed.isEmpty { return }
        if dryRun {
            let next = NextStep(
                ["purge"] + (before.map { ["--before", $0] } ?? []) + (unfinished ? ["--unfinished"] : [])
                    + NextStep.place(className, in: options.reports),
                fr: "efface pour de bon", en: "removes them for good")
            if let line = next.line() { print(line) }
            return
        }
        guard try isWanted() else {
            Inputs.complain(
                Language.current.pick("Rien n'a été effacé.", "Nothing was removed."))
            throw Exit.interrupted
        }
        let done = try purge.carryOut(plan, theme: theme, remark: Inputs.complain(_:))
        for file in done.changed { print(changedSentence(file)) }
        for leftover in done.leftovers {
            let words = leftover.words.sorted().joined(separator: ", ")
            Inputs.complain(
                LocalizedText(
                    fr: "\(leftover.file) contient encore \(words) : à regarder.",
                    en: "\(leftover.file) still holds \(words): look at it."))
        }
        if !done.leftovers.isEmpty { throw Exit.notAssessed }
    }

    private func changedSentence(_ file: String) -> String {
        Language.current.pick(
            "\(file) : lignes sur les étudiants effacés retirées ; l'empreinte du fichier n'est plus celle que cite le compte rendu.",
            "\(file): lines about the removed students taken out; evidence no longer has the report's checksum."
        )
    }

    private func tell(_ plan: ClassPurge.Plan, of className: String) {
        for run in plan.removed { print(run.path) }
        guard !plan.removed.isEmpty else {
            if !plan.spared.isEmpty { return }
            guard let before else {
                return print(
                    Language.current.pick(
                        "\(className) n'a pas de passage resté en chemin : rien à effacer.",
                        "\(className) has no unfinished run: there is nothing to remove."))
            }
            print(
                Language.current.pick(
                    "Aucun passage de \(className) n'a commencé avant le \(before) : rien à effacer.",
                    "No run of \(className) began before \(before): there is nothing to remove."))
            return
        }
        print(
            Language.current.pick(
                """
                \(plan.removed.count) passage\(plan.removed.count.plural(.french)), \(plan.kept.count) conservé\(plan.kept.count.plural(.french)) ; il ne restera rien de \
                \(plan.students.count) étudiant\(plan.students.count.plural(.french)).
                """,
                """
                \(plan.removed.count) run\(plan.removed.count.plural(.english)), \(plan.kept.count) kept; nothing will be left of \
                \(plan.students.count) student\(plan.students.count.plural(.english)).
                """))
        guard plan.isAll else { return }
        print(
            Language.current.pick(
                "C'est tout ce qu'il y a de \(className) : notes, réponses et historique partent aussi.",
                "This is all there is of \(className): its marks, answers and history go too."))
    }

    /// What is gone cannot be had back: whoever can be asked is asked.
    private func isWanted() throws -> Bool {
        if yes { return true }
        try require(
            isatty(STDIN_FILENO) == 1,
            LocalizedText(
                fr: "personne à qui demander ici : donner --yes (ou --dry-run)",
                en: "nobody can be asked here: say --yes (or --dry-run)"))
        // The question goes beside what may be redirected, and after it.
        fflush(nil)
        StandardError.say(
            Language.current.pick("Effacer définitivement ? [o/N] ", "Remove for good? [y/N] "))
        let answer = (readLine() ?? "").trimmingCharacters(in: .whitespaces).lowercased()
        return ["o", "oui", "y", "yes"].contains(answer)
    }
}
