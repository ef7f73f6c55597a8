import Foundation
import GraderCore
import InputFiles

/// A moment as a teacher writes it in a roster: `2026-11-22` (to the end of that day), `2026-11-22 18:00`, or with a
/// zone as RFC 3339 has it, `2026-11-22T18:00+01:00`. Without a zone, the class's, otherwise this machine's.
enum RosterDate {
    static let expected = LocalizedText(
        fr: "un jour ou un moment tel que 2026-11-22, 2026-11-22 18:00 ou 2026-11-22T18:00+01:00",
        en: "a day or a moment such as 2026-11-22, 2026-11-22 18:00 or 2026-11-22T18:00+01:00")

    static func parse(_ text: String, zone: TimeZone) -> Date? {
        let form = /(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?\s*(Z|[+\-]\d{2}:\d{2})?)?/
        guard let match = text.wholeMatch(of: form) else { return nil }
        let (_, year, month, day, hour, minute, second, offset) = match.output
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        if let offset {
            guard let fixed = timeZone(offset) else { return nil }
            calendar.timeZone = fixed
        }
        var components = DateComponents()
        components.year = Int(year)
        components.month = Int(month)
        components.day = Int(day)
        components.hour = hour.flatMap { Int($0) } ?? 23
        components.minute = minute.flatMap { Int($0) } ?? 59
        components.second = second.flatMap { Int($0) } ?? (hour == nil ? 59 : 0)
        // The 31st of a shorter month, or 25 o'clock, would be taken for the day after.
        guard components.isValidDate(in: calendar) else { return nil }
        return calendar.date(from: components)
    }

    private static func timeZone(_ offset: Substring) -> TimeZone? {
        if offset == "Z" { return TimeZone(secondsFromGMT: 0) }
        let parts = offset.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, parts[0] <= 14, parts[1] < 60 else { return nil }
        return TimeZone(secondsFromGMT: (offset.hasPrefix("-") ? -1 : 1) * (parts[0] * 3600 + parts[1] * 60))
    }
}

/// A moment from which on something counts, on a command line.
public enum RosterMoment {
    /// As in a roster, but that a day alone is meant from its beginning. Nil where it is neither.
    public static func beginning(_ text: String, _ zone: TimeZone) -> Date? {
        RosterDate.parse(text.utf8.count == 10 ? text + " 00:00" : text, zone: zone)
    }
}

extension MappingReader {
    /// A zone by its name in the IANA time zone database; nil as for a moment.
    func timeZone(_ key: String) -> TimeZone? {
        let expected = LocalizedText(
            fr: "un fuseau horaire tel que Europe/Paris ou UTC",
            en: "a time zone such as Europe/Paris or UTC")
        return node(key).flatMap {
            value($0, .key(key), expected: expected) { TimeZone(identifier: $0) }
        }
    }

    /// The moment under a key; nil where there is none, or none that can be read, which is noted.
    /// - Parameter zone: where the class's clocks stand: of a moment without a zone of its own.
    func moment(_ key: String, in zone: TimeZone) -> Date? {
        node(key).flatMap {
            value($0, .key(key), expected: RosterDate.expected) { RosterDate.parse($0, zone: zone) }
        }
    }
}
