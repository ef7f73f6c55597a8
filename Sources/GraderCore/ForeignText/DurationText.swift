/// Durations as they are written on the command line, in rubrics and in Pacemaker's configuration, whose rules these
/// are (Pacemaker Explained, "Time Specifications"; `lib/common/utils.c` and `iso8601.c` of Pacemaker 2.1): `10`, `10s`,
/// `10000ms` and `PT10S` are the same.
public enum DurationText {
    /// In whole milliseconds; nil where Pacemaker would refuse the text.
    ///
    /// A bare number is seconds. Units are `us`, `usec`, `ms`, `msec`, `s`, `sec`, `m`, `min`, `h`, `hr` in either
    /// case; like Pacemaker 2 only the unit's beginning counts (`10 seconds`), and a fraction is cut off.
    public static func parse(_ text: some StringProtocol) -> Duration? {
        // Time specifications are a few characters; anything long is not one.
        guard text.utf8.count <= 64 else { return nil }
        let bytes = Array(Array(text.utf8).trimmingBlanks())
        guard let first = bytes.first else { return nil }
        if first == UInt8(ascii: "P") || first == UInt8(ascii: "p") { return parseISO8601(bytes) }
        var index = 0
        if bytes[0] == UInt8(ascii: "+") { index = 1 }
        guard let number = integer(in: bytes, from: &index) else { return nil }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
        }
        let written = String(decoding: bytes[index...].trimmingBlanks(), as: UTF8.self).lowercased()
        let unit = written.isEmpty ? "s" : written
        guard let (_, factor, divisor) = units.first(where: { unit.hasPrefix($0.beginning) }) else {
            return nil
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : .milliseconds(product / divisor)  // bounded: whole numbers
    }

    /// A unit's milliseconds are factor / divisor.
    private static let units: [(beginning: String, factor: Int64, divisor: Int64)] = [
        ("ms", 1, 1), ("us", 1, 1000), ("s", 1000, 1), ("m", 60_000, 1), ("h", 3_600_000, 1),
    ]

    /// `PnYnMnWnDTnHnMnS`; a month counts 30 days and a year 365, as in Pacemaker.
    private static func parseISO8601(_ bytes: [UInt8]) -> Duration? {
        var index = 1
        var inTime = false
        var seconds: Int64 = 0
        var fields = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "T") || bytes[index] == UInt8(ascii: "t") {
                guard !inTime else { return nil }
                inTime = true
                index += 1
                continue
            }
            guard let number = integer(in: bytes, from: &index), index < bytes.count else { return nil }
            let scale: Int64
            switch (bytes[index] & 0xDF, inTime) {
            case (UInt8(ascii: "Y"), false): scale = 365 * 86_400
            case (UInt8(ascii: "M"), false): scale = 30 * 86_400
            case (UInt8(ascii: "W"), false): scale = 7 * 86_400
            case (UInt8(ascii: "D"), false): scale = 86_400
            case (UInt8(ascii: "H"), true): scale = 3600
            case (UInt8(ascii: "M"), true): scale = 60
            case (UInt8(ascii: "S"), true): scale = 1
            default: return nil
            }
            let (part, tooLong) = number.multipliedReportingOverflow(by: scale)
            let (sum, tooMuch) = seconds.addingReportingOverflow(part)
            if tooLong || tooMuch { return nil }
            seconds = sum
            fields += 1
            index += 1
        }
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return fields == 0 || overflow ? nil : .milliseconds(milliseconds)
    }

    /// Decimal digits at `index`, which moves behind them; nil where there are none or the number has no end.
    private static func integer(in bytes: [UInt8], from index: inout Int) -> Int64? {
        let digits = bytes[index...].prefix(while: \.isASCIIDigit)
        index += digits.count
        return Int64(String(decoding: digits, as: UTF8.self))  // bounded: of a text
    }
}

extension UInt8 {
    public var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    /// Space, tab and the other blanks of the C locale.
    public var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
}

extension Collection where Element == UInt8, SubSequence: BidirectionalCollection {
    /// Without the blanks at both ends.
    func trimmingBlanks() -> SubSequence {
        var rest = drop(while: \.isBlank)
        while let last = rest.last, last.isBlank { rest.removeLast() }
        return rest
    }
}
