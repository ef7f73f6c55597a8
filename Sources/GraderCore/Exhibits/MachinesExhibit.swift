/// Machines as they were found, beside one another: a drawing, and the same in words.
public struct MachinesExhibit: Sendable, Hashable, Codable {
    /// How a machine stood.
    public struct State: Sendable, Hashable, Codable {
        /// What it is drawn as.
        public enum Kind: String, Sendable, Hashable, Codable {
            /// In order, kept from working, or not working.
            case good, held, bad
            /// Not looked at, or nothing known of it.
            case unreached, unknown
        }

        public var kind: Kind
        /// A word or two.
        public var word: LocalizedText
        /// The same where there is room.
        public var inWords: LocalizedText

        public init(_ kind: Kind, _ word: LocalizedText, inWords: LocalizedText? = nil) {
            self.kind = kind
            self.word = word
            self.inWords = inWords ?? word
        }
    }

    /// What is on a machine.
    public struct Items: Sendable, Hashable, Codable {
        public var names: [String]
        /// Said on the machine where there are none.
        public var none: LocalizedText
        /// Said behind `itemsLabel` where there are none.
        public var noneInWords: LocalizedText

        public init(_ names: [String], none: LocalizedText, noneInWords: LocalizedText) {
            self.names = names.bounded.map(\.bounded)
            self.none = none
            self.noneInWords = noneInWords
        }

        /// Stands for items that are not shown: none would be said of a machine that has none.
        public static let notShown = Items(
            ["[…]"], none: LocalizedText(verbatim: ""), noneInWords: LocalizedText(verbatim: ""))
    }

    /// One machine.
    public struct Card: Sendable, Hashable, Codable {
        public var machine: MachineID
        /// Its own name; nil where it could not be learnt.
        public var name: String?
        /// What it is in the exercise.
        public var role: LocalizedText
        public var address: String
        /// Of these the first that may be told is shown, and so with `items`.
        public var states: [Told<State>]
        public var items: [Told<Items>]
        /// In small print, e.g. versions of software.
        public var notes: [Told<String>]

        public init(
            _ machine: MachineID, name: String?, role: LocalizedText, address: String, states: [Told<State>],
            items: [Told<Items>] = [], notes: [Told<String>] = []
        ) {
            self.machine = machine
            self.name = name?.bounded
            self.role = role
            self.address = address.bounded
            self.states = states.bounded
            self.items = items.bounded
            self.notes = notes.bounded.map { Told($0.value.bounded, tellsOf: $0.tellsOf) }
        }
    }

    /// Between machines that stand side by side.
    public enum Link: String, Sendable, Hashable, Codable { case whole, cut, unknown }

    /// What the machines have in common, and one of them holds.
    public struct Shared: Sendable, Hashable, Codable {
        /// Where it is, in the drawing and in words.
        public struct Place: Sendable, Hashable, Codable {
            public var holders: [MachineID]
            /// Stands behind the name where nobody holds it: ` : sur aucune machine`.
            public var nowhere: LocalizedText
            /// One sentence.
            public var inWords: LocalizedText

            public init(holders: [MachineID], nowhere: LocalizedText, inWords: LocalizedText) {
                self.holders = holders.bounded
                self.nowhere = nowhere
                self.inWords = inWords
            }
        }

        public var name: LocalizedText
        /// The name where there is little room.
        public var shortName: String
        /// Empty where it is not known.
        public var value: String
        /// The first that may be told is shown.
        public var places: [Told<Place>]

        public init(name: LocalizedText, shortName: String, value: String, places: [Told<Place>]) {
            self.name = name
            self.shortName = shortName.bounded
            self.value = value.bounded
            self.places = places.bounded
        }
    }

    /// Of the part of the page: letters, digits and hyphens.
    public var id: String
    public var heading: LocalizedText
    /// The drawing's, for those who cannot see it.
    public var title: LocalizedText
    /// What one of the machines is called: `Nœud`.
    public var machineLabel: LocalizedText
    /// What the items are, in the plural: `ressources`.
    public var itemsLabel: LocalizedText
    /// In the exercise's order, which is how they are drawn.
    public var cards: [Card]
    /// The first that may be told is drawn; none, where machines have nothing to do with one another.
    public var links: [Told<Link>]
    public var shared: Shared?

    public init(
        id: String, heading: LocalizedText, title: LocalizedText, machineLabel: LocalizedText,
        itemsLabel: LocalizedText, cards: [Card], links: [Told<Link>] = [], shared: Shared? = nil
    ) {
        self.id = id
        self.heading = heading
        self.title = title
        self.machineLabel = machineLabel
        self.itemsLabel = itemsLabel
        self.cards = cards.bounded
        self.links = links.bounded
        self.shared = shared
    }

    func without(_ checks: Set<CheckID>) -> MachinesExhibit {
        var shown = self
        shown.cards = cards.map { card in
            var card = card
            card.states = card.states.without(checks)
            card.items = card.items.without(checks)
            card.notes = card.notes.without(checks)
            return card
        }
        shown.links = links.without(checks)
        shown.shared?.places = shared?.places.without(checks) ?? []
        return shown
    }
}

extension GradedResult {
    /// The machines that the exhibits show, in their order.
    public var machines: [MachinesExhibit.Card] {
        exhibits.flatMap { exhibit -> [MachinesExhibit.Card] in
            guard case .machines(let machines) = exhibit else { return [] }
            return machines.cards
        }
    }
}
