import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import InputFiles
import NetworkProbes
import Reports

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "export",
        LocalizedText(
            fr: "Écrit les résultats d'un passage pour un carnet de notes ou un autre programme.",
            en: "Writes a run's results for a gradebook or another program."),
        LocalizedText(
            fr: """
                Une note reste vide tant que tout n'est pas décidé, sauf avec --provisional : ce qui n'a pas pu être vu \
                n'est pas un zéro. grade-all écrit de lui-même grades.csv et moodle.csv.
                État de sortie : 0 fait ; 2 des notes manquent encore (gradescope) ou des personnes n'ont pas \
                d'identifiant (moodle) ; 65 le passage ne peut pas être lu.
                """,
            en: """
                A mark is left out until everything is decided, unless --provisional asks for it: what could not be \
                seen is no zero. grade-all writes grades.csv and moodle.csv by itself.
                Exit status: 0 done; 2 some marks are not there yet (gradescope) or some people have no identifier \
                (moodle); 65 the run cannot be read.
                """),
        examples: [
            (
                "bascule export --format pronote -o notes.csv",
                LocalizedText(
                    fr: "Les notes du dernier passage, pour Pronote.",
                    en: "The latest run's marks, for Pronote.")
            ),
            (
                "bascule export --format print -o rapports.pdf",
                LocalizedText(
                    fr: "Tous les comptes rendus en un PDF.", en: "All reports in one PDF.")
            ),
        ])

    enum Format: String, CaseIterable {
        case pronote, column, moodle, gradescope, junit, json, print
        case moodleFeedback = "moodle-feedback"

        /// - Throws: a usage error that names the nearest and all of them.
        static func named(_ word: String) throws -> Format {
            if let format = Format(rawValue: word) { return format }
            throw ValidationError.unknown(
                word, in: allCases.map(\.rawValue), fr: "il n'y a pas de format \(word)",
                en: "there is no format \(word)")
        }
    }

    @OptionGroup var chosenRun: RunArgument

    @Option(name: .long, help: .reportsFolder)
    var reports = "reports"

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: """
                pronote (CSV à virgule décimale), column (les notes seules, à coller), moodle, gradescope (un results.json \
                par étudiant), junit, json, moodle-feedback (le zip de comptes rendus qu'un devoir reprend, pour qui a \
                rendu par là : voir answers), print (un PDF de tous les comptes rendus, par chromium).
                """,
            en: """
                pronote (CSV with decimal comma), column (marks alone, to be pasted), moodle, gradescope (a \
                results.json for each student), junit, json, moodle-feedback (the zip of reports that an assignment \
                takes back, for who handed in through it: see answers), print (one PDF of all reports, by chromium).
                """),
        completion: .list(Format.allCases.map(\.rawValue)), transform: Format.named)
    var format: Format

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            fr: "Le fichier à écrire ; pour gradescope, un dossier. Sinon, tout est affiché.",
            en: "The file to write; for gradescope a folder. Otherwise it is printed.", valueName: "file"))
    var output: String?

    @Option(name: .customLong("student"), help: .onlyStudents)
    var only: [String] = []

    @OptionGroup var voice: VoiceOptions

    @Flag(
        name: .customLong("as-students-see-it"),
        help: ArgumentHelp(
            fr: """
                junit, json : sans ce que le barème ne montre pas aux étudiants. gradescope, que les étudiants lisent, \
                l'est toujours, note mise à part.
                """,
            en: """
                junit, json: without what the rubric does not show to students. gradescope, which students read, \
                is always so, but for the mark.
                """))
    var asStudentsSeeIt = false

    @OptionGroup var marks: GradebookOptions
    @OptionGroup var moodle: MoodleOptions

    func validate() throws {
        try require(
            !asStudentsSeeIt || [.junit, .json].contains(format),
            LocalizedText(
                fr: "--as-students-see-it vaut pour junit et json : une note est donnée entière",
                en: "--as-students-see-it is for junit and json: marks are given whole"))
        try require(
            output != nil || ![.print, .moodleFeedback].contains(format),
            LocalizedText(
                fr: "\(format.rawValue) donne un fichier : le nommer avec --output",
                en: "\(format.rawValue) is a file: name it with --output"))
    }

    func run() async throws {
        let console = Console()
        let source = try chosenRun.folder(in: reports)
        var run = try GradedRun(
            source, students: only, language: voice.lang, remark: Inputs.complain(_:))
        if asStudentsSeeIt {
            let now = Date()
            run.results = run.results.map { $0.shownToStudents(at: now) }
        }
        let hasOneMaximum = [.column, .moodle, .gradescope].contains(format) && marks.maximum == nil
        if hasOneMaximum, let remark = run.differentTotals {
            console.complain(remark[voice.language])
        }
        switch format {
        case .pronote: try put(GradesCSV(run, options: marks.options).text())
        case .column: try put(GradesCSV(run, options: marks.options).column())
        case .junit: try put(try JUnitReport(run).text())
        case .json: try put(try RunJSON(run).text())
        case .moodle:
            let ids = try moodle.ids.map { try IdentifierFile.read(file: $0) } ?? [:]
            let csv = MoodleCSV(
                run, options: marks.options, idColumn: moodle.idColumn, ids: ids,
                gradeColumn: moodle.gradeColumn)
            try put(csv.text())
            try leftOut(csv.unidentified, console) { who in
                LocalizedText(
                    fr: "Sans identifiant Moodle à eux : \(who). Les inscrire dans un fichier pour --ids.",
                    en: "\(who) have no Moodle identifier of their own: name them in a file for --ids.")
            }
        case .gradescope: try gradescope(run, console)
        case .moodleFeedback, .print: try await handBack(run, of: source, console)
        }
        let language = voice.language
        let isGradebook = [.pronote, .column, .moodle].contains(format)
        if isGradebook, !marks.provisional, let open = OpenMarks(run.results).sentence(language) {
            console.complain(open)
            console.complain(
                language.pick(
                    "D'ici là leur cellule reste vide (--provisional donne ce qui est acquis).",
                    "Until then their cells are empty (--provisional gives what is earned so far)."))
        }
        if isGradebook, !marks.provisional {
            for line in EmptyCells(run, options: marks.options).lines(language) { console.complain(line) }
        }
        if try source.lacksSomebody(run) { throw Exit.notAssessed }
    }

    private func put(_ text: String) throws { try WholeOutput.put(text, in: output) }

    private func gradescope(_ run: GradedRun, _ console: Console) throws {
        try require(
            output != nil || run.results.count == 1,
            LocalizedText(
                fr: "gradescope écrit un fichier par étudiant : nommer un dossier avec --output",
                en: "gradescope writes a file for each student: name a folder with --output"))
        let export = try GradescopeRun(run, options: marks.options, at: Date())
        for (student, text) in export.documents {
            if let output {
                try RunFolder(path: output).write(text, as: "results.json", student: student)
            } else {
                try WholeOutput.put(text, in: nil)
            }
        }
        if let output {
            // What an earlier export wrote of them is no mark of today's.
            for student in export.leftOut.values.joined() {
                try RunFolder(path: output).remove("results.json", student: student)
            }
        }
        for reason in GradescopeRun.Reason.allCases {
            guard let who = export.leftOut[reason]?.joined(separator: ", ") else { continue }
            console.complain(reason.sentence(who)[voice.language])
        }
        // Who was absent has no mark to wait for.
        guard export.leftOut.keys.allSatisfy({ $0 == .absent }) else { throw Exit.notAssessed }
    }

    /// What students get back.
    private func handBack(_ run: GradedRun, of source: RunFolder, _ console: Console) async throws {
        guard let output else { return }
        let session = try Composition.ownPrograms()
        let back = try HandingBack(run, session: session)
        defer { back.end() }
        guard format == .moodleFeedback else {
            return try await Signals.ending { try await back.print(to: output) }
        }
        let place = try source.place(theme: nil, remark: Inputs.complain(_:))
        var participants: [String: [Int]] = [:]
        for student in (run.students + run.others).map(\.id) {
            participants[student] = try place.reports.moodleParticipants(
                of: student, in: place.manifest.className)
        }
        // Two students' number is nobody's.
        let owners = participants.values.joined().reduce(into: [:]) { $0[$1, default: 0] += 1 }
        participants = participants.mapValues { $0.filter { owners[$0] == 1 } }.filter { !$0.value.isEmpty }
        try await Signals.ending { [participants] in
            try await back.moodleFeedback(to: output, participants: participants)
        }
        try leftOut(run.results.map(\.student.id).filter { participants[$0] == nil }, console) { who in
            LocalizedText(
                fr: """
                    Rien de rendu par Moodle n'a été pris (bascule answers), ou rendu sous un autre nom : pas de fichier \
                    de retour pour \(who).
                    """,
                en: """
                    \(who) handed in nothing through Moodle that was taken in (bascule answers), or as somebody else: no \
                    feedback file.
                    """)
        }
    }

    /// - Parameter sentence: of these people's ids, one behind the other.
    private func leftOut(
        _ people: [String], _ console: Console, _ sentence: (String) -> LocalizedText
    ) throws {
        guard !people.isEmpty else { return }
        console.complain(sentence(people.joined(separator: ", "))[voice.language])
        throw Exit.notAssessed
    }
}
