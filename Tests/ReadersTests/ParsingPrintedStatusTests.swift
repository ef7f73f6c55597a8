import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// `crm_mon -1` as people paste it, against the XML of the same state.
@Suite struct ParsingPrintedStatusTests {
    private func printed(_ path: String) throws -> ClusterStatus {
        ClusterStatusReader.read(anyForm: try ParsingFixture.bytes(path))
    }

    /// What the printed form says of a resource; clones are left out, since it names only the set.
    private struct Shown: Hashable {
        var id, agent, role: String
        var group: String?
        var nodes: [String]
        var flags: [Bool]

        init(_ resource: ClusterStatus.Resource) {
            (id, agent, role) = (resource.id, resource.agent, resource.role)
            (group, nodes) = (resource.group, resource.nodes)
            flags = [resource.isActive, resource.isManaged, resource.isFailed, resource.isBlocked]
        }
    }

    private func expectAgreement(
        _ text: ClusterStatus, _ xml: ClusterStatus, listsStopped: Bool, _ state: String
    ) {
        #expect(text.unknown.isEmpty && text.problems.isEmpty, "\(state)")
        #expect(text.dc == xml.dc && text.hasQuorum == xml.hasQuorum, "\(state)")
        #expect(text.nodesConfigured == xml.nodesConfigured, "\(state)")
        #expect(text.resourcesConfigured == xml.resourcesConfigured, "\(state)")
        func nodes(_ status: ClusterStatus) -> Set<[String]> {
            Set(
                status.nodes.map {
                    [
                        $0.name,
                        "\([$0.isOnline, $0.isStandby, $0.isStandbyOnFail, $0.isInMaintenance, $0.isPending, $0.isUnclean, $0.isDC])",
                    ]
                })
        }
        #expect(nodes(text) == nodes(xml), "\(state)")
        let told = xml.resources.filter { $0.clone == nil && (listsStopped || $0.isActive) }
        #expect(
            Set(text.resources.filter { $0.clone == nil }.map(Shown.init)) == Set(told.map(Shown.init)),
            "\(state)")
        #expect(text.failures.map(\.operationKey) == xml.failures.map(\.operationKey), "\(state)")
        for (left, right) in zip(text.failures, xml.failures) {
            #expect(left.node == right.node && left.exitStatus == right.exitStatus, "\(state)")
            #expect(left.task == right.task && left.interval == right.interval, "\(state)")
        }
    }

    @Test func everyStateOfTheCorpusAgreesWithItsXML() throws {
        let states = try ParsingFixture.names(in: "corpus/crmsh-4.4.1", ending: ".mon.txt")
        #expect(states.count == 25)
        for state in states {
            let xml = try printed("corpus/crmsh-4.4.1/\(state).mon.xml")
            #expect(xml.nodes.count == 2)
            expectAgreement(
                try printed("corpus/crmsh-4.4.1/\(state).mon.txt"), xml, listsStopped: false, state)
        }
    }

    @Test(arguments: ["bullseye", "bookworm", "trixie"], ["failed", "failedstart", "running"])
    func everyReleaseAgreesWithItsXML(_ release: String, _ state: String) throws {
        let text = try printed("cib/\(release)/\(state).mon.txt")
        let xml = try printed("cib/\(release)/\(state).mon.xml")
        expectAgreement(text, xml, listsStopped: true, "\(release) \(state)")
        func counted(_ status: ClusterStatus) -> [String] {
            status.history.filter { $0.failCount != .zero }.map {
                "\($0.resource) \($0.node) \($0.failCount)"
            }
        }
        #expect(counted(text) == counted(xml), "\(release) \(state)")
    }

    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func clonesAreNamedWithTheirNodes(_ release: String) throws {
        let status = try printed("cib/\(release)/running.mon.txt")
        #expect(status.activeNodes(of: "pinger") == ["serv1", "serv2"])
        #expect(status.instances(of: "st1").map(\.clone) == ["m1", "m1"])
        #expect(status.instances(of: "g2").map(\.clone) == ["cg", "cg"])
    }

    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func groupedByNode(_ release: String) throws {
        let status = try printed("cib/\(release)/failedstart.nodes.txt")
        let xml = try printed("cib/\(release)/failedstart.mon.xml")
        #expect(status.unknown.isEmpty)
        #expect(status.node("serv1")?.isStandby == true)
        for id in ["IPFailover", "Web", "Web2", "Web3", "Web4"] {
            #expect(status.activeNodes(of: id) == xml.activeNodes(of: id), "\(release) \(id)")
        }
    }

    /// The form of Pacemaker 1.1, written by hand: no release at hand still prints it.
    @Test func withoutTitlesAndStars() {
        let status = ClusterStatusReader.read(
            printed: """
                Stack: corosync
                Current DC: serv1 (version 1.1.24-3.el8-1234) - partition with quorum
                Last updated: Mon Jan  6 10:00:00 2020
                Last change: Mon Jan  6 09:00:00 2020 by root via cibadmin on serv1

                2 nodes configured
                3 resource instances configured

                Node serv2: UNCLEAN (offline)
                Online: [ serv1 ]

                Full list of resources:

                 Resource Group: HA
                     IPFailover\t(ocf::heartbeat:IPaddr2):\tStarted serv1
                     Web\t(lsb:apache2):\tFAILED serv1 (blocked)
                 Web9\t(lsb:nginx):\t ORPHANED Started serv1

                Failed Resource Actions:
                * Web_monitor_15000 on serv1 'not running' (7): call=9, status=complete, exitreason='it died',
                    last-rc-change='Mon Jan  6 09:59:00 2020', queued=0ms, exec=35ms
                """)
        #expect(status.unknown.isEmpty)
        #expect(status.dc == "serv1" && status.pacemakerVersion == "1.1.24-3.el8-1234")
        #expect(status.lastChange == "Mon Jan  6 09:00:00 2020")
        #expect(status.node("serv2")?.isUnclean == true && status.node("serv1")?.isDC == true)
        #expect(status.instances(of: "IPFailover").map(\.agent) == ["ocf:heartbeat:IPaddr2"])
        #expect(status.instances(of: "Web").map(\.group) == ["HA"])
        #expect(status.instances(of: "Web").allSatisfy { $0.isFailed && $0.isBlocked })
        #expect(status.instances(of: "Web9").allSatisfy { $0.isOrphaned && $0.group == nil })
        #expect(status.failures.map(\.exitReason) == ["it died"])
        #expect(status.failures.map(\.executionTime) == [.milliseconds(35)])
        #expect(status.failures.map(\.lastResultChange) == ["Mon Jan  6 09:59:00 2020"])
    }

    @Test func whatIsNotUnderstoodIsKept() throws {
        let status = ClusterStatusReader.read(
            printed: "Connection to cluster failed: Transport endpoint is not connected\n")
        #expect(
            status.unknown == ["Connection to cluster failed: Transport endpoint is not connected"])
        #expect(status.nodes.isEmpty)
        let attributes = ClusterStatusReader.read(
            printed: "Node Attributes:\n  * Node: serv1:\n    * site \t: paris\n")
        #expect(attributes.unknown == ["Node Attributes:", "* Node: serv1:", "* site \t: paris"])
    }
}
