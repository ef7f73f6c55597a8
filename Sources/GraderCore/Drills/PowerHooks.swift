/// Argument vectors of the roster's, run on the grader's own host: how a student's machines are given power, cut off
/// and kept. In each word `{student}`, `{node}`, `{vm}` and `{snapshot}` stand for what they say.
public struct PowerHooks: Sendable, Hashable {
    public var powerOn: [String]?
    public var powerLoss: [String]?
    /// Keeps a machine as it is, under a name.
    public var snapshot: [String]?
    /// What `{vm}` is for each machine: its name, or number, on its hypervisor.
    public var vms: [MachineID: String]

    /// What a word may say in braces.
    public enum Placeholder: String, Sendable, CaseIterable {
        case student, node, vm, snapshot
    }

    public init(
        powerOn: [String]? = nil, powerLoss: [String]? = nil, snapshot: [String]? = nil,
        vms: [MachineID: String] = [:]
    ) {
        self.powerOn = powerOn
        self.powerLoss = powerLoss
        self.snapshot = snapshot
        self.vms = vms
    }

    /// The vectors for one student's node. One that says what is not known here (`{vm}` of a machine that has none,
    /// `{snapshot}` where none is to be taken) is nil: half a command is not run.
    /// - Parameter name: the snapshot's.
    public func resolved(student: String, node: String, snapshot name: String? = nil) -> PowerHooks {
        let known: [Placeholder: String?] = [
            .student: student, .node: node, .vm: vms[MachineID(node)], .snapshot: name,
        ]
        let values = known.compactMapValues(\.self)
        func resolve(_ words: [String]?) -> [String]? {
            guard let words, Self.placeholders(in: words).allSatisfy({ values[$0] != nil }) else {
                return nil
            }
            return words.map { Self.filled($0, values) }
        }
        return PowerHooks(
            powerOn: resolve(powerOn), powerLoss: resolve(powerLoss), snapshot: resolve(snapshot), vms: vms)
    }

    /// The names of the hooks that say this.
    public func saying(_ placeholder: Placeholder) -> [String] {
        [("powerOn", powerOn), ("powerLoss", powerLoss), ("snapshot", snapshot)].compactMap { name, words in
            words.map { Self.placeholders(in: $0).contains(placeholder) } == true ? name : nil
        }
    }

    /// What a word has in braces to be filled in, known or not, without the braces. `${name}` is a shell's own, and
    /// braces around anything but a word are the text's.
    public static func names(in word: String) -> [String] {
        parts(of: word).compactMap { $0.name.map(String.init) }
    }

    /// The word in pieces, each with the name that it has in braces.
    private static func parts(of word: String) -> [(text: Substring, name: Substring?)] {
        var isBehindDollar = false
        return word.parts(between: "{", and: "}").map { part in
            defer { isBehindDollar = part.whole.utf8.last == UInt8(ascii: "$") }
            guard case .inside(let inside, _) = part, !isBehindDollar, isName(inside) else {
                return (part.whole, nil)
            }
            return (part.whole, inside)
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        let name = text.prefix { $0 != ":" }
        return !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber }
    }

    private static func placeholders(in words: [String]) -> Set<Placeholder> {
        Set(words.flatMap(names).compactMap(Placeholder.init))
    }

    /// In one go: what is put in may have braces of its own.
    private static func filled(_ word: String, _ values: [Placeholder: String]) -> String {
        parts(of: word).map { part in
            part.name.flatMap { Placeholder(rawValue: String($0)) }.flatMap { values[$0] }
                ?? String(part.text)
        }.joined()
    }
}
