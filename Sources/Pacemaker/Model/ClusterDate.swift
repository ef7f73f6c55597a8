import Foundation
import GraderCore

/// Dates as they stand in a CIB.
public enum ClusterDate {
    private static let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space)

    /// ISO 8601 with a time zone: `2026-11-22 14:57:27Z`, `2026-11-22T14:57:27 +01:00`; nil for anything else, also
    /// without a zone, which would be the node's own.
    public static func parse(_ text: String) -> Date? {
        // The style alone takes 25 o'clock for the day after, and anything behind the zone.
        let form =
            /(\d{4}-\d\d-(?:0[1-9]|[12]\d|3[01]))[T ]((?:[01]\d|2[0-4]):[0-5]\d:(?:[0-5]\d|60))\s*(.+?)\s*/
        guard text.utf8.count <= 40,
            let (_, day, time, zone) = text.wholeMatch(of: form.asciiOnlyDigits())?.output,
            zone.wholeMatch(of: /Z|[+\-](?:[01]\d|2[0-3])(?::?[0-5]\d)?/.asciiOnlyDigits()) != nil
        else { return nil }
        return try? Date("\(day) \(time)\(zone)", strategy: Self.style)
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
