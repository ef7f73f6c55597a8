import GraderCore

/// The time at the beginning of a log's line, by the clock of the node that wrote it: `Nov 22 18:13:18` in Pacemaker's
/// own file, the journal and a traditional syslog, `2026-11-22T18:13:18.063201+01:00` in a newer one (RFC 3339, as
/// rsyslog's `RSYSLOG_FileFormat` and `journalctl -o short-iso` print it).
struct LogStamp: Sendable, Equatable {
    /// `Nov 22 18:13:18`, in whichever form the log has it.
    let text: String
    /// Since the year began, as printed; a traditional stamp has no year. Every month counts 31 days: only the order
    /// matters, and what is next to one another.
    let seconds: Int
    /// Seconds east of Greenwich, where the stamp says it.
    let zone: Int?
    /// Of the line, in bytes.
    let length: Int

    private static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Nil where the line does not begin with a time.
    init?(_ line: Substring) {
        var bytes = ByteReader(line.utf8)
        if let stamp = LogStamp(iso: &bytes) {
            self = stamp
            return
        }
        bytes = ByteReader(line.utf8)
        guard
            let month = LogStamp.months.firstIndex(where: {
                $0.withUTF8Buffer { line.utf8.starts(with: $0) }
            })
        else { return nil }
        bytes.skip(3)
        guard bytes.take(0x20) else { return nil }
        _ = bytes.take(0x20)
        guard let day = bytes.number(1...2), bytes.take(0x20), let time = bytes.time() else { return nil }
        self.init(month: month, day: day, time: time, zone: nil, length: bytes.offset)
    }

    /// By Greenwich's clock.
    /// - Parameter zone: the node's own, for a stamp that does not say it.
    func universal(zone: Int) -> Int { seconds - (self.zone ?? zone) }

    /// Of two times since the year began: where they are more than half a year apart, it turned between them.
    /// - Parameter end: where the first is a log's beginning, its last line: of a log that is up to a year long.
    static func isBefore(_ first: Int, _ second: Int, inLogTo end: Int? = nil) -> Bool {
        let year = 12 * 31 * 86_400
        if let end {
            func age(_ time: Int) -> Int { ((end - time) % year + year) % year }
            return isBefore(end, second) || age(first) > age(second)
        }
        let since = (second - first) % year
        return since > 0 ? since <= year / 2 : since < -year / 2
    }

    private init?(iso bytes: inout ByteReader) {
        guard bytes.number(4...4) != nil, bytes.take(0x2D), let month = bytes.number(2...2), bytes.take(0x2D),
            let day = bytes.number(2...2), bytes.take(0x54), let time = bytes.time()
        else { return nil }
        if bytes.take(0x2E) || bytes.take(0x2C) { _ = bytes.number(1...9) }
        var zone: Int?
        if bytes.take(0x5A) {
            zone = 0
        } else if let rest = bytes.zone() {
            zone = rest
        }
        self.init(month: month - 1, day: day, time: time, zone: zone, length: bytes.offset)
    }

    private init?(month: Int, day: Int, time: [Int], zone: Int?, length: Int) {
        guard LogStamp.months.indices.contains(month), (1...31).contains(day), time.count == 3,
            (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        func two(_ number: Int, _ pad: String) -> String { (number < 10 ? pad : "") + String(number) }
        let clock = time.map { two($0, "0") }.joined(separator: ":")
        text = "\(LogStamp.months[month]) \(two(day, " ")) \(clock)"
        seconds = ((month * 31 + day) * 24 + time[0]) * 3600 + time[1] * 60 + time[2]
        self.zone = zone
        self.length = length
    }

    /// `+0100`, `+01:00`, in seconds.
    static func zone(_ text: Substring) -> Int? {
        var bytes = ByteReader(text.utf8)
        return bytes.zone()
    }
}

/// Reads ASCII digits and marks, byte by byte: there are thousands of lines.
private struct ByteReader {
    private var rest: Substring.UTF8View.SubSequence
    private(set) var offset = 0

    init(_ bytes: Substring.UTF8View) { rest = bytes[...] }

    mutating func skip(_ count: Int) {
        rest = rest.dropFirst(count)
        offset += count
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        skip(1)
        return true
    }

    /// A whole number of so many digits.
    mutating func number(_ digits: ClosedRange<Int>) -> Int? {
        let found = rest.prefix(digits.upperBound).prefix { (0x30...0x39).contains($0) }
        guard found.count >= digits.lowerBound else { return nil }
        let number = found.reduce(0) { $0 * 10 + Int($1 - 0x30) }  // bounded: a digit each, a few of them
        skip(found.count)
        return number
    }

    /// `18:13:18`.
    mutating func time() -> [Int]? {
        guard let hour = number(2...2), take(0x3A), let minute = number(2...2), take(0x3A),
            let second = number(2...2)
        else { return nil }
        return [hour, minute, second]
    }

    mutating func zone() -> Int? {
        guard let sign = rest.first, sign == 0x2B || sign == 0x2D else { return nil }
        skip(1)
        guard let hours = number(2...2), hours <= 14 else { return nil }
        _ = take(0x3A)
        guard let minutes = number(2...2), minutes <= 59 else { return nil }
        return (sign == 0x2B ? 1 : -1) * (hours * 60 + minutes) * 60
    }
}
