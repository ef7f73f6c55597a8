import GraderCore

extension LocalizedText {
    /// Nothing, where a sentence has nothing to add.
    static let nothing = LocalizedText(verbatim: "")
}
