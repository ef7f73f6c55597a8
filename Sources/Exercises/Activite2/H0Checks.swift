import GraderCore
import LinuxFacts
import Pacemaker

// What a student reads about H0; apart from its judging for length only.
enum H0 {
    static let nodesOnline = CheckDefinition(
        "H0.nodes-online",
        title: LocalizedText(fr: "Les deux nœuds sont en ligne", en: "Both nodes are online"),
        why: LocalizedText(
            fr: "Avec un seul nœud en ligne il n'y a pas de secours.",
            en: "With one node online there is no backup."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr:
                "La machine est-elle allumée, et que disent « systemctl status corosync pacemaker » sur elle ?",
            en: "Is the machine on, and what does “systemctl status corosync pacemaker” say there?"),
        alsoSeenIn: [.online])
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
            fr:
                "Le motif de l'échec, ou à défaut le journal du service sur ce nœud, dit où chercher la cause. Une fois "
                + "celle-ci corrigée, le document 2 dit comment effacer les erreurs.",
            en:
                "The reason of the failure, or else the service's log on that node, says where to look for the cause. "
                + "Once that is mended, document 2 says how to clear the errors."))
    static let valid = CheckDefinition(
        "H0.valid",
        title: LocalizedText(
            fr: "La configuration est valide (crm_verify)", en: "The configuration is valid (crm_verify)"),
        why: LocalizedText(
            fr: "Pacemaker ignore sans bruit une partie de ce qu'il ne comprend pas.",
            en: "Pacemaker silently ignores part of what it does not understand."),
        seeYourself: "crm_verify -L -V",
        hint: LocalizedText(
            fr: "crm_verify nomme ce qui le gêne : retrouvez ce nom dans « crm configure show ».",
            en: "crm_verify names what it does not like: find that name in “crm configure show”."))
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
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Combien d'exemplaires de l'adresse et du serveur web faut-il à la fois ?",
            en: "How many of the address and of the web server are wanted at a time?"))
    static let boot = CheckDefinition(
        "H0.boot",
        title: LocalizedText(
            fr: "Corosync et Pacemaker démarrent avec la machine", en: "Corosync and Pacemaker start at boot"),
        why: LocalizedText(
            fr: "Un nœud qui redémarre sans rejoindre le cluster n'est plus un secours.",
            en: "A node that comes back without joining the cluster is no backup any more."),
        seeYourself: "systemctl is-enabled corosync pacemaker",
        hint: LocalizedText(
            fr: "Après une panne de courant, qui relancerait le cluster sur ce nœud ?",
            en: "After a power cut, what would start the cluster on that node again?"))
    static let interface = CheckDefinition(
        "H0.interface",
        title: LocalizedText(
            fr: "Chaque nœud a son interface dans le réseau du TP",
            en: "Each node has its interface in the lab network"),
        why: LocalizedText(
            fr: "L'adresse virtuelle se pose sur cette interface, sur un nœud comme sur l'autre.",
            en: "The virtual address is put on this interface, on either node."),
        seeYourself: "ip -br addr",
        hint: LocalizedText(
            fr: "Que dit « ip -br addr » de l'interface : est-elle UP, et avec quelle adresse ?",
            en: "What does “ip -br addr” say of the interface: is it UP, and with which address?"))
    static let agents = CheckDefinition(
        "H0.agents",
        title: LocalizedText(
            fr: "Les scripts des ressources sont sur les deux nœuds",
            en: "The resources' agents are on both nodes"),
        why: LocalizedText(
            fr: "Une ressource ne bascule que vers un nœud qui possède son script.",
            en: "A resource fails over only to a node that has its agent."),
        seeYourself: "ls /usr/lib/ocf/resource.d/heartbeat /etc/init.d",
        hint: LocalizedText(
            fr:
                "Le nom du script est-il juste, et le paquet qui l'apporte est-il installé sur les deux nœuds ?",
            en: "Is the agent's name right, and is the package that brings it installed on both nodes?"))
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
        seeYourself: "ls /var/www/html",
        hint: LocalizedText(
            fr:
                "Comparez le dossier du site sur les deux nœuds : rien ne le copie de l'un à l'autre à votre place.",
            en: "Compare the site's folder on both nodes: nothing copies it from one to the other for you."))
}
