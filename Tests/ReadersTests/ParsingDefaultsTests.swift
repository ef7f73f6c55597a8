import Foundation
import GraderCore
import LinuxFacts
import Pacemaker
import Testing

@Suite struct ParsingDefaultsTests {
    private func elaborate(_ release: String = "bookworm") throws -> ClusterConfiguration {
        CIBReader.read(try ParsingFixture.bytes("cib/\(release)/elaborate.cib.xml")).configuration
    }

    @Test func timeouts() throws {
        let configuration = try elaborate()
        let ip = try #require(configuration.primitive("ip"))
        #expect(configuration.effectiveTimeout(of: "start", primitive: ip) == .seconds(30))
        #expect(configuration.effectiveTimeout(of: "stop", primitive: ip) == .seconds(40))
        #expect(configuration.effectiveTimeout(of: "monitor", primitive: ip) == .seconds(20))
        let web = try #require(configuration.primitive("web"))
        #expect(configuration.effectiveTimeout(of: "start", primitive: web) == .seconds(45))
        #expect(configuration.effectiveTimeout(of: "stop", primitive: web) == .seconds(33))
        // `timeout=PT20S` is an interval's way to write, and to Pacemaker no time-out: not the 33 s of op_defaults either.
        let d1 = try #require(configuration.primitive("d1")?.ops.first)
        #expect(d1.timeout == nil && d1.attrs["timeout"] == "PT20S")
        #expect(configuration.effectiveTimeout(of: d1) == .seconds(20))
        let plain = CrmShowReader.read("primitive a IPaddr2 op start timeout=soon\n")
        let other = try #require(plain.primitive("a"))
        #expect(plain.effectiveTimeout(of: "start", primitive: other) == .seconds(20))
        #expect(plain.effectiveTimeout(of: "stop", primitive: other) == .seconds(20))
    }

    @Test func monitors() throws {
        let configuration = try elaborate()
        func intervals(_ id: String) throws -> [Duration?] {
            configuration.recurringMonitors(of: try #require(configuration.primitive(id))).map(\.interval)
        }
        #expect(try intervals("ip") == [.seconds(10)])
        // A monitor without an interval recurs never, and one for stopped resources is another matter.
        #expect(try intervals("ip2").isEmpty)
        #expect(try intervals("d1") == [.seconds(11)])
        // Its own, and not its template's of 30 s as well.
        #expect(try intervals("web") == [.seconds(15)])
    }

    @Test func agentsAndParameters() throws {
        let configuration = try elaborate()
        let web = try #require(configuration.primitive("web"))
        #expect(configuration.agent(of: web) == "ocf:heartbeat:apache")
        #expect(configuration.effectiveParameter("port", of: web) == "8080")
        #expect(configuration.effectiveParameter("configfile", of: web) == "/etc/apache2/apache2.conf")
    }

    @Test func metaAttributes() throws {
        let configuration = try elaborate()
        #expect(configuration.effectiveMeta("resource-stickiness", of: "ip") == "50")
        #expect(configuration.effectiveMeta("resource-stickiness", of: "web") == "7")
        #expect(configuration.effectiveMeta("target-role", of: "ip") == "Started")
        #expect(configuration.effectiveMeta("interleave", of: "pinger") == "true")
        #expect(configuration.migrationThreshold(of: "ip") == 3)
        #expect(configuration.migrationThreshold(of: "web") == 5)
        #expect(configuration.isManaged("d2"))
        let unmanaged = CrmShowReader.read("primitive a IPaddr2 meta is-managed=false\n")
        #expect(!unmanaged.isManaged("a"))
        let maintenance = CrmShowReader.read("primitive a IPaddr2\nproperty x: maintenance-mode=true\n")
        #expect(!maintenance.isManaged("a"))
    }

    @Test func preferences() throws {
        let configuration = try elaborate()
        let ip = configuration.standing(of: "ip").preferences
        let group = try #require(ip.first { $0.constraint == "l1" })
        #expect(group.node == "serv1" && group.score == Score(100))
        // A pattern reaches what stands at the top only: not the other member, d2, though it runs on the same node.
        #expect(!ip.contains { $0.constraint == "l4" })
        let member = CrmShowReader.read(
            "node 1: a\nprimitive x IPaddr2\nprimitive y Dummy\ngroup g x y\nlocation l y 5: A\n")
        #expect(member.standing(of: "x").preferences.map(\.score) == [Score(5)])
        let rank = try #require(ip.first { $0.constraint == "l6" })
        #expect(rank.node == "serv1" && rank.score == Score(3) && rank.applies == true)
        let web = configuration.standing(of: "web").preferences
        #expect(web.contains { $0.constraint == "l2" && $0.node == "serv1" && $0.score == Score(50) })
        // The CIB has the transient attributes, and pingd is not among them; what crm prints cannot say.
        #expect(web.contains { $0.constraint == "l2" && $0.score == .minusInfinity && $0.applies == true })
        let shown = CrmShowReader.read(
            "node 1: a\nprimitive x IPaddr2\nlocation l x rule -inf: not_defined pingd\n")
        #expect(shown.standing(of: "x").preferences.map(\.applies) == [nil])
        let tagged = CrmShowReader.read("node 1: a\nprimitive x IPaddr2\ntag t x\nlocation l t 5: a\n")
        #expect(tagged.standing(of: "x").preferences.map(\.score) == [Score(5)])
    }

    @Test func aMoveWithALifetimeExpires() throws {
        let configuration = CrmShowReader.read(
            try ParsingFixture.text("corpus/crmsh-4.4.1/02-move-lifetime.show.txt"))
        func move(_ time: String?) throws -> LocationPreference? {
            configuration.standing(of: "Web", at: time.flatMap(ClusterDate.parse)).preferences
                .first { $0.constraint == "cli-prefer-HA" }
        }
        let unknown = try #require(try move(nil))
        #expect(unknown.applies == nil && unknown.node == "serv2" && unknown.score == .infinity)
        #expect(try move("2026-11-22 14:57:26Z")?.applies == true)
        #expect(try move("2026-11-22 14:57:28Z")?.applies == false)
    }

    @Test func relations() throws {
        let configuration = try elaborate()
        #expect(configuration.containers(of: "d3") == ["g2", "cg"])
        #expect(configuration.runTogether("ip", "d2") && configuration.runTogether("d2", "ip"))
        #expect(configuration.runTogether("web", "ip"))
        #expect(!configuration.runTogether("d1", "ip"))
        #expect(configuration.starts("ip", before: "d2") && !configuration.starts("d2", before: "ip"))
        #expect(configuration.starts("ip", before: "web") && !configuration.starts("web", before: "ip"))
        #expect(configuration.starts("web", before: "d5") && !configuration.starts("web", before: "d1"))
        let base = CrmShowReader.read(try ParsingFixture.text("corpus/crmsh-4.4.1/00-base.show.txt"))
        #expect(base.colocationScore("Web3", "Web") == .minusInfinity)
        #expect(base.starts("IPFailover", before: "Web2") && !base.starts("IPFailover", before: "Web3"))
    }
}
