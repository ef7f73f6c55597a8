import Synchronization

/// A text in the two languages Bascule speaks. A result carries both, so that a report can be written in
/// either without asking the exercise again.
///
/// It is fit to be shown as it is, but for the escapes of where it goes (HTML, Markdown): what was put into it is
/// foreign and was made safe, what the source code says follows its language's typography, and it has at most
/// ``limit`` characters. What was stored is made safe once more when it is read.
public struct LocalizedText: Sendable, Hashable, Codable {
    /// Unicode scalars that are kept.
    static let limit = 4_000

    public let fr: String
    public let en: String

    public init(fr: Wording, en: Wording) {
        self.init(made: fr.text(in: .french), en.text(in: .english))
    }

    /// A text that is the same in every language: an address, a command, a configuration line.
    public init(verbatim text: String) {
        let text = Wording.safe(text)
        self.init(made: text, text)
    }

    private init(made fr: String, _ en: String) {
        self.fr = fr.cut(to: LocalizedText.limit)
        self.en = en.cut(to: LocalizedText.limit)
    }

    private enum CodingKeys: CodingKey { case fr, en }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let fr = try container.decode(String.self, forKey: .fr)
        let en = try container.decode(String.self, forKey: .en)
        self.init(made: Wording.safe(fr), Wording.safe(en))
    }

    public subscript(language: Language) -> String {
        switch language {
        case .french: fr
        case .english: en
        }
    }

    public static func + (left: LocalizedText, right: LocalizedText) -> LocalizedText {
        LocalizedText(made: left.fr + right.fr, left.en + right.en)
    }
}

/// The language of a report or of the program.
public enum Language: String, Sendable, Hashable, Codable, CaseIterable {
    case french = "fr"
    case english = "en"

    private static let ofPerson = Mutex(Language.english)

    /// The language of whoever is at the terminal: the program says which at its start (by its environment, `--lang`),
    /// English before. Sentences that somebody reads at once are in it; what is kept holds both (``LocalizedText``).
    public static var current: Language {
        get { ofPerson.withLock { $0 } }
        set { ofPerson.withLock { $0 = newValue } }
    }

    /// What `LC_ALL`, `LC_MESSAGES` or `LANG` ask for, the first that is set (POSIX, Environment Variables).
    public static func asked(by environment: [String: String]) -> Language {
        let value = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first {
            !$0.isEmpty
        }
        return value?.hasPrefix("fr") == true ? .french : .english
    }

    /// The one of two wordings that is in this language.
    public func pick(_ fr: LocalizedText.Wording, _ en: LocalizedText.Wording) -> String {
        switch self {
        case .french: fr.text(in: self)
        case .english: en.text(in: self)
        }
    }

    var decimalSign: String { self == .french ? "," : "." }

    /// A decimal number as people write it, the same on every machine; an em dash for what is no number.
    public func number(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return "—" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int(saturating: (min(value.magnitude, 1e9) * scale).rounded())
        let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: Int(saturating: scale))
        let sign = value < 0 && scaled != 0 ? "−" : ""
        return "\(sign)\(whole)"
            + (digits == 0 ? "" : decimalSign + String(fraction + Int(saturating: scale)).dropFirst())
    }
}

extension LocalizedText: CustomStringConvertible {
    /// For whoever is at the terminal.
    public var description: String { self[.current] }
}

extension Sequence<LocalizedText> {
    /// One behind the other, a semicolon between them where nothing else is said.
    public func joined(_ separator: LocalizedText = LocalizedText(fr: " ; ", en: "; ")) -> LocalizedText {
        var parts = makeIterator()
        guard var whole = parts.next() else { return LocalizedText(verbatim: "") }
        while let next = parts.next() { whole = whole + separator + next }
        return whole
    }
}

extension String {
    /// A sentence for whoever is at the terminal, in his language.
    public init(fr: LocalizedText.Wording, en: LocalizedText.Wording) {
        self = Language.current.pick(fr, en)
    }
}
