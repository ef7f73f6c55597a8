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
        try YAMLDocument.read(input, as: LocalizedText(fr: "une maquette virtuelle", en: "a virtual lab")) {
            root, mistakes in
            guard let reader = mistakes.mapping(root, theLab, keys: keys, advice: advice) else {
                return nil
            }
            let summary = reader.required(
                "summary", of: theLab,
                expected: LocalizedText(
                    fr: "ce qui est monté, en une phrase", en: "what is raised, in one sentence"))
            var lab = VirtualLab(
                summary: summary.flatMap { DeclaredText.read($0, "summary", reader) }
                    ?? LocalizedText(verbatim: ""),
                machines: machines)
            let names = LabNames(machines: machines, hasNameServer: reader.node("nameServer") != nil)
            lab.services = services(reader, names)
            let variables = LabVariables(names: names, services: lab.services)
            if reader.node("nameServer") != nil, machines.contains(where: { $0.rawValue == "dns" }) {
                reader.mistakes.add(
                    reader.position,
                    LocalizedText(
                        fr: "la maquette a un nameServer à côté de la machine dns",
                        en: "the lab has a nameServer beside the machine dns"),
                    expected: LocalizedText(
                        fr: "un autre nom pour la machine, car les scripts appellent dns le serveur de noms",
                        en: "another name for the machine, since scripts call the name server dns"))
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

    private static let theLab = LocalizedText(fr: "la maquette", en: "the lab")

    private static let advice = [
        "machines": LocalizedText(
            fr: "les machines dans exercise.yaml", en: "the machines to stand in exercise.yaml"),
        "image": LocalizedText(
            fr: "ce qui est dans l'image à côté des autres clés : packages, folders, removed, setup, units",
            en: "what is in the image beside the other keys: packages, folders, removed, setup, units"),
        "situations": LocalizedText(
            fr: "les situations dans des fichiers à elles, situations/*.sh",
            en: "the situations to be files of their own, situations/*.sh"),
    ]

    /// Of ten addresses a student has, those that machines and name server leave.
    private static func services(_ reader: MappingReader, _ names: LabNames) -> [String] {
        guard let node = reader.node("services") else { return [] }
        var seen: [String] = []
        for item in reader.items(node) {
            let expected = LocalizedText(
                fr: "un nom de minuscules, chiffres et tirets, tel que vip",
                en: "a name of lower-case letters, digits and hyphens, such as vip")
            guard
                let name = reader.value(
                    item, LocalizedText(fr: "un service", en: "a service"), expected: expected,
                    { LabWords.isHostName($0) ? $0 : nil })
            else { continue }
            let taken = names.taken.joined(separator: ", ")
            if names.taken.contains(where: { LabNames.variable($0) == LabNames.variable(name) }) {
                reader.mistakes.add(
                    item.position,
                    LocalizedText(
                        fr: "le service \(quoted(name)) a le nom d'autre chose",
                        en: "the service “\(name)” is called as something else is"),
                    expected: LocalizedText(fr: "aucun de \(taken)", en: "none of \(taken)"))
            } else if seen.contains(name) {
                reader.mistakes.add(
                    item.position,
                    LocalizedText(
                        fr: "le service \(quoted(name)) y est deux fois",
                        en: "the service “\(name)” is there twice"),
                    expected: LocalizedText(fr: "chacun une seule fois", en: "each once"))
            } else {
                seen.append(name)
            }
        }
        let free = 10 - names.machines.count - (names.hasNameServer ? 1 : 0)
        if seen.count > free {
            reader.mistakes.add(
                node.position,
                LocalizedText(fr: "\(seen.count) services", en: "there are \(seen.count) services"),
                expected: LocalizedText(
                    fr: "\(free) au plus, car un étudiant a dix adresses",
                    en: "at most \(free), since a student has ten addresses"))
        }
        return seen
    }

    /// These go into shell lines of the build, so each is of harmless characters.
    private static func image(_ reader: MappingReader) -> VirtualLab.Image {
        var image = VirtualLab.Image()
        image.packages = words(
            reader, "packages", LocalizedText(fr: "un paquet", en: "a package"),
            expected: LocalizedText(
                fr: "le nom d'un paquet Debian, tel que apache2",
                en: "a Debian package's name, such as apache2"),
            LabWords.isPackage)
        image.folders = words(
            reader, "folders", LocalizedText(fr: "un dossier", en: "a folder"),
            expected: LocalizedText(
                fr: "un chemin absolu sans espaces", en: "an absolute path without blanks"), LabWords.isPath)
        image.removed = words(
            reader, "removed", LocalizedText(fr: "un fichier à supprimer", en: "a file to remove"),
            expected: LocalizedText(
                fr: "un chemin absolu sans espaces ; * vaut pour toute suite d'un nom",
                en: "an absolute path without blanks; * is any name's rest")
        ) { LabWords.isPath($0.replacing("*", with: "x")) }
        image.units = words(
            reader, "units", LocalizedText(fr: "une unité", en: "a unit"),
            expected: LocalizedText(
                fr: "une unité de systemd, telle que apache2 ou backup.timer",
                en: "a unit of systemd's, such as apache2 or backup.timer"),
            LabWords.isUnit)
        image.setup = reader.text("setup") ?? ""
        return image
    }

    /// A list that may be empty, of words of one form, each once.
    private static func words(
        _ reader: MappingReader, _ key: String, _ name: LocalizedText, expected: LocalizedText,
        _ isSound: (String) -> Bool
    ) -> [String] {
        guard let node = reader.node(key) else { return [] }
        var words: [String] = []
        for item in reader.items(node) {
            guard let word = reader.value(item, name, expected: expected, { isSound($0) ? $0 : nil }) else {
                continue
            }
            if words.contains(word) {
                reader.mistakes.add(
                    item.position,
                    LocalizedText(
                        fr: "\(quoted(word)) est deux fois dans \(key)", en: "“\(word)” is in \(key) twice"),
                    expected: LocalizedText(fr: "chacune une seule fois", en: "each once"))
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
            let own = reader.mistakes.mapping(node, .key("nameServer"), keys: keys)
        else { return nil }
        let path = LocalizedText(
            fr: "un chemin absolu, tel que /etc/bind/db.lab", en: "an absolute path, such as /etc/bind/db.lab"
        )
        let zoneFile = own.required("zoneFile", of: .key("nameServer"), expected: path).flatMap {
            own.value($0, .key("zoneFile"), expected: path) { LabWords.isPath($0) ? $0 : nil }
        }
        let records = own.node("records").map(own.items)?.compactMap { item -> Template? in
            let name = LocalizedText(fr: "un enregistrement", en: "a record")
            let expected = LocalizedText(
                fr: "un enregistrement de fichier de zone, tel que www IN A {\(variables.example)}",
                en: "a record as in a zone's file, such as www IN A {\(variables.example)}")
            guard
                let record = own.template(item, name, expected: expected, known: variables.known)
            else { return nil }
            if record.written.allSatisfy(\.isWhitespace) || record.written.contains(where: \.isNewline) {
                own.wrong(
                    item, name,
                    expected: LocalizedText(fr: "\(expected), sur une ligne", en: "\(expected), on one line"))
            }
            return record
        }
        return VirtualLab.NameServer(zoneFile: zoneFile ?? "/") { plan in
            (records ?? []).map { variables.fill($0, plan) }
        }
    }
}
