import Foundation
import GraderCore

/// Dates as they stand in a CIB.
public enum ClusterDate {
    /// ISO 8601 with a time zone: `2026-11-22 14:57:27Z`, `2026-11-22T14:57:27 +01:00`; nil for anything else, also
    /// without a zone, which would be the node's own.
    public static func parse(_ text: String) -> Date? {
        guard text.utf8.count <= 40 else { return nil }
        let bytes = Array(text.utf8)
        var numbers: [Int] = []
        var index = 0
        for (separators, width) in [("", 4), ("-", 2), ("-", 2), (" T", 2), (":", 2), (":", 2)] {
            if !separators.isEmpty {
                guard index < bytes.count, separators.utf8.contains(bytes[index]) else { return nil }
                index += 1
            }
            guard let number = digits(bytes, &index, width: width) else { return nil }
            numbers.append(number)
        }
        guard (1...12).contains(numbers[1]), (1...31).contains(numbers[2]), numbers[3] <= 24, numbers[4] < 60,
            numbers[5] <= 60
        else { return nil }
        let rest = Array(bytes[index...].trimmingBlanks())
        guard let offset = zone(rest) else { return nil }
        let days = daysSince1970(year: numbers[0], month: numbers[1], day: numbers[2])
        return Date(
            timeIntervalSince1970: Double(
                days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5] - offset))
    }

    /// Seconds east of UTC of `Z`, `+01:00`, `+0100`.
    private static func zone(_ bytes: [UInt8]) -> Int? {
        if bytes == [UInt8(ascii: "Z")] { return 0 }
        guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
            return nil
        }
        var index = 1
        guard let hours = digits(bytes, &index, width: 2) else { return nil }
        if index < bytes.count, bytes[index] == UInt8(ascii: ":") { index += 1 }
        let minutes = digits(bytes, &index, width: 2) ?? 0
        guard index == bytes.count, hours < 24, minutes < 60 else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    private static func digits(_ bytes: [UInt8], _ index: inout Int, width: Int) -> Int? {
        guard index + width <= bytes.count, bytes[index..<index + width].allSatisfy(\.isASCIIDigit) else {
            return nil
        }
        defer { index += width }
        return bytes[index..<index + width].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Proleptic Gregorian calendar, counting from March so that the leap day comes last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
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
