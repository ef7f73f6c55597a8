import Foundation

/// How much of a check its student is shown. The mark is the same whatever that is: only what students read changes.
public struct Visibility: Sendable, Hashable, Codable {
    /// From everything to nothing.
    public enum Level: String, Sendable, Hashable, Codable, CaseIterable {
        /// What was expected and found, why, with which command to see it, a hint.
        case full
        /// What was found, why it matters and the hints; not what would be right.
        case found
        /// Only that something of the question is not met yet: neither the check's name nor anything about it.
        case missing
        /// Not even whether it is met.
        case hidden

        var hidesWhatWasFound: Bool { self == .missing || self == .hidden }
    }

    public var level: Level
    /// The last day on which it is so; after that the check is shown in full. Nil: for good.
    public var until: CalendarDay?

    public init(_ level: Level, until: CalendarDay? = nil) {
        self.level = level
        self.until = until
    }

    public static let full = Visibility(.full)

    /// What holds at a moment.
    public func level(at now: Date) -> Level {
        if let until, now >= until.end { return .full }
        return level
    }
}

/// A day, from midnight to midnight UTC; written `2026-12-18`.
public struct CalendarDay: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The first moment of the day after.
    public let end: Date

    private static let style = Date.ISO8601FormatStyle().year().month().day()

    /// - Returns: nil for anything but four, two and two digits that name a day there is.
    public init?(_ text: String) {
        // The parser takes the 31st of February for the 3rd of March: the day has to come out as it went in.
        guard let start = try? Date(text, strategy: Self.style), start.formatted(Self.style) == text else {
            return nil
        }
        end = start.addingTimeInterval(86_400)
    }

    public var description: String { (end - 86_400).formatted(Self.style) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = CalendarDay(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
