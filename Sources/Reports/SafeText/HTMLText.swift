/// HTML escaping by byte, for text and for attribute values in quotes: a combining mark behind a `<` does not hide it.
enum HTMLText {
    static func escape(_ text: String, into out: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            // In runs: most texts have nothing to escape.
            var written = 0
            for (index, byte) in bytes.enumerated() {
                let escaped: StaticString
                switch byte {
                case UInt8(ascii: "<"): escaped = "&lt;"
                case UInt8(ascii: ">"): escaped = "&gt;"
                case UInt8(ascii: "&"): escaped = "&amp;"
                case UInt8(ascii: "\""): escaped = "&quot;"
                case UInt8(ascii: "'"): escaped = "&#39;"
                default: continue
                }
                out.append(contentsOf: bytes[written..<index])
                escaped.withUTF8Buffer { out.append(contentsOf: $0) }
                written = index + 1
            }
            out.append(contentsOf: bytes[written...])
        }
    }

    /// What a form's field holds and sends back as it was written: only what no HTML may hold is taken out.
    static func field(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: kept.append(scalar)
            case ..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: continue
            default: if scalar.value & 0xFFFE != 0xFFFE { kept.append(scalar) }
            }
        }
        return String(kept)
    }

    static func escaped(_ text: String) -> String {
        var out: [UInt8] = []
        escape(text, into: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
