extension String {
    /// Without what tells a terminal of colours and the like (ECMA-48, ECMA-35): `ip -c addr` and crmsh's `color-always`
    /// print it, and people paste it.
    public var withoutControlSequences: String {
        guard utf8.contains(ControlSequence.escape) else { return self }
        var result: [UInt8] = []
        let bytes = Array(utf8)
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == ControlSequence.escape {
                index = ControlSequence.end(in: bytes, from: index + 1)
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

private enum ControlSequence {
    static let escape: UInt8 = 0x1B

    /// What follows the escape character is passed, and never more than its line.
    static func end(in bytes: [UInt8], from start: Int) -> Int {
        func skip(_ range: ClosedRange<UInt8>, from start: Int) -> Int {
            bytes[start...].firstIndex { !range.contains($0) } ?? bytes.count
        }
        guard start < bytes.count else { return start }
        switch bytes[start] {
        case UInt8(ascii: "["):
            let final = skip(0x20...0x3F, from: start + 1)
            return final < bytes.count && (0x40...0x7E).contains(bytes[final]) ? final + 1 : final
        // Strings, as of a link: up to BEL or to the escape of their own end.
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            let stops: [UInt8] = [0x07, 0x0A, escape]
            guard let stop = bytes[start...].firstIndex(where: stops.contains) else { return bytes.count }
            if bytes[stop] == 0x07 { return stop + 1 }
            let isClosed = stop + 1 < bytes.count && bytes[stop + 1] == UInt8(ascii: "\\")
            return isClosed && bytes[stop] == escape ? stop + 2 : stop
        // `ESC ( B` of a terminal's sgr0, and sequences of two characters.
        case 0x20...0x7E:
            let final = skip(0x20...0x2F, from: start)
            return final < bytes.count && (0x30...0x7E).contains(bytes[final]) ? final + 1 : final
        default: return start
        }
    }
}
