import Foundation
import GraderCore

/// Dates as they stand in a CIB.
public enum ClusterDate {
    /// ISO 8601 with a time zone: `2026-11-22 14:57:27Z`, `2026-11-22T14:57:27 +01:00`; nil for anything else, also
    /// without a zone, which would be the node's own.
    public static func parse(_ text: String) -> Date? {
        let form =
            /(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)\s*(?:Z|([+-])(\d\d):?(\d\d)?)\s*/.asciiOnlyDigits()
        guard text.utf8.count <= 40, let match = text.wholeMatch(of: form)?.output else { return nil }
        func number(_ digits: Substring?) -> Int { digits.flatMap { Int($0) } ?? 0 }
        let parts = DateComponents(
            timeZone: .gmt, year: number(match.1), month: number(match.2), day: number(match.3),
            hour: number(match.4), minute: number(match.5), second: number(match.6))
        let east = (hours: number(match.8), minutes: number(match.9))
        guard let month = parts.month, (1...12).contains(month), (1...31).contains(number(match.3)),
            number(match.4) <= 24, number(match.5) < 60, number(match.6) <= 60, east.hours < 24,
            east.minutes < 60
        else { return nil }
        let offset = TimeInterval((match.7 == "-" ? -1 : 1) * (east.hours * 60 + east.minutes) * 60)
        return Calendar(identifier: .gregorian).date(from: parts).map { $0 - offset }
    }
}

extension ClusterConfiguration.DateExpression {
    /// Whether the expression holds then; nil where it cannot be told (a calendar specification, a duration, a date
    /// without a zone).
    func holds(at now: Date) -> Bool? {
        let from = start.flatMap(ClusterDate.parse)
        let until = end.flatMap(ClusterDate.parse)
        switch operation {
        case "lt": return until.map { now < $0 }
        case "gt": return from.map { now > $0 }
        case "in_range", "in":
            if let from, now < from { return false }
            if let until, now > until { return false }
            // What is given and could not be read might still be false.
            return (start == nil || from != nil) && end != nil && until != nil ? true : nil
        default: return nil
        }
    }
}
