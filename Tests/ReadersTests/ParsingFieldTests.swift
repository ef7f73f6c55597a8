import GraderCore
import Pacemaker
import Testing

/// Output that was reported in public as misread by tools of this trade.
@Suite struct ParsingFieldTests {
    private func status(_ name: String) throws -> ClusterStatus {
        ClusterStatusReader.read(anyForm: try ParsingFixture.bytes("field/\(name)"))
    }

    @Test(arguments: ["blocked", "two-nodes"])
    func flagsBeforeTheNodesAreAsTheXMLHasThem(_ name: String) throws {
        let (text, xml) = (try status("\(name).mon.txt"), try status("\(name).mon.xml"))
        #expect(text.resources.count == 2 && text.unknown.isEmpty)
        for resource in xml.resources {
            let printed = try #require(text.resources.first { $0.id == resource.id })
            #expect(printed.nodes == resource.nodes, "\(resource.id)")
            #expect(printed.isBlocked == resource.isBlocked && printed.isManaged == resource.isManaged)
            #expect(printed.isFailed == resource.isFailed && printed.isActive == resource.isActive)
        }
    }

    /// Up to 1.1.15 no heading stands above the resources: they are not those of the node named last.
    @Test func aNameInTheLineWinsOverWhatStoodAbove() throws {
        let status = try status("no-headings.mon.txt")
        #expect(status.node("serv1")?.isStandby == true)
        for id in ["IPFailover", "serviceWeb"] { #expect(status.activeNodes(of: id) == ["serv2"]) }
    }

    @Test func resourcesInsideTheirNodeAreRead() throws {
        let status = try status("by-node.mon.xml")
        #expect(status.resources.map(\.id) == ["IPFailover", "serviceWeb"])
        #expect(status.activeNodes(of: "IPFailover") == ["serv1"])
        #expect(status.nodes.count == 2)
    }

    @Test(arguments: [
        ("Started (blocked) [ serv1 serv2 ]", ["serv1", "serv2"], true, false),
        ("Started (unmanaged) [ serv1 serv2 ]", ["serv1", "serv2"], true, false),
        ("Started [ serv1 serv2 ] (unmanaged)", ["serv1", "serv2"], true, false),
        ("FAILED (blocked) [ serv1 serv2 ]", ["serv1", "serv2"], true, false),
        ("Started (disabled, blocked) [ serv2 ]", ["serv2"], true, false),
        ("Started serv1 (Monitoring)", ["serv1"], true, true), ("Starting serv1", ["serv1"], false, true),
        ("FAILED", [], true, true), ("Stopped (disabled)", [], false, true),
    ])
    func aLineOfAResource(_ line: String, _ nodes: [String], _ isActive: Bool, _ isManaged: Bool) throws {
        let page = "Full List of Resources:\n  * IPFailover\t(ocf:heartbeat:IPaddr2):\t \(line)\n"
        let status = ClusterStatusReader.read(printed: page)
        let resource = try #require(status.resources.first, "\(line)")
        #expect(status.unknown.isEmpty)
        #expect(
            resource.nodes == nodes && resource.isActive == isActive && resource.isManaged == isManaged,
            "\(line)")
    }

    /// `obscure_pattern` of crm.conf: what is hidden is known to be hidden, and no other value.
    @Test func whatCrmshHidesIsNoValue() throws {
        let read = CrmShowReader.read(try ParsingFixture.text("field/obscured.crm.txt"))
        #expect(read.hidesValues && read.unknown.isEmpty && read.problems.isEmpty)
        #expect(read.primitive("IPFailover")?.params["ip"] == ClusterConfiguration.hiddenValue)
        let told = read.replacingHidden(with: "172.16.0.12")
        #expect(!told.hidesValues && told.primitive("IPFailover")?.params["ip"] == "172.16.0.12")
        #expect(read.replacingHidden(with: nil).primitive("IPFailover")?.params["ip"] == nil)
        let left = told.leavingOut(hiddenIn: read).primitive("IPFailover")
        #expect(left?.params == ["cidr_netmask": "24", "nic": "eth0", "iflabel": "VIP"])
    }
}
