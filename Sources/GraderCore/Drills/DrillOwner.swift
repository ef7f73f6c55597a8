/// Who holds a drill's lock, as the process that took it names itself:
/// `root@host/5f3a91c2 pid 1234 since 2026-11-22T18:04:12Z`.
public struct DrillOwner: Sendable, Hashable, CustomStringConvertible {
    public var user: String
    /// Its name and the beginning of its boot's word (random(4)): many graders are called `debian`.
    public var host: String
    public var process: Int32
    /// By the host's clock.
    public var since: String

    /// - Parameter user: of which what would not be in the form of a line is replaced.
    public init(user: String, host: String, process: Int32, since: String) {
        self.user = Self.word(user)
        self.host = Self.word(host)
        self.process = process
        self.since = since
    }

    /// nil where the text is not in the form: no drill wrote it.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= Self.longest else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 5, words[1] == "pid", words[3] == "since", let process = Int32(words[2]),
            process > 1
        else { return nil }
        let place = words[0].split(separator: "@", omittingEmptySubsequences: false)
        guard place.count >= 2, let host = place.last else { return nil }
        self.init(
            user: place.dropLast().joined(separator: "@"), host: String(host), process: process,
            since: String(words[4]))
        guard !user.isEmpty, !self.host.isEmpty, Self.isTime(since), description == text else { return nil }
    }

    public var description: String { "\(user)@\(host) pid \(process) since \(since)" }

    private static let longest = 300

    /// One word of visible ASCII.
    private static func word(_ text: String) -> String {
        String(
            decoding: text.utf8.prefix(120).map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "_") },
            as: UTF8.self)
    }

    /// `2026-11-22T18:04:12Z`
    private static func isTime(_ text: String) -> Bool {
        let form = "0000-00-00T00:00:00Z".utf8
        return text.utf8.count == form.count
            && zip(text.utf8, form).allSatisfy { byte, wanted in
                wanted == UInt8(ascii: "0") ? byte.isASCIIDigit : byte == wanted
            }
    }
}

/// What a node says of the lock that a drill takes on it (`/var/lib/bascule/lock/owner`): the drill's id in the first
/// line, its owner in the second.
public enum DrillLock: Sendable, Hashable {
    case held(drill: String, by: DrillOwner)
    /// There is such a file, or so it was answered, and no drill wrote what is in it; the beginning of that, to be
    /// shown.
    case senseless(String)

    /// nil where the file could not be read, most likely because there is none.
    public init?(_ result: CommandResult?) {
        guard let result, result.ending == .exited(0) else { return nil }
        let text = result.standardOutput.text
        let lines = TextLines(text).lines
        if !result.outputTruncated, lines.count == 3, lines[2].isEmpty, Self.isIdentifier(lines[0]),
            let owner = DrillOwner(lines[1])
        {
            self = .held(drill: String(lines[0]), by: owner)
        } else {
            self = .senseless(text.visibleExcerpt)
        }
    }

    /// Whether a text may be a drill's id, which becomes part of paths: nothing else may be in it.
    public static func isIdentifier(_ text: some StringProtocol) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte.isASCIIDigit
                    || byte == UInt8(ascii: "-")
            }
    }
}
