import ClassRun
import Foundation
import GraderCore
import NetworkProbes
import Reports
import Subprocess

/// Puts the drill runner together.
enum Drilling {
    static func runner(
        _ exercise: any Exercise, settings: DrillSettings, reports: String, className: String
    ) -> DrillRunner {
        var runner = DrillRunner(
            exercise: exercise, settings: settings, sampler: AvailabilitySampler(),
            journalFolder: journalFolder(reports, className), owner: DrillOwner.line(now: Date()),
            collector: basculeVersion, runHere: runHere)
        runner.runIfWeDie = { words in
            let watcher = PowerWatcher(powerOn: words)
            return { watcher?.dismiss() }
        }
        return runner
    }

    /// Of the class, not of a run: what a dead run left open has to be found by the next.
    static func journalFolder(_ reports: String, _ className: String) -> String {
        "\(reports)/\(className)/journal"
    }

    static func pair(_ student: RosterStudent, _ accesses: PairAccessFactory) -> DrillRunner.Pair {
        DrillRunner.Pair(
            student: student.identity.id, lab: student.lab, access: accesses.access(to: student),
            hooks: student.hooks)
    }

    /// An argument vector of the roster's on this host; its output goes to standard error.
    @Sendable static func runHere(_ words: [String]) async -> Int32 {
        guard let program = words.first else { return 127 }
        let executable: Executable = program.contains("/") ? .path(.init(program)) : .name(program)
        do {
            let result = try await Subprocess.run(
                executable, arguments: Arguments(Array(words.dropFirst())), input: .none, output: .discarded,
                error: .discarded)
            return result.terminationStatus.isSuccess ? 0 : 1
        } catch {
            return 127
        }
    }

    /// Drills of interrupted runs that are still open, and journals that cannot be read, one sentence each.
    static func openSentences(_ reports: String, _ className: String, _ language: Language) -> [String] {
        let here = DrillOwner.line(now: Date())
        let (records, damaged) = DrillRecord.all(in: journalFolder(reports, className))
        // One that is under way in another terminal will come to its end.
        let open = records.filter {
            $0.isOpen && !DrillOwner.isOtherAndAlive($0.opening.owner, here: here)
        }
        return damaged.map(\.message)
            + open.map { record in
                let (student, drill) = (record.opening.student, record.opening.drill)
                return switch (record.endedDifferent, language) {
                case (false, .french):
                    "\(student) : l'exercice \(drill) n'est pas arrivé à son terme ; lancer bascule restore"
                case (false, .english):
                    "\(student): drill \(drill) did not come to its end; run bascule restore"
                case (true, .french):
                    "\(student) : l'exercice \(drill) a laissé une différence ; bascule restore dit laquelle"
                case (true, .english):
                    "\(student): drill \(drill) left something different; bascule restore says what"
                }
            }
    }

    /// What the terminal says of an event; nil for what a live line says better.
    static func line(_ event: DrillEvent, language: Language) -> String? {
        switch event {
        case .began: nil
        case .stage: nil
        case .ended(let student, let evidence):
            "\(student)  \(DrillLine(evidence, language: language).text())"
        case .notice(let student, let sentence): "\(student): \(sentence)"
        }
    }
}
