import Foundation
import GraderCore

/// A moment in words, the same on every machine: in the zone that is given, otherwise UTC, and said so.
struct DateText: Sendable {
    let date: Date
    private let zone: TimeZone

    init(_ date: Date, in zone: TimeZone = .gmt) {
        self.date = date
        self.zone = zone
    }

    /// `22/11/2026 14:15 UTC` in French, `22 November 2026, 15:15 UTC+1` in English.
    func formatted(_ language: Language, toTheSecond: Bool = false) -> String {
        let offset = zone.secondsFromGMT(for: date)
        let parts = components(offset)
        let seconds = toTheSecond ? ":\(padded(parts.second))" : ""
        let time = "\(padded(parts.hour)):\(padded(parts.minute))\(seconds) UTC\(written(offset))"
        switch language {
        case .french: return "\(padded(parts.day))/\(padded(parts.month))/\(parts.year) \(time)"
        case .english:
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September",
                "October",
                "November", "December",
            ]
            return "\(parts.day) \(months[parts.month - 1]) \(parts.year), \(time)"
        }
    }

    /// For the `datetime` attribute: `2026-11-22T14:15:00Z`.
    var machineReadable: String {
        let parts = components(0)
        return "\(padded(parts.year, to: 4))-\(padded(parts.month))-\(padded(parts.day))"
            + "T\(padded(parts.hour)):\(padded(parts.minute)):\(padded(parts.second))Z"
    }

    /// The civil date of a number of days since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms", `civil_from_days`): neither locale nor time zone data take part.
    private func components(
        _ offset: Int
    ) -> (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        // Evidence is foreign too: a date beyond what can be counted is shown as the nearest that can.
        let interval = date.timeIntervalSince1970 + Double(offset)
        let seconds =
            interval.isNaN ? 0 : Int(min(max(interval, -62_135_596_800), 253_402_300_799).rounded(.down))
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let second = seconds - days * 86_400
        let shifted = days + 719_468
        let era = Int((Double(shifted) / 146_097).rounded(.down))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day, second / 3_600, second / 60 % 60, second % 60)
    }

    /// `+1`, `-3:30`; nothing where there is no difference.
    private func written(_ offset: Int) -> String {
        guard offset != 0 else { return "" }
        let minutes = abs(offset) / 60
        let rest = minutes % 60 > 0 ? ":" + padded(minutes % 60) : ""
        return (offset < 0 ? "-" : "+") + "\(minutes / 60)" + rest
    }

    private func padded(_ number: Int, to width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
