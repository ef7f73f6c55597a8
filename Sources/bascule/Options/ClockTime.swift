import ArgumentParser
import ClassRun
import Foundation

/// `17:30` of today, by the class's clocks.
enum ClockTime {
    /// - Throws: a usage error where it is no such time.
    static func today(_ text: String, of roster: Roster, now: Date = Date()) throws -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = roster.timeZone ?? .current
        // bounded: of a text
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], 0..<24 ~= hour, 0..<60 ~= minute,
            let date = calendar.date(bySettingHour: hour, minute: minute, second: 0, of: now)
        else {
            throw ValidationError(
                fr: "--until prend une heure d'aujourd'hui, p. ex. 17:30",
                en: "--until is a time of today, such as 17:30")
        }
        return date
    }
}
