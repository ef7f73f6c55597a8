/// A password or passphrase in memory. It shows in no description, no mirror, no dump and no JSON (it is not
/// `Codable`); the one way to its text is `reveal()`, which is easy to search for.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let value: String

    public init(_ value: String) { self.value = value }

    /// The text itself, for the one call that authenticates with it.
    public func reveal() -> String { value }

    public var description: String { "(secret)" }
    public var debugDescription: String { description }
    /// Without children, or `dump` and string interpolation of an enclosing value would show the text.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
