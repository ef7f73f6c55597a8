import GraderCore
import Pacemaker
import Testing

/// What is tied to what, and where rules want it, in configurations as large as any that is read.
@Suite(.timeLimit(.minutes(1))) struct ResourceTiesTests {
    private static let count = ParsingLimits.resources

    private func lines(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map { text($0) + "\n" }.joined()
    }

    /// 500 resources, each tied to the one before, and members of groups to look each up in.
    @Test func aChainIsFollowedToItsEnd() {
        let members = (0..<5).map { "m\($0)" }.joined(separator: " ")
        let configuration = CrmShowReader.read(
            lines(Self.count) { "primitive p\($0) lsb:apache2" }
                + lines(Self.count - 1) { "colocation c\($0) inf: p\($0 + 1) p\($0)" }
                + lines(90) { "group g\($0) \(members.replacing("m", with: "m\($0)x"))" })
        let first = configuration.primitives(with: "p0")
        #expect(first.count == Self.count)
        #expect(configuration.primitives(with: "p\(Self.count - 1)") == first)
        #expect(configuration.runTogether("p\(Self.count - 1)", "p0"))
        #expect(configuration.containers(of: "m7x3") == ["g7"] && !configuration.runTogether("m7x3", "p0"))
    }

    /// A group that hundreds of colocations lead from, each to one of its own members; only the last of these is where
    /// another resource is.
    @Test func linksOfAGroupAreFollowedOnce() {
        let configuration = CrmShowReader.read(
            lines(Self.count) { "primitive p\($0) lsb:apache2" }
                + "group g " + (1..<Self.count).map { "p\($0)" }.joined(separator: " ") + "\n"
                + lines(Self.count - 2) { "colocation c\($0) inf: g p\($0 + 1)" }
                + "colocation last inf: p\(Self.count - 2) p0\n")
        #expect(configuration.primitives(with: "p0").count == Self.count)
    }

    /// The same, asked one by one: groups, chains, sets, what is kept apart, clones.
    @Test(arguments: [
        "group g a b", "group g a b\ncolocation k -100: a b", "colocation k inf: a b",
        "colocation k inf: a c\ncolocation l inf: b c", "colocation k inf: c a\ncolocation l inf: c b",
        "colocation k inf: a b c", "colocation k inf: [ a b c ]", "colocation k inf: a [ b c ]",
        "colocation k inf: ( a b ) c", "colocation k 100: a b", "group g a b\nclone x g",
        "clone x b\ncolocation k inf: a x", "group g b c\ncolocation k inf: a g",
        "colocation k inf: a b\ncolocation l -inf: a b", "colocation k inf: a:Stopped b",
    ]) func allAtOnceIsAsOneByOne(_ text: String) {
        let configuration = CrmShowReader.read(
            lines(3) { "primitive \(["a", "b", "c"][$0]) Dummy" } + text + "\n")
        for resource in ["a", "b", "c", "g", "x", "none"] {
            let together = configuration.primitives(with: resource)
            for other in ["a", "b", "c"] {
                #expect(
                    together.contains(other) == configuration.runTogether(other, resource),
                    "\(other) with \(resource)")
            }
        }
    }

    /// Half a million rules to hold against nodes: what they come to is left open, and bars no node.
    @Test(arguments: [
        String(repeating: " rule -inf: #uname eq serv2", count: 450),
        " rule -inf: " + String(repeating: "#uname eq serv2 or ", count: 900) + "#uname eq serv2",
    ]) func rulesByHundredsAreLeftOpen(_ rules: String) {
        let standing = CrmShowReader.read(
            "node 1: serv1\nnode 2: serv2\n" + lines(498) { "node \($0 + 3): n\($0)" }
                + "primitive ip IPaddr2\nlocation l ip\(rules)\n"
        ).standing(of: "ip")
        #expect(standing.mayRun(on: "serv2") == nil && standing.prefers("serv1", to: "serv2") == nil)
        #expect(standing.preferences.isEmpty)
    }

    /// A rule within a rule counts, and so do members, in which each name is looked up.
    @Test func whatIsNestedIsCounted() {
        let expressions = String(repeating: "<expression attribute=\"a\" operation=\"defined\"/>", count: 300)
        let nested = CIBReader.read(
            """
            <cib epoch="1"><configuration><nodes><node id="1" uname="serv1"/><node id="2" uname="serv2"/></nodes>\
            <resources><primitive id="ip" class="lsb" type="x"/></resources><constraints>\
            <rsc_location id="l" rsc="ip"><rule score="-INFINITY"><rule>\(expressions)</rule></rule></rsc_location>\
            </constraints></configuration></cib>
            """
        ).configuration
        #expect(nested.standing(of: "ip").mayRun(on: "serv2") == nil)
        let members = (0..<400).map { " m\($0)" }.joined()
        let group = CrmShowReader.read(
            "primitive ip IPaddr2\ngroup g ip\(members)\nlocation l g -inf: serv2\n")
        #expect(group.standing(of: "ip").mayRun(on: "serv2") == nil)
    }
}
