import ClassRun
import Foundation
import GraderCore
import InputFiles

/// `check --local --hand-in FILE`: what this machine shows, printed as ever and written to a file to be handed in.
enum HandInCheck {
    static var examRefusal: StoreFailure {
        StoreFailure(
            fr: "Pendant un examen rien n'est rendu : c'est le correcteur qui vient voir les machines.",
            en: "In an exam nothing is handed in: the grader comes to the machines.")
    }

    /// Nothing but an earlier hand-in is written over.
    static func requireRoom(for file: String) throws {
        var status = stat()
        guard stat(file, &status) == 0 else { return }
        let isPlain = status.st_mode & S_IFMT == S_IFREG
        let head = isPlain ? FileHandle(forReadingAtPath: file)?.readData(ofLength: 64) : nil
        guard let head, HandInFile.isOne(Array(head)) else {
            throw StoreFailure(
                fr: "\(file) existe déjà et n'est pas un relevé à rendre : choisir un autre nom.",
                en: "\(file) is there already and is no hand-in: choose another name.")
        }
    }
}

extension CheckCommand {
    func writeHandIn(
        to file: String, _ student: RosterStudent, _ roster: Roster, _ grader: Grader, _ zone: TimeZone,
        _ console: Console
    ) async throws {
        try HandInCheck.requireRoom(for: file)
        console.progress(options.language.pick("Lecture de la machine…", "Looking at the machine…"))
        // The few lines of one's own machines say nobody's name.
        let isNamed = roster.className != Roster.ownClassName
        let (looked, wasInterrupted) = try await Composition.working { group in
            try await ClassGrader(
                roster, collector: grader.collector, grader: grader, reports: ReportsFolder(options.reports),
                transports: .onOwnMachine(group, isHandedIn: true),
                pairDeadline: patience.limit
            ).handIn(of: student, isNamed: isNamed)
        }
        console.endProgress()
        // What was cut short is nothing to hand in.
        if wasInterrupted { throw Exit.interrupted }
        try WholeOutput.put(try looked.file.zip(), in: file)
        for line in try lines(looked.result, nil, zone, console) { console.line(styled: line) }
        if !options.json {
            let others = student.lab.machines.filter { $0 != looked.file.machine }.map(\.rawValue)
                .joined(separator: ", ")
            console.line(
                options.language.pick(
                    "Relevé de \(looked.file.machine.rawValue) écrit dans \(file) : à rendre.",
                    "What \(looked.file.machine.rawValue) shows is written to \(file): hand it in."))
            if !others.isEmpty, !Voice.current.isQuiet {
                console.line(
                    options.language.pick(
                        "Il faut aussi celui de \(others), fait aussitôt avant ou après, sans rien changer entre les deux.",
                        "It takes the one of \(others) too, made right before or after, with nothing changed in between."
                    ))
            }
        }
    }
}
