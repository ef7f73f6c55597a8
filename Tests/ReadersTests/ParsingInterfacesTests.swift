import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// `ip addr` of iproute2 5.9, 6.1 and 6.15.
@Suite struct ParsingInterfacesTests {
    private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func textAndJSONAgree(_ release: String) throws {
        let text = InterfaceAddresses.read(text: try ParsingFixture.text("network/\(release)/ip-addr.txt"))
        let json = InterfaceAddresses.read(json: try ParsingFixture.bytes("network/\(release)/ip-addr.json"))
        #expect(text == json)
        #expect(text.problems.isEmpty)
        let eth0 = try #require(text.interface("eth0"))
        #expect(eth0.flags.contains("LOWER_UP") && eth0.link == "if2" && eth0.mtu == 1500)
        #expect(eth0.macAddress?.description == "36:61:30:63:30:30" && eth0.operationalState == "UP")
        let vip = try #require(text.holder(of: try address("172.16.0.12")))
        #expect(vip.interface.name == "eth0" && vip.entry.label == "eth0:VIP" && vip.entry.isSecondary)
        #expect(vip.entry.prefixLength == 24 && vip.entry.validLifetime == nil && vip.entry.scope == "global")
        #expect(vip.entry.broadcast?.description == "172.16.0.255")
        #expect(text.holder(of: try address("172.16.0.1")) == nil)
        #expect(text.interface("lo")?.isLoopback == true)
        let leased = try #require(text.holder(of: try address("10.8.0.5")))
        #expect(leased.entry.isDynamic)
        #expect(leased.entry.validLifetime.map { $0 > .seconds(86_000) } == true)
        let point = try #require(text.holder(of: try address("10.9.0.1")))
        #expect(point.entry.peer == IPAddress("10.9.0.2") && point.entry.prefixLength == 32)
    }

    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func otherForms(_ release: String) throws {
        let text = InterfaceAddresses.read(text: try ParsingFixture.text("network/\(release)/ip-addr.txt"))
        let lines = InterfaceAddresses.read(text: try ParsingFixture.text("network/\(release)/ip-o-addr.txt"))
        #expect(lines.all == text.all && lines.problems.isEmpty)
        let down = InterfaceAddresses.read(
            text: try ParsingFixture.text("network/\(release)/ip-addr-down.txt"))
        #expect(down.interfaces.count == 1 && down.interfaces.first?.flags.contains("UP") == false)
        #expect(down.interfaces.first?.operationalState == "DOWN")
    }

    @Test func otherTextsAreNoInterfaces() {
        #expect(InterfaceAddresses.read(text: "bash: ip: command not found\n").interfaces.isEmpty)
        #expect(InterfaceAddresses.read(text: "bash: ip: command not found\n").problems.count == 1)
        #expect(InterfaceAddresses.read(text: "").problems.isEmpty)
        #expect(InterfaceAddresses.read(json: Array("Option \"-j\" is unknown".utf8)).problems.count == 1)
        #expect(
            InterfaceAddresses.read(json: Array("[{},{\"ifname\":\"a\",\"addr_info\":[{}]}]".utf8)).interfaces
                .count == 1)
        let odd = InterfaceAddresses.read(
            text: "2: eth0: <UP> mtu 1500\n    inet 999.1.1.1/24 scope global eth0\n")
        #expect(odd.interfaces.count == 1 && odd.problems.count == 1)
    }

    /// Of a pair on bookworm, after `ip link property add dev eth0 altname enp0s3x`.
    @Test func anAlternativeNameIsAName() {
        let text = InterfaceAddresses.read(
            text: """
                2: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
                    link/ether 02:ba:5c:00:01:10 brd ff:ff:ff:ff:ff:ff link-netnsid 0
                    altname enp0s3x
                    inet 172.16.1.10/24 brd 172.16.1.255 scope global eth0
                       valid_lft forever preferred_lft forever

                """)
        let json = InterfaceAddresses.read(
            json: Array(
                #"""
                [{"ifindex":2,"link_index":5,"ifname":"eth0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,\#
                "qdisc":"noqueue","operstate":"UP","group":"default","txqlen":1000,"link_type":"ether",\#
                "address":"02:ba:5c:00:01:10","broadcast":"ff:ff:ff:ff:ff:ff","link_netnsid":0,"altnames":["enp0s3x"],\#
                "addr_info":[{"family":"inet","local":"172.16.1.10","prefixlen":24,"broadcast":"172.16.1.255",\#
                "scope":"global","label":"eth0","valid_life_time":4294967295,"preferred_life_time":4294967295}]}]
                """#.utf8))
        #expect(text == json && text.problems.isEmpty)
        #expect(text.interface("enp0s3x")?.name == "eth0" && text.interface("enp0s4") == nil)
    }
}
