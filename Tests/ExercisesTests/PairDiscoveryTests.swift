import ClassRun
import Foundation
import GraderCore
import InputFiles
import Pacemaker
import Testing

@testable import Exercises

/// Pairs in a network of machines that nobody has listed, and the roster that is made of them.
struct PairDiscoveryTests {
    /// The virtual class's own corosync.conf.
    private func corosync(_ address: String, name: String, partner: String, cluster: String) -> String {
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
    private func host(
        _ address: String, partner: String, name: String, cluster: String, vip: String? = nil,
        key: String? = nil, machineID: String? = nil
    ) throws -> DiscoveredNode {
        var host = DiscoveredNode(address: try #require(IPAddress(address)))
        host.hostName = name
        host.nodeName = name
        host.hostKey = key ?? "ssh-ed25519 \(address)"
        host.machineID = machineID ?? "id of \(address)"
        host.addresses = [.init(host.address, prefixLength: 24)]
        host.corosync = CorosyncConfiguration.read(
            corosync(address, name: name, partner: partner, cluster: cluster))
        host.virtualIPs = try vip.map { [try #require(IPAddress($0))] } ?? []
        return host
    }

    private func pair(_ number: Int, vip: String? = nil, cluster: String? = nil) throws -> [DiscoveredNode] {
        let (one, two) = ("172.16.\(number).10", "172.16.\(number).11")
        let cluster = cluster ?? "etu\(number)"
        return [
            try host(two, partner: one, name: "serv2", cluster: cluster, vip: vip),
            try host(one, partner: two, name: "serv1", cluster: cluster, vip: vip),
        ]
    }

    private func find(_ nodes: [DiscoveredNode]) -> DiscoveredLabs { PairDiscovery().find(nodes) }

    private func draft(
        _ found: DiscoveredLabs, _ language: Language, _ students: StudentList? = nil,
        searched: [IPAddress] = []
    ) -> DiscoveredRoster {
        DiscoveredRoster(
            found, by: PairDiscovery(), searched: searched, className: "classe", exercise: "activite-2",
            ssh: ["user: root", "agent: true"], students: students, language: language)
    }

    private func roster(_ found: DiscoveredLabs, _ students: StudentList? = nil) throws -> Roster {
        try read(draft(found, .english, students).text)
    }

    private func read(_ text: String) throws -> Roster {
        try Roster.read(InputText(text: text, file: "class.yaml"), exercises: [Activite2()])
    }

    private func students(_ table: String) throws -> StudentList {
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
        hosts[1].addresses.append(.init(vip, prefixLength: 24))
        var atVIP = hosts[1]
        atVIP.address = vip
        #expect(find(hosts + [atVIP]).secondAddresses == [vip])
        // Held by nobody for long enough to be logged in to.
        var refused = DiscoveredNode(address: vip)
        refused.failure = "172.16.1.12: the connection was cut."
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
            expect(["clé d'hôte SSH", "machine-id", "IP virtuelle 172.16.1.12", "nom du cluster"], .french)
        }
        // Two students cannot have one id.
        #expect(try roster(found).students.map(\.identity.id) == ["etu1", "pair-172.16.1.20"])
    }

    /// The active node answers at the virtual IP too.
    @Test func aMachineAtTwoAddressesIsOne() throws {
        var hosts = try pair(1, vip: "172.16.1.12")
        let vip = try #require(IPAddress("172.16.1.12"))
        hosts[1].addresses.append(.init(vip, prefixLength: 24))
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
    @Test func aFrenchRosterIsReadLikeAnEnglishOne() throws {
        var hosts = try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.12") + pair(3) + [pair(5)[0]]
        hosts[2].hostKey = hosts[1].hostKey
        hosts[2].machineID = hosts[1].machineID
        for index in hosts.indices.prefix(2) {
            hosts[index].searchDomain = "etu1.lab"
            hosts[index].nameServer = IPAddress("172.16.1.13")
        }
        hosts[4].corosync.clusterName = "autre"
        var refused = DiscoveredNode(address: try #require(IPAddress("172.16.9.9")))
        refused.failure = "172.16.9.9: nobody there knows this key."
        var printer = DiscoveredNode(address: try #require(IPAddress("172.16.9.8")))
        printer.hostName = "imprimante"
        let found = find(hosts + [refused, printer])
        let french = draft(found, .french).text
        for comment in [
            "# Écrit par `bascule discover`. Relisez les commentaires avant de vous y fier.",
            "\nlanguage: fr\n",
            "#  à vérifier : 172.16.1.10 a la clé d'hôte SSH de 172.16.2.11 (machine clonée ?",
            "#  à vérifier : 172.16.1.10 a le machine-id de 172.16.2.11 (machine clonée ?",
            "#  à vérifier : les deux nœuds ne donnent pas le même nom au cluster (etu3, autre)",
            "vip: 172.16.3.12/24   # absente de la CIB : aussi loin de serv1 que celle des autres paires",
            "name: \"etu1\"   # aucun nom n'est connu",
            "# d'après resolv.conf : est-ce bien le nom du site ?",
            "# aucun serveur de noms du réseau du TP dans resolv.conf : Q5 est laissée de côté",
            "# Nœuds sans partenaire :\n"
                + "#  172.16.5.11 (serv2) : son partenaire 172.16.5.10 n'a pas pu être interrogé, ou ne le compte pas",
            // Why nobody could be logged in is the transport's own sentence.
            "# Machines auxquelles on n'a pas pu se connecter :\n"
                + "#  172.16.9.9 : nobody there knows this key.",
            "# Machines qui n'appartiennent à aucun cluster :\n#  172.16.9.8 (imprimante) : imprimante",
        ] {
            #expect(french.contains(comment), "\(comment) in \(french)")
        }
        let read = try self.read(french).students
        let english = try roster(found).students
        #expect(draft(found, .english).text.contains("\nlanguage: en\n"))
        #expect(read.map(\.identity.id) == ["etu1", "etu2", "etu3"])
        #expect(read.map(\.identity) == english.map(\.identity))
        #expect(read.map(\.lab) == english.map(\.lab))
        // Nothing to infer a virtual IP from: the pair waits in a comment.
        let incomplete = draft(find(try pair(3) + pair(4, vip: "172.16.4.12")), .french).text
        #expect(
            incomplete.contains(
                "# Paires sans IP virtuelle : donnez à chacune un vip et ôtez les #.\n#   - id: \"etu3\""))
        #expect(try self.read(incomplete).students.map(\.identity.id) == ["etu4"])
    }

    @Test func namesComeFromTheTableOnly() throws {
        let list = try students(
            """
            id;name;address;cluster
            dupont;Dupont Camille + Martin Alex;172.16.1.11;
            durand;Durand Noé;;etu2
            """)
        let found = find(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.12") + pair(3, vip: "172.16.3.12"))
        let students = try roster(found, list).students.map(\.identity)
        #expect(students.map(\.id) == ["dupont", "durand", "etu3"])
        #expect(students.map(\.names) == [["Dupont Camille", "Martin Alex"], ["Durand Noé"], ["etu3"]])
    }

    /// Whoever is in the list stays in the class, with the reason, whatever became of the machines.
    @Test func whoIsNotFoundIsMissingByName() throws {
        let list = try students(
            """
            id;name;address;host;cluster
            dupont;Dupont Camille;172.16.1.10;;
            martin;Martin Alex;172.16.4.10;;
            durand;Durand Noé;172.16.9.10;;
            petit;Petit Lou;172.16.2.10;;
            ;Roux Maé;;serv9;
            moreau;Moreau Zoé;172.16.3.11;;
            simon;Simon Ely;172.16.3.10;;
            dupont;Dupont Deux;;;c9
            """)
        var refusing = DiscoveredNode(address: try #require(IPAddress("172.16.4.10")))
        refusing.failure = "172.16.4.10: refused"
        let found = find(
            try pair(1, vip: "172.16.1.12") + pair(2) + pair(3, vip: "172.16.3.112") + [refusing])
        let draft = draft(
            found, .french, list,
            searched: try ["172.16.1.10", "172.16.4.10"].map { try #require(IPAddress($0)) })
        let reasons = Dictionary(
            uniqueKeysWithValues: draft.notGradable.map { ($0.student.id, $0.reason[.french]) })
        for (id, word) in [
            ("petit", "pas encore d'IP virtuelle"), ("martin", "refused"),
            ("durand", "n'est pas parmi les adresses"),
            ("list-6", "ne s'appelle serv9"), ("moreau", "lignes 7, 8"), ("simon", "lignes 7, 8"),
            ("list-9", "ne s'appelle c9"),
        ] {
            #expect(reasons[id]?.contains(word) == true, "\(id): \(reasons[id] ?? "missing")")
        }
        #expect(reasons.count == 7 && draft.isIncomplete)
        #expect(draft.text.contains("# Personnes de la liste qui manquent"))
        #expect(draft.text.contains("#  durand, Durand Noé (ligne 4 de la liste) : 172.16.9.10"))
        // Comments do not keep it from being read.
        #expect(try read(draft.text).students.map(\.identity.id) == ["dupont", "etu3"])
    }

    /// What real machines answer to the same commands, and what the virtual class puts into the files that are not
    /// recorded.
    private func answers(_ evidence: Evidence, of machine: MachineID) throws -> AskedHost {
        let own = try #require(evidence.lab.addresses[machine])
        let other = try #require(evidence.lab.addresses[machine.peer])
        var host = AskedHost(address: try #require(IPAddress(own)), hostKey: "ssh-ed25519 \(machine)")
        for (name, command) in PairDiscovery().questions {
            switch name {
            case "corosync":
                let text = corosync(own, name: machine.rawValue, partner: other, cluster: "etu1")
                host.answers[name] = printed(text, command)
            case "resolver":
                let server = evidence.lab.nameServer ?? ""
                host.answers[name] = printed("search etu1.lab\nnameserver \(server)\n", command)
            default:
                host.answers[name] =
                    evidence.observations.lazy.compactMap {
                        guard case .command(let result) = $0.outcome, $0.id.rawValue.hasPrefix("\(machine)/"),
                            result.arguments == command.arguments
                        else { return nil }
                        return result
                    }.first
            }
        }
        return host
    }

    private func printed(_ text: String, _ command: RemoteCommand) -> CommandResult {
        CommandResult(
            answering: command.arguments, ending: .exited(0), standardOutput: Bytes(text),
            standardError: "", duration: .zero)
    }

    @Test(arguments: ["solved", "bullseye/solved", "trixie/solved"])
    func aRecordedPairIsFoundByItsAnswers(_ name: String) throws {
        let evidence = try RecordedEvidence.evidence(name)
        var hosts = try [MachineID.serv2, .serv1].map { try answers(evidence, of: $0) }
        let lab = try #require(PairDiscovery().find(hosts).labs.first)
        #expect(lab.machines.map(\.id) == [.serv1, .serv2])
        #expect(lab.machines.map(\.machine.label) == ["serv1", "serv2"])
        #expect(lab.addresses == hosts.reversed().map(\.address))
        #expect(lab.vip == "\(evidence.lab.vip)/24" && lab.lack == nil && lab.doubts == [])
        let server = try #require(evidence.lab.nameServer)
        #expect(lab.rosterLines.last?.value == "{server: \(server), names: [\"www.etu1.lab\"]}")
        // What did not end well says nothing.
        for index in hosts.indices { hosts[index].answers["cib"]?.ending = .timedOut }
        let unread = try #require(PairDiscovery().find(hosts).labs.first)
        #expect(
            unread.vip == nil && unread.lack != nil
                && unread.doubts.map(\.en).first?.contains("no CIB") == true)
    }
}

extension DiscoveredLab {
    fileprivate var vip: String? { rosterLines.first { $0.key == "vip" }?.value }
    fileprivate var isVIPInferred: Bool { summary.en.hasSuffix(" (inferred)") }
}
