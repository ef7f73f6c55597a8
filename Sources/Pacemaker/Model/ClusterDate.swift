import Foundation
import GraderCore

/// Dates as they stand in a CIB.
public enum ClusterDate {
    private static let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space)

    /// ISO 8601 with a time zone: `2026-11-22 14:57:27Z`, `2026-11-22T14:57:27 +01:00`; nil for anything else, also
    /// without a zone, which would be the node's own.
    public static func parse(_ text: String) -> Date? {
        // The style alone takes 25 o'clock for the day after, and anything behind the zone.
        guard text.utf8.count <= 40 else { return nil }
        var scanner = LineScanner(text[...])
        guard scanner.number(ofDigits: 4) != nil, scanner.take("-"), scanner.number(ofDigits: 2) != nil,
            scanner.take("-"), let day = scanner.number(ofDigits: 2), 1...31 ~= day
        else { return nil }
        let date = text[..<scanner.rest.startIndex]
        guard scanner.takeOne(of: ["T", " "]) != nil else { return nil }
        let begin = scanner.rest.startIndex
        guard let hour = scanner.number(ofDigits: 2), 0...24 ~= hour, scanner.take(":"),
            let minute = scanner.number(ofDigits: 2), 0...59 ~= minute, scanner.take(":"),
            let second = scanner.number(ofDigits: 2), 0...60 ~= second
        else { return nil }
        let time = text[begin..<scanner.rest.startIndex]
        let zone = scanner.rest.trimmed
        guard isZone(zone) else { return nil }
        return try? Date("\(date) \(time)\(zone)", strategy: Self.style)
    }

    /// `Z`, `+01`, `+0130` or `+01:30`.
    private static func isZone(_ text: Substring) -> Bool {
        if text == "Z" { return true }
        var scanner = LineScanner(text)
        guard scanner.takeOne(of: ["+", "-"]) != nil, let hours = scanner.number(ofDigits: 2), 0...23 ~= hours
        else { return false }
        if scanner.isAtEnd { return true }
        _ = scanner.take(":")
        return scanner.number(ofDigits: 2).map { 0...59 ~= $0 } ?? false && scanner.isAtEnd
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
