import GraderCore
import Testing

@testable import Pacemaker

/// What the collecting script prints of a node, recorded on three releases (with `journalctl -o short-iso`): of the
/// coordinator of a pair that was solved, put into standby and back, and rebooted, with its pacemaker.log moved away, so
/// that the journal and the scheduler's inputs are all there is. Settings, bounds and stamps in other forms are written
/// by hand around lines of recordings.
struct NodeLogTests {
    static let releases = ["bullseye", "bookworm", "trixie"]

    private func recorded(_ release: String) throws -> String {
        try ParsingFixture.text("history/journal-\(release).log")
    }

    private func history(_ text: String) throws -> ClusterHistory {
        try #require(NodeLog(text)?.histories().first?.history)
    }

    private static let settings = """
        #history 1 +0000
        #logfile /var/log/pacemaker/pacemaker.log
        #facility daemon
        #priority notice

        """
    private static let file = "#log file /var/log/pacemaker/pacemaker.log\n"
    private static let beginning =
        "Nov 26 21:33:14.054 serv2 pacemaker-based     [164] (readCibXmlFile) \twarning: "
        + "Continuing with an empty configuration.\n"
    private static let later =
        "Nov 27 08:00:00.001 serv2 pacemaker-schedulerd[168] (x) \tnotice: Calculated transition 3, saving inputs in x\n"

    @Test(arguments: releases)
    func theJournalHasWhatHappenedAndTheInputsHaveWhy(release: String) throws {
        let log = try #require(NodeLog(try recorded(release)))
        #expect(log.reach == .whole)
        let (source, history) = try #require(log.histories().first)
        #expect(source.kind == .journal)
        let standby = try #require(history.standbyFailover(of: "IPFailover"))
        #expect(standby.from == "serv1" && standby.to == "serv2" && standby.time.hasPrefix("Nov 26 21:3"))
        let shutdown = try #require(history.shutdownFailover(of: "serviceWeb"))
        #expect(shutdown.kind == .shutdown && shutdown.from == "serv1")
        #expect(standby.time < shutdown.time)
    }

    /// Without the inputs a move is a move, and nobody knows why.
    @Test(arguments: releases)
    func theJournalAloneDoesNotSayWhy(release: String) throws {
        let lines = try recorded(release).split(separator: "\n")
            .filter { !$0.hasPrefix("#input") && !$0.hasPrefix("#<") }
        let history = try history(lines.joined(separator: "\n"))
        #expect(history.standbyFailover(of: "IPFailover") == nil)
        #expect(history.unexplainedMove(of: "IPFailover")?.move.from == "serv1")
        #expect(history.shutdownFailover(of: "IPFailover") != nil)
    }

    /// The scheduler uses its files' names again: one of another time says nothing.
    @Test(arguments: releases)
    func anInputOfAnotherTimeIsAnother(release: String) throws {
        let lines = try recorded(release).split(separator: "\n").map { line in
            line.hasPrefix("#input") ? line.replacing("T21:", with: "T20:") : line
        }
        #expect(try history(lines.joined(separator: "\n")).standbyFailover(of: "IPFailover") == nil)
    }

    /// Newer rsyslog, older syslog, and another zone than Greenwich's: the same events at the same time.
    @Test(arguments: [
        ("+0000 ", ".063201+00:00 "), ("+0000 ", "Z "), ("+00:00 ", "+0000 "), ("+00:00 ", ",063+00:00 "),
    ])
    func stampsOfEveryForm(printed: String, form: String) throws {
        for release in Self.releases {
            let text = try recorded(release)
            let other = try history(text.replacing(printed, with: form))
            #expect(try other == history(text), "\(release)")
        }
    }

    @Test(arguments: releases)
    func theJournalsOwnStamps(release: String) throws {
        let text = try recorded(release)
        let short = text.replacing(/2026-11-26T([0-9:]{8})[+]00:?00( |\n)(?!#<)/) { "Nov 26 \($0.1)\($0.2)" }
        #expect(short.contains("\nNov 26 21:3"))
        #expect(try history(short) == history(text))
        #expect(NodeLog(short)?.reach == .whole)
    }

    @Test func aNodesZoneIsTakenOff() throws {
        let text = try recorded("bookworm")
        let east = text.replacing("#history 1 +0000", with: "#history 1 +0100")
            .replacing("+0000 ", with: "+0100 ").replacing("T21:", with: "T22:").replacing(
                "+0000\n", with: "+0100\n")
        let (here, there) = (try history(text), try history(east))
        #expect(here.transitions.map(\.seconds) == there.transitions.map(\.seconds))
        #expect(there.standbyFailover(of: "IPFailover")?.time.hasPrefix("Nov 26 22:3") == true)
        let drill = DrillBrackets(logs: [
            (
                [
                    "Nov 26 21:34:50 serv1 bascule[7]: drill 3f begins: x",
                    "Nov 26 21:35:30 serv1 bascule[8]: drill 3f ends",
                ], 0
            )
        ])
        let without = try #require(NodeLog(east)).histories(without: drill)
        let left = try #require(without.first).history.transitions.map(\.time)
        #expect(there.transitions.map(\.time).contains("Nov 26 22:34:58"))
        #expect(!left.isEmpty && !left.contains("Nov 26 22:34:58"))
    }

    @Test func howFarBackItGoes() throws {
        func reach(_ text: String) throws -> NodeLog.Reach {
            try #require(NodeLog(text + "#end\n")).reach
        }
        let ends = "#from Nov 27 08:00:00.001\n#to Nov 27 09:00:00.001\n"
        #expect(try reach(Self.settings + Self.file + Self.beginning + Self.later) == .whole)
        #expect(try reach(Self.settings + Self.file + Self.later + ends) == .since("Nov 27 08:00:00"))
        #expect(try reach(Self.settings) == .empty)
        #expect(try reach(Self.settings + Self.file) == .empty)
        #expect(try reach(Self.settings + "#unfit\n") == .unfit(path: "/var/log/pacemaker/pacemaker.log"))
        // The journal goes further back than the file.
        let journal = try recorded("bookworm").split(separator: "\n").filter { !$0.hasPrefix("#") }
            .joined(separator: "\n")
        #expect(
            try reach(Self.settings + Self.file + Self.later + ends + "#log journal\n" + journal + "\n")
                == .whole)
    }

    /// What Pacemaker was told decides what there can be.
    @Test func whereNothingIsKeptNothingWasErased() throws {
        func reach(_ logfile: String, _ facility: String, _ priority: String, _ rest: String) throws
            -> NodeLog.Reach
        {
            let head = "#history 1 +0000\n#logfile \(logfile)\n#facility \(facility)\n#priority \(priority)\n"
            return try #require(NodeLog(head + rest + "#end\n")).reach
        }
        let ends = "#from Nov 26 21:33:14.054\n#to Nov 26 22:00:00\n"
        let old = Self.file + Self.beginning + ends
        let journal =
            "#log journal\n" + Self.later + "#from 2026-11-26T22:00:05+0000\n#to 2026-11-27T22:00:05+0000\n"
        for none in ["none", "/dev/null"] {
            #expect(try reach(none, "daemon", "notice", "") == .notKept)
            #expect(try reach(none, "none", "notice", old) == .notKept)
            #expect(try reach(none, "none", "notice", old + journal) == .notKept)
            // Only errors: no decision is one.
            #expect(try reach(none, "daemon", "error", old + journal) == .notKept)
            // The journal goes on with what the file left, five seconds later.
            #expect(try reach(none, "daemon", "notice", old + journal) == .whole)
            let gap = journal.replacing("26T22:00:05", with: "27T07:00:00")
            #expect(try reach(none, "daemon", "notice", old + gap) == .since("Nov 27 07:00:00"))
        }
        #expect(try reach("/var/log/ha.log", "none", "notice", old) == .empty)
    }

    @Test func whatIsCutOffWasNotRead() throws {
        let text = try recorded("trixie")
        #expect(NodeLog(text) != nil)
        #expect(NodeLog(text.replacing("#end", with: "")) == nil)
        #expect(NodeLog("sh: 1: cannot do it") == nil)
        #expect(NodeLog("")?.reach == .unknown)
    }

    @Test func hostileHeadingsAreReadToTheEnd() {
        let lines = [
            "#log", "#log nothing /x", "#from", "#to yesterday", "#input", "#input a b",
            "#<node", "#<nvpair",
            "#history 9 +9999", "#", "# #", "##", "#logfile \u{1B}[2J",
            "#input pe-1 2026-99-99T99:99:99Z", "#input pe-2 2026-11-26T21:34:58+9999",
        ]
        let text = lines.joined(separator: "\n") + "\n"
        for _ in 0..<3 {
            let log = NodeLog(
                "#history 1 nowhere\n#log file\n" + String(repeating: text, count: 200) + "#end\n")
            #expect(log?.histories().allSatisfy { $0.history.transitions.isEmpty } == true)
        }
    }

    /// One node's file was rotated away in the middle of the move; its journal has the start.
    @Test func twoLogsOfOneNodeDoNotContradict() throws {
        let text = try recorded("bookworm")
        let whole = try history(text)
        let gap = try history(
            text.split(separator: "\n").filter { line in
                !(line.contains("Result of start operation for IPFailover")
                    && line.hasPrefix("2026-11-26T21:3"))
                    || line.contains("T21:33:4")
            }.joined(separator: "\n"))
        #expect(gap.shutdownFailover(of: "IPFailover") == nil)
        #expect(gap.shutdownFailover(of: "IPFailover", others: [whole])?.kind == .shutdown)
    }

    /// A stamp has no year: of two that are far apart the later in the year is the earlier one.
    @Test func aLogGoesBackBeyondTheTurnOfAYear() throws {
        func goesBack(from begin: String, beyond time: String) throws -> Bool {
            let log = try #require(NodeLog(Self.settings + Self.file + "#from \(begin)\n#end\n"))
            return log.goesBackBeyond(try #require(LogStamp(time[...])).seconds)
        }
        #expect(try goesBack(from: "Nov 26 22:07:17", beyond: "Nov 26 22:07:18"))
        #expect(try !goesBack(from: "Nov 26 22:07:17", beyond: "Nov 26 22:07:17"))
        #expect(try goesBack(from: "Dec 20 10:00:00", beyond: "Jan 10 10:00:00"))
        #expect(try !goesBack(from: "Jan 10 10:00:00", beyond: "Dec 20 10:00:00"))
        // One that is long tells by its own end, also what came behind that.
        let long = "Sep 10 10:00:00\n#to Apr 1 10:00:00"
        #expect(try goesBack(from: long, beyond: "Mar 25 10:00:00"))
        #expect(try goesBack(from: long, beyond: "Apr 3 10:00:00"))
        // The journal begins later than the file.
        let end = "#to Jan 20 10:00:00"
        let two = "Dec 10 10:00:00\n\(end)\n#log journal\n#from Jan 8 10:00:00\n\(end)"
        #expect(try goesBack(from: two, beyond: "Dec 18 10:00:00"))
        #expect(try goesBack(from: two, beyond: "Jan 6 10:00:00"))
        // Begun anew, with nothing left of before.
        let anew = "Nov 26 21:33:14\n\(Self.beginning)#to Nov 26 23:00:00"
        #expect(try goesBack(from: anew, beyond: "Nov 26 22:00:00"))
        #expect(try !goesBack(from: anew, beyond: "Nov 26 14:00:00"))
    }
}
