/// What an exercise shows of what it found, beside the checks. Reports lay exhibits out and know no more of them;
/// every part names the checks that it tells of.
public enum Exhibit: Sendable, Hashable {
    /// What has to be known before all else; of several wordings the first that may be said.
    case notice([Told<NoticeExhibit>])
    case machines(MachinesExhibit)
    case listing(ListingExhibit)
    case table(TableExhibit)
    case timeline(TimelineExhibit)
}

/// A heading and a few sentences.
public struct NoticeExhibit: Sendable, Hashable, Codable {
    public var title: LocalizedText
    public var sentences: [LocalizedText]

    public init(title: LocalizedText, sentences: [LocalizedText]) {
        self.title = title
        self.sentences = sentences.bounded
    }
}

/// A text as a machine printed it, with the lines by which checks were decided.
public struct ListingExhibit: Sendable, Hashable, Codable {
    /// What there is to say of one line.
    public struct MarkedLine: Sendable, Hashable, Codable {
        /// From 0, by line feeds.
        public var line: Int
        /// The checks that the line decided: a note is beside it for each that students are shown.
        public var decides: [CheckID]
        /// The checks that nobody may be told of who reads the line: it goes with them.
        public var tellsOf: [CheckID]

        public init(line: Int, decides: [CheckID] = [], tellsOf: [CheckID] = []) {
            self.line = line
            self.decides = decides
            self.tellsOf = tellsOf
        }
    }

    /// Of the part of the page: letters, digits and hyphens.
    public var id: String
    public var heading: LocalizedText
    /// What printed it.
    public var command: String
    /// Empty where there is nothing.
    public var text: String
    /// Said where there is no text.
    public var none: LocalizedText
    /// By line.
    public var marks: [MarkedLine]

    public init(
        id: String, heading: LocalizedText, command: String, text: String, none: LocalizedText,
        marks: [MarkedLine] = []
    ) {
        self.id = id
        self.heading = heading
        self.command = command.bounded
        self.text = text.cut(to: ExhibitLimit.listing)
        self.none = none
        self.marks = Array(marks.prefix(ExhibitLimit.lines))
    }
}

/// Rows of words under headings.
public struct TableExhibit: Sendable, Hashable, Codable {
    public var id: String
    public var heading: LocalizedText
    public var columns: [LocalizedText]
    /// As many cells as there are columns; the first says what the row is about.
    public var rows: [Told<[LocalizedText]>]

    public init(
        id: String, heading: LocalizedText, columns: [LocalizedText], rows: [Told<[LocalizedText]>]
    ) {
        self.id = id
        self.heading = heading
        self.columns = columns.bounded
        self.rows = rows.bounded.map { Told($0.value.bounded, tellsOf: $0.tellsOf) }
    }
}

/// What happened when.
public struct TimelineExhibit: Sendable, Hashable, Codable {
    /// One line of it.
    public struct Event: Sendable, Hashable, Codable {
        /// From the moment that the heading names; in files in seconds.
        @SecondsCoded public var at: Duration
        public var text: LocalizedText

        public init(at: Duration, text: LocalizedText) {
            self.at = at
            self.text = text
        }
    }

    public var id: String
    public var heading: LocalizedText
    /// In the order of time.
    public var events: [Told<Event>]

    public init(id: String, heading: LocalizedText, events: [Told<Event>]) {
        self.id = id
        self.heading = heading
        self.events = events.bounded
    }
}

// MARK: What students are shown

extension Exhibit {
    /// Without what tells of these checks; nil where nothing is left.
    func without(_ checks: Set<CheckID>) -> Exhibit? {
        switch self {
        case .notice(let notices):
            let left = notices.without(checks)
            return left.isEmpty ? nil : .notice(left)
        case .machines(let machines): return .machines(machines.without(checks))
        case .listing(let listing): return .listing(listing.without(checks))
        case .table(var table):
            table.rows = table.rows.without(checks)
            return .table(table)
        case .timeline(var timeline):
            timeline.events = timeline.events.without(checks)
            return .timeline(timeline)
        }
    }
}

extension ListingExhibit {
    fileprivate func without(_ checks: Set<CheckID>) -> ListingExhibit {
        var shown = self
        let told = Set(marks.filter { $0.tellsOf.contains { checks.contains($0) } }.map(\.line))
        if !told.isEmpty {
            // By byte: "\r\n" is one character.
            let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            shown.text = lines.enumerated().map { told.contains($0) ? "[…]" : String($1) ?? "" }
                .joined(separator: "\n")
        }
        shown.marks = marks.compactMap { mark in
            let decides = mark.decides.filter { !checks.contains($0) }
            guard !told.contains(mark.line), !decides.isEmpty || !mark.tellsOf.isEmpty else { return nil }
            return MarkedLine(line: mark.line, decides: decides, tellsOf: mark.tellsOf)
        }
        return shown
    }
}

// MARK: Form in files

extension Exhibit: Codable {
    private enum Kind: String, Codable { case notice, machines, listing, table, timeline }
    private enum CodingKeys: String, CodingKey { case kind, notices }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .notice: self = .notice(try container.decode([Told<NoticeExhibit>].self, forKey: .notices))
        case .machines: self = .machines(try MachinesExhibit(from: decoder))
        case .listing: self = .listing(try ListingExhibit(from: decoder))
        case .table: self = .table(try TableExhibit(from: decoder))
        case .timeline: self = .timeline(try TimelineExhibit(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .notice(let notices):
            try container.encode(Kind.notice, forKey: .kind)
            try container.encode(notices, forKey: .notices)
        case .machines(let machines):
            try container.encode(Kind.machines, forKey: .kind)
            try machines.encode(to: encoder)
        case .listing(let listing):
            try container.encode(Kind.listing, forKey: .kind)
            try listing.encode(to: encoder)
        case .table(let table):
            try container.encode(Kind.table, forKey: .kind)
            try table.encode(to: encoder)
        case .timeline(let timeline):
            try container.encode(Kind.timeline, forKey: .kind)
            try timeline.encode(to: encoder)
        }
    }
}
