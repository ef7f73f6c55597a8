import GraderCore
import InputFiles

/// What of a declared lab is another for every student: files, readiness, environment, roster.
extension DeclaredLab {
    static func files(
        _ reader: MappingReader, _ variables: LabVariables, machines: [MachineID]
    ) -> @Sendable (VirtualLab.Plan, MachineID, [UInt8]) -> [VirtualLab.File] {
        guard let node = reader.node("files") else { return { _, _, _ in [] } }
        var files: [LabFile] = []
        for item in reader.items(node) {
            guard
                let own = reader.mistakes.mapping(item, "a file", keys: ["path", "on", "mode", "content"]),
                let file = LabFile(own, variables, machines: machines)
            else { continue }
            if let other = files.first(where: {
                $0.path == file.path && !$0.machines.isDisjoint(with: file.machines)
            }) {
                reader.mistakes.add(
                    item.position, "“\(other.path)” is put into a machine twice",
                    expected: "each file once a machine"
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
            let own = reader.mistakes.mapping(node, "ready", keys: ["test", "within", "is", "look"])
        else { return nil }
        func text(_ key: String, _ expected: String) -> String? {
            own.required(key, of: "ready", expected: expected).flatMap {
                own.text($0, key, expected: expected)
            }
        }
        let within = own.node("within").flatMap { node in
            own.value(node, "within", expected: "a time from 1s to 600s", LabWords.seconds)
        }
        let test = text("test", "shell that succeeds on a machine that is ready, on one line")
        if let node = own.node("test"), let test, test.contains(where: \.isNewline) {
            own.wrong(node, "test", expected: "shell on one line; a function of functions: is not known here")
        }
        let sentence = text("is", "what holds then, such as the web server runs")
        guard let test, let sentence else { return nil }
        let limit = within ?? 60
        return VirtualLab.Readiness(
            script: test, timeLimit: .seconds(limit), sentence: sentence,
            complaint: { "The lab of \($0.student) was not ready within \(limit) s (\(sentence))" },
            look: own.text("look") ?? "systemctl --failed")
    }

    static func environment(
        _ reader: MappingReader, _ variables: LabVariables
    ) -> @Sendable (VirtualLab.Plan) -> [String: String] {
        guard let node = reader.node("environment") else { return { _ in [:] } }
        guard case .mapping(let entries) = node.content else {
            reader.wrong(node, "environment", expected: "a mapping of names in capitals and their values")
            return { _ in [:] }
        }
        var values: [String: Template] = [:]
        for entry in entries {
            let given = variables.environment
            if !LabWords.isVariable(entry.key) {
                reader.mistakes.add(
                    entry.keyPosition, "\(quoted(entry.key)) is no name of a script's variable",
                    expected: "capitals, digits and underscores, such as SITE")
            } else if given.contains(entry.key) {
                reader.mistakes.add(
                    entry.keyPosition, "the scripts have another “\(entry.key)” already",
                    expected: "none of \(given.joined(separator: ", "))")
            } else {
                values[entry.key] = reader.template(
                    entry.value, entry.key, expected: "a text", known: variables.known)
            }
        }
        return { [values] plan in values.mapValues { variables.fill($0, plan) } }
    }

    static func roster(
        _ reader: MappingReader, _ variables: LabVariables, machines: [MachineID]
    ) -> @Sendable (VirtualLab.Plan) -> [String] {
        guard let node = reader.node("roster") else { return { _ in [] } }
        guard case .mapping(let entries) = node.content else {
            reader.wrong(node, "roster", expected: "a mapping with the lab's keys of exercise.yaml")
            return { _ in [] }
        }
        let own = ["id", "name", "names"] + machines.map(\.rawValue)
        for entry in entries where own.contains(entry.key) {
            reader.mistakes.add(
                entry.keyPosition, "the roster has “\(entry.key)” from the class already",
                expected: "keys of the exercise's lab only")
        }
        let values = entries.compactMap { entry in
            RosterValue(entry.value, "“\(entry.key)” of the roster", reader, variables).map {
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
        let absolute = "an absolute path without blanks"
        let path = reader.required("path", of: "a file", expected: absolute).flatMap {
            reader.value($0, "path", expected: absolute) { LabWords.isPath($0) ? $0 : nil }
        }
        let content = reader.required("content", of: "a file", expected: "the file's text").flatMap {
            reader.template($0, "content", expected: "a text", known: variables.known + LabVariables.ofFiles)
        }
        let mode = reader.node("mode").map { node in
            reader.value(
                node, "mode", expected: "permissions as chmod takes them, such as \"0644\"", LabWords.mode)
        }
        let names = Dictionary(all.map { ($0.rawValue, $0) }) { first, _ in first }
        let machines = reader.node("on").map { node in
            reader.list(node, "on", expected: "a machine or a list of them") {
                reader.choice($0, "on", names)
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

    init?(_ node: InputNode, _ name: String, _ reader: MappingReader, _ variables: LabVariables) {
        switch node.content {
        case .scalar:
            guard let text = reader.template(node, name, expected: "a text", known: variables.known) else {
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
