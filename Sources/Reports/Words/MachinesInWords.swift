import GraderCore

/// Machines in words: the drawing's text alternative, and all there is in Markdown.
extension Sentences {
    /// What the machine is called; bounded and fit to be shown.
    func name(_ card: MachinesExhibit.Card) -> String { short(card.name ?? card.machine.rawValue) }

    /// Foreign words within a sentence of ours: made safe before they are put in, so that no name drowns the sentence.
    func short(_ text: String) -> String { SafeText.line(text, limit: 60, language: language) }

    /// A list of foreign words, the first twenty of them.
    private func list(_ texts: [String]) -> String {
        let shown = texts.prefix(20).map(short).joined(separator: ", ")
        guard texts.count > 20 else { return shown }
        return shown + pick(", et \(texts.count - 20) de plus", ", and \(texts.count - 20) more")
    }

    func state(_ card: MachinesExhibit.Card) -> MachinesExhibit.State {
        card.states.shown()
            ?? MachinesExhibit.State(.unknown, LocalizedText(fr: "état inconnu", en: "state unknown"))
    }

    private func nameAndRole(_ card: MachinesExhibit.Card) -> String {
        guard let given = card.name, given != card.machine.rawValue else { return card.role[language] }
        return "\(name(card)), \(card.role[language])"
    }

    /// One sentence per machine.
    private func description(_ card: MachinesExhibit.Card, itemsLabel: LocalizedText) -> String {
        var text =
            "\(nameAndRole(card)), \(short(card.address))" + pick(" : ", ": ") + state(card).inWords[language]
        if let items = card.items.shown() {
            text += pick(" ; ", "; ") + itemsLabel[language] + pick(" : ", ": ")
            text += items.names.isEmpty ? items.noneInWords[language] : list(items.names)
        }
        if !card.notes.isEmpty { text += pick(" ; ", "; ") + list(card.notes.map(\.value)) }
        return text + "."
    }

    /// Everything that the drawing shows, each with what it is about.
    func sentences(_ machines: MachinesExhibit) -> [(label: String, sentence: String)] {
        machines.cards.map {
            (machines.machineLabel[language], description($0, itemsLabel: machines.itemsLabel))
        }
            + [machines.shared].compactMap { shared in
                guard let shared, let place = shared.places.shown() else { return nil }
                return (shared.name[language], place.inWords[language])
            }
    }

    /// The whole drawing in one paragraph.
    func description(_ machines: MachinesExhibit) -> String {
        sentences(machines).map(\.sentence).joined(separator: " ")
    }
}
