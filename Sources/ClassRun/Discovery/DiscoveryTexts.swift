import GraderCore

/// What is said of machines that were discovered. Everything here may end up in a roster's comment, where only plain
/// characters pass (``DiscoveredRoster``): no guillemets, no special blanks.
enum DiscoveryTexts {
    // MARK: One pair

    static func severalVirtualIPs(_ addresses: [IPAddress]) -> LocalizedText {
        LocalizedText(
            fr:
                "plusieurs IP virtuelles dans la CIB (\(list(addresses))) : la première est-elle celle du TP ?",
            en: "several virtual IPs in the CIB (\(list(addresses))): is the first the lab's?")
    }

    static func virtualIPsElsewhere(_ addresses: [IPAddress]) -> LocalizedText {
        let areSeveral = addresses.count > 1
        return LocalizedText(
            fr:
                "\(areSeveral ? "IP virtuelles" : "IP virtuelle") hors du réseau des nœuds : \(list(addresses))",
            en:
                "\(areSeveral ? "virtual IPs" : "a virtual IP") outside the nodes' network: \(list(addresses))"
        )
    }

    static let noCIB = LocalizedText(
        fr: "la CIB n'a pu être lue sur aucun des deux nœuds : le cluster est-il démarré ?",
        en: "no CIB could be read on either node: is the cluster running?")

    /// - Parameter names: by node; nil where its corosync.conf gives none.
    static func differentClusterNames(_ names: [String?]) -> LocalizedText {
        func said(_ nothing: String) -> String { names.map { $0 ?? nothing }.joined(separator: ", ") }
        return LocalizedText(
            fr: "les deux nœuds ne donnent pas le même nom au cluster (\(said("aucun nom")))",
            en: "the nodes call their cluster differently (\(said("no name")))")
    }

    static func moreThanTwoNodes(_ count: Int) -> LocalizedText {
        LocalizedText(
            fr: "corosync.conf énumère \(count) nœuds : un nœud fantôme, ou une troisième machine",
            en: "corosync.conf lists \(count) nodes: a ghost, or a third machine")
    }

    // MARK: A lone node

    static let namesNoOtherNode = LocalizedText(
        fr: "son corosync.conf ne nomme aucun autre nœud", en: "its corosync.conf names no other node")

    static func partnerMissing(_ addresses: [String]) -> LocalizedText {
        let partner = addresses.joined(separator: ", ")
        return LocalizedText(
            fr: "son partenaire \(partner) n'a pas pu être interrogé, ou ne le compte pas parmi ses nœuds",
            en: "its partner \(partner) could not be asked, or does not list it")
    }

    // MARK: Across the pairs

    /// `ssh-keygen -A` alone leaves the keys that are there (ssh-keygen(1)).
    static func sameHostKey(_ host: IPAddress, _ others: [IPAddress]) -> LocalizedText {
        LocalizedText(
            fr: "\(host) a la clé d'hôte SSH de \(list(others)) "
                + "(machine clonée ? supprimer ses /etc/ssh/ssh_host_*, puis ssh-keygen -A)",
            en: "\(host) has the SSH host key of \(list(others)) "
                + "(a cloned machine? remove its /etc/ssh/ssh_host_*, then ssh-keygen -A)")
    }

    static func sameMachineID(_ host: IPAddress, _ others: [IPAddress]) -> LocalizedText {
        LocalizedText(
            fr:
                "\(host) a le machine-id de \(list(others)) (machine clonée ? son /etc/machine-id a été copié)",
            en:
                "\(host) has the machine-id of \(list(others)) (a cloned machine? its /etc/machine-id was copied)"
        )
    }

    /// - Parameter others: the primaries of the other pairs.
    static func sameVirtualIP(_ vip: IPAddress, _ others: [IPAddress]) -> LocalizedText {
        LocalizedText(fr: "l'IP virtuelle \(vip) est aussi celle ", en: "the virtual IP \(vip) is also that ")
            + pairs(others)
    }

    /// - Parameter others: the primaries of the other pairs.
    static func sameClusterName(_ others: [IPAddress]) -> LocalizedText {
        LocalizedText(fr: "le nom du cluster est aussi celui ", en: "the cluster name is also that ")
            + pairs(others)
            + LocalizedText(
                fr: " : sur un même réseau, leurs messages corosync peuvent se mêler",
                en: ": on one network their corosync messages may mix")
    }

    private static func pairs(_ primaries: [IPAddress]) -> LocalizedText {
        let areSeveral = primaries.count > 1
        return LocalizedText(
            fr: "\(areSeveral ? "des paires" : "de la paire") de \(list(primaries))",
            en: "of the \(areSeveral ? "pairs" : "pair") at \(list(primaries))")
    }

    private static func list(_ addresses: [IPAddress]) -> String {
        addresses.map(\.description).joined(separator: ", ")
    }

    // MARK: The students' table

    static func severalRows(_ lines: [Int]) -> LocalizedText {
        let numbers = lines.map(String.init).joined(separator: ", ")
        return LocalizedText(
            fr: "les lignes \(numbers) de la liste désignent toutes cette paire",
            en: "lines \(numbers) of the list all mean this pair")
    }

    static let nobodysMachines = LocalizedText(
        fr: "ces machines ne sont à personne de la liste", en: "nobody in the list has these machines")

    static let missingStudents = LocalizedText(
        fr: "Personnes de la liste qui manquent dans ce fichier :",
        en: "Persons of the list who are missing in this file:")

    static func person(_ who: String, line: Int) -> LocalizedText {
        LocalizedText(fr: "\(who) (ligne \(line) de la liste)", en: "\(who) (line \(line) of the list)")
    }

    static let noVirtualIP = LocalizedText(
        fr: "ses machines n'ont pas encore d'IP virtuelle", en: "the machines have no virtual IP yet")
    static let noMachineNamed = LocalizedText(
        fr: "la liste ne donne ni adresse, ni nom de machine, ni cluster",
        en: "the list gives no address, host or cluster")

    static func notSearched(_ address: String) -> LocalizedText {
        LocalizedText(
            fr: "\(address) n'est pas parmi les adresses parcourues",
            en: "\(address) is not among the addresses that were searched")
    }

    static func noAnswer(_ address: String) -> LocalizedText {
        LocalizedText(
            fr: "aucune machine ne répond en \(address) sur le port 22 (éteinte, ou sans sshd ?)",
            en: "no machine answers at \(address) on port 22 (switched off, or without sshd?)")
    }

    static func inNoCluster(_ address: IPAddress) -> LocalizedText {
        LocalizedText(
            fr: "la machine \(address) n'appartient à aucun cluster",
            en: "the machine \(address) is no cluster's")
    }

    static func notFound(_ names: [String]) -> LocalizedText {
        let list = names.joined(separator: ", ")
        return LocalizedText(
            fr: "aucune machine et aucun cluster ne s'appelle \(list)",
            en: "no machine and no cluster is called \(list)")
    }

    // MARK: The roster's own comments

    static let heading = LocalizedText(
        fr: "Écrit par `bascule discover`. Relisez les commentaires avant de vous y fier.",
        en: "Written by `bascule discover`. Look through the comments before you rely on it.")
    static let incompletePairs = LocalizedText(
        fr: "Paires sans IP virtuelle : donnez à chacune un vip et ôtez les #.",
        en: "Pairs without a virtual IP: give each a vip and take the # away.")
    static let loneNodes = LocalizedText(fr: "Nœuds sans partenaire :", en: "Nodes without a partner:")
    static let refused = LocalizedText(
        fr: "Machines auxquelles on n'a pas pu se connecter :", en: "Machines that could not be logged in to:"
    )
    static let others = LocalizedText(
        fr: "Machines qui n'appartiennent à aucun cluster :", en: "Machines that are no cluster's:")
    static let noReason = LocalizedText(fr: "sans raison connue", en: "no reason")
    static let noHostName = LocalizedText(fr: "elle ne dit pas son nom", en: "it says no name")
    /// Before a doubt.
    static let doubtful = LocalizedText(fr: "à vérifier : ", en: "doubtful: ")
    static let nameUnknown = LocalizedText(fr: "aucun nom n'est connu", en: "nobody's name is known")
    static let inferredVIP = LocalizedText(
        fr: "absente de la CIB : aussi loin de serv1 que celle des autres paires",
        en: "not in the CIB: as far from serv1 as the other pairs' is")
    static let noNameServer = LocalizedText(
        fr: "aucun serveur de noms du réseau du TP dans resolv.conf : Q5 est laissée de côté",
        en: "no name server of the lab's network in resolv.conf: Q5 is left out")
    static let siteNameGuessed = LocalizedText(
        fr: "d'après resolv.conf : est-ce bien le nom du site ?",
        en: "from resolv.conf: is this the site's name?")
}
