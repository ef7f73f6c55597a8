import GraderCore
import Pacemaker
import Testing

/// Lines that patterns went over again and again, at sizes for which those took hours (the suite's time limit is the
/// measure), and numbers that none of them fitted.
@Suite struct ParsingForeignLinesTests {
    private static let many = 200_000

    private static func page(_ section: String, _ line: String) -> String { "\(section):\n  * \(line)\n" }

    /// What took 1 s with 22 ` (x)`, twice that with one more, and 25 s with 30,000 of the others.
    @Test(arguments: [
        page("Active Resources", "Clone Set: a [b]" + String(repeating: " (x)", count: many) + " y"),
        page("Active Resources", "Web\t(a:b):\t Started " + String(repeating: "[", count: many)),
        page("Active Resources", "Web\t(a:b):\t Started " + String(repeating: "(x", count: many)),
        page("Active Resources", "Resource Group: " + String(repeating: "g (", count: many)),
        page("Cluster Summary", "Current DC: serv1 " + String(repeating: "(version ", count: many)),
        page("Migration Summary", "Node: serv1:\n    * Web: a=1 " + String(repeating: "a", count: many)),
        page("Migration Summary", "Node: serv1:\n    * Web: " + String(repeating: "a='", count: many)),
        page(
            "Failed Resource Actions",
            "Web 15s-interval monitor on serv1 returned 'x' ("
                + String(repeating: ") at  after ", count: many)),
        page("Failed Actions", String(repeating: "_1", count: many) + " on serv1 'x' (7) call=1"),
        page("Node List", "Node " + String(repeating: "n (", count: many) + ": online"),
    ])
    func aLineIsReadInTimeThatGrowsWithIt(_ page: String) {
        #expect(ClusterStatusReader.read(printed: page).nodes.count <= 1)
    }

    /// Nodes and resources at once, by tens of thousands.
    @Test func manyNamesAreNotHeldAgainstOneAnother() {
        let nodes = (0..<60).map { line in
            "  * Online: [ " + (0..<4_000).map { "n\(line)x\($0)" }.joined(separator: " ") + " ]\n"
        }
        let resources = (0..<15_000).map { "  * r\($0)\t(a:b):\t Started x\n" }
        let status = ClusterStatusReader.read(
            printed: "Node List:\n" + nodes.joined() + "\nActive Resources:\n" + resources.joined())
        #expect(status.nodes.isEmpty && status.resources.isEmpty && status.problems.count == 1)
        #expect((0..<240_000).map { "n\($0)" }.uniqueNodes.count == 240_000)
    }

    /// 3,000 nodes with 4,000 levels each took all memory; levels of one target were counted anew for each.
    @Test func aFencingTopologyIsBounded() {
        let nodes = (0..<3_000).map { "node n\($0)\n" }.joined()
        let levels = "fencing_topology " + String(repeating: "d ", count: 4_000) + "\n"
        #expect(CrmShowReader.read(nodes + levels).fencing.count <= ParsingLimits.lines)
        let own = String(
            repeating: "fencing_topology a: " + String(repeating: "d ", count: 5_000) + "\n", count: 20)
        let read = CrmShowReader.read(own).fencing
        #expect(read.map(\.index) == Array(1...ParsingLimits.resources))
    }

    /// What the patterns read in printed pages is read as before; what they did not take is not taken.
    @Test func whatThePatternsReadIsStillRead() throws {
        let page = """
            Cluster Summary:
              * Current DC: serv1 (version 2.1.5-a3f) - partition with quorum
              * 2 nodes configured
              * 3 resource instances configured (1 DISABLED)

            Node List:
              * Node serv1 (1): online, feature set 3.16.2
              * GuestNode web1@serv1: online
              * RemoteOFFLINE: [ far ]

            Full List of Resources:
              * Resource Group: g (unmanaged):
                * a\t(ocf:heartbeat:x):\t FAILED serv1 (blocked, target-role:Stopped)
              * Clone Set: c [d] (unique):
                * Started: [ serv1 ]

            Migration Summary:
              * Node: serv1 (1):
                * a: migration-threshold=3 fail-count=2 last-failure='Sun, Nov 22'

            Failed Resource Actions:
              * a 1m30.5s-interval monitor on serv1 returned 'not running' (a) at b) at Sun after 1s2ms
              * b_monitor_15000 on serv1 'not running' (7): call=9, status='complete', exitreason='', exec=35ms
            """
        let status = ClusterStatusReader.read(printed: page)
        #expect(status.unknown == [] && status.pacemakerVersion == "2.1.5-a3f")
        #expect(status.nodesConfigured == 2 && status.resourcesConfigured == 3)
        #expect(status.nodes.map(\.name) == ["serv1", "web1@serv1", "far"])
        let first = try #require(status.resources.first)
        #expect(first.id == "a" && first.group == "g" && first.isFailed && first.isBlocked)
        #expect(first.targetRole == "Stopped" && first.nodes == ["serv1"])
        #expect(status.resources.last?.clone == "c" && status.history.first?.lastFailure == "Sun, Nov 22")
        let failure = try #require(status.failures.first)
        #expect(failure.interval == .milliseconds(90_500) && failure.executionTime == .milliseconds(1002))
        #expect(failure.exitReason == "a) at b" && failure.lastResultChange == "Sun")
        #expect(status.failures.last?.interval == .seconds(15) && status.failures.last?.callID == 9)
    }

    /// A count of failures that is made up, of a monitor as long as a CIB can say.
    @Test func theLongestIntervalIsAsked() throws {
        let question = try #require(
            SchedulerQuestion(
                SchedulerQuestionTests.cib(), nodes: ["serv1", "serv2"],
                failure: .init(resource: "ip", interval: .milliseconds(Int64.max), node: "serv1", count: 1)))
        #expect(question.text.contains("ip#monitor_9223372036854775807"))
    }

    @Test(arguments: [
        "2026-11-22 14:57:27Z", "2026-11-22T14:57:27 +01:00", "2026-11-22 14:57:27+0100",
        "2026-11-22 24:00:00Z",
    ])
    func aDateIsRead(_ text: String) { #expect(ClusterDate.parse(text) != nil) }

    @Test(arguments: [
        "2026-11-22 14:57:27", "2026-11-32 14:57:27Z", "2026-11-22 25:00:00Z", "2026-11-22 14:57:27+24",
        "2026-11-22 14:57:27+01:00x", "2026-11-22x14:57:27Z", "٢٠٢٦-11-22 14:57:27Z",
    ])
    func noDateIsRead(_ text: String) { #expect(ClusterDate.parse(text) == nil) }
}
