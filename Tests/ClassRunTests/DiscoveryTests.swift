import Exercises
import Foundation
import GraderCore
import Pacemaker
import InputFiles
import Testing

@testable import ClassRun

struct DiscoveryTests {
    /// A node as it would answer: its corosync.conf is the virtual class's own.
    private func host(
        _ address: String, partner: String, name: String, cluster: String, vip: String? = nil,
        key: String? = nil, machineID: String? = nil
    ) throws -> DiscoveredHost {
        var host = DiscoveredHost(address: try #require(IPAddress(address)))
        host.hostName = name
        host.nodeName = name
        host.hostKey = key ?? "ssh-ed25519 \(address)"
        host.machineID = machineID ?? "id of \(address)"
        host.addresses = [.init(host.address, prefixLength: 24)]
        let other = name == "serv1" ? "serv2" : "serv1"
        host.corosync = CorosyncConfiguration.read(
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
                    name: \(other)
                    nodeid: 2
                }
            }
            """)
        host.virtualIPs = try vip.map { [try #require(IPAddress($0))] } ?? []
        return host
    }

    private func pair(_ number: Int, vip: String? = nil, cluster: String? = nil) throws -> [DiscoveredHost] {
        let (one, two) = ("172.16.\(number).10", "172.16.\(number).11")
        let cluster = cluster ?? "etu\(number)"
        return [
            try host(two, partner: one, name: "serv2", cluster: cluster, vip: vip),
            try host(one, partner: two, name: "serv1", cluster: cluster, vip: vip),
        ]
    }

    private func text(
        _ found: DiscoveredClass, _ language: Language, _ students: StudentList? = nil
    ) -> String {
        DiscoveredRoster(
            found, className: "classe", exercise: "activite-2", ssh: ["user: root", "agent: true"],
            students: students, language: language
        ).text
    }

    private func roster(_ found: DiscoveredClass, _ students: StudentList? = nil) throws -> Roster {
        try TestFolder().roster(text(found, .english, students))
    }

    @Test func pairsAreFoundByWhatBothNodesSay() throws {
        let found = DiscoveredClass(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.12") + pair(3))
        #expect(found.pairs.map(\.primary.label) == ["serv1", "serv1", "serv1"])
        #expect(found.pairs.flatMap(\.doubts) == [])
        // The third has no virtual IP yet: it is where the others' are.
        #expect(
            found.pairs.map { $0.vip?.description } == ["172.16.1.12", "172.16.2.12", "172.16.3.12"])
        #expect(found.pairs.map(\.isVIPInferred) == [false, false, true])
        let roster = try roster(found)
        #expect(roster.students.map(\.identity.id) == ["etu1", "etu2", "etu3"])
        #expect(roster.students.map { $0.lab["vip"]?.text } == ["172.16.1.12", "172.16.2.12", "172.16.3.12"])
        #expect(roster.students.first?.lab.addresses == [.serv1: "172.16.1.10", .serv2: "172.16.1.11"])
    }

    @Test func aCopiedVirtualIPDoesNotChangeWhatTheOthersAgreeOn() throws {
        let found = DiscoveredClass(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.12") + pair(3)
                + pair(4, vip: "172.16.1.12"))
        #expect(found.pairs[2].vip?.description == "172.16.3.12")
        // One against one is no agreement.
        let two = DiscoveredClass(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.13") + pair(3))
        #expect(two.pairs[2].vip == nil)
    }

    @Test func aVirtualIPIsNoMachine() throws {
        var hosts = try pair(1, vip: "172.16.1.12")
        let vip = try #require(IPAddress("172.16.1.12"))
        hosts[1].addresses.append(.init(vip, prefixLength: 24))
        var atVIP = hosts[1]
        atVIP.address = vip
        #expect(DiscoveredClass(hosts + [atVIP]).secondAddresses == [vip])
        // Held by nobody for long enough to be logged in to.
        var refused = DiscoveredHost(address: vip)
        refused.failure = "172.16.1.12: the connection was cut."
        #expect(DiscoveredClass(hosts + [refused]).refused == [])
        refused.address = try #require(IPAddress("172.16.1.99"))
        #expect(DiscoveredClass(hosts + [refused]).refused == [refused])
    }

    @Test func aVirtualIPOutsideTheNetworkIsNotTheLabs() throws {
        let found = DiscoveredClass(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.12") + pair(3, vip: "10.0.0.12"))
        #expect(found.pairs[2].vip?.description == "172.16.3.12")
        #expect(found.pairs[2].isVIPInferred)
        #expect(found.pairs[2].doubts.contains { $0.en.contains("10.0.0.12") && $0.fr.contains("10.0.0.12") })
        // Nothing to infer it from: the pair waits in a comment.
        let alone = DiscoveredClass(try pair(3) + pair(4, vip: "172.16.4.12"))
        #expect(try roster(alone).students.map(\.identity.id) == ["etu4"])
    }

    @Test func aLoneNodeAndAMachineOfNoCluster() throws {
        var printer = DiscoveredHost(address: try #require(IPAddress("172.16.9.9")))
        printer.hostName = "imprimante"
        let found = DiscoveredClass([try pair(1)[0], printer])
        #expect(found.pairs.isEmpty)
        #expect(found.loneNodes.map(\.host.label) == ["serv2"])
        let doubt = try #require(found.loneNodes.first?.doubt)
        for language in Language.allCases { #expect(doubt[language].contains("172.16.1.10")) }
        #expect(found.others.map(\.hostName) == ["imprimante"])
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
        let found = DiscoveredClass(hosts)
        #expect(found.pairs.count == 2)
        for pair in found.pairs {
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
        let found = DiscoveredClass([second] + hosts)
        #expect(found.pairs.map(\.primary.address.description) == ["172.16.1.10"])
        #expect(found.pairs.flatMap(\.doubts) == [])
        #expect(found.loneNodes.isEmpty)
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
        let roster = try roster(DiscoveredClass(hosts))
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
        var refused = DiscoveredHost(address: try #require(IPAddress("172.16.9.9")))
        refused.failure = "172.16.9.9: nobody there knows this key."
        var printer = DiscoveredHost(address: try #require(IPAddress("172.16.9.8")))
        printer.hostName = "imprimante"
        let found = DiscoveredClass(hosts + [refused, printer])
        let french = text(found, .french)
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
        let read = try TestFolder().roster(french).students
        let english = try roster(found).students
        #expect(text(found, .english).contains("\nlanguage: en\n"))
        #expect(read.map(\.identity.id) == ["etu1", "etu2", "etu3"])
        #expect(read.map(\.identity) == english.map(\.identity))
        #expect(read.map(\.lab) == english.map(\.lab))
        // Nothing to infer a virtual IP from: the pair waits in a comment.
        let incomplete = text(DiscoveredClass(try pair(3) + pair(4, vip: "172.16.4.12")), .french)
        #expect(
            incomplete.contains(
                "# Paires sans IP virtuelle : donnez à chacune un vip et ôtez les #.\n#   - id: \"etu3\""))
        #expect(try TestFolder().roster(incomplete).students.map(\.identity.id) == ["etu4"])
    }

    @Test func namesComeFromTheTableOnly() throws {
        let folder = try TestFolder()
        let file = try folder.write(
            """
            id;name;address;cluster
            dupont;Dupont Camille + Martin Alex;172.16.1.11;
            durand;Durand Noé;;etu2
            """, to: "list.csv")
        let list = try StudentList.read(file: file)
        let found = DiscoveredClass(
            try pair(1, vip: "172.16.1.12") + pair(2, vip: "172.16.2.12") + pair(3, vip: "172.16.3.12"))
        let students = try roster(found, list).students.map(\.identity)
        #expect(students.map(\.id) == ["dupont", "durand", "etu3"])
        #expect(students.map(\.names) == [["Dupont Camille", "Martin Alex"], ["Durand Noé"], ["etu3"]])
    }

    /// Whoever is in the list stays in the class, with the reason, whatever became of the machines.
    @Test func whoIsNotFoundIsMissingByName() throws {
        let folder = try TestFolder()
        let file = try folder.write(
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
            """, to: "list.csv")
        var refusing = DiscoveredHost(address: try #require(IPAddress("172.16.4.10")))
        refusing.failure = "172.16.4.10: refused"
        let found = DiscoveredClass(
            try pair(1, vip: "172.16.1.12") + pair(2) + pair(3, vip: "172.16.3.112") + [refusing])
        let draft = DiscoveredRoster(
            found, searched: try ["172.16.1.10", "172.16.4.10"].map { try #require(IPAddress($0)) },
            className: "classe", exercise: "activite-2", ssh: ["user: root", "agent: true"],
            students: try StudentList.read(file: file), language: .french)
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
        #expect(try TestFolder().roster(draft.text).students.map(\.identity.id) == ["dupont", "etu3"])
    }

    @Test(arguments: [
        ("id;nom;adresse\n", "“nom”"), ("", "empty"), ("id;name\nx;X\n", "which machines"),
        ("name;address\n\"open;1\n", "quotation"), ("id;address\na b;1\n", "cannot name a folder"),
        ("id;address\na;1;2\n", "3 cells"),
    ])
    func aTableThatIsWrongSaysWhere(_ text: String, _ word: String) throws {
        let folder = try TestFolder()
        let file = try folder.write(text, to: "list.csv")
        let errors = #expect(throws: InputErrors.self) { try StudentList.read(file: file) }
        #expect(errors?.description.contains(word) == true, "\(errors?.description ?? "")")
        #expect(errors?.description.contains("list.csv:") == true)
    }
}
