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
        var scanner = LineScanner(text[...])
        guard let year = scanner.number(ofDigits: 4), scanner.take("-"),
            let month = scanner.number(ofDigits: 2), scanner.take("-"), let day = scanner.number(ofDigits: 2)
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        var time = (hour: 23, minute: 59, second: 59)
        if !scanner.isAtEnd {
            guard scanner.takeOne(of: ["T", " "]) != nil, let hour = scanner.number(ofDigits: 2),
                scanner.take(":"), let minute = scanner.number(ofDigits: 2)
            else { return nil }
            time = (hour, minute, 0)
            if scanner.take(":") {
                guard let second = scanner.number(ofDigits: 2) else { return nil }
                time.second = second
            }
            scanner.skipBlanks()
            if !scanner.isAtEnd {
                guard let fixed = timeZone(scanner.rest) else { return nil }
                calendar.timeZone = fixed
            }
        }
        var components = DateComponents()
        (components.year, components.month, components.day) = (year, month, day)
        (components.hour, components.minute, components.second) = time
        // The 31st of a shorter month, or 25 o'clock, would be taken for the day after.
        guard components.isValidDate(in: calendar) else { return nil }
        return calendar.date(from: components)
    }

    private static func timeZone(_ offset: Substring) -> TimeZone? {
        if offset == "Z" { return TimeZone(secondsFromGMT: 0) }
        var scanner = LineScanner(offset)
        guard let sign = scanner.takeOne(of: ["+", "-"]), let hours = scanner.number(ofDigits: 2),
            scanner.take(":"), let minutes = scanner.number(ofDigits: 2), scanner.isAtEnd, hours <= 14,
            minutes < 60
        else { return nil }
        return TimeZone(secondsFromGMT: (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60))
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
