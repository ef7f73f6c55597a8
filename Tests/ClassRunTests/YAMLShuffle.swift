import InputFiles
import Testing

@testable import ClassRun

/// Writes a YAML file again with the keys of every mapping in another order.
enum YAMLShuffle {
    static func shuffled(_ text: String, using generator: inout SplitMix64) throws -> String {
        let folder = try TestFolder()
        let input = try InputText(file: folder.write(text, to: "original.yaml"))
        let root = try #require(YAMLDocument.read(input, mistakes: InputMistakes(file: "original.yaml")))
        return flow(root, using: &generator)
    }

    private static func flow(_ node: InputNode, using generator: inout SplitMix64) -> String {
        switch node.content {
        case .scalar(_, isNull: true): return "~"
        case .scalar(let text, isNull: false):
            return "'" + text.replacing("'", with: "''") + "'"
        case .sequence(let nodes):
            return "[" + nodes.map { flow($0, using: &generator) }.joined(separator: ", ") + "]"
        case .mapping(let entries):
            let pairs = entries.shuffled(using: &generator)
                .map { "\($0.key): \(flow($0.value, using: &generator))" }
            return "{" + pairs.joined(separator: ", ") + "}"
        }
    }
}
