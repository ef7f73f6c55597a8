import GraderCore

/// A YAML value with its place in the file. Types are decided by who reads it, from the text as it was
/// written: what YAML 1.1 makes of `no`, `1:30` or `0123` never matters.
public struct InputNode {
    /// What YAML has: nothing is converted.
    public enum Content {
        /// `isNull`: nothing was written, or `~` or `null` without quotes.
        case scalar(String, isNull: Bool)
        case sequence([InputNode])
        case mapping([InputEntry])
    }
    public var position: InputPosition
    public var content: Content

    public init(position: InputPosition, content: Content) {
        self.position = position
        self.content = content
    }
}

/// One line of a mapping.
public struct InputEntry {
    public var key: String
    public var keyPosition: InputPosition
    public var value: InputNode
}

extension InputNode {
    /// What it is, for messages.
    public var kind: LocalizedText {
        switch content {
        case .scalar(_, isNull: true): LocalizedText(fr: "vide", en: "nothing")
        case .scalar(let text, isNull: false): quoted(text)
        case .sequence: LocalizedText(fr: "une liste", en: "a list")
        case .mapping: LocalizedText(fr: "un groupe de clés", en: "a mapping")
        }
    }

    /// The same value with every text in it (keys stay) put through `change`.
    public func mapTexts(_ change: (String, InputPosition) -> String) -> InputNode {
        var copy = self
        switch content {
        case .scalar(_, isNull: true): break
        case .scalar(let text, isNull: false): copy.content = .scalar(change(text, position), isNull: false)
        case .sequence(let nodes): copy.content = .sequence(nodes.map { $0.mapTexts(change) })
        case .mapping(let entries):
            copy.content = .mapping(
                entries.map {
                    InputEntry(key: $0.key, keyPosition: $0.keyPosition, value: $0.value.mapTexts(change))
                })
        }
        return copy
    }
}
