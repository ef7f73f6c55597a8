import Yams
import GraderCore

/// Turns the text of a file into a tree with places: the only caller of Yams. Bounded against files made to hurt: size
/// (`InputText`), nesting (libyaml stops at 1000 levels, here at `depthLimit`), aliases (a few names standing for each
/// other many times over, the "billion laughs") and the number of values that come of them.
public struct YAMLDocument {
    public static let depthLimit = 32
    public static let nodeLimit = 50_000
    /// With this few, no arrangement of them grows beyond some hundred times the file.
    public static let aliasLimit = 16
    /// Each duplicate key costs one more reading of the file.
    public static let duplicateLimit = 32

    private let mistakes: InputMistakes
    private let rereadings: Int
    /// Renamed keys by what they were renamed to.
    private var renamed: [String: String] = [:]
    private var nodeCount = 0

    /// - Parameter rereadings: how many duplicate keys are looked for: none where one mistake says as much as all.
    /// - Returns: the tree; nil where there is none, and then `mistakes` says why.
    public static func read(
        _ input: InputText, mistakes: InputMistakes, rereadings: Int = duplicateLimit
    ) -> InputNode? {
        let start = InputPosition(line: 1, column: 1)
        if let position = YAMLText(input.text).position(ofAlias: aliasLimit + 1) {
            mistakes.add(
                position,
                LocalizedText(
                    fr: "un alias (`*nom`) parmi plus de \(aliasLimit)",
                    en: "this is one of more than \(aliasLimit) aliases (`*name`)"),
                expected: LocalizedText(
                    fr: "la valeur elle-même, en toutes lettres", en: "the value itself, written out"))
            return nil
        }
        var document = YAMLDocument(mistakes: mistakes, rereadings: min(rereadings, duplicateLimit))
        guard let root = document.compose(input.text) else {
            if mistakes.isEmpty {
                mistakes.add(
                    start, LocalizedText(fr: "le fichier est vide", en: "the file is empty"),
                    expected: YAMLDocument.aMapping)
            }
            return nil
        }
        return document.convert(root, depth: 0)
    }

    /// What `body` makes of the tree.
    /// - Parameter what: that the file is, for messages.
    /// - Throws: every mistake in it at once.
    public static func read<Value>(
        _ input: InputText, as what: LocalizedText, _ body: (InputNode, InputMistakes) -> Value?
    ) throws(InputErrors) -> Value {
        let mistakes = InputMistakes(file: input.file)
        let value = read(input, mistakes: mistakes).flatMap { body($0, mistakes) }
        try mistakes.check()
        if let value { return value }
        // Cannot be: what is missing was reported. Said rather than trapped.
        let message = LocalizedText(
            fr: "n'a pu être lu : attendu : \(what) (erreur de Bascule même)",
            en: "could not be read: expected \(what) (a bug in Bascule)")
        throw InputErrors([InputMistake(file: input.file, message: message)])
    }

    private static let aMapping = LocalizedText(fr: "des clés et leurs valeurs (YAML)", en: "a YAML mapping")
    private static let onceEach = LocalizedText(fr: "chaque clé une seule fois", en: "each key once")

    private init(mistakes: InputMistakes, rereadings: Int) {
        self.mistakes = mistakes
        self.rereadings = rereadings
    }

    /// Yams stops at the first duplicate key. The other mistakes are wanted too, so the first of the two is
    /// renamed in the text to a name nobody writes, of the same length, and the text is read again.
    private mutating func compose(_ original: String) -> Node? {
        var text = YAMLText(original)
        for round in 0...max(0, rereadings) {
            do {
                // Without Yams's rules for what a word may mean (`yes`, `0o17`): here it means what its reader says.
                return try Yams.compose(yaml: text.string, .basic)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let position = InputPosition(line: context.mark.line, column: context.mark.column)
                let shown = names.sorted().first ?? ""
                guard round < rereadings,
                    let replacement = text.rename(key: shown, at: position, round: round)
                else {
                    mistakes.add(
                        position,
                        LocalizedText(
                            fr: "\(quoted(shown)) est donné deux fois", en: "\(quoted(shown)) is given twice"),
                        expected: YAMLDocument.onceEach)
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
                mistakes.add(
                    position,
                    LocalizedText(
                        fr: "une tabulation ne peut indenter du YAML", en: "a tab cannot indent YAML"),
                    expected: LocalizedText(fr: "des espaces", en: "spaces"))
            } else {
                mistakes.add(
                    position,
                    LocalizedText(
                        fr: "ce n'est pas du YAML valable",
                        en: "this is not valid YAML (\(problem))"),
                    expected: LocalizedText(
                        fr: "`clé: valeur` avec l'indentation des lignes voisines, et des guillemets fermés",
                        en: "`key: value` with the indentation of its neighbours, and matching quotes"))
            }
        default:
            mistakes.add(
                InputPosition(line: 1, column: 1),
                LocalizedText(
                    fr: "le fichier ne se lit pas comme du YAML",
                    en: "the file cannot be read as YAML (\(String(describing: error)))"),
                expected: YAMLDocument.aMapping)
        }
    }

    private mutating func convert(_ node: Node, depth: Int) -> InputNode? {
        let position = InputPosition(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        nodeCount += 1
        if nodeCount > YAMLDocument.nodeLimit {
            mistakes.add(
                position, LocalizedText(fr: "trop de valeurs", en: "there are too many values"),
                expected: LocalizedText(
                    fr: "\(YAMLDocument.nodeLimit) au plus", en: "at most \(YAMLDocument.nodeLimit)"))
            return nil
        }
        if depth > YAMLDocument.depthLimit {
            mistakes.add(
                position, LocalizedText(fr: "trop d'imbrications", en: "this is nested too deeply"),
                expected: LocalizedText(
                    fr: "\(YAMLDocument.depthLimit) niveaux au plus",
                    en: "at most \(YAMLDocument.depthLimit) levels"))
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
            mistakes.add(
                position, LocalizedText(fr: "c'est un alias", en: "this is an alias"),
                expected: LocalizedText(
                    fr: "la valeur elle-même, en toutes lettres", en: "the value itself, written out"))
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
                mistakes.add(
                    keyPosition,
                    LocalizedText(
                        fr: "une liste ou un groupe de clés ne peut être une clé ici",
                        en: "a list or mapping cannot be a key here"),
                    expected: LocalizedText(fr: "un mot", en: "a word"))
                continue
            }
            let name = renamed[scalar.string] ?? scalar.string
            if let first = positions[name] {
                mistakes.add(
                    keyPosition,
                    LocalizedText(
                        fr: "\(quoted(name)) est déjà ligne \(first.line)",
                        en: "\(quoted(name)) is already on line \(first.line)"),
                    expected: YAMLDocument.onceEach
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
