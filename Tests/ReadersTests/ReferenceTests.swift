import GraderCore
import Testing

@testable import Pacemaker

/// What refers to something else by its id (Pacemaker Explained, "Reusing Rules, Options and Sets of Operations"): a
/// hostile configuration makes more of it than there is memory for.
@Suite(.timeLimit(.minutes(2))) struct ReferenceTests {
    private func configuration(_ constraints: String, _ resources: String = "") -> ClusterConfiguration {
        let text = """
            <cib epoch="1" admin_epoch="0" num_updates="1"><configuration><crm_config/>
            <nodes><node id="1" uname="serv1"/><node id="2" uname="serv2"/></nodes>
            <resources><primitive id="ip" class="ocf" provider="heartbeat" type="IPaddr2"/>\(resources)</resources>
            <constraints>\(constraints)</constraints></configuration><status/></cib>
            """
        return CIBReader.read(Array(text.utf8)).configuration
    }

    private func saysSo(_ configuration: ClusterConfiguration) -> Bool {
        configuration.problems.contains(ReferenceBudget.problem)
    }

    @Test func aRuleThatRefersToItselfIsNotFollowedForEver() {
        let circle = configuration(
            #"<rsc_location id="l" rsc="ip"><rule id="a" score="-INFINITY"><rule id-ref="a"/></rule></rsc_location>"#
        )
        #expect(saysSo(circle) && circle.standing(of: "ip").mayRun(on: "serv2") == nil)
        let two = configuration(
            #"<rsc_location id="l" rsc="ip"><rule id="a" score="1"><rule id="b"><rule id-ref="a"/></rule></rule></rsc_location>"#
        )
        #expect(saysSo(two))
    }

    /// Twenty-three rules, each of which holds the next one twice.
    @Test func doublingEnds() {
        let rules = (0..<23).map {
            #"<rule id="r\#($0)"><rule id-ref="r\#($0 + 1)"/><rule id-ref="r\#($0 + 1)"/></rule>"#
        }
        let doubled = configuration(
            #"<rsc_location id="l" rsc="ip">\#(rules.joined())<rule id="r23" score="1"><expression id="e" attribute="a" operation="defined"/></rule></rsc_location>"#
        )
        #expect(saysSo(doubled) && doubled.standing(of: "ip").mayRun(on: "serv2") == nil)
    }

    @Test func aFewReferencesAreFollowed() {
        let rule =
            ##"<rule id="r" score="-INFINITY"><expression id="e" attribute="#uname" operation="eq" value="serv2"/></rule>"##
        let some = configuration(
            #"<rsc_location id="l" rsc="other">\#(rule)</rsc_location><rsc_location id="m" rsc="ip"><rule id-ref="r"/></rsc_location>"#
        )
        #expect(some.problems.isEmpty)
        #expect(some.standing(of: "ip").mayRun(on: "serv2") == false)
        #expect(some.standing(of: "ip").mayRun(on: "serv1") == true)
    }

    @Test func manyCopiesOfOneSetAreNotMade() {
        let pairs = (0..<3000).map { #"<nvpair id="n\#($0)" name="p\#($0)" value="v"/>"# }.joined()
        let primitives = (0..<1500).map {
            #"<primitive id="r\#($0)" class="ocf" provider="heartbeat" type="Dummy"><instance_attributes id-ref="s"/></primitive>"#
        }
        let copied = configuration(
            "",
            #"<primitive id="r" class="ocf" type="Dummy"><instance_attributes id="s">\#(pairs)</instance_attributes></primitive>"#
                + primitives.joined())
        #expect(saysSo(copied))
        #expect(copied.primitives.reduce(0) { $0 + $1.params.count } <= 3000 + ParsingLimits.elements)
    }

    @Test func norAsCrmshPrintsThem() {
        let pairs = (0..<3000).map { "p\($0)=v" }.joined(separator: " ")
        let sets = CrmShowReader.read(
            "node 1: serv1\nprimitive r Dummy params $id=s \(pairs)\n"
                + (0..<3000).map { "primitive r\($0) Dummy params $id-ref=s\n" }.joined())
        #expect(saysSo(sets))
        #expect(sets.primitives.reduce(0) { $0 + $1.params.count } <= 3000 + ParsingLimits.elements)
        // Each takes the operations of the one before twice.
        let operations = CrmShowReader.read(
            "node 1: serv1\nprimitive r0 Dummy operations $id=o0 op monitor interval=10s\n"
                + (1..<60).map {
                    "primitive r\($0) Dummy operations $id=o\($0) $id-ref=o\($0 - 1) operations $id=o\($0) $id-ref=o\($0 - 1)\n"
                }
                .joined())
        #expect(saysSo(operations))
        let references = String(repeating: #"<op id-ref="o"/>"#, count: 20)
        let entries = (0..<1000).map {
            #"xml <primitive id="x\#($0)" class="ocf" type="Dummy"><operations><op id="o" name="monitor"/>\#(references)</operations></primitive>"#
        }
        let verbatim = CrmShowReader.read("node 1: serv1\n" + entries.joined(separator: "\n") + "\n")
        #expect(saysSo(verbatim) && verbatim.primitives.count == ParsingLimits.resources)
    }

    @Test func anElementOfManyAttributesIsNotRead() {
        let many = (0..<40_000).map { " a\($0)=\"\"" }.joined()
        let read = CIBReader.read(Array("<cib epoch=\"1\"><configuration\(many)/></cib>".utf8))
        #expect(read.version == nil && !read.problems.isEmpty)
        let some = (0..<300).map { " a\($0)=\"\"" }.joined()
        #expect(CIBReader.read(Array("<cib epoch=\"1\"\(some)><configuration/></cib>".utf8)).version != nil)
    }
}
