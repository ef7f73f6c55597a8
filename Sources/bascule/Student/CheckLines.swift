import ClassRun
import Exercises
import Foundation
import GraderCore
import Reports

/// What `check` says.
extension CheckCommand {
    func lines(
        _ result: GradedResult, _ hinted: RubricQuestion?, _ zone: TimeZone, _ console: Console
    ) throws -> [String] {
        if options.json { return [try PrintedJSON.text(result)] }
        guard let hinted else {
            let report = report(of: result, zone, console)
            let asked = Set(options.questions.map { QuestionID($0.uppercased()) })
            return asked.isEmpty ? report.lines() : report.lines(of: asked)
        }
        return HintPage(
            result: result, question: hinted.id, level: hintLevel, mostLevel: hinted.hintLevel,
            language: options.language
        ).lines(colour: console.hasColour, width: console.width)
    }

    func report(of result: GradedResult, _ zone: TimeZone, _ console: Console) -> TerminalReport {
        var report = TerminalReport(
            result, language: options.language, colour: console.hasColour, width: console.width,
            hints: hints)
        report.timeZone = zone
        return report
    }

    /// With `--verbose`, who is asked where.
    func tell(ofMachines student: RosterStudent, _ console: Console) {
        guard Voice.current.isVerbose, !options.json else { return }
        console.line(
            options.language.pick(
                "\(student.identity.id) : \(student.addressList)",
                "\(student.identity.id): \(student.addressList)"))
    }

    /// What was measured says as much as a check that students are not shown.
    func say(_ event: DrillEvent, _ grader: Grader, _ console: Console) {
        let isConcealed = !grader.rubric.concealedChecks(at: Date()).isDisjoint(
            with: grader.exercise.drillsTellOf)
        if isConcealed, case .ended = event { return }
        // The result has them too.
        if options.json { return }
        if let line = event.line(options.language) { console.line(line) }
    }
}
