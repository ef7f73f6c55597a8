import GraderCore
import Pacemaker

/// What a report shows of a pair beside the checks: which sources contradict one another, the two nodes with the
/// virtual IP as a drawing, the configuration as `crm` prints it.
enum PairExhibits {
    // Which checks a part of it tells as much as.
    static let online: [CheckID] = ["H0.nodes-online"]
    static let standby: [CheckID] = ["Q3.no-standby"]
    static let address: [CheckID] = [
        "Q1.running", "Q2.one-node", "Q2.agreement", "Q3.on-primary", "Q9.same-node",
    ]
    static let resources: [CheckID] = [
        "Q1.running", "Q2.one-node", "Q3.on-primary", "Q7.running", "Q9.same-node",
    ]
    static let sources: [CheckID] = ["Q2.agreement"]
    static let drills: [CheckID] = ["Q6.standby", "Q6.shutdown", "Q10.performed"]

    @Sendable static func all(_ findings: Findings) -> [Exhibit] {
        let nodes = MachineID.pair.map { PairNode($0, findings) }
        let disagreements = findings.evidence.nothingToJudge == nil ? findings.disagreements : []
        return [findings.rolesSwappedNotice].compactMap(\.self)
            + (disagreements.isEmpty ? [] : [contradiction(disagreements)])
            + nodes.compactMap(\.notice)
            + [.machines(pair(nodes, findings))]
            + [Foretold.exhibit(findings).map(Exhibit.table)].compactMap(\.self)
            + [.listing(configuration(findings))]
    }

    /// Nobody is accused: a node that is cut off tells old tales too.
    private static func contradiction(_ disagreements: [LocalizedText]) -> Exhibit {
        let notice = NoticeExhibit(
            title: LocalizedText(
                fr: "Les sources se contredisent", en: "The sources contradict each other"),
            sentences: disagreements + [
                LocalizedText(
                    fr: "Ce qu'une source affirme et qu'une autre dément ne rapporte rien.",
                    en: "What one source claims and another denies earns nothing.")
            ])
        return .notice([Told(notice, tellsOf: sources)])
    }

    private static func pair(_ nodes: [PairNode], _ findings: Findings) -> MachinesExhibit {
        let link: MachinesExhibit.Link =
            nodes.allSatisfy { $0.isOnline == true }
            ? .whole : nodes.contains { $0.isOnline == false } ? .cut : .unknown
        return MachinesExhibit(
            id: "pair",
            heading: LocalizedText(
                fr: "Votre paire au moment du relevé", en: "Your pair, as it was found"),
            title: LocalizedText(fr: "La paire au moment du relevé", en: "The pair as it was found"),
            machineLabel: LocalizedText(fr: "Nœud", en: "Node"),
            itemsLabel: LocalizedText(fr: "ressources", en: "resources"),
            cards: nodes.map(\.card), links: [Told(link, tellsOf: online), Told(.unknown)],
            shared: virtualIP(nodes, findings))
    }

    private static func virtualIP(_ nodes: [PairNode], _ findings: Findings) -> MachinesExhibit.Shared {
        let value = (findings.virtualIP.found?.address ?? findings.lab.vip)?.description ?? ""
        let vip = value.cut(to: 60)
        let holders = nodes.filter { $0.holdsAddress == true }
        let names = holders.map { $0.shownName.cut(to: 60) }
        let isKnown = nodes.allSatisfy { $0.holdsAddress != nil }
        let unseen = MachinesExhibit.Shared.Place(
            holders: [], nowhere: LocalizedText(fr: " : non vue", en: ": not seen"),
            inWords: LocalizedText(
                fr: "On ne sait pas où se trouvait l'adresse virtuelle \(vip).",
                en: "Where the virtual IP \(vip) was is not known."))
        var places = [Told(unseen)]
        if !holders.isEmpty || isKnown {
            let sentence =
                switch names.count {
                case 0:
                    LocalizedText(
                        fr: "L'adresse virtuelle \(vip) n'était sur aucun des nœuds.",
                        en: "The virtual IP \(vip) was on neither node.")
                case 1:
                    LocalizedText(
                        fr: "L'adresse virtuelle \(vip) était sur \(names[0]).",
                        en: "The virtual IP \(vip) was on \(names[0]).")
                default:
                    LocalizedText(
                        fr: """
                            L'adresse virtuelle \(vip) était sur plusieurs nœuds à la fois : \
                            \(names.joined(separator: ", ")).
                            """,
                        en: """
                            The virtual IP \(vip) was on several nodes at once: \
                            \(names.joined(separator: ", ")).
                            """)
                }
            let place = MachinesExhibit.Shared.Place(
                holders: holders.map(\.role),
                nowhere: LocalizedText(fr: " : sur aucun nœud", en: ": on neither node"), inWords: sentence)
            places.insert(Told(place, tellsOf: address), at: 0)
        }
        return MachinesExhibit.Shared(
            name: LocalizedText(fr: "IP virtuelle", en: "Virtual IP"), shortName: "VIP", value: value,
            places: places)
    }

    /// For the student to read beside the verdicts. It is what the student wrote, and tells of no check by itself.
    private static func configuration(_ findings: Findings) -> ListingExhibit {
        let text =
            findings.shown.flatMap { shown in
                findings.evidence.complete(ClusterProbe.crmShow, on: shown.node)?.text
            } ?? ""
        return ListingExhibit(
            id: "config",
            heading: LocalizedText(
                fr: "La configuration relevée", en: "The configuration as collected"),
            command: "crm configure show", text: text,
            none: LocalizedText(
                fr: "Aucune configuration n'a pu être relevée.", en: "No configuration could be collected."),
            marks: DecisiveLines.marks(text))
    }
}
