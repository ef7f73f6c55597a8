import Foundation
import GraderCore

/// A snapshot of each of a student's machines by the roster's own hook, one machine after the other.
struct PairSnapshot: Sendable {
    let name: String
    let student: String
    let machines: [MachineID]
    let hooks: PowerHooks

    /// Nil where the roster has no such hook.
    init?(_ name: String, student: String, machines: [MachineID], hooks: PowerHooks) {
        guard hooks.snapshot != nil else { return nil }
        self.name = name
        self.student = student
        self.machines = machines
        self.hooks = hooks
    }

    /// A minute where a machine's memory is kept too, on a disk that others use.
    static let timeLimit = Duration.seconds(120)

    /// A hook that did not take one.
    struct Failure: Error {
        var machine: MachineID
        var result: HookResult
    }

    func command(_ machine: MachineID) -> [String]? {
        hooks.resolved(student: student, node: machine.rawValue, snapshot: name).snapshot
    }

    /// - Throws: ``Failure`` of the first that failed; those after it are not tried.
    func take(_ means: DrillMeans) async throws(Failure) {
        for machine in machines {
            guard let words = command(machine) else {
                throw Failure(
                    machine: machine,
                    result: HookResult(
                        .notStarted(LocalizedText(fr: "vm n'est pas donné", en: "no vm is given"))))
            }
            if Task.isCancelled { throw Failure(machine: machine, result: HookResult(.interrupted)) }
            let result = await means.runHere(words, Self.timeLimit)
            guard result.isSuccess else { throw Failure(machine: machine, result: result) }
        }
    }

    /// What a snapshot is taken for.
    enum Purpose: String { case drills, deadline }

    /// As every hypervisor takes it: VirtualBox and libvirt anything, Proxmox VE at most 40 letters, digits, `_` and
    /// `-` behind a letter (`pve-snapshot-name` in pve-guest-common).
    static func name(_ purpose: Purpose, at moment: Date) -> String {
        "bascule-\(purpose.rawValue)-\(moment.formatted(nameStyle))"
    }

    private static let nameStyle = Date.ISO8601FormatStyle(
        dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt)

    /// In what a drill's pair was kept, and how long before: a lesson has one for all drills that a student asks for. Nil
    /// where in nothing.
    static func told(of drill: DrillJournal.Opening) -> LocalizedText? {
        guard let name = drill.snapshot else { return nil }
        let moment = name.split(separator: "-").last.flatMap { try? nameStyle.parse(String($0)) }
        let seconds = moment.map { max(0, Int(saturating: drill.startedAt.timeIntervalSince($0))) }
        let age = seconds.map { $0 < 120 ? "\($0) s" : "\($0 / 60) min" }
        let before =
            age.map { LocalizedText(fr: "\($0) avant", en: "\($0) before") }
            ?? LocalizedText(fr: "avant", en: "before")
        return LocalizedText(
            fr: "\(drill.student) : gardé \(before) l'exercice \(drill.drill) dans l'instantané \(name)",
            en: "\(drill.student): kept \(before) drill \(drill.drill) in snapshot \(name)")
    }
}

/// What became of one student's snapshots.
public enum SnapshotOutcome: Sendable, Hashable, Codable {
    /// All of them, under this name.
    case taken(name: String)
    /// Not all of them: which failed and why, in a sentence for the teacher.
    case failed(reason: LocalizedText)
}

extension ClassGrader {
    /// Has the roster's hook take a snapshot of each of these students' machines: students side by side, each one's
    /// machines one after the other, nobody's in the middle of a drill.
    /// - Parameter moment: what the snapshots are named by.
    /// - Returns: by student; those whose roster has no such hook are not in it.
    public nonisolated func snapshot(
        _ students: [RosterStudent], at moment: Date
    ) async -> [String: SnapshotOutcome] {
        guard let means = transports.drills else { return [:] }
        let name = PairSnapshot.name(.deadline, at: moment)
        let outcomes = await students.sideBySide { student -> (String, SnapshotOutcome)? in
            let id = student.identity.id
            let taking = PairSnapshot(name, student: id, machines: student.lab.machines, hooks: student.hooks)
            guard let taking else { return nil }
            return await self.turn(of: student).held {
                do throws(PairSnapshot.Failure) {
                    try await taking.take(means)
                    return (id, .taken(name: name))
                } catch {
                    return (id, .failed(reason: error.account))
                }
            }
        }
        return Dictionary(outcomes.compactMap(\.self)) { first, _ in first }
    }
}

extension PairSnapshot.Failure {
    /// For the teacher.
    var account: LocalizedText { sentence(result.account) }

    /// For everybody: what a hook prints is the hypervisor's.
    var refusal: DrillRefusal {
        let sentence = sentence(result.how)
        return DrillRefusal(
            .notPossible,
            LocalizedText(
                fr: "\(sentence) Aucun exercice de bascule n'est tenté.", en: "\(sentence) No drill is begun."
            ))
    }

    private func sentence(_ how: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: "L'instantané de \(machine.rawValue) n'a pas été pris (\(how)).",
            en: "The snapshot of \(machine.rawValue) was not taken (\(how)).")
    }
}
