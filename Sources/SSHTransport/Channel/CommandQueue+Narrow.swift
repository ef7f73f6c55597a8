import GraderCore
import NIOCore

/// Servers that allow fewer sessions on a connection than are wanted (sshd_config(5), MaxSessions): a command that was
/// refused a channel did not run, and runs once there is one.
extension CommandQueue {
    /// sshd counts a session as ended only after it has answered whatever came with the end: what is asked for right
    /// behind it is refused once. What goes on for seconds is no such moment.
    private static let refusalLimit = 25

    func noChannel(_ run: Run, _ detail: LocalizedText) {
        let open = operations.count { $0.holdsChannel }
        if open > 0 {
            limit = open
        } else if connection.standingRootShell != nil {
            usesRootShell = true
        } else if connection.isBecomingRoot || mayAskAgain {
            limit = 1
            askAgainLater()
        } else {
            let word = run.command.arguments.first ?? ""
            return finish(run, .failure(connection.sentences.commandRefused(word, detail)))
        }
        queueAgain(run)
    }

    private var mayAskAgain: Bool { hasHadChannel && refusalsInARow < Self.refusalLimit }

    private func askAgainLater() {
        refusalsInARow += 1
        guard pause == nil else { return }
        let delay = TimeAmount.milliseconds(min(200, 1 << min(refusalsInARow, 8)))
        pause = connection.eventLoop.assumeIsolated().scheduleTask(in: delay) { [weak self] in
            self?.pause = nil
            self?.goOn()
        }
    }

    /// In its old place. Its time begins anew when it starts; the next start comes when its operation is freed.
    private func queueAgain(_ run: Run) {
        run.timer?.cancel()
        run.operation = nil
        running.removeAll { $0 === run }
        waiting.insert(run, at: waiting.firstIndex { $0.number > run.number } ?? waiting.endIndex)
    }

    func freed(_ operation: CommandOperation) {
        operations.removeAll { $0 === operation }
        if operation.hasOpened {
            hasHadChannel = true
            refusalsInARow = 0
        }
        goOn()
    }

    private func goOn() {
        guard pause == nil else { return }
        let turn = rootShellTurn
        rootShellTurn = nil
        turn?()
        startNext()
    }

    /// Lets the root shell have the next channel that becomes free; false where none will.
    func yieldChannel(to turn: @escaping () -> Void) -> Bool {
        if !operations.contains(where: \.holdsChannel) {
            guard mayAskAgain else { return false }
            askAgainLater()
        }
        rootShellTurn = turn
        return true
    }

    /// What needs no root is no worse for having it.
    func handOver() {
        guard let shell = connection.standingRootShell else {
            usesRootShell = false
            return startNext()
        }
        let all = waiting
        waiting = []
        for run in all {
            running.append(run)
            run.inRootShell = shell.add(run.command, budget: run.budget) { [weak self, weak run] result in
                if let run { self?.finish(run, result) }
            }
        }
    }
}
