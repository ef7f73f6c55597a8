import ClassRun
import Foundation
import GraderCore
import InputFiles
import Pacemaker
import Testing

@testable import Exercises
@testable import LinuxFacts

/// Pairs in a network of machines that nobody has listed, and the roster that is made of them.
struct PairDiscoveryTests {
    /// The virtual class's own corosync.conf.
    func corosync(_ address: String, name: String, partner: String, cluster: String) -> String {
        """
        totem {
            version: 2
            cluster_name: \(cluster)
            interface {
                ringnumber: 0
            }
        }
        nodelist {
            node {
                ring0_addr: \(address)
                name: \(name)
                nodeid: 1
            }
            node {
                ring0_addr: \(partner)
                name: \(name == "serv1" ? "serv2" : "serv1")
                nodeid: 2
            }
        }
        """
    }

    /// A node as it would answer.
    func host(
        _ address: String, partner: String, name: String, cluster: String, vip: String? = nil,
        key: String? = nil, machineID: String? = nil
    ) throws -> DiscoveredNode {
        var host = DiscoveredNode(address: try #require(IPAddress(address)))
        host.hostName = name
        host.nodeName = name
        host.hostKey = key ?? "ssh-ed25519 \(address)"
        host.machineID = machineID ?? "id of \(address)"
        host.addresses = [.init(address: host.address, prefixLength: 24)]
        host.corosync = CorosyncConfiguration.read(
            corosync(address, name: name, partner: partner, cluster: cluster))
        host.virtualIPs = try vip.map { [try #require(IPAddress($0))] } ?? []
        return host
    }

    func pair(_ number: Int, vip: String? = nil, cluster: String? = nil) throws -> [DiscoveredNode] {
        let (one, two) = ("172.16.\(number).10", "172.16.\(number).11")
        let cluster = cluster ?? "etu\(number)"
        return [
            try host(two, partner: one, name: "serv2", cluster: cluster, vip: vip),
            try host(one, partner: two, name: "serv1", cluster: cluster, vip: vip),
        ]
    }

    func find(_ nodes: [DiscoveredNode]) -> DiscoveredLabs { PairDiscovery().find(nodes) }

    func draft(
        _ found: DiscoveredLabs, _ language: Language, _ students: StudentList? = nil,
        searched: [IPAddress] = []
    ) -> DiscoveredRoster {
        DiscoveredRoster(
            found, by: PairDiscovery(), searched: searched, className: "classe", exercise: "activite-2",
            ssh: ["user: root", "agent: true"], students: students, language: language)
    }

    func roster(_ found: DiscoveredLabs, _ students: StudentList? = nil) throws -> Roster {
        try read(draft(found, .english, students).text)
    }

    func read(_ text: String) throws -> Roster {
        try Roster.read(InputText(text: text, file: "class.yaml"), exercises: [Activite2()])
    }

    func students(_ table: String) throws -> StudentList {
        let file = NSTemporaryDirectory() + "bascule-test-\(UUID().uuidString).csv"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try table.write(toFile: file, atomically: true, encoding: .utf8)
        return try StudentList.read(file: file)
    }

    @Test func pairsAreFoundByWhatBothNodesSay() throws {
        let found = find(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.12") + pair(3))
        #expect(found.labs.map(\.machines.first?.machine.label) == ["serv1", "serv1", "serv1"])
        #expect(found.labs.flatMap(\.doubts) == [])
        // The third has no virtual IP yet: it is where the others' are.
        #expect(found.labs.map(\.vip) == ["172.16.1.12/24", "172.16.2.12/24", "172.16.3.12/24"])
        #expect(found.labs.map(\.isVIPInferred) == [false, false, true])
        let roster = try roster(found)
        #expect(roster.students.map(\.identity.id) == ["etu1", "etu2", "etu3"])
        #expect(roster.students.map { $0.lab["vip"]?.text } == ["172.16.1.12", "172.16.2.12", "172.16.3.12"])
        #expect(roster.students.first?.lab.addresses == [.serv1: "172.16.1.10", .serv2: "172.16.1.11"])
    }

    @Test func aCopiedVirtualIPDoesNotChangeWhatTheOthersAgreeOn() throws {
        let found = find(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.12") + pair(3)
                + pair(4, vip: "172.16.1.12"))
        #expect(found.labs[2].vip == "172.16.3.12/24")
        // One against one is no agreement.
        let two = find(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.13") + pair(3))
        #expect(two.labs[2].vip == nil)
    }

    @Test func aVirtualIPIsNoMachine() throws {
        var hosts = try pair(1, vip: "172.16.1.12")
        let vip = try #require(IPAddress("172.16.1.12"))
        hosts[1].addresses.append(.init(address: vip, prefixLength: 24))
        var atVIP = hosts[1]
        atVIP.address = vip
        #expect(find(hosts + [atVIP]).secondAddresses == [vip])
        // Held by nobody for long enough to be logged in to.
        var refused = DiscoveredNode(address: vip)
        refused.failure = LocalizedText(verbatim: "172.16.1.12: the connection was cut.")
        #expect(find(hosts + [refused]).refused.isEmpty)
        refused.address = try #require(IPAddress("172.16.1.99"))
        #expect(find(hosts + [refused]).refused.map(\.machine.address) == [refused.address])
    }

    @Test func aVirtualIPOutsideTheNetworkIsNotTheLabs() throws {
        let found = find(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.12") + pair(3, vip: "10.0.0.12"))
        #expect(found.labs[2].vip == "172.16.3.12/24")
        #expect(found.labs[2].isVIPInferred)
        #expect(found.labs[2].doubts.contains { $0.en.contains("10.0.0.12") && $0.fr.contains("10.0.0.12") })
        // Nothing to infer it from: the pair waits in a comment.
        let alone = find(try pair(3) + pair(4, vip: "172.16.4.12"))
        #expect(try roster(alone).students.map(\.identity.id) == ["etu4"])
    }

    @Test func aLoneNodeAndAMachineOfNoCluster() throws {
        var printer = DiscoveredNode(address: try #require(IPAddress("172.16.9.9")))
        printer.hostName = "imprimante"
        let found = find([try pair(1)[0], printer])
        #expect(found.labs.isEmpty)
        #expect(found.loneMachines.map(\.machine.label) == ["serv2"])
        let doubt = try #require(found.loneMachines.first?.reason)
        for language in Language.allCases { #expect(doubt[language].contains("172.16.1.10")) }
        #expect(found.others.map(\.machine.label) == ["imprimante"])
    }

    @Test func clonesAndDoubletsAreDoubtful() throws {
        // Both pairs are on one network.
        var hosts =
            try pair(1, vip: "172.16.1.12") + [
                host(
                    "172.16.1.21", partner: "172.16.1.20", name: "serv2", cluster: "etu1", vip: "172.16.1.12"),
                host(
                    "172.16.1.20", partner: "172.16.1.21", name: "serv1", cluster: "etu1", vip: "172.16.1.12"),
            ]
        hosts[3].hostKey = hosts[1].hostKey
        hosts[3].machineID = hosts[1].machineID
        let found = find(hosts)
        #expect(found.labs.count == 2)
        for pair in found.labs {
            func expect(_ words: [String], _ language: Language) {
                let said = pair.doubts.map { $0[language] }.joined(separator: "\n")
                for word in words { #expect(said.contains(word), "\(word) in \(said)") }
            }
            expect(["SSH host key", "machine-id", "virtual IP 172.16.1.12", "cluster name"], .english)
            expect(["clé d’hôte SSH", "machine-id", "IP virtuelle 172.16.1.12", "nom du cluster"], .french)
        }
        // Two students cannot have one id.
        #expect(try roster(found).students.map(\.identity.id) == ["etu1", "pair-172.16.1.20"])
    }

    /// The active node answers at the virtual IP too.
    @Test func aMachineAtTwoAddressesIsOne() throws {
        var hosts = try pair(1, vip: "172.16.1.12")
        let vip = try #require(IPAddress("172.16.1.12"))
        hosts[1].addresses.append(.init(address: vip, prefixLength: 24))
        var second = hosts[1]
        second.address = vip
        let found = find([second] + hosts)
        #expect(found.labs.map { $0.addresses.first?.description } == ["172.16.1.10"])
        #expect(found.labs.flatMap(\.doubts) == [])
        #expect(found.loneMachines.isEmpty)
    }

    @Test func whatMachinesCallThemselvesHarmsNoRoster() throws {
        let hostile = "x\" }\n  - id: zero # \u{1B}[2J\u{202E}"
        var hosts = try pair(1, vip: "172.16.1.12", cluster: "etu1")
        for index in hosts.indices {
            hosts[index].nodeName = hostile
            hosts[index].corosync.clusterName = hostile
            hosts[index].searchDomain = hostile
            hosts[index].nameServer = IPAddress("172.16.1.13")
        }
        let roster = try roster(find(hosts))
        #expect(roster.students.map(\.identity.id) == ["pair-172.16.1.10"])
        #expect(roster.students.first?.lab["dns"] == nil)
    }

    /// The roster means the same in both languages; every comment of each stands in it as it was written.
}

extension DiscoveredLab {
    var vip: String? { rosterLines.first { $0.key == "vip" }?.value }
    var isVIPInferred: Bool { summary.en.hasSuffix(" (inferred)") }
}
