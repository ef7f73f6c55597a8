import GraderCore
import InputFiles

/// Reads `hooks: {powerOn: […], powerLoss: […]}`: argument vectors for the grader's own host, `{student}` and
/// `{node}` replaced. Never a string for a shell.
enum HooksReader {
    static func read(_ node: InputNode, mistakes: InputMistakes) -> PowerHooks? {
        guard let reader = MappingReader(node, "hooks", keys: ["powerOn", "powerLoss"], mistakes: mistakes)
        else {
            return nil
        }
        return PowerHooks(powerOn: words("powerOn", reader), powerLoss: words("powerLoss", reader))
    }

    private static func words(_ key: String, _ reader: MappingReader) -> [String]? {
        guard let node = reader.node(key) else { return nil }
        let expected = "a list of words: [virsh, start, \"{student}-{node}\"]"
        guard case .sequence(let items) = node.content, !items.isEmpty else {
            reader.wrong(node, key, expected: expected)
            return nil
        }
        return items.compactMap { reader.text($0, key, expected: expected) }
    }
}
