import Foundation
import GraderCore
import Reports

/// A file as it came in: what it is called, whose it is by that, and what it holds.
struct ReceivedFile: Sendable {
    /// For remarks.
    var name: String
    /// By its name or its folder's; nil: they say nothing.
    var owner: String?
    /// Who handed it in on Moodle.
    var participant: Int?
    var content: Result<HandInFile, HandInRefusal>
}

/// What the teacher's side knows of a class, by which files that were handed in are taken or not.
struct HandInRules: Sendable {
    var roster: Roster
    var exercise: any Exercise
    /// By the teacher's clock.
    var now: Date
    /// What was collected before is too old; nil: nothing is.
    var notBefore: Date?
    /// Students whose look by a grader may be replaced.
    var replaceLive: Set<String> = []

    /// Clocks that are set by hand are a little off.
    static let clockTolerance: TimeInterval = 10 * 60

    /// Whose a file is.
    /// - Throws: why it is not taken, as far as the file and the roster tell.
    func owner(_ received: ReceivedFile) throws(HandInRefusal) -> (student: RosterStudent, file: HandInFile) {
        let file = try received.content.get()
        guard let id = received.owner ?? file.student, let student = roster[id] else { throw .nobodys }
        if let said = file.student, said != id { throw .ofAnother(said, than: id) }
        guard file.evidence.exercise == exercise.id else { throw .ofExercise(file.evidence.exercise) }
        guard let address = student.lab.addresses[file.machine] else {
            throw .ofMachine(file.machine.rawValue)
        }
        let said = file.evidence.lab.addresses[file.machine]
        guard said.flatMap({ IPAddress($0) }) == IPAddress(address), IPAddress(address) != nil,
            // `check --local` looks at no machine that has none of the student's addresses.
            hasAddress(exercise, file, address) != false
        else { throw .ofAddress(file.machine, address) }
        let evidence = file.evidence
        if evidence.finishedAt.timeIntervalSince(now) > Self.clockTolerance {
            throw .fromTheFuture(date(evidence.finishedAt))
        }
        if let notBefore, evidence.startedAt < notBefore { throw .tooOld(date(evidence.startedAt)) }
        return (student, file)
    }

    /// The newer of two of the same student and machine.
    /// - Throws: where they are of two different machines: then whose machine it is cannot be told.
    func newer(_ one: HandInFile, _ other: HandInFile, of student: String) throws(HandInRefusal) -> HandInFile
    {
        if one.sha256 == other.sha256 { return one }
        guard areOfOneMachine(one, other) else { throw .twoMachines(student) }
        return one.evidence.startedAt < other.evidence.startedAt ? other : one
    }

    private func hasAddress<E: Exercise>(_ exercise: E, _ file: HandInFile, _ address: String) -> Bool? {
        exercise.hasAddress(address, file.machine, exercise.findings(file.evidence, after: nil))
    }

    private func areOfOneMachine(_ one: HandInFile, _ other: HandInFile) -> Bool {
        let (first, second) = (marks(exercise, one), marks(exercise, other))
        return first.allSatisfy { kind, values in
            second[kind].map { !$0.isDisjoint(with: values) } ?? true
        }
    }

    /// By what the machine is told from others, by kind.
    private func marks<E: Exercise>(_ exercise: E, _ file: HandInFile) -> [String: Set<String>] {
        exercise.identityMarks(exercise.findings(file.evidence, after: nil))
            .filter { $0.machine == file.machine }
            .reduce(into: [:]) { marks, mark in marks[mark.kind, default: []].insert(mark.value) }
    }

    /// In the class's zone.
    func date(_ date: Date) -> LocalizedText {
        let text = DateText(date, in: roster.timeZone ?? .current)
        return LocalizedText(fr: "\(text.formatted(.french))", en: "\(text.formatted(.english))")
    }
}
