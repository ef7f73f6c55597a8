import GraderCore

/// Exhibits as an exercise makes them, invented: two machines with what they share, one by itself, three.
enum SampleExhibits {
    typealias Machines = MachinesExhibit

    /// Tells of where what is shared is, of what runs, and of who is held.
    static let place = CheckID("Q1.vip-resource")
    static let items = CheckID("Q4.http")
    static let held = CheckID("Q1.timeouts")

    static func text(_ fr: LocalizedText.Wording, _ en: LocalizedText.Wording) -> LocalizedText {
        LocalizedText(fr: fr, en: en)
    }

    static func card(
        _ machine: MachineID, _ address: String, _ state: Machines.State.Kind = .good, items: [String] = []
    ) -> Machines.Card {
        let words: [Machines.State.Kind: LocalizedText] = [
            .good: text("en ligne", "online"), .held: text("en standby", "in standby"),
            .bad: text("hors ligne", "offline"), .unreached: text("non examiné", "not examined"),
        ]
        let inWords =
            state == .unreached
            ? text(
                "non examiné, hors ligne selon l'autre nœud", "not examined, offline according to its peer")
            : nil
        let shown = Machines.State(state, words[state] ?? text("", ""), inWords: inWords)
        return Machines.Card(
            machine, name: state == .unreached ? nil : machine.rawValue,
            role: text("nœud \(machine.rawValue)", "node \(machine.rawValue)"), address: address,
            states: [Told(shown, tellsOf: state == .held ? [held] : [])]
                + (state == .held ? [Told(Machines.State(.good, text("en ligne", "online")))] : []),
            items: [
                Told(
                    Machines.Items(
                        items, none: text("aucune ressource", "no resource"),
                        noneInWords: text("aucune", "none")), tellsOf: [Self.items]), Told(.notShown),
            ], notes: ["Debian 12.5", "Pacemaker 2.1.5", "Corosync 3.1.7"].map { Told($0) })
    }

    static func machines(
        _ cards: [Machines.Card], link: Machines.Link? = .whole, holders: [MachineID]? = nil
    ) -> Machines {
        let names = (holders ?? []).map(\.rawValue).joined(separator: ", ")
        let unseen = Machines.Shared.Place(
            holders: [], nowhere: text(" : non vue", ": not seen"),
            inWords: text(
                "On ne sait pas où se trouvait l'adresse virtuelle.", "Where the address was is not known."))
        let seen = Machines.Shared.Place(
            holders: holders ?? [], nowhere: text(" : sur aucun nœud", ": on neither node"),
            inWords: text(
                "L'adresse virtuelle 172.16.0.12 était sur \(names).", "172.16.0.12 was on \(names)."))
        return Machines(
            id: "pair",
            heading: text("Vos machines au moment du relevé", "Your machines, as they were found"),
            title: text("Les machines au moment du relevé", "The machines as they were found"),
            machineLabel: text("Nœud", "Node"), itemsLabel: text("ressources", "resources"), cards: cards,
            links: link.map { [Told($0), Told(.unknown)] } ?? [],
            shared: holders.map { _ in
                Machines.Shared(
                    name: text("IP virtuelle", "Virtual IP"), shortName: "VIP", value: "172.16.0.12",
                    places: [Told(seen, tellsOf: [place]), Told(unseen)])
            })
    }

    static func listing(_ text: String, _ marks: [ListingExhibit.MarkedLine] = []) -> Exhibit {
        .listing(
            ListingExhibit(
                id: "config", heading: Self.text("La configuration relevée", "The configuration"),
                command: "crm configure show", text: text,
                none: Self.text("Rien n'a pu être relevé.", "Nothing could be collected."), marks: marks))
    }

    static func notice(_ machine: MachineID) -> Exhibit {
        .notice([
            Told(
                NoticeExhibit(
                    title: text("\(machine.rawValue) est en standby", "\(machine.rawValue) is in standby"),
                    sentences: [text("Rien ne peut y démarrer.", "Nothing can start there.")]),
                tellsOf: [held])
        ])
    }

    /// - Parameter active: holds what is shared, and has the items; nil: neither.
    static func pair(
        active: MachineID? = .serv1, items: [String] = ["IPFailover", "serviceWeb"],
        held: MachineID? = nil, unreached: Set<MachineID> = [],
        configuration: String = SampleResults.configuration
    ) -> [Exhibit] {
        let cards = [(MachineID.serv1, "172.16.0.10"), (.serv2, "172.16.0.11")].map { machine, address in
            card(
                machine, address,
                unreached.contains(machine) ? .unreached : machine == held ? .held : .good,
                items: machine == active ? items : [])
        }
        return [held].compactMap { $0.map(notice) } + [
            .machines(
                machines(
                    cards, link: unreached.isEmpty ? .whole : .cut,
                    holders: active.map { unreached.contains($0) ? [] : [$0] } ?? [])),
            listing(configuration),
        ]
    }

    static let table = Exhibit.table(
        TableExhibit(
            id: "ports", heading: text("Les ports ouverts", "The open ports"),
            columns: [text("Port", "Port"), text("Service", "Service")],
            rows: [
                Told([text("80", "80"), text("le site", "the site")], tellsOf: [items]),
                Told([text("22", "22"), text("SSH | sûr", "SSH | safe")]),
            ]))

    static let timeline = Exhibit.timeline(
        TimelineExhibit(
            id: "evenements", heading: text("Ce qui s'est passé", "What happened"),
            events: [
                Told(.init(at: .milliseconds(-120), text: text("l'arrêt", "the stop")), tellsOf: [place]),
                Told(.init(at: .milliseconds(1_500), text: text("le retour", "the return"))),
            ]))
}
