import ArgumentParser
import Exercises
import Foundation
import GraderCore

@main
struct Bascule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bascule",
        abstract: String(
            fr: "Corrige un TP d'administration système : regarde, juge, note, rend compte.",
            en: "Grades a practical lab: looks, judges, scores, reports."),
        discussion: String(
            fr: """
                Options de toutes les commandes : --lang fr|en, --color auto|always|never, --quiet, --verbose.

                État de sortie de toute commande, outre ce que dit sa propre aide : 64 elle est mal tapée ; 65 ce qui \
                est donné ou gardé n'est pas utilisable (une liste de classe, un barème, un nom, un fichier) ; 69 une \
                machine, ou un programme de ce poste, manque ; 70 une erreur de programmation de Bascule ; 74 quelque \
                chose n'a pas pu être écrit (disque plein, dossier d'un autre) ; 75 un autre Bascule y écrit : \
                réessayer plus tard ; 130 interrompu.

                Le manuel : /usr/share/doc/bascule/html/index.html (html/index.html dans l'archive), et « man bascule ».

                Exemples :
                  bascule init bts-sio-2
                      prépare le dossier d'une classe, par où tout commence
                  bascule check --student dupont
                      regarde les machines d'un étudiant, sans rien y changer
                  bascule grade-all
                      note toute la classe
                """,
            en: """
                Options of every command: --lang fr|en, --color auto|always|never, --quiet, --verbose.

                Exit status of every command, besides what its own help says: 64 it was typed wrong; 65 what was given \
                or stored cannot be used (a roster, a rubric, a name, a file); 69 a machine, or a program of this \
                machine, that the command needs is not there; 70 a bug in Bascule; 74 something could not be written (a \
                full disk, a folder of somebody else's); 75 another Bascule is writing there: again later; 130 \
                interrupted.

                The manual: /usr/share/doc/bascule/html/index.html (html/index.html in the archive), and `man bascule`.

                Examples:
                  bascule init bts-sio-2
                      prepares the folder of a class, where everything begins
                  bascule check --student dupont
                      looks at one student's machines and changes nothing there
                  bascule grade-all
                      grades the whole class
                """),
        version: VersionReport.text(in: .current),
        // By who needs them; the teacher's in the order of a lesson.
        groupedSubcommands: [
            CommandGroup(
                name: String(fr: "Enseignant", en: "Teacher"),
                subcommands: [
                    InitCommand.self, DoctorCommand.self, DiscoverCommand.self, EnrollCommand.self,
                    GradeAllCommand.self, ScheduleCommand.self,
                    BoardCommand.self,
                    CollectCommand.self, ImportCommand.self,
                    ScoreCommand.self, MergeCommand.self, MarkCommand.self, AnswersCommand.self,
                    MarksCommand.self,
                    ReportCommand.self,
                    ExportCommand.self,
                    HistoryCommand.self, RestoreCommand.self, BundleCommand.self, PurgeCommand.self,
                ]),
            CommandGroup(name: String(fr: "Étudiant", en: "Student"), subcommands: [CheckCommand.self]),
            CommandGroup(
                name: String(fr: "Outils", en: "Tools"),
                subcommands: [
                    RosterCommand.self, RubricCommand.self, ExerciseCommand.self, TryCommand.self,
                    ParseCommand.self, ProbeCommand.self,
                    ResolveCommand.self, LabCommand.self, SelfTestCommand.self, VersionCommand.self,
                ]),
        ])

    static func main() async {
        // Whoever read our lines may go (`| head`): a purge, or a drill, is brought to its end.
        signal(SIGPIPE, SIG_IGN)
        // A file that may not grow (setrlimit(2)) cannot be written, and is no reason to die half-way.
        signal(SIGXFSZ, SIG_IGN)
        StandardStreams.reserve()
        OpenFiles.makeRoom()
        OwnMemory.close()
        let given = Array(CommandLine.arguments.dropFirst())
        // Before anything is said, help and usage errors included.
        Language.current =
            Voice.language(askedBy: given) ?? .asked(by: ProcessInfo.processInfo.environment)
        let arguments = VoiceOptions.behindCommand(given, below: Bascule.self)
        var typed: (any ParsableCommand.Type)?
        do {
            try OpenFiles.requireRoomToStart()
            for exercise in Catalog.builtIn { try exercise.validate() }
            if let misnamed = UsageError.misnamed(arguments, below: Bascule.self) { misnamed.end() }
            var command = try parseAsRoot(OwnLabOptions.spelledOut(arguments))
            typed = type(of: command)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: Exit.final(error), in: typed)
        }
        if let ending = Exit.final(nil) { end(with: ending, in: typed) }
    }

    /// Says what there is to say and ends with the status.
    /// - Parameter typed: the command, where it was understood: a usage error found later is of it.
    private static func end(with error: (any Error)?, in typed: (any ParsableCommand.Type)?) -> Never {
        guard let error else { exit(withError: nil) }
        let status = exitCode(for: error)
        if let mistake = error as? ValidationError, let typed, typed != Bascule.self {
            UsageError(message: mistake.message, command: typed).end()
        }
        let text = ParserWords.translated(ParserWords.advised(fullMessage(for: error)), to: .current)
        if !text.isEmpty {
            if status.isSuccess {
                StandardOutput.document(text + "\n")
            } else {
                StandardError.say(text + "\n")
            }
        }
        Foundation.exit(status.rawValue)
    }
}
