import Foundation
import GraderCore

/// A moment as the board shows it: how long ago, since when, or in how long. The script goes on counting from `at`;
/// without it the page says how it stood when it was made.
struct BoardMoment: PageView {
    enum Form: String { case ago, since, until, clock }

    /// In milliseconds since 1970, for the script.
    var at: Int
    /// Of the attribute that the script looks for.
    var form: String
    var machineDate: String
    /// The time of day.
    var clock: String
    var inWords: String

    /// - Parameter now: when the page is made.
    init(_ date: Date, _ form: Form, now: Date, _ words: Sentences) {
        let text = DateText(date, in: words.zone)
        at = date.inMilliseconds
        self.form = form.rawValue
        machineDate = text.machineReadable
        clock = words.clock(date)
        let seconds = Int(saturating: now.timeIntervalSince(text.date).rounded(.down))
        inWords =
            switch form {
            case .ago: words.ago(seconds)
            case .since: words.since(max(seconds, 0))
            case .until: words.until(-seconds)
            case .clock: clock
            }
    }
}

extension Date {
    /// Since 1970; what no clock shows is the nearest that one does.
    var inMilliseconds: Int { Int(saturating: DateText(self).date.timeIntervalSince1970 * 1000) }
}

/// The same words as in `board.js`.
extension Sentences {
    /// `14 h 05` in French, `14:05` in English.
    func clock(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let minute = calendar.component(.minute, from: date)
        let padded = minute < 10 ? "0\(minute)" : "\(minute)"
        let hour = calendar.component(.hour, from: date)
        return pick("\(hour)\u{A0}h\u{A0}\(padded)", "\(hour < 10 ? "0" : "")\(hour):\(padded)")
    }

    /// `42 s`, `3 min`, `2 h 05`.
    func briefly(_ seconds: Int) -> String {
        guard seconds >= 60 else { return "\(seconds)\u{A0}s" }
        let minutes = seconds / 60
        guard minutes >= 60 else { return "\(minutes)\u{A0}min" }
        return "\(minutes / 60)\u{A0}h\u{A0}\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }

    func ago(_ seconds: Int) -> String {
        guard seconds >= 5 else { return pick("à l'instant", "just now") }
        return pick("il y a \(briefly(seconds))", "\(briefly(seconds)) ago")
    }

    func since(_ seconds: Int) -> String {
        pick("depuis \(briefly(seconds))", "for \(briefly(seconds))")
    }

    func until(_ seconds: Int) -> String {
        guard seconds > 0 else { return pick("maintenant", "now") }
        return pick("dans \(briefly(seconds))", "in \(briefly(seconds))")
    }
}
