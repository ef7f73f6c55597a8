import GraderCore

/// What the teacher is told of a pair, and how an honest student comes to it.
enum AnomalyTexts {
    static let noProcess = LocalizedText(
        fr: "crm_mon et cibadmin décrivent un cluster en marche, mais ni Corosync ni Pacemaker ne tournent",
        en: "crm_mon and cibadmin describe a running cluster, but neither Corosync nor Pacemaker runs")
    static let noSocket = LocalizedText(
        fr: "Un cluster est décrit, mais aucune prise de la CIB de Pacemaker n'est ouverte",
        en: "A cluster is described, but no socket of Pacemaker's CIB is open")
    static let noUDP = LocalizedText(
        fr: "Un cluster est décrit, mais Corosync n'a aucune prise UDP ouverte",
        en: "A cluster is described, but Corosync has no UDP socket open")
    static let speaksForNobody = LocalizedText(
        fr: "Ces outils parlent d'ordinaire pour les démons : ici ils ne peuvent pas l'avoir fait.",
        en: "These tools speak for the daemons: here they cannot have done so.")
    static let justStopped = LocalizedText(
        fr: "Le cluster a été arrêté, ou relancé, pendant le relevé : regarder encore.",
        en: "The cluster was stopped, or started again, during the look: look once more.")

    static func otherProgram(_ found: String) -> LocalizedText {
        LocalizedText(
            fr: "Des processus portent le nom d'un démon et exécutent un autre fichier : \(found)",
            en: "Processes have a daemon's name and run another file: \(found)")
    }
    static let borrowedName = LocalizedText(
        fr: "Un nom emprunté fait croire que le cluster tourne.",
        en: "A borrowed name makes believe that the cluster runs.")
    static let wrapper = LocalizedText(
        fr: "Un démon lancé par un outil d'analyse (valgrind, strace) ou par un script.",
        en: "A daemon started by a tool that analyses it (valgrind, strace) or by a script.")

    static func writtenAtLogIn(_ seconds: Double, by client: String) -> LocalizedText {
        let client = client.isEmpty ? "?" : client
        return LocalizedText(
            fr: """
                La configuration du cluster a été écrite \(seconds, digits: 1) s après la connexion de Bascule, \
                avant son premier relevé (par \(client))
                """,
            en: """
                The cluster's configuration was written \(seconds, digits: 1) s after Bascule's log-in, \
                before its first look (by \(client))
                """)
    }
    static let putBack = LocalizedText(
        fr: "Une configuration remise à la connexion, et enlevée ensuite, n'est vue que du correcteur.",
        en: "A configuration put back at the log-in, and taken away afterwards, is only seen by the grader.")
    static let atWork = LocalizedText(
        fr: "L'étudiant travaillait à cette seconde même : regarder encore, quand il ne touche à rien.",
        en: "The student was at work in that very second: look once more, when he touches nothing.")

    static let oneIsNotTrue = LocalizedText(
        fr: "Sur une même machine, l'une des deux réponses n'est pas vraie.",
        en: "On one and the same machine, one of the two answers is not true.")
    static let badMoment = LocalizedText(
        fr:
            "Un disque plein ou des droits changés sur le fichier, ou un moment mal choisi : regarder encore.",
        en: "A full disk or changed rights of the file, or a bad moment: look once more.")

    static func addresses(invented: String, hidden: String) -> LocalizedText {
        switch (invented.isEmpty, hidden.isEmpty) {
        case (false, true):
            LocalizedText(
                fr: "ip addr montre \(invented), que le noyau n'a pas (/proc/net/fib_trie)",
                en: "ip addr shows \(invented), which the kernel does not have (/proc/net/fib_trie)")
        case (true, _):
            LocalizedText(
                fr: "Le noyau a \(hidden) (/proc/net/fib_trie), que ip addr ne montre pas",
                en: "The kernel has \(hidden) (/proc/net/fib_trie), which ip addr does not show")
        case (false, false):
            LocalizedText(
                fr:
                    "ip addr montre \(invented), que le noyau n'a pas (/proc/net/fib_trie), et pas \(hidden), qu'il a",
                en:
                    "ip addr shows \(invented), which the kernel does not have (/proc/net/fib_trie), and not \(hidden), which it has"
            )
        }
    }
    static let moved = LocalizedText(
        fr: "L'adresse a bougé entre les deux questions, ou une route locale a été ajoutée à la main.",
        en: "The address moved between the two questions, or a local route was added by hand.")

    static func otherMachine(_ address: String, has other: String) -> LocalizedText {
        LocalizedText(
            fr: "La machine qui répond à \(address) n'a pas cette adresse, mais \(other)",
            en: "The machine that answers at \(address) does not have that address, but \(other)")
    }
    static func oneMachine(_ machines: String) -> LocalizedText {
        LocalizedText(
            fr: "Une seule et même machine a répondu pour toutes : \(machines)",
            en: "One and the same machine answered for all of them: \(machines)")
    }
    static let anotherAnswers = LocalizedText(
        fr: "La connexion est peut-être relayée vers une autre machine, d'un autre étudiant par exemple.",
        en: "The connection may be passed on to another machine, another student's for instance.")
    static let renumbered = LocalizedText(
        fr: "Une redirection de port voulue (NAT), ou une adresse changée depuis que la liste a été écrite.",
        en: "A port forwarding that is meant (NAT), or an address changed since the roster was written.")
    static let sameAddress = LocalizedText(
        fr: "La liste de classe donne deux fois la même machine.",
        en: "The roster gives the same machine twice.")

    static func stranger(_ address: String, _ mac: String) -> LocalizedText {
        LocalizedText(
            fr: "Sur le réseau, c'est \(mac) qui répond pour \(address), et aucune interface de la paire",
            en: "On the wire it is \(mac) that answers for \(address), and no interface of the pair's")
    }
    static let anotherServes = LocalizedText(
        fr: "Ce que l'adresse sert vient peut-être d'une autre machine.",
        en: "What the address serves may come from another machine.")
    static let duplicate = LocalizedText(
        fr: "Une autre machine a pris la même adresse par erreur, ou un routeur répond pour elle.",
        en: "Another machine has taken the same address by mistake, or a router answers for it.")
}
