import ClassRun
import Foundation
import GraderCore

/// Drills that a run was asked for.
struct DrillRequest: Sendable {
    var kinds: Set<DrillKind>
    var settings: DrillSettings
    var reports: String
    var onEvent: @Sendable (DrillEvent) -> Void
}

extension GradingSession {
    /// After every pair has been looked at, read-only: the drills, all pairs side by side, each pair's one after the
    /// other; then the pair is judged again on the evidence with its drills.
    func drill(
        _ request: DrillRequest, accesses: PairAccessFactory, folder: RunFolder, writer: ResultWriter,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async {
        let runner = Drilling.runner(
            exercise, settings: request.settings, reports: request.reports, className: roster.className)
        await withTaskGroup(of: Void.self) { group in
            for student in lookedAt {
                group.addTask {
                    let drills = await runner.run(
                        request.kinds, on: Drilling.pair(student, accesses), onEvent: request.onEvent)
                    guard !drills.isEmpty else { return }
                    onEvent(
                        .finishing(student.identity) {
                            var evidence = try folder.evidence(of: student.identity.id)
                            evidence.drills = drills
                            return .graded(try writer.finish(evidence, student: student.identity))
                        })
                }
            }
        }
    }
}
