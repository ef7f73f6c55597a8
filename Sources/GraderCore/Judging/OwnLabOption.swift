/// An option of `check --local` with which a student says himself what a roster would say of his own machines.
public struct OwnLabOption: Sendable, Hashable {
    /// Without the dashes, `dns-name`.
    public var name: String
    /// Where its value stands in a student's entry of a roster, `["dns", "names"]`.
    public var path: [String]
    /// What it is, for the help; without a full stop.
    public var help: LocalizedText
    /// Whether it may be given several times.
    public var isList: Bool
    /// A value for a usage line; nil where the option may be left out.
    public var example: String?

    public init(
        _ name: String, at path: [String], help: LocalizedText, isList: Bool = false, example: String? = nil
    ) {
        self.name = name
        self.path = path
        self.help = help
        self.isList = isList
        self.example = example
    }
}
