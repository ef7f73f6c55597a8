import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// Whatever a node prints: no reader crashes, loops, or takes time out of proportion.
@Suite struct ParsingHostileTests {
    private static let texts = [
        "cib/bookworm/elaborate.show.txt", "corpus/crmsh-2.2.0/02-move-lifetime.show.txt",
        "corpus/crmsh-5.0.0/24-values.show.txt", "network/trixie/ip-addr.txt", "network/trixie/ip-o-addr.txt",
        "network/bookworm/ip-neigh.txt", "network/bookworm/ss.txt", "network/bookworm/netstat.txt",
    ]
    private static let documents = [
        "cib/bookworm/24-values.cib.xml", "corpus/crmsh-4.4.1/19-failed-monitor.mon.xml",
        "network/bookworm/ip-addr.json",
    ]

    private func readAll(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let configuration = CrmShowReader.read(text)
        for primitive in configuration.primitives.prefix(3) {
            _ = configuration.recurringMonitors(of: primitive)
            _ = configuration.standing(of: primitive.id).preferences
        }
        _ = configuration.facts
        _ = InterfaceAddresses.read(text: text)
        _ = NeighbourTable.read(text)
        _ = ListeningSockets.read(text)
        _ = StaticAddresses.read(text)
        _ = AddressCommands.read(text)
    }

    @Test(arguments: texts)
    func everyPrefixOfAText(_ path: String) throws {
        let bytes = try ParsingFixture.bytes(path)
        for end in stride(from: 0, through: bytes.count, by: 7) { readAll(Array(bytes.prefix(end))) }
    }

    @Test(arguments: documents)
    func everyPrefixOfADocument(_ path: String) throws {
        let bytes = try ParsingFixture.bytes(path)
        for end in stride(from: 0, to: bytes.count, by: 31) {
            let prefix = Array(bytes.prefix(end))
            let base = CIBReader.read(prefix)
            let status = ClusterStatusReader.read(prefix)
            let interfaces = InterfaceAddresses.read(json: prefix)
            #expect(!base.problems.isEmpty && !status.problems.isEmpty && !interfaces.problems.isEmpty)
        }
    }

    /// libxml2 would go on behind a prefix that stands for nothing, with an error for each.
    @Test func aDocumentEndsAtItsFirstError() throws {
        let elements = String(repeating: "<none:thing/>", count: 1000)
        let base = CIBReader.read(
            "<cib epoch=\"1\"><configuration><resources>\(elements)<primitive id=\"p\"/></resources></configuration></cib>"
        )
        #expect(base.configuration.primitives.isEmpty && !base.problems.isEmpty)
    }

    /// Whoever looks one kind of entry up in another is done in a moment, and what is missing is said.
    @Test func resourcesWithoutNumber() {
        let count = ParsingLimits.resources + 1
        let elements = (0..<count).map { "<primitive id=\"p\($0)\"/>" }.joined()
        let base = CIBReader.read(
            "<cib epoch=\"1\"><configuration><resources>\(elements)</resources></configuration></cib>")
        #expect(base.configuration.primitives.count == ParsingLimits.resources)
        #expect(base.configuration.problems.count == 1)
        let shown = CrmShowReader.read((0..<count).map { "primitive p\($0) Dummy\n" }.joined())
        #expect(shown.primitives.count == ParsingLimits.resources && shown.problems.count == 1)
    }

    /// Ten thousand nodes, each of which a line of ten thousand words gives as many fencing levels.
    @Test func fencingLevelsForEveryNode() {
        let nodes = (0..<10_000).map { "node n\($0)\n" }.joined()
        let words = String(repeating: " d", count: 9_000)
        let shown = CrmShowReader.read(nodes + "fencing_topology\(words)\n")
        #expect(shown.fencing.count <= ParsingLimits.resources && !shown.problems.isEmpty)
    }

    /// One byte in every few changed, by a fixed sequence.
    @Test(arguments: texts + documents)
    func changedBytes(_ path: String) throws {
        let bytes = try ParsingFixture.bytes(path)
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for _ in 0..<40 {
            var changed = bytes
            for index in stride(from: 0, to: changed.count, by: 13) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                changed[index] = UInt8(truncatingIfNeeded: state >> 33)
            }
            readAll(changed)
            _ = CIBReader.read(changed)
            _ = ClusterStatusReader.read(changed)
            _ = InterfaceAddresses.read(json: changed)
        }
    }

    @Test func floods() {
        let words = String(repeating: "a ", count: 500_000)
        #expect(CrmShowReader.read("group g " + words).groups.count == 1)
        let lines = String(repeating: "location l a 1: b\n", count: 50_000)
        let flooded = CrmShowReader.read(lines)
        #expect(flooded.locations.count == ParsingLimits.resources && flooded.problems.count == 2)
        let backslashes = String(repeating: "\\\n", count: 200_000)
        #expect(CrmShowReader.read(backslashes).problems.count == 1)
        let odd = CrmShowReader.read(String(repeating: "?\n", count: 10_000))
        #expect(odd.unknown.count == 10_000)
        let brackets = CrmShowReader.read("order o " + String(repeating: "( ", count: 5_000))
        #expect(brackets.orders.count == 1)
        let huge = String(repeating: "x", count: ParsingLimits.bytes + 10)
        #expect(CrmShowReader.read(huge).problems.count == 1)
        #expect(
            InterfaceAddresses.read(json: Array(String(repeating: "[", count: 100_000).utf8)).problems.count
                == 1)
    }

    @Test func circlesEnd() {
        let configuration = CrmShowReader.read(
            "group a b\ngroup b a\nclone c c\nprimitive p IPaddr2\ngroup p p\n")
        #expect(configuration.containers(of: "a").count <= 4)
        #expect(configuration.containers(of: "c").isEmpty)
        #expect(!configuration.runTogether("a", "p"))
    }

    @Test func wordsWithinQuotes() {
        let configuration = CrmShowReader.read(
            #"primitive a lsb:x params one="it's" two="a \"b\" \x" three=it's four='a b' five="" six"#)
        let expected = [
            "one": "it's", "two": #"a "b" \x"#, "three": "it's", "four": "a b", "five": "", "six": "",
        ]
        #expect(configuration.primitive("a")?.params == expected)
        #expect(configuration.problems.isEmpty)
    }
}
