import GraderCore
import Pacemaker
import Testing

/// `crm_mon` with more in it than is looked through: nothing of it is known, and nothing is said to be missing.
@Suite(.timeLimit(.minutes(1))) struct EndlessStatusTests {
    private static func page(nodes: String = "", resources: String = "", further: String = "") -> [UInt8] {
        Array(
            """
            <pacemaker-result><nodes><node name="serv1" online="true"/>\(nodes)</nodes>\
            <resources><resource id="ip" role="Started" active="true"><node name="serv1"/></resource>\
            \(resources)</resources>\(further)</pacemaker-result>
            """.utf8)
    }

    private static func times(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined()
    }

    private func expectUnread(_ status: ClusterStatus) {
        #expect(status.nodes.isEmpty && status.resources.isEmpty && status.failures.isEmpty)
        #expect(status.history.isEmpty && status.bans.isEmpty && status.problems.count == 1)
        #expect(status.activeNodes(of: "ip").isEmpty)
    }

    @Test(arguments: [
        page(nodes: times(19_900) { "<node name=\"n\($0)\" online=\"true\"/>" }),
        page(resources: times(19_900) { "<resource id=\"ip\" active=\"true\" pending=\"\($0)\"/>" }),
        page(
            resources: "<resource id=\"ip\" active=\"true\">" + times(19_000) { "<node name=\"n\($0)\"/>" }
                + "</resource>"),
        // Few resources, and more places together than one may have.
        page(
            resources: times(490) { resource in
                "<resource id=\"ip\" active=\"true\">" + times(38) { "<node name=\"n\(resource)x\($0)\"/>" }
                    + "</resource>"
            }),
        page(further: "<failures>" + times(19_000) { "<failure op_key=\"a_\($0)_0\"/>" } + "</failures>"),
        page(further: "<bans>" + times(19_000) { "<ban id=\"b\($0)\"/>" } + "</bans>"),
        page(
            further: "<node_history><node name=\"a\">" + times(19_000) { "<resource_history id=\"r\($0)\"/>" }
                + "</node></node_history>"),
    ]) func aListBeyondTheLimitIsNotSeen(_ page: [UInt8]) {
        expectUnread(ClusterStatusReader.read(page))
        expectUnread(ClusterStatusReader.read(anyForm: page))
    }

    @Test func aPrintedListBeyondTheLimitIsNotSeen() {
        let names = Self.times(9_000) { "n\($0) " }
        let nodes = "Node List:\n" + Self.times(50) { _ in "  * Online: [ \(names)]\n" }
        let clone =
            "Active Resources:\n  * Clone Set: c [ip]:\n"
            + Self.times(50) { _ in
                "    * Started: [ \(names)]\n"
            }
        let failures =
            "Failed Resource Actions:\n"
            + Self.times(15_000) {
                "  * a\($0)_monitor_0 on serv1 'x' (7): call=1\n"
            }
        let history =
            "Migration Summary:\n  * Node: serv1:\n"
            + Self.times(15_000) {
                "    * a\($0): fail-count=1\n"
            }
        let one = "Active Resources:\n  * ip\t(a:b):\t Started [ \(names)]\n"
        for page in [nodes, clone, failures, history, one] {
            expectUnread(ClusterStatusReader.read(printed: page))
        }
    }

    /// What stands there twice over is one, and as many as are allowed are read.
    @Test func asManyAsAreAllowedAreRead() {
        let status = ClusterStatusReader.read(
            Self.page(
                nodes: Self.times(ParsingLimits.resources - 1) { "<node name=\"n\($0)\"/>" },
                resources: Self.times(19_000) {
                    "<resource id=\"r\($0 % (ParsingLimits.resources - 1))\" active=\"true\"/>"
                }))
        #expect(status.problems.isEmpty && status.nodes.count == ParsingLimits.resources)
        #expect(status.resources.count == ParsingLimits.resources)
        #expect(status.activeNodes(of: "ip") == ["serv1"])
    }

    /// What is missing behind the end would seem not to run. People are shown what there is.
    @Test func whatBreaksOffIsNotJudged() {
        let beyond = Self.page(nodes: Self.times(10) { _ in Self.times(2_100) { "<x a=\"\($0)\"/>" } })
        for page in [Array(Self.page().prefix(90)), beyond] {
            expectUnread(ClusterStatusReader.read(page))
            #expect(ClusterStatusReader.read(anyForm: page).nodes.map(\.name) == ["serv1"])
        }
    }
}
