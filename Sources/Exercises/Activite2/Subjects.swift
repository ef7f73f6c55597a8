import GraderCore

/// What the checks of several questions are about.
enum Subjects {
    /// The virtual IP's resource.
    static let virtualIP = Subject<Findings, FoundVirtualIP>(
        declaredBy: "Q1.primitive", unknown: \.unreadConfiguration, absent: { _ in noVirtualIP },
        find: \.virtualIP)

    /// The virtual IP, and the address that its resource gives it.
    static let virtualAddress = virtualIP.needing(
        { vip in vip.address.map { (vip, $0) } }, declaredBy: "Q1.address", absent: Q1.noAddress,
        unknown: { $0.isAddressHidden ? FactTexts.hidden : nil })

    /// The web server's resource.
    static let webServer = Subject<Findings, FoundWebResource>(
        declaredBy: "Q7.primitive", unknown: \.unreadConfiguration, absent: { _ in noWebServer },
        find: \.webResource)

    private static let noVirtualIP = LocalizedText(
        fr: "Il n'y a pas encore de ressource d'adresse virtuelle (Q1).",
        en: "There is no virtual IP resource yet (Q1).")
    private static let noWebServer = LocalizedText(
        fr: "Le cluster ne gère pas encore le serveur web (Q7).",
        en: "The cluster does not manage the web server yet (Q7).")
}

extension [CheckID] {
    /// The faults of the cluster's foundations that keep a resource from running: what `Findings.liveVerdict` answers.
    static let foundations: [CheckID] = ["H0.fencing", "H0.quorum"]
}
