import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// Values that hold while a rule does, descriptions, bundles, fencing targets: a CIB with all of them, and what crmsh 4.4
/// prints of it (`CIB_file=… crm configure show` on bookworm).
@Suite struct ParsingConditionalTests {
    private func shown() throws -> ClusterConfiguration {
        CrmShowReader.read(try ParsingFixture.text("field/conditional.show.txt"))
    }

    private func stored() throws -> ClusterConfiguration {
        CIBReader.read(try ParsingFixture.bytes("field/conditional.cib.xml")).configuration
    }

    @Test func bothReadersAgree() throws {
        var (shown, stored) = (try shown(), try stored())
        // crmsh prints this one as bare XML, which does not say whose default it is: named, not guessed.
        #expect(shown.unknown.count == 1 && shown.unknown.allSatisfy { $0.contains("meta_attributes") })
        #expect(shown.problems.isEmpty && stored.problems.isEmpty && stored.unknown.isEmpty)
        #expect(stored.conditional.map(\.kind) == ["rsc_defaults"])
        shown.unknown = []
        stored.conditional = []
        // One rule more for the set that crmsh gave as XML.
        guard case .object(let left) = shown.facts, case .object(let right) = stored.facts else {
            Issue.record("facts are an object")
            return
        }
        #expect(Set(left.keys) == Set(right.keys))
        for (key, value) in right { #expect(left[key] == value, "\(key)") }
    }

    @Test func aConditionalParameterIsKept() throws {
        for configuration in [try shown(), try stored()] {
            let address = try #require(configuration.primitive("IPFailover"))
            #expect(address.params["nic"] == nil && address.params["ip"] == "172.16.1.12")
            #expect(address.conditional.map(\.kind) == ["params", "params"])
            #expect(address.conditional.map(\.score) == [Score("10"), Score("5")])
            #expect(address.conditional.map(\.values) == [["nic": "eth0"], ["nic": "eth0"]])
            #expect(configuration.possibleParameters("nic", of: address) == ["eth0", "eth0"])
            let rule = try #require(address.conditional.first?.rules.first)
            guard case .attribute(let expression)? = rule.expressions.first else {
                Issue.record("an expression about an attribute")
                return
            }
            #expect(expression.attribute == "#uname" && expression.value == "serv1")
            let dummy = try #require(configuration.primitive("dummy"))
            #expect(dummy.conditional.map(\.kind) == ["meta", "utilization"])
            #expect(dummy.ops.first?.conditional.first?.values == ["timeout": "33s"])
            #expect(configuration.node("serv2")?.conditional.first?.values == ["standby": "on"])
            #expect(configuration.node("serv2")?.standby == nil)
            #expect(configuration.clones.first?.conditional.first?.values == ["interleave": "true"])
        }
    }

    /// The words of the field: the case's own line, and the public manual's.
    @Test func theWordsOfARule() throws {
        let configuration = CrmShowReader.read(
            """
            primitive web apache \\
            \tdescription="d" \\
            \tparams rule 0: #uname eq serv1 configfile="/etc/apache2/a.conf" \\
            \tparams rule date in start=2026-01-01 end=2026-12-31 port=8080
            """)
        let web = try #require(configuration.primitive("web"))
        #expect(configuration.unknown.isEmpty && configuration.problems.isEmpty)
        #expect(web.description == "d" && web.params.isEmpty)
        #expect(web.conditional.map(\.values) == [["configfile": "/etc/apache2/a.conf"], ["port": "8080"]])
    }

    @Test func whatAConfigurationMayComeTo() throws {
        let configuration = CrmShowReader.read(
            """
            primitive a IPaddr2 params ip=10.0.0.1 \\
            \tparams 5: rule #uname eq serv1 ip=10.0.0.2 nic=eth1 \\
            \tparams rule #uname eq serv2 ip=10.0.0.3
            """)
        let values = configuration.possibilities.map {
            [$0.primitive("a")?.params["ip"], $0.primitive("a")?.params["nic"]]
        }
        // Behind the set without a rule the last one has no say, before it the first has.
        #expect(
            values == [
                ["10.0.0.1", nil], ["10.0.0.2", "eth1"], ["10.0.0.1", nil], ["10.0.0.2", "eth1"],
            ])
        #expect(try stored().possibilities.count == 2 + 2 * 8)
        #expect(ClusterConfiguration().possibilities.count == 1)
    }

    @Test func aBundleIsWhatItRunsAndTheRest() throws {
        for configuration in [try shown(), try stored()] {
            let bundle = try #require(configuration.bundles.first)
            #expect(bundle.container == "docker" && bundle.members == ["boxed"])
            #expect(bundle.meta == ["target-role": "Stopped"] && bundle.description == "in a box")
            #expect(
                bundle.parts.map(\.kind) == [
                    "docker", "network", "port-mapping", "storage", "storage-mapping",
                ])
            #expect(bundle.parts.first?.words == ["image=pcmk:http", "replicas=2"])
            #expect(configuration.containers(of: "boxed") == ["httpd-bundle"])
        }
    }

    @Test func theTargetsOfFencing() throws {
        for configuration in [try shown(), try stored()] {
            let levels = configuration.fencing.map {
                "\($0.target) \($0.index) \($0.devices.joined(separator: ","))"
            }
            #expect(
                levels == [
                    "serv1 1 fence1", "rack=1 1 fence1,fence2", "rack=1 2 fence2",
                    "pattern:serv[0-9]+ 1 fence2",
                ])
        }
        // crmsh takes the words in either case, and a pattern may end like a node's name does.
        let odd = CrmShowReader.read("fencing_topology Attr:rack=2 f1 PATTERN:n.*: f2 serv2: f3")
        #expect(odd.fencing.map(\.target) == ["rack=2", "pattern:n.*:", "serv2"])
    }

    @Test func descriptionsAreKept() throws {
        for configuration in [try shown(), try stored()] {
            #expect(configuration.primitive("IPFailover")?.description == "l'adresse virtuelle")
            #expect(configuration.primitive("fence1")?.description == "à distance")
            #expect(configuration.node("serv2")?.description == "the second")
            #expect(configuration.clones.first?.description == "two of them")
        }
    }

    // MARK: - Colours

    /// `style = color-always` of crm.conf; `ESC ( B` is a terminal's own.
    @Test func colouredCrm() throws {
        let coloured = CrmShowReader.read(try ParsingFixture.text("field/coloured.show.txt"))
        #expect(coloured == (try shown()))
    }

    @Test func colouredAddresses() throws {
        let plain = InterfaceAddresses.read(text: try ParsingFixture.text("field/plain.ip.txt"))
        #expect(plain.interfaces.count == 2 && plain.problems.isEmpty)
        #expect(InterfaceAddresses.read(text: try ParsingFixture.text("field/coloured.ip.txt")) == plain)
        let details = try ParsingFixture.text("field/coloured-details.ip.txt")
        #expect(InterfaceAddresses.read(text: details) == plain)
    }

    /// An escape takes no more away than its own line: written by hand.
    @Test(arguments: [
        ("\u{1B}[", ""), ("\u{1B}[31", ""), ("\u{1B}]8;;http://x", ""), ("\u{1B}", ""), ("\u{1B}(", ""),
        ("\u{1B}]0;title\u{7}a", "a"), ("\u{1B}]8;;x\u{1B}\\a", "a"), ("\u{1B}[1;31ma", "a"),
        ("\u{1B}(Ba", "a"), ("\u{1B}é", "é"),
    ])
    func escapes(_ line: String, _ rest: String) {
        #expect("before\(line)\nbehind".withoutControlSequences == "before\(rest)\nbehind")
    }

    @Test func aLineOfAnotherToolIsNamed() throws {
        let text = try ParsingFixture.text("field/plain.ip.txt") + "Kernel IP routing table\n"
        #expect(InterfaceAddresses.read(text: text).problems.count == 1)
    }

    // MARK: - crm_mon

    /// With `-n` Pacemaker 2.1 prints a resource's description where else a node's name stands.
    @Test func aDescriptionIsNoNode() throws {
        let text = ClusterStatusReader.read(
            anyForm: try ParsingFixture.bytes("field/described.nodes.txt"))
        let xml = ClusterStatusReader.read(anyForm: try ParsingFixture.bytes("field/described.nodes.xml"))
        for id in ["IPFailover", "serviceWeb"] {
            #expect(
                text.activeNodes(of: id) == xml.activeNodes(of: id) && text.activeNodes(of: id) == ["serv1"])
        }
        #expect(text.unknown == ["IPFailover: l'adresse virtuelle"])
    }

    @Test func theFramedSummaryOfEarlierTimes() throws {
        let status = ClusterStatusReader.read(
            anyForm: try ParsingFixture.bytes("field/no-headings.mon.txt"))
        #expect(status.pacemakerVersion?.hasPrefix("1.1.7-") == true && status.unknown.isEmpty)
        #expect(status.nodesConfigured == 2 && status.resourcesConfigured == 2)
        #expect(status.lastChange == "Tue Mar  4 10:10:02 2014")
    }

    /// Flags of Pacemaker's `pe_output.c`; what none of them is stands among what was not understood.
    @Test func wordsInBrackets() throws {
        let page = """
            Full List of Resources:
              * a\t(ocf:heartbeat:Dummy):\t Started serv1 (target-role:Started, maintenance)
              * b\t(ocf:heartbeat:Dummy):\t Started serv1 (LOCKED) (the second one)
            """
        let status = ClusterStatusReader.read(printed: page)
        #expect(status.resources.first?.targetRole == "Started" && status.resources.first?.isManaged == false)
        #expect(status.unknown == ["b: the second one"])
    }
}
