import ArgumentParser
import ClassRun
import Foundation
import GraderCore

/// What is worth typing next: a command's last line, to be copied as it is. A program that reads (`--json`) is told
/// nothing of it, and with `--quiet` nobody is.
struct NextStep {
    /// The arguments behind `bascule`.
    var words: [String]
    /// What it does, in a few words.
    var does: LocalizedText

    /// Whether root alone can do it: whoever came by sudo is told to again.
    var isRoots: Bool

    init(
        _ words: [String], asRoot isRoots: Bool = false, fr: LocalizedText.Wording, en: LocalizedText.Wording
    ) {
        self.words = words
        self.isRoots = isRoots
        does = LocalizedText(fr: fr, en: en)
    }

    /// `Next: bascule enroll   # tries each log-in once`; nil with `--quiet`. In a shell's own form, for whoever takes
    /// more than the command along.
    func line(_ language: Language = .current) -> String? {
        guard !Voice.current.isQuiet else { return nil }
        let isSudo = isRoots && ProcessInfo.processInfo.environment["SUDO_USER"] != nil
        let command = ShellWord.line((isSudo ? ["sudo"] : []) + ["bascule"] + words)
        return language.pick("Ensuite : ", "Next: ") + "\(command)   # \(does[language])"
    }

    /// Beside a table or a page on standard output.
    func complain() { if let line = line() { Inputs.complain(line) } }
}

extension Console {
    func next(_ step: NextStep?) { if let line = step?.line() { self.line(line) } }
}

extension RosterArgument {
    /// For a command of the same class.
    var words: [String] { given.map { [$0] } ?? [] }
}

extension NextStep {
    /// `--class` and `--reports`, as far as they would not be understood without being said.
    static func place(_ className: String, in reports: String) -> [String] {
        let understood = try? WorkingFolder.className(nil, in: ReportsFolder(reports))
        return (understood == className ? [] : ["--class", className])
            + (reports == "reports" ? [] : ["--reports", reports])
    }

    /// Where marks wait for the teacher, what to do is among a run's last lines already (``OpenMarks``).
    static func after(_ outcome: RunOutcome, of className: String, in reports: String) -> NextStep? {
        guard !outcome.results.isEmpty, !outcome.isUnwritten,
            OpenMarks(outcome.results).sentence(.current) == nil
        else {
            return nil
        }
        return export(className, in: reports)
    }

    static func export(_ className: String, in reports: String) -> NextStep {
        NextStep(
            ["export", "--format", "pronote"] + place(className, in: reports),
            fr: "les notes, pour le carnet de notes", en: "the marks, for the gradebook")
    }

    static func mark(_ className: String, in reports: String) -> NextStep {
        NextStep(
            ["mark", "--question", "all"] + place(className, in: reports),
            fr: "les réponses rédigées, une par une", en: "the written answers, one by one")
    }
}

extension GradeAllCommand {
    /// - Returns: nil where a run's last lines have said it.
    func next(
        _ outcome: RunOutcome, _ isIncomplete: Bool, _ order: RunOrder, _ roster: Roster
    ) -> NextStep? {
        guard isIncomplete else { return .after(outcome, of: roster.className, in: options.reports) }
        // The roster that a run of a subnet was made by is its own.
        let file = order.rosterText == nil ? rosterArgument.words : [outcome.run.path("roster.yaml")]
        let reports = options.reports == "reports" ? [] : ["--reports", options.reports]
        return NextStep(
            ["grade-all"] + file + ["--only-failed"] + reports,
            fr: "une fois leurs machines prêtes, examine ceux qui manquent",
            en: "looks at those who are missing, once their machines are ready")
    }
}
