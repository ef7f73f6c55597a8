import GraderCore
import Testing

@testable import Pacemaker

/// Logs as long as any that is read, held against one another: a student can write thousands of decisions into one and
/// thousands of starts into another.
@Suite(.timeLimit(.minutes(1))) struct LargeHistoryTests {
    /// What had run on the lost node since before the oldest line that is left is started on the other at once.
    @Test(arguments: [true, false]) func aCutLogDoesNotDenyWhatWasBeforeIt(isCut: Bool) {
        var history = ClusterHistory.read(
            """
            Nov 22 18:40:00 serv2 pacemaker-schedulerd[9] (log) notice: Calculated transition 7, saving inputs in /x/pe-input-7
            Nov 22 18:49:00 serv2 pacemaker-controld  [9] (peer_update_callback) info: Cluster node serv1 is now lost (was member)
            Nov 22 18:49:01 serv2 pacemaker-schedulerd[9] (log) notice:  * Start      IPFailover     ( serv2 )
            Nov 22 18:49:01 serv2 pacemaker-schedulerd[9] (log) notice: Calculated transition 8, saving inputs in /x/pe-input-8

            """)
        #expect(history.takeovers(of: "IPFailover").isEmpty)
        history.isCut = isCut
        #expect(history.takeovers(of: "IPFailover").map(\.to) == (isCut ? ["serv2"] : []))
    }

    private static let decider = "serv1 pacemaker-schedulerd[1]: "
    private static let runner = "serv1 pacemaker-controld[1]: "

    private func lines(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map { text($0) + "\n" }.joined()
    }

    /// Each decision is looked for among all the starts, whose times are in no order.
    @Test func thousandsOfDecisionsAndOfStarts() {
        let ran = "Nov 22 10:00:00 \(Self.runner)Result of start operation for other on serv1: ok\n"
        let decisions = lines(9_900) { _ in
            "Nov 22 10:00:00 \(Self.decider)* Recover web ( serv1 )\n"
                + "Nov 22 10:00:00 \(Self.decider)Calculated transition 1"
        }
        let others = (0..<15).map { day in
            ClusterHistory.read(
                lines(1_300) { number in
                    "Oct \(day + 10) 10:\(10 + (number * 7) % 50):00 \(Self.runner)"
                        + "Result of start operation for web on serv1: ok"
                })
        }
        let history = ClusterHistory.read(ran + decisions)
        #expect(history.transitions.count == 9_900)
        #expect(history.recovery(of: "web", others: others) == nil)
        let mended = lines(3) { number in
            "Nov 22 10:0\(5 - number):00 \(Self.runner)Result of start operation for web on serv1: ok"
        }
        let found = history.recovery(of: "web", others: others + [ClusterHistory.read(mended)])
        #expect(found?.kind == .recovery && found?.to == "serv1")
        let failed = ClusterHistory.read(mended.replacing(": ok", with: ": error"))
        #expect(history.recovery(of: "web", others: others + [failed]) == nil)
    }

    /// Each takeover is held against all that the other's log lost.
    @Test func thousandsOfTakeoversAndOfLosses() {
        let taken = ClusterHistory.read(
            lines(5_000) { number in
                "Nov 22 10:00:00 \(Self.runner)Cluster node serv1 is now lost (was member)\n"
                    + "Nov 22 10:00:00 \(Self.decider)* Move web ( serv1 -> serv2 )\n"
                    + "Nov 22 10:00:00 \(Self.decider)Calculated transition \(number)"
            })
        func other(_ time: String) -> ClusterHistory {
            ClusterHistory.read(
                "Nov 22 09:00:00 \(Self.runner)Result of start operation for web on serv1: ok\n"
                    + lines(1_300) { _ in
                        "\(time) \(Self.runner)Cluster node serv2 is now lost (was member)"
                    })
        }
        let others = (10..<24).map { other("Oct \($0) 10:00:00") }
        for (time, isOfHalves) in [("10:00:20", true), ("09:59:40", true), ("10:00:31", false)] {
            let takeovers = taken.takeovers(of: "web", others: others + [other("Nov 22 \(time)")])
            #expect(takeovers.count == 5_000)
            #expect(takeovers.allSatisfy { $0.isOfHalves == isOfHalves }, "\(time)")
        }
    }

    /// Every decision remembers who was gone.
    @Test func noClusterHasThousandsOfNodes() {
        let history = ClusterHistory.read(
            lines(5_000) { "Nov 22 10:00:00 \(Self.runner)Cluster node n\($0) is now lost (was member)" }
                + lines(5_000) { "Nov 22 10:00:01 \(Self.decider)Calculated transition \($0)" })
        #expect(history.transitions.count == 5_000)
        #expect(history.transitions.last?.lost.count == 32)
    }

    @Test func aNodeHasAFewLogsAndNotDozens() {
        func log(_ count: Int) -> NodeLog? {
            NodeLog("#history 2 +0000\n" + lines(count) { "#log file /var/log/\($0)" } + "#end\n")
        }
        #expect(log(16)?.sections.count == 16)
        #expect(log(17) == nil)
    }

    /// What is looked up in order is what looking at each would find.
    @Test func theFirstOfWhatIsSorted() {
        let sorted = [1, 3, 3, 7]
        for bound in 0...8 {
            #expect(Array(sorted.prefix(sorted: { $0 < bound })) == sorted.filter { $0 < bound })
            for end in bound...8 {
                let within = sorted.filter { (bound...end).contains($0) }
                #expect(sorted.last(in: bound...end) == within.last)
                #expect(sorted.hasAny(in: bound...end) == !within.isEmpty)
            }
        }
        #expect([Int]().prefix(sorted: { _ in true }).isEmpty)
    }
}
