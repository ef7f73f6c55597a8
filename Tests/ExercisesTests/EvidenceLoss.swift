import GraderCore

/// One observation of recorded evidence, lost in one way.
struct EvidenceLoss: CustomStringConvertible {
    enum Way: String, CaseIterable {
        case dropped
        // Never run: each kind for which the engine has words of its own.
        case connectionLost, cancelled, rootRefused, timedOutOnTheWay
        // Of commands.
        case half, allButTheEnd, timedOut, noStatus, killed
        /// What sshd answers for a command that it did not run: an expired password, a `ForceCommand`.
        case refusedWithStatus1
        /// timeout(1) on the node was quicker than the grader.
        case status124
        // Of looks from the network.
        case silence, slowPage, halfAPage, compressed, unreadable
    }

    /// Of the evidence's own observations; those of drills come after them, drill by drill.
    var index: Int
    var way: Way
    var id: ProbeID

    var description: String { "\(id) \(way.rawValue)" }

    /// For each observation, every way in which it can be lost.
    static func all(of evidence: Evidence) -> [[EvidenceLoss]] {
        evidence.everyObservation.enumerated().map { index, observation in
            Way.allCases.filter { $0 == .dropped || lost(observation, $0) != nil }.map {
                EvidenceLoss(index: index, way: $0, id: observation.id)
            }
        }
    }

    fileprivate static func lost(_ observation: Observation, _ way: Way) -> Observation.Outcome? {
        func failed(_ kind: TransportFailure.Kind) -> Observation.Outcome {
            .failed(TransportFailure(kind, LocalizedText(verbatim: "etu1: \(kind.rawValue).")))
        }
        switch (way, observation.outcome) {
        case (.connectionLost, _): return failed(.connectionLost)
        case (.cancelled, _): return failed(.cancelled)
        case (.rootRefused, .command): return failed(.rootRefused)
        case (.timedOutOnTheWay, _): return failed(.timedOut)
        case (.silence, .port(var port)):
            port.state = .filtered
            return .port(port)
        case (.silence, .http(var exchange)):
            exchange.answer = .notConnected(
                DialFailure(.timedOut, LocalizedText(verbatim: "no connection within 5 s")))
            return .http(exchange)
        case (.silence, .dns(var exchange)):
            exchange.answer = .noAnswer(
                DialFailure(.timedOut, LocalizedText(verbatim: "nothing came within 3 s")))
            return .dns(exchange)
        case (.slowPage, .http(var exchange)):
            exchange.answer = .noResponse(
                .init(
                    LocalizedText(verbatim: "connected, but not a byte came back within 15 s"),
                    ranOutOfTime: true))
            return .http(exchange)
        case (.halfAPage, .http(var exchange)):
            guard case .response(var response) = exchange.answer else { return nil }
            response.body = Bytes(Array(response.body.raw.prefix(response.body.raw.count / 2)))
            response.bodyTruncated = true
            exchange.answer = .response(response)
            return .http(exchange)
        case (.compressed, .http(var exchange)):
            guard case .response(let response) = exchange.answer else { return nil }
            exchange.answer = .response(response.compressed)
            return .http(exchange)
        case (.unreadable, .dns(var exchange)):
            exchange.answer = .malformed("", reason: LocalizedText(verbatim: "cut short"))
            return .dns(exchange)
        case (_, .command(let result)):
            return lost(result, way).map { .command($0) }
        default: return nil
        }
    }

    private static func lost(_ whole: CommandResult, _ way: Way) -> CommandResult? {
        var result = whole
        let printed = whole.standardOutput.raw
        func keep(_ count: Int) { result.standardOutput = Bytes(Array(printed.prefix(max(0, count)))) }
        switch way {
        case .half, .allButTheEnd:
            keep(way == .half ? printed.count / 2 : printed.count - 20)
            result.outputTruncated = true
        case .timedOut:
            keep(printed.count / 2)
            result.ending = .timedOut
        case .noStatus: result.ending = .unknown
        case .killed:
            keep(printed.count / 2)
            result.ending = .signalled("KILL")
        case .refusedWithStatus1:
            result = CommandResult(
                answering: whole.arguments, ending: .exited(1), standardOutput: "",
                standardError: "Your password has expired.\nPassword change required but no TTY available.\n",
                duration: whole.duration)
        case .status124:
            keep(printed.count / 2)
            result.ending = .exited(124)
        default: return nil
        }
        return result
    }
}

extension Evidence {
    /// The pair's, and those of its drills after them.
    fileprivate var everyObservation: [Observation] {
        observations + (drills ?? []).flatMap(\.observations)
    }

    /// The evidence without what was lost.
    func losing(_ losses: [EvidenceLoss]) -> Evidence {
        var poorer = self
        // From the end, so that what was dropped moves nothing that is still to be lost.
        for loss in losses.sorted(by: { $0.index > $1.index }) {
            if loss.index < observations.count {
                poorer.observations.lose(loss.index, loss)
                continue
            }
            var index = loss.index - observations.count
            for drill in (poorer.drills ?? []).indices {
                let count = drills?[drill].observations.count ?? 0
                if index < count {
                    poorer.drills?[drill].observations.lose(index, loss)
                    break
                }
                index -= count
            }
        }
        return poorer
    }
}

extension [Observation] {
    fileprivate mutating func lose(_ index: Int, _ loss: EvidenceLoss) {
        if loss.way == .dropped {
            remove(at: index)
        } else if let outcome = EvidenceLoss.lost(self[index], loss.way) {
            self[index].outcome = outcome
        }
    }
}
