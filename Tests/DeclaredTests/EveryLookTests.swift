import GraderCore
import Testing

@testable import Exercises

@Suite struct EveryLookTests {
    /// What a person who looked at the two machines would say.
    private static let verdicts: KeyValuePairs<String, Verdict> = [
        "Q1.run": .met, "Q1.status": .met, "Q1.shell": .met, "Q1.script": .met, "Q1.partly": .partly(0.67),
        "Q1.lost": .notAssessed(.noEvidence), "Q1.no-command": .notAssessed(.noEvidence),
        "Q1.no-command-in-pipe": .notAssessed(.noEvidence), "Q1.slow": .notAssessed(.timedOut),
        "Q1.flood": .notAssessed(.noEvidence), "Q1.regex": .notMet, "Q1.room": .notRequested(.removed),
        "Q2.lines": .met, "Q2.mode": .met, "Q2.link": .met, "Q2.link-unread": .notAssessed(.noEvidence),
        "Q2.followed": .met, "Q2.json": .met, "Q2.network": .met, "Q2.missing": .notMet, "Q2.absent": .met,
        "Q2.same": .met, "Q2.other": .notMet, "Q2.different": .met, "Q2.everywhere": .notMet,
        "Q2.each": .partly(0.5), "Q2.any": .met, "Q2.needs": .blocked(by: "Q2.missing"),
        "Q3.service": .met, "Q3.service-off": .notMet, "Q3.no-service": .notMet, "Q3.timer": .met,
        "Q3.package": .met, "Q3.no-package": .notMet, "Q3.listen": .met, "Q3.no-listen": .notMet,
        "Q3.user": .met,
        "Q3.no-user": .notMet, "Q3.mount": .met, "Q3.no-mount": .notMet, "Q3.address": .met,
        "Q4.port": .met, "Q4.closed": .notMet, "Q4.http": .met, "Q4.not-found": .met, "Q4.no-tls": .notMet,
        "Q4.dns": .met, "Q4.no-name": .met,
    ]

    @Test func everyLookIsJudgedAsAPersonWould() throws {
        let results = try EveryLook.results(try EveryLook.exercise(), try EveryLook.evidence())
        for (id, verdict) in Self.verdicts {
            let result = try #require(results[CheckID(id)])
            #expect(result.verdict == verdict, "\(id): \(result.found.en)")
            #expect(!result.expected.fr.isEmpty && !result.found.fr.isEmpty, "\(id)")
        }
        #expect(results.count == Self.verdicts.count)
    }

    /// What a look brought that was lost says nothing of the student.
    @Test(arguments: [
        "timed out", "connection lost", "overloaded", "signalled", "127", "126", "never asked", "unreachable",
    ])
    func whatWasLostIsNotAssessed(_ loss: String) throws {
        let exercise = try EveryLook.exercise()
        var evidence = try EveryLook.evidence()
        if loss == "unreachable" {
            for machine in exercise.machines {
                evidence.unreachable[machine] = TransportFailure(.timedOut, LocalizedText(verbatim: ""))
            }
        }
        if loss == "never asked" { evidence.observations.removeAll { $0.id.name.hasPrefix("look-") } }
        for index in evidence.observations.indices { evidence.observations[index].outcome.lose(loss) }
        for (id, result) in try EveryLook.results(exercise, evidence) where id != "Q1.room" {
            guard case .notAssessed = result.verdict else {
                Issue.record("\(loss): \(id) is \(result.verdict): \(result.found.en)")
                continue
            }
        }
    }

    /// A flood is cut off: what hangs on the part that was kept is not judged.
    @Test func whatWasCutOffIsNeverWorse() throws {
        let exercise = try EveryLook.exercise()
        let whole = try EveryLook.evidence()
        let before = try EveryLook.results(exercise, whole)
        var evidence = whole
        for index in evidence.observations.indices { evidence.observations[index].outcome.flood() }
        for (id, result) in try EveryLook.results(exercise, evidence) {
            if case .notAssessed = result.verdict { continue }
            #expect(result.verdict == before[id]?.verdict, "\(id): \(result.found.en)")
        }
    }

    /// Keys are compared on the machines; what is in them never comes into the evidence.
    @Test func filesAreComparedByDigest() throws {
        let check = try #require(
            try EveryLook.exercise().declaredChecks.first { $0.definition.id == "Q2.same" })
        let commands = check.probes(try EveryLook.evidence()).compactMap { probe -> [String]? in
            guard case .command(_, let command) = probe.kind else { return nil }
            return command.arguments
        }
        #expect(commands.count == 4)
        #expect(commands.allSatisfy { $0[0] == "stat" || $0[2].hasSuffix("exec sha256sum < \"$1\"") })
    }

    /// One thing that several checks look at is looked at once.
    @Test func whatIsTheSameIsObservedOnce() throws {
        let exercise = try EveryLook.exercise()
        let evidence = try EveryLook.evidence()
        let probes = exercise.plan(.nodes, questions: nil, findings: DeclaredFindings(evidence: evidence))
        #expect(Set(probes.map(\.id)).count == probes.count)
        #expect(probes.count { $0.id.rawValue.hasPrefix("one/look-service-") } == 3)
    }
}

extension Observation.Outcome {
    /// The same observation, had it been lost that way.
    fileprivate mutating func lose(_ loss: String) {
        let failures: [String: TransportFailure.Kind] = [
            "timed out": .timedOut, "connection lost": .connectionLost, "overloaded": .graderOverloaded,
        ]
        if let kind = failures[loss] { self = .failed(TransportFailure(kind, LocalizedText(verbatim: ""))) }
        let endings: [String: CommandResult.Ending] = [
            "signalled": .signalled("KILL"), "127": .exited(127), "126": .exited(126),
        ]
        guard let ending = endings[loss] else { return }
        // Of the network only what the grader itself could not do is lost that way.
        guard case .command(var result) = self else {
            self = .failed(TransportFailure(.connectionLost, LocalizedText(verbatim: "")))
            return
        }
        result.ending = ending
        self = .command(result)
    }

    fileprivate mutating func flood() {
        switch self {
        case .command(var result):
            result.outputTruncated = true
            result.errorTruncated = true
            self = .command(result)
        case .http(var exchange):
            guard case .response(var response) = exchange.answer else { return }
            response.bodyTruncated = true
            exchange.answer = .response(response)
            self = .http(exchange)
        default: break
        }
    }
}
