import GraderCore

/// What is said of pairs that were discovered. Everything here may end up in a roster's comment, where only plain
/// characters pass: no guillemets, no special blanks.
enum DiscoveredPairTexts {
    // MARK: All pairs

    static func text(_ sentence: DiscoverySentence) -> LocalizedText {
        switch sentence {
        case .count(let pairs, let lone):
            // French counts in the plural from two on, English everything but one.
            LocalizedText(
                fr:
                    "\(pairs) paire\(pairs > 1 ? "s" : ""), \(lone) nœud\(lone > 1 ? "s" : "") sans partenaire",
                en: "\(pairs) pair\(pairs == 1 ? "" : "s"), \(lone) lone node\(lone == 1 ? "" : "s")")
        case .linesMeanOneLab(let lines): severalRows(lines)
        case .incompleteLabs:
            LocalizedText(
                fr: "Paires sans IP virtuelle : donner à chacune un vip et ôter les #.",
                en: "Pairs without a virtual IP: give each a vip and take the # away.")
        case .loneMachines: LocalizedText(fr: "Nœuds sans partenaire :", en: "Nodes without a partner:")
        case .others:
            LocalizedText(
                fr: "Machines qui n'appartiennent à aucun cluster :", en: "Machines that are no cluster's:")
        case .noLab: LocalizedText(fr: "Aucune paire", en: "No pair")
        case .whatALabIs:
            LocalizedText(
                fr: """
                    Une paire est faite de deux machines dont les corosync.conf se nomment l'une l'autre et où \
                    la clé peut entrer
                    """,
                en: "A pair is two machines whose corosync.conf name one another and that let your key in")
        case .noneGradable:
            LocalizedText(
                fr: "Aucune paire ne peut être notée ainsi", en: "No pair can be graded like that")
        case .allIncomplete:
            LocalizedText(fr: "Aucune paire n'a encore d'IP virtuelle", en: "No pair has a virtual IP yet")
        }
    }

    private static func severalRows(_ lines: [Int]) -> LocalizedText {
        let numbers = lines.map(String.init).joined(separator: ", ")
        return LocalizedText(
            fr: "les lignes \(numbers) de la liste désignent toutes cette paire",
            en: "lines \(numbers) of the list all mean this pair")
    }

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

    static let noVirtualIP = LocalizedText(
        fr: "ses machines n'ont pas encore d'IP virtuelle", en: "the machines have no virtual IP yet")

    /// The end of a pair's line on the terminal.
    static func virtualIP(_ vip: IPAddress?, isInferred: Bool) -> LocalizedText {
        guard let vip else {
            return LocalizedText(fr: "pas encore d'IP virtuelle", en: "no virtual IP yet")
        }
        return isInferred
            ? LocalizedText(fr: "IP virtuelle \(vip) (déduite)", en: "virtual IP \(vip) (inferred)")
            : LocalizedText(fr: "IP virtuelle \(vip)", en: "virtual IP \(vip)")
    }

    // Beside the roster's keys.

    static let inferredVIP = LocalizedText(
        fr: "absente de la CIB : aussi loin de serv1 que celle des autres paires",
        en: "not in the CIB: as far from serv1 as the other pairs' is")
    static let noNameServer = LocalizedText(
        fr: "aucun serveur de noms du réseau du TP dans resolv.conf : Q5 est laissée de côté",
        en: "no name server of the lab's network in resolv.conf: Q5 is left out")
    static let siteNameGuessed = LocalizedText(
        fr: "d'après resolv.conf : est-ce bien le nom du site ?",
        en: "from resolv.conf: is this the site's name?")

    // MARK: A machine that is in no pair

    static let namesNoOtherNode = LocalizedText(
        fr: "son corosync.conf ne nomme aucun autre nœud", en: "its corosync.conf names no other node")

    static func partnerMissing(_ addresses: [String]) -> LocalizedText {
        let partner = addresses.joined(separator: ", ")
        return LocalizedText(
            fr: "son partenaire \(partner) n'a pas pu être interrogé, ou ne le compte pas parmi ses nœuds",
            en: "its partner \(partner) could not be asked, or does not list it")
    }

    static func inNoCluster(_ address: IPAddress) -> LocalizedText {
        LocalizedText(
            fr: "la machine \(address) n'appartient à aucun cluster",
            en: "the machine \(address) is no cluster's")
    }

    // MARK: Across the pairs

    /// `ssh-keygen -A` alone leaves the keys that are there (ssh-keygen(1)).
    static func sameHostKey(_ host: IPAddress, _ others: [IPAddress]) -> LocalizedText {
        LocalizedText(
            fr: """
                \(host) a la clé d'hôte SSH de \(list(others)) \
                (machine clonée ? supprimer ses /etc/ssh/ssh_host_*, puis ssh-keygen -A)
                """,
            en: """
                \(host) has the SSH host key of \(list(others)) \
                (a cloned machine? remove its /etc/ssh/ssh_host_*, then ssh-keygen -A)
                """)
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
}
