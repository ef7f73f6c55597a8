import Foundation
import GraderCore

/// Gives back what drills of a dead grader left on a pair, and says what it found.
public struct DrillRestorer {
    let runner: DrillRunner
    private let pair: DrillRunner.Pair
    let connection: PairConnection
    var report: Report

    init(_ runner: DrillRunner, _ pair: DrillRunner.Pair) {
        self.runner = runner
        self.pair = pair
        connection = PairConnection(pair.access)
        report = Report(student: pair.student)
    }

    /// What became of one pair.
    public struct Report: Sendable {
        public var student: String
        /// Sentences: what was found, what was given back and by whom.
        public var found: [LocalizedText] = []
        /// What is still different from before the drill, with the commands that mend it.
        public var differences: [SnapshotDifference] = []
        public var commands: [(node: MachineID?, command: String)] = []
        /// Sentences: what could not be done.
        public var failures: [LocalizedText] = []
        /// Whether something was compared with how it was before.
        public var wasCompared = false

        public var isClean: Bool { differences.isEmpty && failures.isEmpty }
    }

    /// Looks on both nodes for what drills left, gives it back, compares with the journals that are open, and
    /// closes them.
    /// - Parameter records: the pair's journals.
    mutating func restore(_ records: [DrillRecord]) async -> Report {
        await giveBack(records.filter { $0.isOpen && $0.opening.student == pair.student })
        await connection.close()
        return report
    }

    private mutating func giveBack(_ open: [DrillRecord]) async {
        // A drill that is under way is nobody else's business: not even the power of a node that it took down.
        if !runner.request.isForced {
            for owner in await liveOwners(open) {
                report.failures.append(
                    LocalizedText(
                        fr: "\(pair.student) : déjà pris par \(owner) ; attendre, ou donner --force",
                        en: "\(pair.student): held by \(owner); wait, or use --force"))
            }
        }
        guard report.failures.isEmpty else { return }
        // Before what is left is looked for: a node that was switched off answers nothing.
        for record in open { await switchOn(record) }
        var drills: [String: [MachineID: DrillLeftovers.Drill]] = [:]
        for role in pair.machines {
            do throws(TransportFailure) {
                let result = try await connection.runAgain(DrillProbes.leftovers, on: role)
                let leftovers = DrillLeftovers(result.standardOutput)
                for drill in leftovers.drills { drills[drill.id, default: [:]][role] = drill }
                if let lock = leftovers.lock, drills[lock]?[role] == nil { await removeLock(lock, role) }
            } catch {
                report.failures.append(error.sentence)
            }
        }
        guard report.failures.isEmpty else {
            report.commands = open.flatMap(\.undoCommands)
            return
        }
        for (id, nodes) in drills.sorted(by: { $0.key < $1.key }) { await undo(id, nodes) }
        // It may have begun to go down while it was asked; no step comes after the undo.
        for record in open { await switchOn(record) }
        for record in open { await compare(record) }
    }

    /// Who may still be at work on the pair, by the open journals of this host and by the nodes that answer.
    private func liveOwners(_ open: [DrillRecord]) async -> Set<String> {
        var owners = Set(open.filter { $0.isUnderWay(here: runner.owner) }.map(\.opening.owner))
        let left = Set(open.filter(\.wasLeft).map(\.opening.drill))
        for role in pair.machines {
            guard let result = try? await connection.runAgain(DrillProbes.leftovers, on: role) else {
                continue
            }
            let leftovers = DrillLeftovers(result.standardOutput)
            guard let owner = leftovers.liveOwner(here: runner.owner), !left.contains(leftovers.lock ?? "")
            else { continue }
            owners.insert(owner)
        }
        return owners
    }

    /// A lock whose drill has no folder any more is nobody's.
    private mutating func removeLock(_ id: String, _ role: MachineID) async {
        let command = RemoteCommand([
            "sh", "-c",
            """
            cd "$1" && [ "$(head -n 1 lock/owner)" = "$2" ] && [ ! -e "$2" ] && rm -rf lock || exit 1
            rmdir "$1" 2>/dev/null
            exit 0
            """, "lock", DrillScripts.base, id,
        ])
        let who = "\(report.student)/\(role.rawValue)"
        if (try? await connection.runAgain(command, on: role))?.ending == .exited(0) {
            report.found.append(
                LocalizedText(
                    fr: "\(who) : exercice \(id) : il n'en restait que le verrou",
                    en: "\(who): drill \(id): only its lock was left"))
        } else {
            report.failures.append(
                LocalizedText(
                    fr:
                        "\(who) : \(DrillScripts.base)/lock n'a pas pu être supprimé : le supprimer à la main",
                    en: "\(who): \(DrillScripts.base)/lock could not be removed: remove it by hand"))
        }
    }

    private mutating func undo(_ id: String, _ nodes: [MachineID: DrillLeftovers.Drill]) async {
        let folder = "\(DrillScripts.base)/\(id)"
        for (role, drill) in nodes.sorted(by: { $0.key < $1.key }) {
            let who = "\(report.student)/\(role.rawValue)"
            // Its own timer may be at it just now, and take the undo away before, between and behind these commands.
            var isArmed = drill.isArmed
            if isArmed {
                let result = await giveBack(folder, on: role)
                let ending = result?.ending
                isArmed = ending != .exited(DrillScripts.goneStatus)
                guard ending == .exited(0) || !isArmed else {
                    let said =
                        result.map {
                            LocalizedText(verbatim: "\($0.ending) \($0.standardError.text.prefix(200))")
                        } ?? LocalizedText(fr: "pas de réponse", en: "no answer")
                    report.failures.append(
                        LocalizedText(
                            fr: """
                                \(who) : exercice \(id) pas encore remis en place (\(said)) ; sa minuterie continue \
                                d'essayer, ou y lancer `sh \(folder)/undo now`
                                """,
                            en: """
                                \(who): drill \(id) could not be given back yet (\(said)); its timer goes on trying, \
                                or run `sh \(folder)/undo now` there
                                """))
                    continue
                }
            }
            let receipt = try? await connection.runAgain(
                RemoteCommand(["cat", "\(folder)/receipt"], outputLimit: 1 << 16), on: role)
            let lines = receipt?.standardOutput.text.split(separator: "\n").map(String.init) ?? []
            let done =
                lines.isEmpty
                ? LocalizedText(fr: "rien n'a été changé", en: "nothing was changed")
                : LocalizedText(verbatim: lines.joined(separator: "; "))
            report.found.append(
                LocalizedText(fr: "\(who) : exercice \(id) : \(done)", en: "\(who): drill \(id): \(done)"))
            var gone: CommandResult?
            if isArmed {
                gone = try? await connection.runAgain(DrillScripts.undo(folder, "disarm"), on: role)
                isArmed = gone?.ending != .exited(DrillScripts.goneStatus)
            }
            if !isArmed {
                gone = try? await connection.runAgain(DrillScripts.clearAway(folder), on: role)
            }
            if gone?.ending != .exited(0) {
                report.failures.append(
                    LocalizedText(
                        fr: "\(who) : \(folder) n'a pas pu être supprimé : le supprimer à la main",
                        en: "\(who): \(folder) could not be removed: remove it by hand"))
            }
        }
    }

    /// Again where the node has just booted: its cluster comes a while after its sshd.
    private func giveBack(_ folder: String, on role: MachineID) async -> CommandResult? {
        var result: CommandResult?
        for attempt in 1...DrillScripts.undoAttempts where !Task.isCancelled {
            if attempt > 1 { try? await Task.sleep(for: DrillScripts.undoPause) }
            result = try? await connection.runAgain(DrillScripts.undo(folder, "now", "restore"), on: role)
            guard result?.ending == .exited(DrillScripts.notYetStatus) else { break }
        }
        return result
    }

    private mutating func compare(_ record: DrillRecord) async {
        let plan = record.opening.plan
        guard let drill = runner.exercise.drill(plan.kind) else {
            report.failures.append(
                LocalizedText(
                    fr: """
                        \(pair.student) : exercice \(record.opening.drill) remis en place, mais ce TP n'a pas d'exercice \
                        \(plan.kind.rawValue) pour comparer : regarder \(record.path)
                        """,
                    en: """
                        \(pair.student): drill \(record.opening.drill) is given back, but this exercise has no drill \
                        \(plan.kind.rawValue) to compare by: look at \(record.path)
                        """))
            return
        }
        var differences: [SnapshotDifference] = []
        for attempt in 1...10 {
            let now = await runner.look(drill, .after, at: pair, over: connection)
            differences = drill.differences(from: record.opening.before, to: now.staged(.after))
            if differences.isEmpty || attempt == 10 { break }
            try? await Task.sleep(for: .seconds(3))
        }
        report.wasCompared = true
        if !differences.isEmpty, let kept = PairSnapshot.told(of: record.opening) {
            report.found.append(kept)
        }
        report.differences += differences
        if !differences.isEmpty { report.commands += record.undoCommands + drill.remedies(plan, differences) }
        let count = differences.count
        let came =
            differences.isEmpty
            ? LocalizedText(fr: "comme avant", en: "as before")
            : LocalizedText(
                fr: "\(count) différence\(count.plural(.french))",
                en: "\(count) difference\(count.plural(.english))")
        report.found.append(
            LocalizedText(
                fr:
                    "\(pair.student) : comparé avec l'état d'avant l'exercice \(record.opening.drill) : \(came)",
                en: "\(pair.student): compared with the snapshot of drill \(record.opening.drill): \(came)"))
        // One that came to its end is told of once; then it is the teacher's.
        guard differences.isEmpty || record.endedDifferent, report.failures.isEmpty else { return }
        let journal = DrillJournal(existing: record.path)
        do {
            try journal.write(
                .closed(outcome: differences.isEmpty ? "restored" : "different", differences: differences))
        } catch {
            report.failures.append(error.sentence)
        }
    }
}
