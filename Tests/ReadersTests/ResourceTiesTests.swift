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
        "group g a b meta collocated=false", "colocation k inf: a b:Master", "colocation k inf: a:Master b c",
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

    private func resources(_ text: String) -> ClusterConfiguration {
        CrmShowReader.read(
            "node 1: serv1 attributes site=Lyon rack=a\nnode 2: serv2 attributes site=lyon rack=b here=1\n"
                + lines(3) { "primitive \(["a", "b", "c"][$0]) Dummy" } + text + "\n")
    }

    /// As `crm_simulate` 2.1.5 has it with the two drawn apart, and banned from one another's nodes.
    @Test(arguments: [
        ("colocation k inf: a b", true), ("colocation k inf: a:Started b:Started", true),
        ("colocation k inf: a b:Master", false), ("colocation k inf: a:Slave b", false),
        ("colocation k inf: a:Master b:Master", false), ("colocation k -inf: a b:Master", false),
        ("ms m b\ncolocation k inf: a m:Master", true), ("clone m b\ncolocation k inf: a m:Master", false),
        // Only different values hold nodes apart; no value is one.
        ("colocation k inf: a b node-attribute=site", false),
        ("colocation k inf: a b node-attribute=none", false),
        ("colocation k inf: a b node-attribute=rack", true),
        ("colocation k inf: a b node-attribute=here", true),
        ("colocation k inf: a b c", true), ("colocation k inf: ( a c ) b", true),
        ("colocation k inf: a:Master b:Master c", false), ("colocation k inf: ( a c ) b:Master", false),
        ("group g a b", true), ("group g a b meta collocated=true", true),
        ("group g a b meta collocated=false", false),
        ("group g a b\nrsc_defaults d: collocated=no", false),
        ("group g a b meta collocated=true\nrsc_defaults d: collocated=no", true),
        ("group g a b meta collocated=false\ncolocation k inf: b a", true),
        ("group g b c meta collocated=false\ncolocation k inf: a g", false),
        ("group g a b meta ordered=false", true),
    ]) func onlyWhatHasAnEffectTies(_ text: String, isTied: Bool) {
        let configuration = resources(text)
        #expect(configuration.runTogether("a", "b") == isTied)
        #expect(configuration.primitives(with: "b").contains("a") == isTied)
    }

    /// As the same `crm_simulate` draws an arrow from one start to the other, or none.
    @Test(arguments: [
        ("order k Mandatory: a b", true), ("order k Mandatory: a:start b:start", true),
        ("order k Mandatory: a:promote b:start", false), ("order k Mandatory: a:promote b", false),
        ("order k Mandatory: a:start b:promote", false), ("order k Mandatory: a:start b:stop", false),
        ("ms m a\norder k Mandatory: m:promote b:start", true),
        ("order k Mandatory: a c b", true), ("order k Mandatory: a c:promote b", true),
        ("order k Mandatory: a:promote c b", false), ("order k Mandatory: a c b:promote", false),
        ("order k Mandatory: a c b:stop", false),
        ("order k Mandatory: a:promote c:promote b:promote", false),
        ("group g a b", true), ("group g b a", false), ("group g a b meta ordered=false", false),
        ("group g b a meta ordered=false\norder k Mandatory: a b", true),
        ("group g a b meta collocated=false", true),
    ]) func onlyWhatHasAnEffectOrders(_ text: String, isFirst: Bool) {
        #expect(resources(text).starts("a", before: "b") == isFirst)
    }

    /// What `crm_simulate` does with a wish among its members: they go where each wants to be.
    @Test func aSetMayHaveAScoreOfItsOwn() {
        let configuration = CIBReader.read(
            """
            <cib epoch="1"><configuration><resources><primitive id="a" class="lsb" type="x"/>\
            <primitive id="b" class="lsb" type="x"/></resources><constraints>\
            <rsc_colocation id="k" score="INFINITY"><resource_set id="s" score="1"><resource_ref id="a"/>\
            <resource_ref id="b"/></resource_set></rsc_colocation></constraints></configuration></cib>
            """
        ).configuration
        #expect(configuration.colocationScore("a", "b") == Score(1))
    }
}
