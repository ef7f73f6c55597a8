import GraderCore
import InputFiles

/// What of a declared lab is another for every student: files, readiness, environment, roster.
extension DeclaredLab {
    fileprivate static let aFile = LocalizedText(fr: "un fichier", en: "a file")
    fileprivate static let aText = LocalizedText(fr: "un texte", en: "a text")

    static func files(
        _ reader: MappingReader, _ variables: LabVariables, machines: [MachineID]
    ) -> @Sendable (VirtualLab.Plan, MachineID, [UInt8]) -> [VirtualLab.File] {
        guard let node = reader.node("files") else { return { _, _, _ in [] } }
        var files: [LabFile] = []
        for item in reader.items(node) {
            guard
                let own = reader.mistakes.mapping(item, aFile, keys: ["path", "on", "mode", "content"]),
                let file = LabFile(own, variables, machines: machines)
            else { continue }
            if let other = files.first(where: {
                $0.path == file.path && !$0.machines.isDisjoint(with: file.machines)
            }) {
                reader.mistakes.add(
                    item.position,
                    LocalizedText(
                        fr: "\(quoted(other.path)) est mis deux fois dans une machine",
                        en: "“\(other.path)” is put into a machine twice"),
                    expected: LocalizedText(
                        fr: "chaque fichier une seule fois par machine", en: "each file once a machine")
                )
            }
            files.append(file)
        }
        return { [files] plan, machine, secret in
            files.filter { $0.machines.contains(machine) }.map {
                VirtualLab.File(
                    $0.path, mode: $0.mode, variables.fill($0.content, plan, on: machine, secret: secret))
            }
        }
    }

    static func readiness(_ reader: MappingReader) -> VirtualLab.Readiness? {
        guard let node = reader.node("ready"),
            let own = reader.mistakes.mapping(node, .key("ready"), keys: ["test", "within", "is", "look"])
        else { return nil }
        let aTest = LocalizedText(
            fr: "du shell, sur une ligne, qui réussit sur une machine prête",
            en: "shell that succeeds on a machine that is ready, on one line")
        let within = own.node("within").flatMap { node in
            own.value(
                node, .key("within"),
                expected: LocalizedText(fr: "une durée de 1s à 600s", en: "a time from 1s to 600s"),
                LabWords.seconds)
        }
        let test = own.required("test", of: .key("ready"), expected: aTest).flatMap {
            own.text($0, .key("test"), expected: aTest)
        }
        if let node = own.node("test"), let test, test.contains(where: \.isNewline) {
            own.wrong(
                node, .key("test"),
                expected: LocalizedText(
                    fr: "du shell sur une ligne ; les fonctions de functions: n'y sont pas connues",
                    en: "shell on one line; a function of functions: is not known here"))
        }
        let sentence = own.required(
            "is", of: .key("ready"),
            expected: LocalizedText(
                fr: "ce qui est vrai alors, tel que le serveur web tourne",
                en: "what holds then, such as the web server runs")
        ).flatMap { DeclaredText.read($0, "is", own) }
        guard let test, let sentence else { return nil }
        let limit = within ?? 60
        return VirtualLab.Readiness(
            script: test, timeLimit: .seconds(limit), sentence: sentence,
            complaint: {
                LocalizedText(
                    fr: "La maquette de \($0.student) n'est pas prête après \(limit) s (\(sentence))",
                    en: "The lab of \($0.student) was not ready within \(limit) s (\(sentence))")
            },
            look: own.text("look") ?? "systemctl --failed")
    }

    static func environment(
        _ reader: MappingReader, _ variables: LabVariables
    ) -> @Sendable (VirtualLab.Plan) -> [String: String] {
        guard let node = reader.node("environment") else { return { _ in [:] } }
        guard case .mapping(let entries) = node.content else {
            reader.wrong(
                node, .key("environment"),
                expected: LocalizedText(
                    fr: "des noms en majuscules et leurs valeurs",
                    en: "a mapping of names in capitals and their values"))
            return { _ in [:] }
        }
        var values: [String: Template] = [:]
        for entry in entries {
            let given = variables.environment
            let names = given.joined(separator: ", ")
            if !LabWords.isVariable(entry.key) {
                reader.mistakes.add(
                    entry.keyPosition,
                    LocalizedText(
                        fr: "\(quoted(entry.key)) ne peut nommer une variable d'un script",
                        en: "\(quoted(entry.key)) is no name of a script's variable"),
                    expected: LocalizedText(
                        fr: "majuscules, chiffres et soulignés, tel que SITE",
                        en: "capitals, digits and underscores, such as SITE"))
            } else if given.contains(entry.key) {
                reader.mistakes.add(
                    entry.keyPosition,
                    LocalizedText(
                        fr: "les scripts ont déjà un autre \(quoted(entry.key))",
                        en: "the scripts have another “\(entry.key)” already"),
                    expected: LocalizedText(fr: "aucun de \(names)", en: "none of \(names)"))
            } else {
                values[entry.key] = reader.template(
                    entry.value, .key(entry.key), expected: aText, known: variables.known)
            }
        }
        return { [values] plan in values.mapValues { variables.fill($0, plan) } }
    }

    static func roster(
        _ reader: MappingReader, _ variables: LabVariables, machines: [MachineID]
    ) -> @Sendable (VirtualLab.Plan) -> [String] {
        guard let node = reader.node("roster") else { return { _ in [] } }
        guard case .mapping(let entries) = node.content else {
            reader.wrong(
                node, .key("roster"),
                expected: LocalizedText(
                    fr: "les clés de lab dans exercise.yaml",
                    en: "a mapping with the lab's keys of exercise.yaml"))
            return { _ in [] }
        }
        let own = ["id", "name", "names"] + machines.map(\.rawValue)
        for entry in entries where own.contains(entry.key) {
            reader.mistakes.add(
                entry.keyPosition,
                LocalizedText(
                    fr: "la liste de classe a déjà \(quoted(entry.key)), de la classe",
                    en: "the roster has “\(entry.key)” from the class already"),
                expected: LocalizedText(
                    fr: "seulement des clés de lab, dans l'exercice", en: "keys of the exercise's lab only"))
        }
        let values = entries.compactMap { entry in
            RosterValue(
                entry.value,
                LocalizedText(
                    fr: "\(quoted(entry.key)) de la liste de classe", en: "“\(entry.key)” of the roster"),
                reader, variables
            ).map {
                (entry.key, $0)
            }
        }
        return { [values] plan in values.map { "\($0): \($1.line(variables, plan))" } }
    }
}

/// A file that goes into machines.
private struct LabFile: Sendable {
    var path: String
    var machines: Set<MachineID>
    var mode: Int
    var content: Template

    init?(_ reader: MappingReader, _ variables: LabVariables, machines all: [MachineID]) {
        let absolute = LocalizedText(
            fr: "un chemin absolu sans espaces", en: "an absolute path without blanks")
        let path = reader.required("path", of: DeclaredLab.aFile, expected: absolute).flatMap {
            reader.value($0, .key("path"), expected: absolute) { LabWords.isPath($0) ? $0 : nil }
        }
        let content = reader.required(
            "content", of: DeclaredLab.aFile,
            expected: LocalizedText(fr: "le texte du fichier", en: "the file's text")
        ).flatMap {
            reader.template(
                $0, .key("content"), expected: DeclaredLab.aText,
                known: variables.known + LabVariables.ofFiles)
        }
        let mode = reader.node("mode").map { node in
            reader.value(
                node, .key("mode"),
                expected: LocalizedText(
                    fr: "des droits tels que chmod les prend, par exemple \"0644\"",
                    en: "permissions as chmod takes them, such as \"0644\""),
                LabWords.mode)
        }
        let names = Dictionary(all.map { ($0.rawValue, $0) }) { first, _ in first }
        let machines = reader.node("on").map { node in
            reader.list(
                node, .key("on"),
                expected: LocalizedText(
                    fr: "une machine ou une liste de machines", en: "a machine or a list of them")
            ) {
                reader.choice($0, .key("on"), names)
            }
        }
        guard let path, let content else { return nil }
        self.path = path
        self.machines = Set((machines ?? all) ?? all)
        self.mode = (mode ?? 0o644) ?? 0o644
        self.content = content
    }
}

/// What the roster says for a key: texts, lists and mappings, on one line of YAML.
private indirect enum RosterValue: Sendable {
    case text(Template)
    case list([RosterValue])
    case mapping([(key: String, value: RosterValue)])

    init?(_ node: InputNode, _ name: LocalizedText, _ reader: MappingReader, _ variables: LabVariables) {
        switch node.content {
        case .scalar:
            guard
                let text = reader.template(
                    node, name, expected: DeclaredLab.aText, known: variables.known)
            else {
                return nil
            }
            self = .text(text)
        case .sequence(let nodes):
            self = .list(nodes.compactMap { RosterValue($0, name, reader, variables) })
        case .mapping(let entries):
            self = .mapping(
                entries.compactMap { entry in
                    RosterValue(entry.value, name, reader, variables).map { (entry.key, $0) }
                })
        }
    }

    func line(_ variables: LabVariables, _ plan: VirtualLab.Plan) -> String {
        switch self {
        case .text(let text): YAMLScalar.quoted(variables.fill(text, plan))
        case .list(let values): "[\(values.map { $0.line(variables, plan) }.joined(separator: ", "))]"
        case .mapping(let entries):
            "{\(entries.map { "\($0.key): \($0.value.line(variables, plan))" }.joined(separator: ", "))}"
        }
    }
}
