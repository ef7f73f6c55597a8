import GraderCore
import Testing

@testable import Exercises

/// What the roster of a search says, and whom it misses.
extension PairDiscoveryTests {
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
        refused.failure = LocalizedText(verbatim: "172.16.9.9: nobody there knows this key.")
        var printer = DiscoveredNode(address: try #require(IPAddress("172.16.9.8")))
        printer.hostName = "imprimante"
        let found = find(hosts + [refused, printer])
        let french = draft(found, .french).text
        for comment in [
            "# Écrit par `bascule discover`. Relire les commentaires avant de s’y fier.",
            "\nlanguage: fr\n",
            "#  à vérifier\u{A0}: 172.16.1.10 a la clé d’hôte SSH de 172.16.2.11 (machine clonée\u{202F}?",
            "#  à vérifier\u{A0}: 172.16.1.10 a le machine-id de 172.16.2.11 (machine clonée\u{202F}?",
            "#  à vérifier\u{A0}: les deux nœuds ne donnent pas le même nom au cluster (etu3, autre)",
            "vip: 172.16.3.12/24   # absente de la CIB\u{A0}: aussi loin de serv1 que celle des autres paires",
            "name: \"etu1\"   # aucun nom n’est connu",
            "# d’après resolv.conf\u{A0}: est-ce bien le nom du site\u{202F}?",
            "# aucun serveur de noms du réseau du TP dans resolv.conf\u{A0}: Q5 est laissée de côté",
            "# Nœuds sans partenaire\u{A0}:\n"
                + "#  172.16.5.11 (serv2)\u{A0}: son partenaire 172.16.5.10 n’a pas pu être interrogé, ou ne le compte pas",
            // Why nobody could be logged in is the transport's own sentence.
            "# Machines auxquelles on n’a pas pu se connecter\u{A0}:\n"
                + "#  172.16.9.9\u{A0}: nobody there knows this key.",
            "# Machines qui n’appartiennent à aucun cluster\u{A0}:\n#  172.16.9.8 (imprimante)\u{A0}: imprimante",
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
                "# Paires sans IP virtuelle\u{A0}: donner à chacune un vip et ôter les #.\n#   - id: \"etu3\""
            ))
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
        refusing.failure = LocalizedText(verbatim: "172.16.4.10: refused")
        let found = find(
            try pair(1, vip: "172.16.1.12") + pair(2) + pair(3, vip: "172.16.3.112") + [refusing])
        let draft = draft(
            found, .french, list,
            searched: try ["172.16.1.10", "172.16.4.10"].map { try #require(IPAddress($0)) })
        let reasons = Dictionary(
            uniqueKeysWithValues: draft.notGradable.map { ($0.student.id, $0.reason[.french]) })
        for (id, word) in [
            ("petit", "pas encore d’IP virtuelle"), ("martin", "refused"),
            ("durand", "n’est pas parmi les adresses"),
            ("list-6", "ne s’appelle serv9"), ("moreau", "lignes 7, 8"), ("simon", "lignes 7, 8"),
            ("list-9", "ne s’appelle c9"),
        ] {
            #expect(reasons[id]?.contains(word) == true, "\(id): \(reasons[id] ?? "missing")")
        }
        #expect(reasons.count == 7 && draft.isIncomplete)
        #expect(draft.text.contains("# Personnes de la liste qui manquent"))
        #expect(draft.text.contains("#  durand, Durand Noé (ligne 4 de la liste)\u{A0}: 172.16.9.10"))
        // Comments do not keep it from being read.
        #expect(try read(draft.text).students.map(\.identity.id) == ["dupont", "etu3"])
    }
}
