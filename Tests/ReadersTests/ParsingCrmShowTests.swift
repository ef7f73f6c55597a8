import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// 25 states of a lab cluster, printed by each of three crmsh, with the truth taken from the CIB.
@Suite struct ParsingCrmShowTests {
    @Test(arguments: ["crmsh-2.2.0", "crmsh-4.4.1", "crmsh-5.0.0"])
    func everyStateSaysTheFacts(_ version: String) throws {
        let states = try ParsingFixture.names(in: "corpus/\(version)", ending: ".show.txt")
        #expect(states.count == 25)
        for state in states {
            let configuration = CrmShowReader.read(
                try ParsingFixture.text("corpus/\(version)/\(state).show.txt"))
            let facts = try ParsingFixture.facts("corpus/\(version)/\(state).facts.json")
            #expect(configuration.facts == facts, "\(version) \(state)")
            #expect(configuration.problems.isEmpty, "\(version) \(state)")
        }
    }

    /// A configuration with one of everything, loaded into each release and taken from it in both forms.
    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func bothReadersAgree(_ release: String) throws {
        var shown = CrmShowReader.read(try ParsingFixture.text("cib/\(release)/elaborate.show.txt"))
        var stored = CIBReader.read(try ParsingFixture.bytes("cib/\(release)/elaborate.cib.xml"))
            .configuration
        #expect(shown.unknown.isEmpty && stored.unknown.isEmpty && stored.problems.isEmpty)
        #expect(shown.problems.map(\.en) == ["params refers to ip-params, which is not in the configuration"])
        #expect(stored.primitive("ip2")?.params["ip"] == "172.16.0.12")
        #expect(shown.ruled == 1 && stored.ruled == 1)
        for index in shown.primitives.indices where shown.primitives[index].id == "ip2" {
            // crmsh prints the reference, and not what it refers to.
            shown.primitives[index].params = stored.primitive("ip2")?.params ?? [:]
        }
        // Kept to be shown only, in the source's own words.
        (shown.acl, shown.alerts) = ([:], [:])
        (stored.acl, stored.alerts) = ([:], [:])
        guard case .object(let left) = shown.facts,
            case .object(let right) = stored.facts
        else {
            Issue.record("facts are an object")
            return
        }
        #expect(Set(left.keys) == Set(right.keys))
        for (key, value) in right { #expect(left[key] == value, "\(release) \(key)") }
        #expect(shown.clones.first { $0.id == "m1" }?.isPromotable == true)
        #expect(shown.orders.first { $0.id == "or5" }?.sets.first?.requireAll == false)
        #expect(shown.primitive("ip")?.ops.first?.params == ["OCF_CHECK_LEVEL": "10"])
        #expect(shown.primitive("ip")?.ops.first?.attrs == ["on-fail": "restart"])
    }

    /// The quoted form of crmsh 1.2, written by hand: no release at hand still prints it.
    @Test func quotedForm() throws {
        let configuration = CrmShowReader.read(
            """
            node $id="1084752132" serv1 \\
            \tattributes standby="off"
            node serv2:normal
            primitive IPFailover ocf:heartbeat:IPaddr2 \\
            \tparams ip="172.16.0.12" cidr_netmask="24" nic="eth0" iflabel="VIP" \\
            \top monitor interval="10s" OCF_CHECK_LEVEL="10" \\
            \top start interval="0" timeout="30s" \\
            \top stop interval="0" timeout="40s"
            location cli-prefer-IPFailover IPFailover \\
            \trule $id="cli-prefer-rule-IPFailover" inf: #uname eq serv1 and date lt "2026-11-22 14:57:27Z"
            location cli-standby-IPFailover IPFailover \\
            \trule $id="cli-standby-rule-IPFailover" -inf: #uname eq serv2
            location old IPFailover 50: serv2 role=Started
            property $id="cib-bootstrap-options" \\
            \tdc-version="1.1.7-ee0730e13d124c3d58f00016c3376a1de5323cff" \\
            \tstonith-enabled="false" \\
            \tdefault-resource-stickiness="100"
            #vim:set syntax=pcmk
            """)
        #expect(configuration.problems.isEmpty && configuration.unknown.isEmpty)
        #expect(configuration.nodes.map(\.id) == ["1084752132", "serv2"])
        #expect(
            configuration.nodes.map(\.standby) == [false, nil]
                && configuration.nodes.allSatisfy { $0.type == nil })
        let address = try #require(configuration.primitives.first)
        #expect(address.agent == "ocf:heartbeat:IPaddr2" && address.params["iflabel"] == "VIP")
        #expect(address.ops.map(\.interval) == [.seconds(10), .zero, .zero])
        #expect(address.ops[0].params == ["OCF_CHECK_LEVEL": "10"])
        #expect(configuration.effectiveTimeout(of: "stop", primitive: address) == .seconds(40))
        #expect(configuration.locations.map(\.rules.count) == [1, 1, 0])
        #expect(configuration.locations[2].role == "Started")
    }

    @Test func whatIsNotUnderstoodIsNamed() {
        let configuration = CrmShowReader.read(
            """
            ERROR: Could not connect
            primitive
            primitive a IPaddr2 params ip="1.2.3.4
            location l a bogus: serv1
            xml <rsc_location id="x" rsc="a"><rule score="5"><rule><expression attribute="#uname" operation="eq"
            """)
        #expect(configuration.unknown == ["ERROR: Could not connect", "primitive"])
        #expect(configuration.primitives.map(\.id) == ["a"])
        #expect(configuration.locations.map(\.id) == ["l", "x"])
        #expect(configuration.problems.count == 3)
    }

    @Test func xmlEntries() throws {
        let configuration = CrmShowReader.read(
            """
            xml <rsc_location id="l" rsc="a"> \\
              <rule score="5" id="r" boolean-op="or"> \\
                <rule id="r2"><expression attribute="#uname" operation="eq" value="serv1" id="e"/></rule> \\
              </rule> \\
            </rsc_location>
            """)
        #expect(configuration.problems.isEmpty && configuration.unknown.isEmpty)
        let rule = try #require(configuration.locations.first?.rules.first)
        #expect(rule.score == Score(5) && rule.booleanOperator == .or && rule.expressions.count == 1)
    }

    @Test func coloursAreTakenAway() {
        let configuration = CrmShowReader.read(
            "\u{1B}[32mprimitive\u{1B}[0m \u{1B}[1ma\u{1B}[0m lsb:apache2\n")
        #expect(configuration.primitives.map(\.agent) == ["lsb:apache2"])
    }
}
