import GraderCore

// What a student reads about H0; apart from its judging for length only.
enum H0 {
    static let nodesOnline = CheckDefinition(
        "H0.nodes-online",
        title: LocalizedText(fr: "Les deux nœuds sont en ligne", en: "Both nodes are online"),
        why: LocalizedText(
            fr: "Avec un seul nœud en ligne il n'y a pas de secours.",
            en: "With one node online there is no backup."),
        seeYourself: "crm_mon -1", alsoSeenIn: [.online])
    static let quorum = CheckDefinition(
        "H0.quorum",
        title: LocalizedText(fr: "Le cluster a le quorum", en: "The cluster has quorum"),
        why: LocalizedText(
            fr: "Sans quorum, Pacemaker arrête toutes les ressources.",
            en: "Without quorum Pacemaker stops all resources."),
        seeYourself: "crm_mon -1 ; corosync-quorumtool -s",
        hint: LocalizedText(
            fr:
                "Deux nœuds ne font pas une majorité si l'un manque : que dit la section quorum de corosync.conf ?",
            en:
                "Two nodes are no majority when one is missing: what does corosync.conf say in its quorum section?"
        ))
    static let fencing = CheckDefinition(
        "H0.fencing",
        title: LocalizedText(fr: "Le fencing (STONITH) est réglé", en: "Fencing (STONITH) is settled"),
        why: LocalizedText(
            fr: "Activé sans aucun dispositif, le fencing empêche Pacemaker de démarrer quoi que ce soit.",
            en: "Switched on without any device, fencing keeps Pacemaker from starting anything."),
        seeYourself: "crm_verify -L -V",
        hint: LocalizedText(
            fr:
                "L'activité précédente désactivait une propriété du cluster. Laquelle, et est-ce toujours le cas ?",
            en:
                "The activity before this one switched off a property of the cluster. Which, and is it still off?"
        ))
    static let managed = CheckDefinition(
        "H0.managed",
        title: LocalizedText(fr: "Le cluster a la main sur ses ressources", en: "The cluster is in control"),
        why: LocalizedText(
            fr: "En maintenance tout continue de tourner, mais plus rien ne bascule.",
            en: "In maintenance everything goes on running, but nothing fails over any more."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr: "Que signifie « unmanaged » à côté d'une ressource dans crm_mon ?",
            en: "What does “unmanaged” mean beside a resource in crm_mon?"))
    static let noFailures = CheckDefinition(
        "H0.no-failures",
        title: LocalizedText(fr: "Aucune action en échec", en: "No failed action"),
        why: LocalizedText(
            fr: "Un nœud sur lequel une ressource a échoué peut lui rester interdit jusqu'au nettoyage.",
            en: "A node on which a resource failed may stay closed to it until that is cleaned up."),
        seeYourself: "crm_mon -1 -f",
        hint: LocalizedText(
            fr: "Une fois la cause corrigée, le document 2 dit comment effacer les erreurs.",
            en: "Once the cause is mended, document 2 says how to clear the errors."))
    static let valid = CheckDefinition(
        "H0.valid",
        title: LocalizedText(
            fr: "La configuration est valide (crm_verify)", en: "The configuration is valid (crm_verify)"),
        why: LocalizedText(
            fr: "Pacemaker ignore sans bruit une partie de ce qu'il ne comprend pas.",
            en: "Pacemaker silently ignores part of what it does not understand."),
        seeYourself: "crm_verify -L -V")
    static let noGhost = CheckDefinition(
        "H0.no-ghost",
        title: LocalizedText(fr: "Aucun nœud fantôme", en: "No ghost node"),
        why: LocalizedText(
            fr: "Un nœud qui n'existe pas fausse le compte des votes et encombre crm_mon.",
            en: "A node that does not exist spoils the count of votes and clutters crm_mon."),
        seeYourself: "crm_mon -1 ; crm node show",
        hint: LocalizedText(
            fr: "D'où vient un nœud de plus ? Comparez avec le corosync.conf d'origine de Debian.",
            en: "Where does one node more come from? Compare with Debian's original corosync.conf."))
    static let noClone = CheckDefinition(
        "H0.no-clone",
        title: LocalizedText(fr: "Ni adresse ni service clonés", en: "Neither address nor service cloned"),
        why: LocalizedText(
            fr: "Un clone tourne sur les deux nœuds à la fois : l'inverse d'un couple actif/passif.",
            en: "A clone runs on both nodes at once: the opposite of an active/passive pair."),
        seeYourself: "crm configure show")
    static let boot = CheckDefinition(
        "H0.boot",
        title: LocalizedText(
            fr: "Corosync et Pacemaker démarrent avec la machine", en: "Corosync and Pacemaker start at boot"),
        why: LocalizedText(
            fr: "Un nœud qui redémarre sans rejoindre le cluster n'est plus un secours.",
            en: "A node that comes back without joining the cluster is no backup any more."),
        seeYourself: "systemctl is-enabled corosync pacemaker")
    static let interface = CheckDefinition(
        "H0.interface",
        title: LocalizedText(
            fr: "Chaque nœud a son interface dans le réseau du TP",
            en: "Each node has its interface in the lab network"),
        why: LocalizedText(
            fr: "L'adresse virtuelle se pose sur cette interface, sur un nœud comme sur l'autre.",
            en: "The virtual address is put on this interface, on either node."),
        seeYourself: "ip -br addr")
    static let agents = CheckDefinition(
        "H0.agents",
        title: LocalizedText(
            fr: "Les scripts des ressources sont sur les deux nœuds",
            en: "The resources' agents are on both nodes"),
        why: LocalizedText(
            fr: "Une ressource ne bascule que vers un nœud qui possède son script.",
            en: "A resource fails over only to a node that has its agent."),
        seeYourself: "ls /usr/lib/ocf/resource.d/heartbeat /etc/init.d")
    static let webConfiguration = CheckDefinition(
        "H0.web-config",
        title: LocalizedText(
            fr: "La configuration du serveur web est correcte sur les deux nœuds",
            en: "The web server's configuration is right on both nodes"),
        why: LocalizedText(
            fr: "Une directive inconnue n'arrête pas un serveur en marche, mais l'empêche de redémarrer.",
            en: "An unknown directive does not stop a running server, but keeps it from starting again."),
        seeYourself: "apachectl configtest",
        hint: LocalizedText(
            fr: "Avez-vous retiré la directive ajoutée pour votre test ?",
            en: "Did you take out the directive that you added for your test?"))
    static let site = CheckDefinition(
        "H0.site",
        title: LocalizedText(fr: "Le site est sur les deux nœuds", en: "The site is on both nodes"),
        why: LocalizedText(
            fr: "Après une bascule, c'est l'autre nœud qui sert les pages : il doit avoir les mêmes.",
            en: "After a failover the other node serves the pages: it has to have the same."),
        seeYourself: "ls /var/www/html")

    private static let expectations: [CheckID: LocalizedText] = [
        nodesOnline.id: LocalizedText(fr: "deux nœuds en ligne", en: "two nodes online"),
        quorum.id: LocalizedText(fr: "le quorum", en: "quorum"),
        fencing.id: LocalizedText(
            fr: "stonith-enabled=false, ou un dispositif de fencing",
            en: "stonith-enabled=false, or a fencing device"),
        managed.id: LocalizedText(
            fr: "ni maintenance, ni ressource non gérée", en: "no maintenance, no unmanaged resource"),
        noFailures.id: LocalizedText(fr: "aucune action en échec", en: "no failed action"),
        valid.id: LocalizedText(fr: "crm_verify ne trouve rien à redire", en: "crm_verify finds no fault"),
        noGhost.id: LocalizedText(
            fr: "les deux nœuds du binôme et aucun autre", en: "the pair's two nodes and no other"),
        noClone.id: LocalizedText(fr: "des ressources simples", en: "plain resources"),
        boot.id: LocalizedText(
            fr: "corosync et pacemaker activés sur les deux nœuds",
            en: "corosync and pacemaker enabled on both nodes"),
        interface.id: LocalizedText(
            fr: "l'adresse de chaque nœud sur une interface active",
            en: "each node's address on an interface that is up"),
        agents.id: LocalizedText(
            fr: "chaque script de ressource sur les deux nœuds", en: "each resource's agent on both nodes"),
        webConfiguration.id: LocalizedText(
            fr: "« Syntax OK » sur les deux nœuds", en: "“Syntax OK” on both nodes"),
        site.id: LocalizedText(
            fr: "les mêmes pages sur les deux nœuds", en: "the same pages on both nodes"),
    ]
    static func expected(_ check: CheckDefinition) -> LocalizedText { expectations[check.id] ?? .none }

    static let withQuorum = LocalizedText(fr: "quorum atteint", en: "with quorum")
    static let withoutQuorum = LocalizedText(fr: "partition sans quorum", en: "partition without quorum")
    static let fencingOn = LocalizedText(
        fr:
            "stonith-enabled vaut true (c'est la valeur par défaut) et il n'y a aucun dispositif : rien ne démarre",
        en: "stonith-enabled is true (the default) and there is no device: nothing is started")
    static let everythingManaged = LocalizedText(fr: "tout est géré", en: "everything is managed")
    static let noFailure = LocalizedText(fr: "aucune", en: "none")
    static let isValid = LocalizedText(fr: "rien à redire", en: "no fault found")
    static let notVerified = LocalizedText(
        fr: "crm_verify n'a pu être exécutée", en: "crm_verify could not be run")
    static let notCloned = LocalizedText(fr: "aucun clone", en: "no clone")
    static let notSeen = LocalizedText(fr: "n'a pu être vu", en: "could not be seen")
    static let noResources = LocalizedText(fr: "aucune ressource encore", en: "no resource yet")
    static let interfaceDown = LocalizedText(fr: ", interface arrêtée", en: ", interface down")

    static func online(_ names: [String]) -> LocalizedText {
        let nodes = joined(names)
        return LocalizedText(fr: "en ligne : \(nodes.fr)", en: "online: \(nodes.en)")
    }
    static func offline(_ names: [String]) -> LocalizedText {
        let nodes = joined(names)
        return LocalizedText(fr: "hors ligne : \(nodes.fr)", en: "offline: \(nodes.en)")
    }
    static func fencingDevice(_ id: String) -> LocalizedText {
        LocalizedText(fr: "dispositif \(id)", en: "device \(id)")
    }
    static func nodeInMaintenance(_ name: String) -> LocalizedText {
        LocalizedText(fr: "\(name) est en maintenance", en: "\(name) is in maintenance")
    }
    static func unmanaged(_ resource: String) -> LocalizedText {
        LocalizedText(fr: "\(resource) n'est pas gérée", en: "\(resource) is not managed")
    }
    static func ghosts(_ names: [String]) -> LocalizedText {
        let nodes = joined(names)
        return LocalizedText(
            fr: "en trop dans la configuration : \(nodes.fr)",
            en: "too many in the configuration: \(nodes.en)")
    }
    static func cloned(_ resource: String, _ clone: String) -> LocalizedText {
        LocalizedText(
            fr: "\(resource) est dans le clone \(clone)", en: "\(resource) is in the clone \(clone)")
    }
    static func addressNowhere(_ address: String) -> LocalizedText {
        LocalizedText(fr: "\(address) n'est sur aucune interface", en: "\(address) is on no interface")
    }
    static func missing(_ agents: [String]) -> LocalizedText {
        let list = agents.joined(separator: ", ")
        return LocalizedText(fr: "il manque \(list)", en: "missing: \(list)")
    }
    static func noSite(_ folders: [String]) -> LocalizedText {
        let list = folders.joined(separator: ", ")
        return LocalizedText(fr: "rien dans \(list)", en: "nothing in \(list)")
    }
    static func otherSite(_ text: String) -> LocalizedText {
        LocalizedText(fr: ", mais sans « \(text) »", en: ", but without “\(text)”")
    }
    static func on(_ node: String, _ found: LocalizedText) -> LocalizedText {
        LocalizedText(fr: "\(node) : \(found.fr)", en: "\(node): \(found.en)")
    }
    static func list(_ texts: [LocalizedText]) -> LocalizedText {
        LocalizedText(
            fr: texts.map(\.fr).joined(separator: " ; "), en: texts.map(\.en).joined(separator: "; "))
    }
}
