import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// The log of the node that was the designated coordinator, recorded on three releases while one pair went through:
/// standby of serv1 and back (before the web server was a resource), the web server stopped, the web server broken
/// so that it could not start, and a reboot of serv1.
struct ClusterHistoryTests {
    static let releases = ["bullseye", "bookworm", "trixie"]

    private func log(_ release: String) throws -> String {
        try ParsingFixture.text("history/\(release).log")
    }

    @Test(arguments: releases)
    func readsWhatHappened(release: String) throws {
        let history = ClusterHistory.read(try log(release))
        let standby = try #require(history.standbyFailover(of: "IPFailover"))
        #expect(standby.kind == .standby && standby.from == "serv1" && standby.to == "serv2")
        let shutdown = try #require(history.shutdownFailover(of: "serviceWeb"))
        #expect(shutdown.kind == .shutdown && shutdown.from == "serv1" && shutdown.to == "serv2")
        let recovery = try #require(history.recovery(of: "serviceWeb"))
        #expect(recovery.kind == .recovery && recovery.from == "serv1")
        #expect(standby.time < recovery.time && recovery.time < shutdown.time)
    }

    @Test(arguments: releases)
    func provesNothingElse(release: String) throws {
        let history = ClusterHistory.read(try log(release))
        // The web server became a resource only after the standby.
        #expect(history.standbyFailover(of: "serviceWeb") == nil)
        #expect(history.recovery(of: "IPFailover") == nil)
        #expect(history.shutdownFailover(of: "IPFailover2") == nil)
    }

    /// `crm_attribute --lifetime reboot` sets the transient attribute, as drills do.
    @Test(arguments: releases)
    func transientStandbyIsNotTheStudents(release: String) throws {
        let text = try log(release).split(separator: "\n").filter { !$0.contains("name=\"standby\"") }
            .joined(separator: "\n")
        #expect(ClusterHistory.read(text).standbyFailover(of: "IPFailover") == nil)
        #expect(ClusterHistory.read(text).shutdownFailover(of: "IPFailover") != nil)
    }

    /// The scheduler's decision alone is not an address that moved.
    @Test(arguments: releases)
    func aDecisionThatWasNotCarriedOutIsNoFailover(release: String) throws {
        let text = try log(release).split(separator: "\n").filter { !$0.contains("Result of") }
            .joined(separator: "\n")
        let history = ClusterHistory.read(text)
        #expect(history.standbyFailover(of: "IPFailover") == nil)
        #expect(history.shutdownFailover(of: "IPFailover") == nil)
    }

    @Test(arguments: releases)
    func drillsAreTheGradersDoing(release: String) throws {
        let text = try log(release)
        let shutdown = try #require(ClusterHistory.read(text).shutdownFailover(of: "IPFailover"))
        let marks = [
            "\(shutdown.time) serv2 bascule[71]: drill 3f2a-1 begins: etu1 reboot",
            "\(shutdown.time) serv2 bascule[99]: drill 3f2a-1 ends",
        ].map { Substring($0) }
        let history = ClusterHistory.read(text, drills: DrillBrackets(marks))
        #expect(history.shutdownFailover(of: "IPFailover") == nil)
        #expect(history.standbyFailover(of: "IPFailover") != nil)
    }

    @Test func aBracketReachesFromBeginningToEnd() {
        let brackets = DrillBrackets([
            "Nov  2 18:13:10 serv1 bascule[7]: drill a begins: x",
            "Nov  2 18:15:00 serv1 bascule[8]: drill a ends",
            "Nov 22 09:00:00 serv1 bascule[9]: drill b: given back by the timer",
            "no time at all: drill c begins",
        ])
        #expect(brackets.contains("Nov  2 18:14:00"))
        #expect(!brackets.contains("Nov  2 18:12:00"))
        // What a student tried ten seconds before is his own.
        #expect(!brackets.contains("Nov  2 18:13:00"))
        #expect(brackets.contains("Nov  2 18:15:15"))
        #expect(!brackets.contains("Nov  2 18:16:00"))
        #expect(brackets.contains("Nov 22 08:50:00"))
        #expect(!brackets.contains("Nov 22 07:00:00"))
        #expect(!brackets.contains("yesterday"))
    }

    /// A node lost without a word: the other starts the address.
    @Test func aLostNodeIsAShutdownToo() throws {
        let text = """
            Nov 22 10:00:00.1 serv2 pacemaker-controld  [1] (x) info: Cluster node serv1 is now lost (was member)
            Nov 22 10:00:00.2 serv2 pacemaker-schedulerd[1] (x) notice: Actions: Start      IPFailover     (  serv2 )
            Nov 22 10:00:00.3 serv2 pacemaker-schedulerd[1] (x) notice: Calculated transition 3, saving inputs in x
            Nov 22 10:00:01.0 serv2 pacemaker-controld  [1] (x) notice: Result of start operation for IPFailover on serv2: ok
            """
        let failover = try #require(ClusterHistory.read(text).shutdownFailover(of: "IPFailover"))
        #expect(failover.kind == .loss && failover.to == "serv2")
        let without = text.split(separator: "\n").dropFirst().joined(separator: "\n")
        #expect(ClusterHistory.read(without).shutdownFailover(of: "IPFailover") == nil)
    }

    /// Whatever a hostile log holds, reading ends.
    @Test func hostileLinesAreReadToTheEnd() {
        let lines = [
            "* Move", "Actions: Move a ( -> )", "Result of start operation for a on", "schedulerd is standby",
            "Cluster node is now lost", "\u{0}\u{1B}[2J: drill ", "Calculated transition",
            "(((((((((((((((((* Move x ( a -> b )",
        ]
        let text = (lines + lines.map { "Nov 22 10:00:00 serv1 pacemaker-schedulerd[1]: " + $0 })
            .joined(separator: "\n")
        let history = ClusterHistory.read(String(repeating: text + "\n", count: 200))
        #expect(history.standbyFailover(of: "a") == nil)
    }
}
