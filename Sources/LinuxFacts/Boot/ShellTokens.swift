import GraderCore

/// A shell script's words and operators, as far as it takes to tell which addresses it gives (dash(1)). Comments, texts
/// that are handed to a command (`<<EOF`) and redirections are left out.
struct ShellTokens {
    enum Part: Equatable {
        case text(String)
        case variable(String)
        /// What a command prints, and the like.
        case unknown
    }

    struct Word: Equatable {
        var parts: [Part] = []
        var isQuoted = false

        /// The word as it stands, where nothing in it is quoted or put in.
        var plain: String? {
            guard !isQuoted else { return nil }
            if parts.count == 1, case .text(let text) = parts[0] { return text }
            return nil
        }
    }

    enum Token: Equatable {
        case word(Word)
        /// `;` (a line's end as well), `;;`, `&`, `&&`, `|`, `||`, `(`, `)`.
        case separator(String)
    }

    private(set) var tokens: [Token] = []
    /// Whether they are all that there are.
    var isWhole: Bool { index >= bytes.count && !isCut }
    private let bytes: [UInt8]
    private var index = 0
    private var word: Word?
    private var text: [UInt8] = []
    /// What ends the texts that begin on the next line.
    private var documents: [String] = []
    private enum Redirection { case none, file, document }
    private var redirection = Redirection.none
    private let isCut: Bool

    init(_ script: some StringProtocol) {
        bytes = Array(script.utf8.prefix(ParsingLimits.bytes))
        isCut = script.utf8.count > bytes.count
        while index < bytes.count, tokens.count < ParsingLimits.lines { step() }
        endWord()
    }

    private mutating func step() {
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): endWord()
        case UInt8(ascii: "\n"):
            endWord()
            tokens.append(.separator(";"))
            documents.forEach { skipDocument(until: $0) }
            documents = []
        case UInt8(ascii: "#") where word == nil && text.isEmpty:
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"):
            endWord()
            let isDouble = index < bytes.count && bytes[index] == byte
            if isDouble { index += 1 }
            tokens.append(
                .separator(String(repeating: Character(Unicode.Scalar(byte)), count: isDouble ? 2 : 1)))
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            endWord()
            tokens.append(.separator(byte == UInt8(ascii: "(") ? "(" : ")"))
        case UInt8(ascii: "<"), UInt8(ascii: ">"): takeRedirection(byte)
        case UInt8(ascii: "\\"):
            guard index < bytes.count else { return }
            if bytes[index] != UInt8(ascii: "\n") { add(bytes[index]) }
            index += 1
        case UInt8(ascii: "'"):
            quote()
            while index < bytes.count, bytes[index] != byte {
                text.append(bytes[index])
                index += 1
            }
            index += 1
        case UInt8(ascii: "\""): takeQuoted()
        case UInt8(ascii: "$"): takeExpansion()
        case UInt8(ascii: "`"): skipBackquoted()
        default: add(byte)
        }
    }

    private mutating func add(_ byte: UInt8) {
        if word == nil { word = Word() }
        text.append(byte)
    }

    private mutating func quote() {
        if word == nil { word = Word() }
        word?.isQuoted = true
    }

    private mutating func endText() {
        guard !text.isEmpty else { return }
        word?.parts.append(.text(String(decoding: text, as: UTF8.self)))
        text = []
    }

    private mutating func put(_ part: Part) {
        if word == nil { word = Word() }
        endText()
        word?.parts.append(part)
    }

    private mutating func endWord() {
        endText()
        guard let ended = word else { return }
        word = nil
        switch redirection {
        case .none: tokens.append(.word(ended))
        case .file: break
        case .document:
            let name = ended.parts.map { if case .text(let text) = $0 { text } else { "" } }.joined()
            documents.append(name)
        }
        redirection = .none
    }

    private mutating func takeQuoted() {
        quote()
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\\") where index < bytes.count:
                text.append(bytes[index])
                index += 1
            case UInt8(ascii: "$"): takeExpansion()
            case UInt8(ascii: "`"): skipBackquoted()
            default: text.append(byte)
            }
        }
        index += 1
    }

    /// `$NAME`, `${NAME}`; what else there is cannot be told.
    private mutating func takeExpansion() {
        guard index < bytes.count else { return add(UInt8(ascii: "$")) }
        let isBraced = bytes[index] == UInt8(ascii: "{")
        if bytes[index] == UInt8(ascii: "(") {
            var depth = 0
            repeat {
                if bytes[index] == UInt8(ascii: "(") { depth += 1 }
                if bytes[index] == UInt8(ascii: ")") { depth -= 1 }
                index += 1
            } while depth > 0 && index < bytes.count
            return put(.unknown)
        }
        if isBraced { index += 1 }
        let start = index
        while index < bytes.count, bytes[index].isNameByte { index += 1 }
        let name = String(decoding: bytes[start..<index], as: UTF8.self)
        guard isBraced else {
            if name.isEmpty { index += 1 }
            return put(name.first?.isLetter ?? false || name.hasPrefix("_") ? .variable(name) : .unknown)
        }
        let isWhole = index < bytes.count && bytes[index] == UInt8(ascii: "}") && !name.isEmpty
        while index < bytes.count, bytes[index] != UInt8(ascii: "}"), bytes[index] != UInt8(ascii: "\n") {
            index += 1
        }
        index += 1
        put(isWhole ? .variable(name) : .unknown)
    }

    private mutating func skipBackquoted() {
        while index < bytes.count, bytes[index] != UInt8(ascii: "`") { index += 1 }
        index += 1
        put(.unknown)
    }

    /// `>file`, `2>&1`, `<<EOF`.
    private mutating func takeRedirection(_ byte: UInt8) {
        if word?.isQuoted == false, word?.parts.isEmpty ?? false, text.allSatisfy(\.isASCIIDigit) {
            (word, text) = (nil, [])
        } else {
            endWord()
        }
        redirection = .file
        if byte == UInt8(ascii: "<"), index < bytes.count, bytes[index] == byte { redirection = .document }
        while index < bytes.count, [byte, UInt8(ascii: "&"), UInt8(ascii: "-")].contains(bytes[index]) {
            // `2>&-` closes and names no file.
            if bytes[index] == UInt8(ascii: "-"), redirection == .file { redirection = .none }
            index += 1
        }
    }

    private mutating func skipDocument(until end: String) {
        while index < bytes.count {
            let line = bytes[index...].prefix { $0 != UInt8(ascii: "\n") }
            index = min(line.endIndex + 1, bytes.count)
            if Substring(decoding: line, as: UTF8.self).trimmed == end[...] { return }
        }
    }
}

extension UInt8 {
    fileprivate var isNameByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
