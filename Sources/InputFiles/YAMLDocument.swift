import Yams

/// Turns the text of a file into a tree with places: the only caller of Yams. Bounded against files made to hurt: size
/// (`InputText`), nesting (libyaml stops at 1000 levels, here at `depthLimit`), aliases (a few names standing for each
/// other many times over, the "billion laughs") and the number of values that come of them.
public struct YAMLDocument {
    public static let depthLimit = 32
    public static let nodeLimit = 50_000
    /// With this few, no arrangement of them grows beyond some hundred times the file.
    public static let aliasLimit = 16
    /// Each duplicate key costs one more reading of the file.
    private static let duplicateLimit = 32

    private let mistakes: InputMistakes
    /// Renamed keys by what they were renamed to.
    private var renamed: [String: String] = [:]
    private var nodeCount = 0

    /// - Returns: the tree; nil where there is none, and then `mistakes` says why.
    public static func read(_ input: InputText, mistakes: InputMistakes) -> InputNode? {
        let start = InputPosition(line: 1, column: 1)
        if let position = YAMLText(input.text).position(ofAlias: aliasLimit + 1) {
            mistakes.add(
                position, "this is one of more than \(aliasLimit) aliases (`*name`)",
                expected: "the value itself, written out")
            return nil
        }
        var document = YAMLDocument(mistakes: mistakes)
        guard let root = document.compose(input.text) else {
            if mistakes.isEmpty { mistakes.add(start, "the file is empty", expected: "a YAML mapping") }
            return nil
        }
        return document.convert(root, depth: 0)
    }

    /// What `body` makes of the tree.
    /// - Parameter what: that the file is, for messages.
    /// - Throws: every mistake in it at once.
    public static func read<Value>(
        _ input: InputText, as what: String, _ body: (InputNode, InputMistakes) -> Value?
    ) throws(InputErrors) -> Value {
        let mistakes = InputMistakes(file: input.file)
        let value = read(input, mistakes: mistakes).flatMap { body($0, mistakes) }
        try mistakes.check()
        if let value { return value }
        // Cannot be: what is missing was reported. Said rather than trapped.
        let message = "could not be read: expected \(what) (a bug in Bascule)"
        throw InputErrors([InputMistake(file: input.file, message: message)])
    }

    private init(mistakes: InputMistakes) { self.mistakes = mistakes }

    /// Yams stops at the first duplicate key. The other mistakes are wanted too, so the first of the two is
    /// renamed in the text to a name nobody writes, of the same length, and the text is read again.
    private mutating func compose(_ original: String) -> Node? {
        var text = YAMLText(original)
        for round in 0...YAMLDocument.duplicateLimit {
            do {
                // Without Yams's rules for what a word may mean (`yes`, `0o17`): here it means what its reader says.
                return try Yams.compose(yaml: text.string, .basic)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let position = InputPosition(line: context.mark.line, column: context.mark.column)
                let shown = names.sorted().first ?? ""
                guard round < YAMLDocument.duplicateLimit,
                    let replacement = text.rename(key: shown, at: position, round: round)
                else {
                    mistakes.add(position, "\(quoted(shown)) is given twice", expected: "each key once")
                    return nil
                }
                renamed[replacement] = shown
            } catch {
                report(error, in: text)
                return nil
            }
        }
        return nil
    }

    private func report(_ error: any Error, in text: YAMLText) {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            let position = InputPosition(line: mark.line, column: mark.column)
            if text.scalar(at: position) == "\t" {
                mistakes.add(position, "a tab cannot indent YAML", expected: "spaces")
            } else {
                mistakes.add(
                    position, "this is not valid YAML (\(problem))",
                    expected: "`key: value` with the indentation of its neighbours, and matching quotes")
            }
        default:
            mistakes.add(
                InputPosition(line: 1, column: 1), "the file cannot be read as YAML (\(error))",
                expected: "a YAML mapping")
        }
    }

    private mutating func convert(_ node: Node, depth: Int) -> InputNode? {
        let position = InputPosition(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        nodeCount += 1
        if nodeCount > YAMLDocument.nodeLimit {
            mistakes.add(position, "there are too many values", expected: "at most \(YAMLDocument.nodeLimit)")
            return nil
        }
        if depth > YAMLDocument.depthLimit {
            mistakes.add(
                position, "this is nested too deeply", expected: "at most \(YAMLDocument.depthLimit) levels")
            return nil
        }
        switch node {
        case .scalar(let scalar):
            let isNull = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return InputNode(position: position, content: .scalar(scalar.string, isNull: isNull))
        case .sequence(let sequence):
            var nodes: [InputNode] = []
            for element in sequence {
                guard let node = convert(element, depth: depth + 1) else { return nil }
                nodes.append(node)
            }
            return InputNode(position: position, content: .sequence(nodes))
        case .mapping(let mapping): return convert(mapping, at: position, depth: depth)
        case .alias:
            // Yams puts the value in the place of each alias; this case is for emitting only.
            mistakes.add(position, "this is an alias", expected: "the value itself, written out")
            return nil
        }
    }

    private mutating func convert(_ mapping: Node.Mapping, at position: InputPosition, depth: Int)
        -> InputNode?
    {
        var entries: [InputEntry] = []
        var positions: [String: InputPosition] = [:]
        for (key, value) in mapping {
            let keyPosition = InputPosition(line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
            guard case .scalar(let scalar) = key else {
                mistakes.add(keyPosition, "a list or mapping cannot be a key here", expected: "a word")
                continue
            }
            let name = renamed[scalar.string] ?? scalar.string
            if let first = positions[name] {
                mistakes.add(
                    keyPosition, "\(quoted(name)) is already on line \(first.line)", expected: "each key once"
                )
                continue
            }
            positions[name] = keyPosition
            guard let value = convert(value, depth: depth + 1) else { return nil }
            entries.append(InputEntry(key: name, keyPosition: keyPosition, value: value))
        }
        return InputNode(position: position, content: .mapping(entries))
    }
}
