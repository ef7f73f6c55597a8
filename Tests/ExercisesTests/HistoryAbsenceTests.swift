import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// What is said where no log shows a try: that traces may have been erased only where they may. The logs' lines are
/// recorded; how far back they go is written around them, as the collecting script prints it.
struct HistoryAbsenceTests {
    private static let beginning =
        "Nov 22 00:00:00.054 serv2 pacemaker-based     [164] (readCibXmlFile) \twarning: "
        + "Continuing with an empty configuration.\n"

    private enum Kept { case whole, since, empty, nowhere, unfit, elsewhere }

    /// - Parameter keep: whether a line of the log is kept.
    private func evidence(
        _ name: String, _ kept: [MachineID: Kept], mark: String = "",
        keep: (Substring) -> Bool = { _ in true }
    ) throws -> Evidence {
        var evidence = try RecordedEvidence.evidence(name)
        for (role, kept) in kept {
            let lines = try #require(evidence.complete(ClusterProbe.history, on: role)).text
                .split(separator: "\n").filter(keep).joined(separator: "\n")
            let usual = "/var/log/pacemaker/pacemaker.log"
            let path =
                [.nowhere: "none", .elsewhere: "/var/log/ha/pcmk.log", .unfit: "/dev/zero"][kept] ?? usual
            let ends = "#from Nov 22 00:00:01.100\n#to Nov 22 23:00:00.100\n"
            let log =
                switch kept {
                case .whole, .elsewhere: "#log file \(path)\n\(Self.beginning)\(lines)\n"
                case .since: "#log file \(path)\n\(lines)\n\(ends)"
                case .empty, .nowhere: ""
                case .unfit: "#unfit\n"
                }
            let facility = kept == .nowhere ? "none" : "daemon"
            let head = "#history 1 +0000\n#logfile \(path)\n#facility \(facility)\n#priority notice\n"
            evidence = evidence.settingOutput(
                "\(head)\(mark)\(log)#end\n", of: ClusterProbe.history, on: role)
        }
        return evidence
    }

    private func result(_ evidence: Evidence, _ check: CheckID = "Q6.standby") throws -> CheckResult {
        try #require(try RecordedEvidence.judged(evidence)[check])
    }

    @Test func whatIsAllThereWasNotErased() throws {
        let whole = try result(evidence("after-q5", [.serv1: .whole, .serv2: .whole]))
        #expect(whole.verdict == .notRequested(.drill))
        #expect(whole.found.en.contains("kept since it was made, shows no such try"))
        #expect(!whole.found.en.contains("erased") && !whole.found.fr.contains("effacé"))
    }

    @Test func whatBeginsLateMayHaveBeenErasedBefore() throws {
        let late = try result(evidence("after-q5", [.serv1: .since, .serv2: .whole]))
        #expect(late.verdict == .notRequested(.drill))
        #expect(
            late.found.en.contains(
                "but serv1's begins only at Nov 22 00:00:01 (what came before may have been erased)"))
        let empty = try result(evidence("after-q5", [.serv1: .empty, .serv2: .empty]))
        #expect(empty.verdict == .notRequested(.drill))
        #expect(
            empty.found.en.contains(
                "serv1's is empty, serv2's is empty (what came before may have been erased)"))
    }

    /// A recording from before the logs said how far back they go.
    @Test func whereNobodyKnowsItIsSaidAsBefore() throws {
        #expect(
            try result(RecordedEvidence.evidence("after-q5")).found.en.contains("(it may have been erased)"))
    }

    @Test(arguments: ["Q6.standby", "Q6.shutdown"] as [CheckID])
    func whereNothingIsKeptNothingIsSaid(check: CheckID) throws {
        for others in [Kept.nowhere, .whole, .since] {
            let result = try result(evidence("after-q5", [.serv1: others, .serv2: .nowhere]), check)
            #expect(result.verdict == .notAssessed(.noEvidence))
            let names = others == .nowhere ? "serv1 and serv2" : "serv2"
            #expect(
                result.found.en.hasPrefix("The cluster's history is not kept on \(names) (PCMK_logfile=none"))
            #expect(!result.found.en.contains("erased"))
        }
        let unfit = try result(evidence("after-q5", [.serv1: .whole, .serv2: .unfit]), check)
        #expect(unfit.verdict == .notAssessed(.noEvidence))
        #expect(unfit.found.en.contains("Pacemaker's log on serv2, /dev/zero, is no file that can be read."))
    }

    @Test func theTestsOfTheSolutionLikewise() throws {
        let nowhere = try result(evidence("solved", [.serv1: .nowhere, .serv2: .nowhere]), "Q10.performed")
        #expect(nowhere.verdict == .notAssessed(.noEvidence))
        let whole = try result(evidence("solved", [.serv1: .whole, .serv2: .whole]), "Q10.performed")
        #expect(whole.verdict == .notRequested(.drill) && !whole.found.en.contains("erased"))
        // What one node has proves it, whatever the other keeps.
        let tested = try evidence("tested", [.serv1: .whole, .serv2: .whole])
        #expect(try result(tested, "Q10.performed").verdict == .met)
    }

    @Test func theLogIsCalledByItsName() throws {
        let elsewhere = try result(evidence("standby-forgotten", [.serv1: .elsewhere, .serv2: .elsewhere]))
        #expect(elsewhere.verdict == .met)
        #expect(elsewhere.found.en.contains("'s /var/log/ha/pcmk.log, Nov "), "\(elsewhere.found.en)")
        #expect(elsewhere.found.fr.contains("/var/log/ha/pcmk.log de serv"))
        let usual = try result(evidence("standby-forgotten", [.serv1: .whole, .serv2: .whole]))
        #expect(usual.found.fr.contains("(pacemaker.log de serv"))
    }

    /// Anybody can write that there was a drill.
    @Test func aDrillsMarkAloneExplainsNoStay() throws {
        let mark = "2026-11-22T12:00:00+0000 serv1 bascule[7]: drill 3f begins: etu1 standby\n"
        let everywhere: (Kept) -> [MachineID: Kept] = { [.serv1: $0, .serv2: $0] }
        func verdict(_ kept: Kept, _ mark: String, moved: Bool) throws -> Verdict {
            let evidence = try evidence("stays-after-failover", everywhere(kept), mark: mark) { line in
                moved || !(line.contains(" Move ") || line.contains(" Start ") || line.contains("bascule["))
            }
            return try result(evidence, "Q3.on-primary").verdict
        }
        #expect(try verdict(.whole, "", moved: true) == .met)
        #expect(try verdict(.whole, mark, moved: true) == .met)
        // Everything that ever happened is there, and it was never moved.
        #expect(try verdict(.whole, "", moved: false) == .notMet)
        #expect(try verdict(.whole, mark, moved: false) == .notMet)
        for kept in [Kept.since, .empty, .nowhere] {
            #expect(try verdict(kept, "", moved: false) == .notAssessed(.noEvidence))
            #expect(try verdict(kept, mark, moved: false) == .notAssessed(.noEvidence))
        }
        // A recording that does not say how far back its log goes.
        let old = try RecordedEvidence.evidence("stays-after-failover")
        let unmarked = old.settingOutput("", of: ClusterProbe.history, on: .serv1)
            .settingOutput("", of: ClusterProbe.history, on: .serv2)
        #expect(try result(unmarked, "Q3.on-primary").verdict == .notMet)
        let marked = unmarked.settingOutput(mark, of: ClusterProbe.history, on: .serv2)
        #expect(try result(marked, "Q3.on-primary").verdict == .notAssessed(.noEvidence))
    }

    /// The primary was lost and the address started on the other node: it stays there after a failover only where it had
    /// been on the primary.
    @Test func aStartBesideALostNodeExplainsNoStay() throws {
        let lost = """
            Nov 26 19:30:00.218 serv2 pacemaker-controld  [169] (peer_update_callback) \tinfo: Cluster node serv1 is now lost (was member)
            Nov 26 19:30:00.994 serv2 pacemaker-schedulerd[168] (log_list_item) \tnotice: Actions: Start      IPFailover     ( serv2 )
            Nov 26 19:30:00.996 serv2 pacemaker-schedulerd[168] (pcmk__log_transition_summary) \tnotice: Calculated transition 0, saving inputs in x
            #end

            """
        func verdict(keep: (Substring) -> Bool) throws -> Verdict {
            let evidence = try evidence(
                "stays-after-failover", [.serv1: .whole, .serv2: .whole], keep: keep)
            let log = try #require(evidence.complete(ClusterProbe.history, on: .serv2)).text
            let told = log.replacing("#end\n", with: lost)
            return try result(
                evidence.settingOutput(told, of: ClusterProbe.history, on: .serv2), "Q3.on-primary"
            ).verdict
        }
        #expect(try verdict { !$0.contains("IPFailover") } == .notMet)
        let start = "Result of start operation for IPFailover on serv1"
        #expect(try verdict { !$0.contains("IPFailover") || $0.contains(start) } == .met)
    }

    /// Real pairs with the log elsewhere, in the journal alone, in syslog alone, rotated and packed.
    @Test(
        arguments: [
            ("log-elsewhere", "Q6.standby", "'s /var/log/ha/pcmk.log, "),
            ("log-in-the-journal", "Q6.standby", "'s journal, "),
            ("log-in-the-journal", "Q6.shutdown", "'s journal, "),
            ("log-in-syslog", "Q6.standby", "'s /var/log/syslog, "),
            ("log-rotated", "Q6.standby", "'s pacemaker.log, "),
            ("log-rotated", "Q6.shutdown", "'s pacemaker.log, "),
        ] as [(String, CheckID, String)])
    func aTryIsFoundWhereverItWasLogged(name: String, check: CheckID, source: String) throws {
        let result = try result(RecordedEvidence.evidence(name), check)
        #expect(result.verdict == .met)
        #expect(result.found.en.contains(source), "\(result.found.en)")
    }

    @Test(arguments: ["Q6.standby", "Q6.shutdown", "Q10.performed"] as [CheckID])
    func whatWasErasedWaits(check: CheckID) throws {
        let result = try result(RecordedEvidence.evidence("log-erased"), check)
        #expect(result.verdict == .notRequested(.drill))
        #expect(result.found.en.contains("(what came before may have been erased)"))
    }

    @Test func whatWasNeverLoggedIsOpen() throws {
        let evidence = try RecordedEvidence.evidence("log-nowhere")
        for check in ["Q6.shutdown", "Q10.performed"] as [CheckID] {
            let result = try result(evidence, check)
            #expect(result.verdict == .notAssessed(.noEvidence))
            #expect(result.found.en.contains("is not kept on serv1 and serv2 (PCMK_logfile=none"))
        }
    }

    /// A drill's own move explains where the resource stays, and is no try of the student's.
    @Test func aDrillsMoveExplainsAStay() throws {
        let day =
            "2026-11-22T00:00:00+0000 serv1 bascule[7]: drill 3f begins: etu1 standby\n"
            + "2026-11-28T00:00:00+0000 serv1 bascule[8]: drill 3f ends\n"
        let drilled = try evidence("stays-after-failover", [.serv1: .whole, .serv2: .whole], mark: day)
        #expect(try result(drilled, "Q3.on-primary").verdict == .met)
        #expect(try result(drilled).verdict == .notRequested(.drill))
    }
}
