import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// What Pacemaker's own scheduler says beside our reading of the constraints.
struct SchedulerWitnessTests {
    private static let state = "preference-of-the-web-server"

    private func judgements(_ evidence: Evidence) throws -> [CheckID: CheckResult] {
        try RecordedEvidence.judged(evidence)
    }

    @Test func whereBothAgreeItIsSo() throws {
        let judged = try judgements(try RecordedEvidence.evidence(Self.state))
        #expect(judged["Q3.preference"]?.verdict == .met && judged["Q3.no-ban"]?.verdict == .met)
        let sources = try #require(judged["Q3.preference"]?.sources)
        #expect(sources.contains { $0.rawValue.hasSuffix("/" + ClusterProbe.scheduler) })
    }

    @Test func whereBothDisagreeNobodyIsBelieved() throws {
        let evidence = try RecordedEvidence.evidence(Self.state)
            .replacing("Started serv2", with: "Started serv1", in: [ClusterProbe.scheduler])
        let ban = try #require(try judgements(evidence)["Q3.no-ban"])
        #expect(ban.verdict == .notAssessed(.contradiction) || ban.verdict == .met)
        let stays = try RecordedEvidence.evidence(Self.state)
            .replacing("Started serv1", with: "Started serv2", in: [ClusterProbe.scheduler])
        let preference = try #require(try judgements(stays)["Q3.preference"])
        #expect(preference.verdict == .notAssessed(.contradiction))
        #expect(preference.found.fr.contains("crm_simulate"))
        // Kept for whoever makes Bascule, where they differ only.
        let kept = Foretold.openCases(Findings(stays), [preference.id])["scheduler-case.txt"]
        #expect(kept?.contains("<rsc_location") == true && kept?.contains("# constraints back-1") == true)
        #expect(Foretold.openCases(Findings(stays), ["Q2.agreement"]).isEmpty)
    }

    /// A rule that nobody here can evaluate is the scheduler's to say; without it, nobody's.
    @Test func whatOurReadingLeavesOpenTheSchedulerSays() throws {
        let evidence = try RecordedEvidence.evidence("rule-on-connectivity")
        let odd = evidence.without(ClusterProbe.crmShow)
            .replacing("attribute=\"pingd\"", with: "attribute=\"#is_dc\"", in: [ClusterProbe.cib])
        #expect(odd != evidence.without(ClusterProbe.crmShow))
        #expect(try judgements(odd)["Q3.no-ban"]?.verdict == .met)
        let alone = odd.without(ClusterProbe.scheduler)
        #expect(try judgements(alone)["Q3.no-ban"]?.verdict == .notAssessed(.noEvidence))
    }

    /// The CIB has the attribute that the rule asks for, whatever crm prints, and whoever is asked beside.
    @Test func whatTheCIBTellsIsNotOpen() throws {
        let evidence = try RecordedEvidence.evidence("rule-on-connectivity")
        for known in [evidence, evidence.without(ClusterProbe.scheduler)] {
            let ban = try #require(try judgements(known)["Q3.no-ban"])
            #expect(ban.verdict == .met && ban.found.en == "no ban in force")
        }
    }

    @Test func theFailoverIsForetold() throws {
        let findings = Findings(try RecordedEvidence.evidence(Self.state))
        let table = try #require(Foretold.exhibit(findings))
        #expect(table.columns.count == 3 && table.rows.count == 3)
        #expect(table.rows[0].value.map(\.fr) == ["si serv1 passe en standby", "serv2", "serv2"])
        #expect(table.rows[1].value.map(\.fr) == ["puis en revient", "serv1", "serv1"])
        #expect(table.rows[2].value.map(\.fr).last == "serv2")
    }

    /// What a drill found stands beside; where the resources were not all in one place, each with its own.
    @Test(arguments: [
        ("web-monitor-missing", ["–", "–", "serv1"]), ("site-missing-on-secondary", ["serv2", "serv1", "–"]),
    ])
    func whatADrillMeasuredStandsBeside(_ drilled: String, _ measured: [String]) throws {
        var evidence = try RecordedEvidence.evidence("drilled/\(drilled)")
        let scheduler = ProbeID(.serv2, ClusterProbe.scheduler)
        evidence.observations += try RecordedEvidence.evidence(Self.state).observations
            .filter { $0.id == scheduler }
        let table = try #require(Foretold.exhibit(Findings(evidence)))
        #expect(table.columns.last?.fr == "mesuré par un exercice de bascule")
        #expect(table.rows.map { $0.value.last?.fr } == measured)
        #expect(table.rows[0].tellsOf.contains("Q10.performed"))
    }
}
