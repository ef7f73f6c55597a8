import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import NetworkProbes
import Reports

struct AnswersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "answers",
        LocalizedText(
            fr:
                "Prend ce qu'une classe a rendu : un dossier, le zip d'un devoir Moodle, ou des fichiers restés sur les machines.",
            en:
                "Takes in what a class has handed in: a folder, Moodle's zip of an assignment, or files on the machines."
        ),
        LocalizedText(
            fr: """
                Avec une liste de classe, les fichiers reponses.md (.txt, .odt, .docx, .pdf) que les étudiants ont laissés \
                dans un dossier personnel de leurs machines sont lus (check --template). Sinon, le nom du fichier, ou de son \
                dossier, dit de qui il vient : l'identifiant ou le nom de l'étudiant, ou NOM_NUMÉRO_… de Moodle ; les autres \
                noms se donnent dans une table (--names). Les textes, .odt, .docx, .html et .pdf sont lus ; chaque réponse \
                est précédée de sa question : « # Q2 », « Question 2 », « Q2. ». Ce qui ne peut pas être pris est signalé.
                État de sortie : 0 tout est pris ; 2 quelque chose ne l'est pas.
                """,
            en: """
                With a roster, the files reponses.md (.txt, .odt, .docx, .pdf) are read that students have left in a home \
                folder of their machines (check --template). Otherwise whose a file is its name says, or its folder's: the \
                student's id or name, or Moodle's NAME_NUMBER_…; other names stand in a table (--names). Texts, .odt, .docx, \
                .html and .pdf are read; before each answer stands its question: “# Q2”, “Question 2”, “Q2.”. What cannot be \
                taken is said.
                Exit status: 0 all taken; 2 something was not.
                """),
        examples: [
            (
                "bascule answers class.yaml",
                LocalizedText(
                    fr: "Va chercher les réponses sur les machines des étudiants.",
                    en: "Fetches the answers from the students' machines.")
            ),
            (
                "bascule answers devoir.zip --names noms.csv",
                LocalizedText(
                    fr: "Prend le zip d'un devoir Moodle ; noms.csv dit qui est qui.",
                    en: "Takes Moodle's zip of an assignment; noms.csv says who is who.")
            ),
        ])

    @OptionGroup var options: ClassOptions

    @Argument(
        help: ArgumentHelp(
            fr: "Un dossier, un zip, ou la liste de classe (class.yaml).",
            en: "A folder, a zip, or the roster (class.yaml).", valueName: "source"))
    var source: String

    @Option(name: .long, help: .namesTable)
    var names: String?

    @OptionGroup var pages: PageOptions
    @OptionGroup var voice: VoiceOptions

    func run() async throws {
        let theme = try pages.pageTheme()
        let className = try options.name()
        let folder = options.folder
        let students = try folder.knownStudents(of: className)
        try require(
            !students.isEmpty,
            LocalizedText(
                fr:
                    "\(options.reports)/\(className) n'a pas de passage : noter d'abord la classe, puis prendre ses réponses",
                en: "\(options.reports)/\(className) has no run: grade the class first, then take its answers"
            ))
        let table = try names.map { try IdentifierFile.read(file: $0, of: students.map(\.id)) } ?? [:]
        let session = try Composition.ownPrograms()
        let kind = (source as NSString).pathExtension.lowercased()
        let scratch = try ["zip", "yaml", "yml"].contains(kind) ? ScratchFolder() : nil
        defer { scratch?.end() }
        var remarks: [LocalizedText] = []
        if let scratch {
            if kind == "zip" {
                remarks = try await Signals.ending { [source] in
                    try await Self.unpack(source, to: scratch.path, session)
                }
            } else {
                remarks = try await fetch(to: scratch.path, known: students, className)
            }
        }
        let handedIn = try HandedIn(folder: scratch?.path ?? source, students: students, names: table)
        let read = DocumentText(on: EndingSession(session: session, scratch: scratch))
        var taken = try await Signals.ending {
            try await folder.takeAnswers(
                handedIn, into: className, read: read, theme: theme, remark: Inputs.complain(_:))
        }
        taken.remarks = remarks + taken.remarks
        let language = Language.current
        for student in taken.students {
            print("\(student.id)  \(student.questions.map(\.rawValue).joined(separator: ", "))")
        }
        for remark in taken.remarks { Inputs.complain(remark[language]) }
        let count = taken.students.count
        print(
            language.pick(
                "\(count) étudiant\(count.plural(.french)) sur \(students.count) : réponses prises.",
                "\(count) of \(students.count) student\(students.count.plural(.english)): answers taken."))
        if count > 0, let next = NextStep.mark(className, in: options.reports).line(language) { print(next) }
        if !taken.remarks.isEmpty { throw Exit.notAssessed }
    }

    /// What the students left on their machines; sentences about what could not be read.
    private func fetch(to folder: String, known: [StudentIdentity], _ className: String) async throws
        -> [LocalizedText]
    {
        let roster = try Roster.read(file: source, exercises: Sheets.all)
        try require(
            roster.className == className,
            LocalizedText(
                fr: "\(source) est la liste de la classe \(roster.className), pas de \(className)",
                en: "\(source) is the roster of \(roster.className), not of \(className)"))
        let ids = Set(known.map(\.id))
        let students = roster.students.filter { ids.contains($0.identity.id) }
        let secrets = try Composition.secrets(students)
        let console = Console()
        let machines = students.reduce(0) { $0 + $1.lab.machines.count }
        let (left, wasInterrupted) = try await Composition.working { group in
            var count = 0
            return try await Transports.ssh(group, secrets).leftAnswers(students) { _ in
                count += 1
                console.progress("\(count)/\(machines)")
            }
        }
        console.endProgress()
        if wasInterrupted { throw Exit.interrupted }
        try HandedIn.write(left, to: folder)
        return left.flatMap(\.remarks)
    }

    /// Bytes of one file of a zip.
    private static let longest = 64 << 20

    /// The zip's files: bounded, and what is no plain file in it is never opened.
    /// - Returns: of each file that is too long for an answer, that it was left in the zip.
    private static func unpack(
        _ source: String, to folder: String, _ session: LocalSession
    ) async throws -> [LocalizedText] {
        let file = URL(filePath: source).standardizedFileURL.path(percentEncoded: false)
        // unzip(1) would wait for a pipe until its time is over. None of it is read here, so any length will do.
        switch BoundedFile.read(file, limit: 0) {
        case .success, .failure(.tooLarge): break
        case .failure(let failure): throw StoreFailure(unread: source, failure)
        }
        let tooLong = try await longFiles(of: file, session)
        // The password keeps unzip(1) from asking somebody for one.
        let command = RemoteCommand(
            ["prlimit", "--cpu=60", "--fsize=\(longest)", "--", "unzip", "-P", "none", "-qq", "-o", file]
                + (tooLong.isEmpty ? [] : ["-x"] + tooLong.map(Unzip.pattern)) + ["-d", folder],
            asRoot: false, timeLimit: .seconds(120))
        let result = try await session.run(command)
        // 1: with warnings, and done all the same (unzip(1)).
        guard [.exited(0), .exited(1)].contains(result.ending) else {
            let said = result.complaint
            switch result.ending {
            case .exited(126), .exited(127):
                throw StoreFailure(
                    fr: "\(source) demande unzip, qui ne fonctionne pas ici : installer le paquet unzip.",
                    en: "\(source) needs unzip, which does not run here: install the package unzip.",
                    .unavailable)
            case .exited(82):
                throw StoreFailure(
                    fr: "\(source) est chiffré : le donner sans mot de passe.",
                    en: "\(source) is encrypted: give it without a password.")
            // The disk is full (unzip(1)).
            case .exited(50): throw StoreFailure(writing: folder, ENOSPC)
            default:
                throw StoreFailure(
                    fr: "\(source) ne peut pas être décompressé (\(said)) : le télécharger à nouveau.",
                    en: "\(source) cannot be unpacked (\(said)): download it again.")
            }
        }
        return tooLong.map { name in
            let shown = SafeText.label(name, limit: 200)
            let most = longest >> 20
            return LocalizedText(
                fr: "\(shown) : plus de \(most) Mio, laissé dans \(source).",
                en: "\(shown): more than \(most) MiB, left in \(source).")
        }
    }

    /// `-rw-r--r--  3.0 unx 70000000 bx defN 26-Nov-28 17:51 a name` (zipinfo(1)).
    private static func longFiles(of file: String, _ session: LocalSession) async throws -> [String] {
        let listed = try await session.run(
            RemoteCommand(
                ["prlimit", "--cpu=20", "--fsize=0", "--", "unzip", "-Z", file], asRoot: false,
                timeLimit: .seconds(60), outputLimit: 4 << 20))
        return listed.standardOutput.text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 8)
            guard words.count == 9, let size = Int(words[3]), size > longest else { return nil }
            return String(words[8])
        }
    }
}
