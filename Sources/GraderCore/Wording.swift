extension LocalizedText {
    /// What a text says in one language, written as a string literal. What the literal itself says is *own*: it gets
    /// its language's typography. What stands in `\(…)` is *foreign*: it is bounded, put on one line, and made unable to
    /// do anything to a page or a terminal; a blank before a colon in it may be the very thing to look at, so it stays.
    public struct Wording: Sendable, ExpressibleByStringInterpolation {
        private let segments: [Segment]

        fileprivate enum Segment: Sendable {
            case own(String)
            case foreign(String)
            case text(LocalizedText)
            case number(Double, digits: Int)
        }

        public init(stringLiteral own: String) { segments = [.own(own)] }

        public init(stringInterpolation: StringInterpolation) { segments = stringInterpolation.segments }

        /// Keeps apart what is ours and what is foreign.
        public struct StringInterpolation: StringInterpolationProtocol {
            fileprivate var segments: [Segment] = []

            public init(literalCapacity: Int, interpolationCount: Int) {
                segments.reserveCapacity(2 * interpolationCount + 1)
            }

            /// Our own words, in the language's typography.
            public mutating func appendLiteral(_ own: String) { segments.append(.own(own)) }

            /// A text within a text, in the language of the whole.
            public mutating func appendInterpolation(_ text: LocalizedText) { segments.append(.text(text)) }

            /// A number with so many digits behind the decimal sign, as the language writes it.
            public mutating func appendInterpolation(_ number: Double, digits: Int) {
                segments.append(.number(number, digits: digits))
            }

            /// Somebody else's words: bounded, on one line, without control characters.
            public mutating func appendInterpolation(_ foreign: some CustomStringConvertible) {
                segments.append(.foreign(foreign.description))
            }
        }

        /// The whole of it, safe and in the language's typography.
        public func text(in language: Language) -> String {
            var whole = ""
            for segment in segments {
                switch segment {
                case .own(let words): whole += language == .french ? Wording.frenchTypography(words) : words
                case .foreign(let value): whole += Wording.safe(value)
                case .text(let text): whole += text[language]
                case .number(let number, let digits): whole += language.number(number, digits: digits)
                }
            }
            return whole
        }

        static func safe(_ foreign: String) -> String {
            SafeText.line(foreign.cut(to: LocalizedText.limit), limit: .max, language: .english)
        }

        /// With narrow no-break spaces before `; ! ?`, no-break ones before `:` and inside guillemets, where a blank
        /// stands, and the printer's apostrophe where letters are left out. (Lexique des règles typographiques en usage à
        /// l'Imprimerie nationale, "Ponctuation".)
        private static func frenchTypography(_ words: String) -> String {
            var words = words
            return words.withUTF8 { bytes in
                guard bytes.contains(where: { " '".utf8.contains($0) }) else {
                    return String(decoding: bytes, as: UTF8.self)
                }
                var out: [UInt8] = []
                out.reserveCapacity(bytes.count + 16)
                for (index, byte) in bytes.enumerated() {
                    let rest = bytes[(index + 1)...]
                    if byte == UInt8(ascii: "'"), index > 0, isWord(bytes[index - 1]),
                        rest.first.map(isWord) ?? true
                    {
                        out += "’".utf8
                    } else if byte != UInt8(ascii: " ") {
                        out.append(byte)
                    } else if bytes[..<index].suffix(2).elementsEqual("«".utf8)
                        || rest.first == UInt8(ascii: ":")
                        || rest.starts(with: "»".utf8)
                    {
                        out += "\u{A0}".utf8
                    } else if let mark = rest.first, ";!?".utf8.contains(mark) {
                        out += "\u{202F}".utf8
                    } else {
                        out.append(byte)
                    }
                }
                return String(decoding: out, as: UTF8.self)
            }
        }

        /// A letter, or the beginning of what follows an elision: `l'\(…)`, `qu'« une »`.
        private static func isWord(_ byte: UInt8) -> Bool {
            byte >= 0x80 || byte == UInt8(ascii: "`") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        }
    }
}

extension DefaultStringInterpolation {
    /// Refused by the compiler.
    @available(*, unavailable, message: "A text within a plain string needs its language: text[language].")
    public mutating func appendInterpolation(_ text: LocalizedText) {}
}
