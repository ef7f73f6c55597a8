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

    static func escaped(_ text: String) -> String {
        var out: [UInt8] = []
        escape(text, into: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
