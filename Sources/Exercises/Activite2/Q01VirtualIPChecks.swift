import GraderCore
import LinuxFacts
import Pacemaker

// What a student reads about Q1. Apart from Q01VirtualIP.swift only because ten checks in two languages and their
// judging do not fit into one file of a readable length.
enum Q1 {
    static let primitive = CheckDefinition(
        "Q1.primitive",
        title: LocalizedText(
            fr: "Une primitive pour l'adresse virtuelle", en: "A primitive for the virtual IP"),
        why: LocalizedText(
            fr:
                "Pacemaker ne déplace que ce qu'il connaît : sans primitive, l'adresse ne suivra aucun service.",
            en: "Pacemaker moves only what it knows: without a primitive the address follows no service."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr:
                "Document 1 : quelle classe et quel fournisseur, et quel script donne une adresse à une interface ?",
            en: "Document 1: which class and provider, and which script gives an interface an address?"))
    static let address = CheckDefinition(
        "Q1.address",
        title: LocalizedText(fr: "L'adresse demandée", en: "The address that was asked for"),
        why: LocalizedText(
            fr:
                "Les clients, le DNS et vos voisins de réseau comptent sur cette adresse et pas sur une autre.",
            en: "Clients, the DNS and your neighbours on the network count on this address and no other."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Relisez l'adresse virtuelle attribuée à votre binôme.",
            en: "Read again which virtual address your pair was given."))
    static let netmask = CheckDefinition(
        "Q1.netmask",
        title: LocalizedText(fr: "Le masque de sous-réseau", en: "The netmask"),
        why: LocalizedText(
            fr: "Avec un autre masque que celui du réseau, le nœud actif ne joint plus les mêmes voisins.",
            en: "With another mask than the network's, the active node no longer reaches the same neighbours."
        ),
        seeYourself: "ip addr show",
        hint: LocalizedText(
            fr: "Comparez le masque de l'adresse virtuelle à celui de l'adresse du serveur.",
            en: "Compare the virtual address's mask with that of the server's own address."))
    static let interface = CheckDefinition(
        "Q1.interface",
        title: LocalizedText(fr: "L'interface réseau", en: "The network interface"),
        why: LocalizedText(
            fr:
                "L'interface nommée doit exister sur les deux nœuds, sinon la bascule échoue le jour où elle sert.",
            en: "The interface named must exist on both nodes, or failover fails on the day it is needed."),
        seeYourself: "ip -br addr",
        hint: LocalizedText(
            fr: "Comment s'appelle, sur chaque nœud, l'interface qui porte son adresse ?",
            en: "What is the interface that carries the node's address called, on each node?"))
    static let monitorInterval = CheckDefinition(
        "Q1.monitor-interval",
        title: LocalizedText(fr: "Le test de vie de la ressource", en: "The resource's monitor"),
        why: LocalizedText(
            fr: "Sans test périodique, Pacemaker ne s'aperçoit pas que l'adresse a disparu.",
            en: "Without a recurring monitor Pacemaker does not notice that the address has gone."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Quelle opération teste la ressource, et quel intervalle l'énoncé demande-t-il ?",
            en: "Which operation tests the resource, and which interval does the sheet ask for?"))
    static let startTimeout = CheckDefinition(
        "Q1.start-timeout",
        title: LocalizedText(fr: "Le délai de démarrage", en: "The start time-out"),
        why: LocalizedText(
            fr: "Passé ce délai, Pacemaker tient le démarrage pour manqué et déplace la ressource.",
            en: "After this time Pacemaker takes the start for failed and moves the resource."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Une opération par action : laquelle porte le délai de démarrage ?",
            en: "One operation for each action: which one carries the start time-out?"))
    static let stopTimeout = CheckDefinition(
        "Q1.stop-timeout",
        title: LocalizedText(fr: "Le délai d'arrêt", en: "The stop time-out"),
        why: LocalizedText(
            fr: "Un arrêt qui n'aboutit pas bloque la ressource : le délai dit quand s'en apercevoir.",
            en: "A stop that fails blocks the resource: the time-out says when to notice."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Une opération par action : laquelle porte le délai d'arrêt ?",
            en: "One operation for each action: which one carries the stop time-out?"))
    static let running = CheckDefinition(
        "Q1.running",
        title: LocalizedText(
            fr: "L'adresse est active sur un seul nœud", en: "The address is up on one node"),
        why: LocalizedText(
            fr: "Configurée n'est pas active ; et la même adresse sur deux machines perd des connexions.",
            en: "Configured is not up; and one address on two machines loses connections."),
        seeYourself: "crm_mon -1 ; ip addr show",
        hint: LocalizedText(
            fr:
                "Cherchez l'adresse avec « ip addr show » sur chacun des nœuds, puis comparez avec crm_mon. S'il la dit "
                + "arrêtée : a-t-on demandé qu'elle le soit, ou une action a-t-elle échoué ?",
            en:
                "Look for the address with “ip addr show” on each of the nodes, then compare with crm_mon. If that says "
                + "it is stopped: was it told to be, or did an action fail?"),
        alsoSeenIn: [.address, .resources])
    static let notStatic = CheckDefinition(
        "Q1.not-static",
        title: LocalizedText(
            fr: "L'adresse n'est configurée que par le cluster", en: "Only the cluster configures the address"
        ),
        why: LocalizedText(
            fr:
                "Une adresse aussi écrite dans la configuration du système reste en place quand le cluster la déplace.",
            en: "An address that is also in the system's configuration stays when the cluster moves it."),
        seeYourself: "grep -r address /etc/network ; ip addr show",
        hint: LocalizedText(
            fr: "Qui donne ses adresses au serveur au démarrage ? L'adresse virtuelle n'a rien à y faire.",
            en: "What gives the server its addresses at boot? The virtual one has no business there."))
    static let label = CheckDefinition(
        "Q1.label",
        title: LocalizedText(fr: "Un label (conseil)", en: "A label (advice)"),
        why: LocalizedText(
            fr: "Avec un label, l'adresse se voit aussi avec ifconfig.",
            en: "With a label, ifconfig shows the address too."),
        seeYourself: "ifconfig")
}
