/// A password or passphrase: it goes to where it is asked for and shows up nowhere else.
///
/// Not `Codable`, and every way of turning it into text gives the same stars, so that it cannot get into a log,
/// a report or evidence by accident.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// UTF-8, without a line end.
    let bytes: [UInt8]

    public init(_ text: String) { bytes = Array(text.utf8) }

    public var isEmpty: Bool { bytes.isEmpty }
    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
