import Foundation
import GraderCore

/// A moment in words, the same on every machine: in the zone that is given, otherwise UTC, and said so.
public struct DateText: Sendable {
    let date: Date
    private let zone: TimeZone

    /// What four digits of a year can say. Evidence is foreign too: a date beyond is shown as the nearest within.
    private static let shown = -62_135_596_800.0...253_402_300_799

    public init(_ date: Date, in zone: TimeZone = .gmt) {
        let seconds = date.timeIntervalSince1970
        self.date = Date(
            timeIntervalSince1970: seconds.isNaN
                ? 0 : min(max(seconds, Self.shown.lowerBound), Self.shown.upperBound))
        self.zone = zone
    }

    /// `22/11/2026 14:15 UTC` in French, `22 November 2026, 15:15 UTC+1` in English.
    public func formatted(_ language: Language, toTheSecond: Bool = false) -> String {
        let offset = zone.secondsFromGMT(for: date)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        func part(_ component: Calendar.Component) -> Int { calendar.component(component, from: date) }
        let seconds = toTheSecond ? ":\(padded(part(.second)))" : ""
        let time = "\(padded(part(.hour))):\(padded(part(.minute)))\(seconds) UTC\(written(offset))"
        switch language {
        case .french: return "\(padded(part(.day)))/\(padded(part(.month)))/\(part(.year)) \(time)"
        case .english:
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September",
                "October", "November", "December",
            ]
            return "\(part(.day)) \(months[part(.month) - 1]) \(part(.year)), \(time)"
        }
    }

    /// For the `datetime` attribute: `2026-11-22T14:15:00Z`.
    var machineReadable: String { date.formatted(Date.ISO8601FormatStyle()) }

    /// `+1`, `-3:30`; nothing where there is no difference.
    private func written(_ offset: Int) -> String {
        guard offset != 0 else { return "" }
        let minutes = abs(offset) / 60
        let rest = minutes % 60 > 0 ? ":" + padded(minutes % 60) : ""
        return (offset < 0 ? "-" : "+") + "\(minutes / 60)" + rest
    }

    private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
