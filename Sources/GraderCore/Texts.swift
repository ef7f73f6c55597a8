/// A text in the two languages Bascule speaks. A result carries both, so that a report can be written in
/// either without asking the exercise again.
public struct LocalizedText: Sendable, Hashable, Codable {
    public var fr: String
    public var en: String

    public init(fr: String, en: String) {
        self.fr = fr
        self.en = en
    }

    /// A text that is the same in every language: an address, a command, a configuration line.
    public init(verbatim text: String) {
        self.fr = text
        self.en = text
    }

    public subscript(language: Language) -> String {
        switch language {
        case .french: fr
        case .english: en
        }
    }

    public static func + (left: LocalizedText, right: LocalizedText) -> LocalizedText {
        LocalizedText(fr: left.fr + right.fr, en: left.en + right.en)
    }
}

/// The language of a report or of the program.
public enum Language: String, Sendable, Hashable, Codable, CaseIterable {
    case french = "fr"
    case english = "en"
}
