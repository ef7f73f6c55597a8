import GraderCore

/// Text set for a terminal: columns counted, lines broken between words. Only for text that has passed ``SafeText``.
struct TerminalText: Sendable {
    typealias Style = TerminalStyle

    var colour: Bool
    var width: Int

    init(colour: Bool, width: Int) {
        self.colour = colour
        self.width = max(width, 30)
    }

    func styled(_ text: String, _ style: Style) -> String {
        colour && !text.isEmpty ? style.sequence + text + Style.plain.sequence : text
    }

    /// Columns a text takes: two for wide East Asian characters and emoji, none for combining marks.
    static func columns(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns($1) }
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0..<0x300: return 1
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default:
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark: return 0
            default: return 1
            }
        }
    }

    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(text)))
    }

    /// The text in lines no wider than the terminal. The first line starts with `first`, the others with blanks under
    /// it. A word wider than a line is cut.
    func wrapped(_ text: String, first: String, style: Style? = nil) -> [String] {
        let indent = TerminalText.columns(first)
        let room = max(width - indent, 12)
        var lines: [String] = []
        var current = ""
        var used = 0
        for word in text.split(separator: " ").flatMap({ pieces(of: String($0), room: room) }) {
            let size = TerminalText.columns(word)
            if used > 0, used + 1 + size > room {
                lines.append(current)
                current = ""
                used = 0
            }
            current += used > 0 ? " " + word : word
            used += used > 0 ? size + 1 : size
        }
        if !current.isEmpty || lines.isEmpty { lines.append(current) }
        let blank = String(repeating: " ", count: indent)
        return lines.enumerated().map { index, line in
            (index == 0 ? first : blank) + (style.map { styled(line, $0) } ?? line)
        }
    }

    private func pieces(of word: String, room: Int) -> [String] {
        guard TerminalText.columns(word) > room else { return [word] }
        var pieces: [String] = []
        var current = ""
        var used = 0
        for character in word {
            let size = TerminalText.columns(String(character))
            if used + size > room, used > 0 {
                pieces.append(current)
                current = ""
                used = 0
            }
            current.append(character)
            used += size
        }
        return current.isEmpty ? pieces : pieces + [current]
    }
}
