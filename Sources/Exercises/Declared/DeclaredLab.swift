import GraderCore
import InputFiles

/// The virtual lab of a declared exercise (`lab.yaml`): what an exercise in Swift says by a ``GraderCore/VirtualLab``,
/// as a file. The addresses, names and secrets of a student's lab go in by variables; `setup` and `functions` are a
/// shell's as they stand.
enum DeclaredLab {
    static let keys = [
        "summary", "services", "packages", "folders", "removed", "setup", "units", "nameServer", "files",
        "ready",
        "environment", "functions", "roster",
    ]

    /// Reads the file.
    /// - Parameter machines: the exercise's, in its order.
    /// - Throws: every mistake in it at once.
    static func read(_ input: InputText, machines: [MachineID]) throws(InputErrors) -> VirtualLab {
        try YAMLDocument.read(input, as: "a virtual lab") { root, mistakes in
            guard let reader = mistakes.mapping(root, "the lab", keys: keys, advice: advice) else {
                return nil
            }
            let summary = reader.required(
                "summary", of: "the lab", expected: "what is raised, in one sentence")
            var lab = VirtualLab(
                summary: summary.flatMap { reader.text($0, "summary", expected: "a sentence") } ?? "",
                machines: machines)
            let names = LabNames(machines: machines, hasNameServer: reader.node("nameServer") != nil)
            lab.services = services(reader, names)
            let variables = LabVariables(names: names, services: lab.services)
            if reader.node("nameServer") != nil, machines.contains(where: { $0.rawValue == "dns" }) {
                reader.mistakes.add(
                    reader.position, "the lab has a nameServer beside the machine dns",
                    expected: "another name for the machine, since scripts call the name server dns")
            }
            lab.image = image(reader)
            lab.nameServer = nameServer(reader, variables)
            lab.files = files(reader, variables, machines: machines)
            lab.readiness = readiness(reader)
            lab.environment = environment(reader, variables)
            lab.functions = reader.text("functions") ?? ""
            lab.roster = roster(reader, variables, machines: machines)
            return lab
        }
    }

    private static let advice = [
        "machines": "the machines to stand in exercise.yaml",
        "image": "what is in the image beside the other keys: packages, folders, removed, setup, units",
        "situations": "the situations to be files of their own, situations/*.sh",
    ]

    /// Of ten addresses a student has, those that machines and name server leave.
    private static func services(_ reader: MappingReader, _ names: LabNames) -> [String] {
        guard let node = reader.node("services") else { return [] }
        var seen: [String] = []
        for item in reader.items(node) {
            let expected = "a name of lower-case letters, digits and hyphens, such as vip"
            guard
                let name = reader.value(
                    item, "a service", expected: expected, { LabWords.isHostName($0) ? $0 : nil })
            else { continue }
            if names.taken.contains(where: { LabNames.variable($0) == LabNames.variable(name) }) {
                reader.mistakes.add(
                    item.position, "the service “\(name)” is called as something else is",
                    expected: "none of \(names.taken.joined(separator: ", "))")
            } else if seen.contains(name) {
                reader.mistakes.add(
                    item.position, "the service “\(name)” is there twice", expected: "each once")
            } else {
                seen.append(name)
            }
        }
        let free = 10 - names.machines.count - (names.hasNameServer ? 1 : 0)
        if seen.count > free {
            reader.mistakes.add(
                node.position, "there are \(seen.count) services",
                expected: "at most \(free), since a student has ten addresses")
        }
        return seen
    }

    /// These go into shell lines of the build, so each is of harmless characters.
    private static func image(_ reader: MappingReader) -> VirtualLab.Image {
        var image = VirtualLab.Image()
        image.packages = words(
            reader, "packages", "a package", expected: "a Debian package's name, such as apache2",
            LabWords.isPackage)
        image.folders = words(
            reader, "folders", "a folder", expected: "an absolute path without blanks", LabWords.isPath)
        image.removed = words(
            reader, "removed", "a file to remove",
            expected: "an absolute path without blanks; * is any name's rest"
        ) { LabWords.isPath($0.replacing("*", with: "x")) }
        image.units = words(
            reader, "units", "a unit", expected: "a unit of systemd's, such as apache2 or backup.timer",
            LabWords.isUnit)
        image.setup = reader.text("setup") ?? ""
        return image
    }

    /// A list that may be empty, of words of one form, each once.
    private static func words(
        _ reader: MappingReader, _ key: String, _ name: String, expected: String, _ isSound: (String) -> Bool
    ) -> [String] {
        guard let node = reader.node(key) else { return [] }
        var words: [String] = []
        for item in reader.items(node) {
            guard let word = reader.value(item, name, expected: expected, { isSound($0) ? $0 : nil }) else {
                continue
            }
            if words.contains(word) {
                reader.mistakes.add(item.position, "“\(word)” is in \(key) twice", expected: "each once")
            } else {
                words.append(word)
            }
        }
        return words
    }

    private static func nameServer(_ reader: MappingReader, _ variables: LabVariables) -> VirtualLab
        .NameServer?
    {
        let keys = ["zoneFile", "records"]
        guard let node = reader.node("nameServer"),
            let own = reader.mistakes.mapping(node, "nameServer", keys: keys)
        else { return nil }
        let path = "an absolute path, such as /etc/bind/db.lab"
        let zoneFile = own.required("zoneFile", of: "nameServer", expected: path).flatMap {
            own.value($0, "zoneFile", expected: path) { LabWords.isPath($0) ? $0 : nil }
        }
        let records = own.node("records").map(own.items)?.compactMap { item -> Template? in
            let expected = "a record as in a zone's file, such as www IN A {\(variables.example)}"
            guard
                let record = own.template(item, "a record", expected: expected, known: variables.known)
            else { return nil }
            if record.written.allSatisfy(\.isWhitespace) || record.written.contains(where: \.isNewline) {
                own.wrong(item, "a record", expected: "\(expected), on one line")
            }
            return record
        }
        return VirtualLab.NameServer(zoneFile: zoneFile ?? "/") { plan in
            (records ?? []).map { variables.fill($0, plan) }
        }
    }
}
