import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import NIOPosix
import NetworkProbes
import Reports

struct AnswersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers",
        abstract:
            "Takes in what a class has handed in: a folder, Moodle's zip of an assignment, or files on the machines.",
        discussion: """
            With a roster, the files reponses.md (.txt, .odt, .docx, .pdf) are read that students have left in a home folder \
            of their machines (check --template). Otherwise whose a file is its name says, or its folder's: the student's id or name, or Moodle's NAME_NUMBER_…; other \
            names stand in a table (--names). Texts, .odt, .docx, .html and .pdf are read; before each answer \
            stands its question: “# Q2”, “Question 2”, “Q2.”. What cannot be taken is said.
            Exit status: 0 all taken; 2 something was not.
            """)

    @OptionGroup var options: ClassOptions

    @Argument(help: ArgumentHelp("A folder, a zip, or the roster (class.yaml).", valueName: "source"))
    var source: String

    @Option(
        name: .long,
        help:
            "A CSV file (; or ,): on each line a name as it stands in the files, or a number of Moodle's, and the student's id."
    )
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
            "\(options.reports)/\(className) has no run: grade the class first, then take its answers")
        let table = try names.map { try IdentifierFile.read(file: $0) } ?? [:]
        for (name, id) in table.sorted(by: { $0.key < $1.key }) {
            try require(
                students.contains { $0.id == id }, "\(names ?? ""): \(name) is \(id), who is not in the class"
            )
        }
        let session = LocalSession(
            dialer: DirectDialer(eventLoopGroup: MultiThreadedEventLoopGroup.singleton))
        let kind = (source as NSString).pathExtension.lowercased()
        let unpacked = try ["zip", "yaml", "yml"].contains(kind) ? temporaryFolder() : nil
        defer { unpacked.map { try? FileManager.default.removeItem(atPath: $0) } }
        var remarks: [LocalizedText] = []
        if let unpacked {
            if kind == "zip" {
                try await unpack(to: unpacked, session)
            } else {
                remarks = try await fetch(to: unpacked, known: students, className)
            }
        }
        let handedIn = try HandedIn(folder: unpacked ?? source, students: students, names: table)
        var taken = try await folder.takeAnswers(
            handedIn, into: className, read: DocumentText(on: session), theme: theme,
            remark: Inputs.complain(_:))
        taken.remarks = remarks + taken.remarks
        let language = Language.current
        for student in taken.students {
            print("\(student.id)  \(student.questions.map(\.rawValue).joined(separator: ", "))")
        }
        for remark in taken.remarks { Inputs.complain(remark[language]) }
        let count = taken.students.count
        print(
            language.pick(
                "\(count) étudiant(s) sur \(students.count) : réponses prises.",
                "\(count) of \(students.count) student(s): answers taken."))
        if !taken.remarks.isEmpty { throw Exit.notAssessed }
    }

    private func temporaryFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bascule-\(UUID().uuidString)")
            .path(percentEncoded: false)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        return folder
    }

    /// What the students left on their machines; sentences about what could not be read.
    private func fetch(to folder: String, known: [StudentIdentity], _ className: String) async throws -> [LocalizedText] {
        let roster = try Roster.read(file: source, exercises: Sheets.all)
        try require(
            roster.className == className,
            "\(source) is the roster of \(roster.className), not of \(className)")
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

    /// The zip's files: bounded, and what is no plain file in it is never opened.
    private func unpack(to folder: String, _ session: LocalSession) async throws {
        let file = URL(filePath: source).standardizedFileURL.path(percentEncoded: false)
        let command = RemoteCommand(
            ["prlimit", "--cpu=60", "--fsize=67108864", "--", "unzip", "-qq", "-o", file, "-d", folder],
            asRoot: false, timeLimit: .seconds(120))
        let result = try await session.run(command)
        // 1: with warnings, and done all the same (unzip(1)).
        guard [.exited(0), .exited(1)].contains(result.ending) else {
            let said = SafeText.label(result.standardError.text, limit: 200)
            switch result.ending {
            case .exited(126), .exited(127):
                throw StoreFailure(
                    "\(source) needs unzip, which does not run here: install the package unzip.", .unavailable
                )
            // The disk is full (unzip(1)).
            case .exited(50): throw StoreFailure(writing: folder, ENOSPC)
            default: throw StoreFailure("\(source) cannot be unpacked (\(said)): download it again.")
            }
        }
    }
}
