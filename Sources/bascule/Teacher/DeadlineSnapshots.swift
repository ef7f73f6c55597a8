import ClassRun
import Foundation
import GraderCore

/// The roster's snapshots of machines, taken beside the looks: a hypervisor may need minutes, and no look waits for it.
actor DeadlineSnapshots {
    private var underWay: [String: Task<Void, Never>] = [:]

    func take(
        of students: [RosterStudent], by grader: ClassGrader, _ language: Language, _ console: Console
    ) {
        let new = students.filter { underWay[$0.identity.id] == nil }
        guard !new.isEmpty else { return }
        let task = Task {
            let outcomes = await grader.snapshot(new, at: Date())
            do {
                try grader.reports.note(
                    outcomes, of: grader.roster.className, exercise: grader.roster.exercise)
            } catch {
                console.complain("\(error)")
            }
            for line in Self.lines(outcomes, language) { console.line(line) }
        }
        for student in new { underWay[student.identity.id] = task }
    }

    func finish() async {
        for task in underWay.values { await task.value }
    }

    private static func lines(_ outcomes: [String: SnapshotOutcome], _ language: Language) -> [String] {
        outcomes.sorted { $0.key < $1.key }.map { student, outcome in
            switch outcome {
            case .taken(let name):
                language.pick("\(student) : instantané \(name) pris.", "\(student): snapshot \(name) taken.")
            case .failed(let sentence):
                language.pick("\(student) : \(sentence)", "\(student): \(sentence)")
            }
        }
    }
}
