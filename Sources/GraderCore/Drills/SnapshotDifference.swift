/// One thing that is not as it was.
public struct SnapshotDifference: Sendable, Hashable, Codable {
    public var what: String
    /// Nil: it was not there.
    public var before: String?
    /// Nil: it is not there.
    public var after: String?

    public init(what: String, before: String?, after: String?) {
        self.what = what
        self.before = before
        self.after = after
    }

    /// `state enabled.ssh: was enabled, is nothing`
    public var sentence: LocalizedText {
        LocalizedText(
            fr: "\(what) : avant \(before ?? "rien"), maintenant \(after ?? "rien")",
            en: "\(what): was \(before ?? "nothing"), is \(after ?? "nothing")")
    }
}
