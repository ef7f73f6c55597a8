import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// What the previous activity left behind is named first, and does not cascade.
struct H0HealthTests {
    private func scored(_ evidence: Evidence) throws -> [QuestionResult] {
        try Scorer(exercise: Activite2(), rubric: try RecordedEvidence.rubric.get()).score(Findings(evidence))
    }

    private func health(_ evidence: Evidence) throws -> [CheckID: CheckResult] {
        let section = try #require(try scored(evidence).first)
        #expect(section.id == .prerequisites)
        return Dictionary(uniqueKeysWithValues: section.checks.map { ($0.result.id, $0.result) })
    }

    @Test(arguments: ["solved", "after-q7"])
    func aHealthyPairHasEverything(situation: String) throws {
        let judged = try health(try RecordedEvidence.evidence(situation))
        let wrong = judged.values.filter { $0.verdict != .met }
        #expect(wrong.map { "\($0.id): \($0.found.en)" }.sorted() == [])
    }

    @Test func fencingLeftOnCostsNoQuestionAPoint() throws {
        let evidence = try RecordedEvidence.evidence("fencing-left-on")
        #expect(try health(evidence)[CheckID("H0.fencing")]?.verdict == .notMet)
        let questions = try scored(evidence).dropFirst()
        for check in questions.flatMap(\.checks) {
            #expect(check.earned == nil || check.earned == check.points, "\(check.result.id)")
        }
        // The configuration is judged all the same.
        #expect(questions.reduce(Points.zero) { $0 + $1.score.earned } > Points(8))
    }

    @Test func aGhostNodeIsNamed() throws {
        let ghost = #"<node id="9" uname="node1"/></nodes>"#
        let evidence = try RecordedEvidence.evidence("solved")
            .replacing("</nodes>", with: ghost, in: [ClusterProbe.cib])
        let check = try #require(try health(evidence)[CheckID("H0.no-ghost")])
        #expect(check.verdict == .notMet)
        #expect(check.found.fr.contains("node1"))
    }

    @Test func whatIsMissingOnOneNodeIsNamed() throws {
        let evidence = try RecordedEvidence.evidence("solved")
            .settingOutput("corosync enabled\npacemaker disabled\n", of: "boot-units", on: .serv2)
            .settingOutput(
                "absent lsb:apache2\npresent ocf:heartbeat:IPaddr2\n", of: "resource-agents", on: .serv2
            )
            .settingOutput("0 no /var/www/html\n", of: "site-files", on: .serv2)
        let judged = try health(evidence)
        for id in ["H0.boot", "H0.agents", "H0.site"] {
            #expect(judged[CheckID(id)]?.verdict == .notMet, "\(id)")
            #expect(judged[CheckID(id)]?.found.en.contains("serv2") == true, "\(id)")
        }
    }

    /// A variable, a path beneath ServerRoot, a comment behind it, a line of Windows: where the site is was not found out.
    @Test(arguments: ["${SITE}", "htdocs", "/var/www/html # the site", "/var/www/html\r", "/srv/*/www"])
    func aFolderThatIsNotUnderstoodConvictsNobody(folder: String) throws {
        for state in ["missing - \(folder)\n", "0 no /var/www/html\nmissing - \(folder)\n"] {
            let evidence = try RecordedEvidence.evidence("solved").settingOutput(
                state, of: "site-files", on: .serv2)
            #expect(
                try health(evidence)[CheckID("H0.site")]?.verdict == .notAssessed(.noEvidence), "\(state)")
        }
        let gone = try RecordedEvidence.evidence("solved")
            .settingOutput("missing - /srv/site\n", of: "site-files", on: .serv2)
        #expect(try health(gone)[CheckID("H0.site")]?.verdict == .notMet)
    }

    /// A busy node: the search for the text was not brought to its end there, and on the other node it was found.
    @Test func aSearchThatRanOutOfTimeIsNoOtherSite() throws {
        let evidence = try RecordedEvidence.evidence("solved")
            .settingOutput("1 unknown /var/www/html\n", of: "site-files", on: .serv2)
        #expect(try health(evidence)[CheckID("H0.site")]?.verdict == .notAssessed(.noEvidence))
    }

    /// timeout(1) may speak before the grader's own clock does, and crm_verify(8) may not reach the cluster.
    @Test(arguments: [1, 66, 102, 124, 137])
    func aStatusThatIsNotTheirsConvictsNobody(status: Int) throws {
        var evidence = try RecordedEvidence.evidence("solved")
        for index in evidence.observations.indices {
            let id = evidence.observations[index].id.rawValue
            guard id.hasSuffix("/crm-verify") || id.hasSuffix("/web-configtest"),
                case .command(var result) = evidence.observations[index].outcome
            else { continue }
            result.ending = .exited(status)
            result.standardOutput = ""
            result.standardError = "crm_verify: CIB query failed: Timer expired\n"
            evidence.observations[index].outcome = .command(result)
        }
        let judged = try health(evidence)
        for id in ["H0.valid", "H0.web-config"] {
            #expect(judged[CheckID(id)]?.verdict == .notAssessed(.noEvidence), "\(id)")
        }
    }

    @Test func whatCouldNotBeSeenIsNotAssessed() throws {
        let bare = try RecordedEvidence.evidence("solved").without("boot-units").without("web-configtest")
            .without("crm-verify")
        let judged = try health(bare)
        for id in ["H0.boot", "H0.web-config", "H0.valid"] {
            #expect(judged[CheckID(id)]?.verdict == .notAssessed(.noEvidence), "\(id)")
        }
    }
}
