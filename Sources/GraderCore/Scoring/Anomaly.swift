/// Something about a student's machines that does not go with what they say: for the teacher's eyes, with the innocent
/// explanation that there mostly is. Never judged, worth no points, never shown to students.
public struct Anomaly: Sendable, Hashable, Codable {
    /// Of its sort; in files by this name.
    public var kind: String
    /// Where it was seen; nil where it is of no one machine.
    public var machine: MachineID?
    /// What was seen; foreign words are in it.
    public var seen: LocalizedText
    /// What could be behind it.
    public var why: LocalizedText
    /// How an honest student comes to it.
    public var innocent: LocalizedText

    public init(
        _ kind: String, on machine: MachineID? = nil, seen: LocalizedText, why: LocalizedText,
        innocent: LocalizedText
    ) {
        self.kind = kind
        self.machine = machine
        self.seen = seen
        self.why = why
        self.innocent = innocent
    }

    /// How many words of one sort stand in a sentence, the rest being counted.
    private static let listed = 6

    /// What was found, as a sentence names it: `/usr/local/sbin/ip, /usr/local/sbin/ss, … (10)`.
    public static func list(_ found: [String]) -> String {
        found.prefix(listed).map { $0.cut(to: 200) }.joined(separator: ", ")
            + (found.count > listed ? ", … (\(found.count))" : "")
    }
}
