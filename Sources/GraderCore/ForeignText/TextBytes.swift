import Foundation

/// Raw bytes as they came. In JSON a string where they are UTF-8 without a NUL, base64 otherwise, so that
/// evidence can be read by a person and still loses nothing. So is what has many control characters, each of which takes
/// six bytes in a JSON string: what was bounded as it came has to stay so in the file.
public struct Bytes: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    public var raw: [UInt8]

    public init(_ raw: [UInt8]) { self.raw = raw }
    public init(_ text: String) { raw = Array(text.utf8) }
    public init(stringLiteral value: String) { self.init(value) }

    /// The bytes as text; what is not UTF-8 shows as U+FFFD.
    public var text: String { String(decoding: raw, as: UTF8.self) }

    private enum CodingKeys: String, CodingKey { case base64 }

    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self.init(text)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let encoded = try container.decode(String.self, forKey: .base64)
        guard let data = Data(base64Encoded: encoded) else {
            throw DecodingError.dataCorruptedError(
                forKey: .base64, in: container, debugDescription: "not base64")
        }
        self.init(Array(data))
    }

    public func encode(to encoder: any Encoder) throws {
        let controls = raw.count { $0 < 0x20 && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\t") }
        if let text = String(validating: raw, as: UTF8.self), !raw.contains(0), controls <= raw.count / 4 {
            var container = encoder.singleValueContainer()
            try container.encode(text)
        } else {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(Data(raw).base64EncodedString(), forKey: .base64)
        }
    }

    /// The one word that they are; nil where there is none or more: then it is not a name or an id that was printed.
    public var onlyWord: String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.count == 1 ? words.first.map(String.init) : nil
    }
}

extension StringProtocol {
    /// Whether a word's bytes stand anywhere in it: the words of programs and configuration files are ASCII, are
    /// printed as they are, and no combining mark behind them hides them. Many times quicker than by character.
    public func holds(_ word: String) -> Bool {
        let found = utf8.withContiguousStorageIfAvailable { text in
            word.utf8.withContiguousStorageIfAvailable { word in
                guard let first = word.first else { return true }
                var index = 0
                while index + word.count <= text.count {
                    if text[index] == first, text[index..<index + word.count].elementsEqual(word) {
                        return true
                    }
                    index += 1
                }
                return false
            }
        }
        // A text that is not stored in one piece (a bridged one).
        return (found ?? nil) ?? (utf8.firstRange(of: word.utf8) != nil)
    }
}
