import Foundation
import GraderCore
import InputFiles

/// Reads the declaration of a whole exercise.
struct ExerciseReader {
    let file: String
    let folder: String
    let mistakes: InputMistakes

    private static let theExercise = LocalizedText(fr: "l'exercice", en: "the exercise")

    func read(_ root: InputNode) -> (any Exercise)? {
        let keys = ["exercise", "title", "total", "exam", "questions"] + DeclaredExercise.ownKeys
        guard let reader = mistakes.mapping(root, Self.theExercise, keys: keys) else { return nil }
        let id = reader.required(
            "exercise", of: Self.theExercise,
            expected: LocalizedText(
                fr: "un nom court tel que serveur-web", en: "a short name such as web-server")
        )
        .flatMap { node in
            reader.value(
                node, .key("exercise"),
                expected: LocalizedText(
                    fr: "minuscules, chiffres et tirets", en: "lower-case letters, digits and hyphens")
            ) { text in
                text.first?.isLetter == true && text.count <= 40 && text.allSatisfy(Self.isOfName)
                    ? text : nil
            }
        }
        if let id, let node = reader.node("exercise"),
            URL(filePath: file).lastPathComponent == "exercise.yaml"
        {
            let name = URL(filePath: folder).lastPathComponent
            if name != id, !name.isEmpty {
                mistakes.add(
                    node.position,
                    LocalizedText(
                        fr: "l'exercice \(quoted(id)) est dans le dossier \(quoted(name))",
                        en: "the exercise \(quoted(id)) lies in the folder \(quoted(name))"),
                    expected: LocalizedText(verbatim: "exercises/\(id)/exercise.yaml"))
            }
        }
        let title = reader.required(
            "title", of: Self.theExercise, expected: LocalizedText(verbatim: "{fr: …, en: …}")
        )
        .flatMap { DeclaredText.read($0, "title", reader) }
        let machines = machines(reader)
        let labKeys =
            reader.node("lab").map { LabKeysReader(mistakes: mistakes, taken: machines).read($0) } ?? []
        guard
            let questions = reader.required(
                "questions", of: Self.theExercise,
                expected: LocalizedText(fr: "une liste de questions", en: "a list of questions"))
        else {
            return nil
        }
        let declared = SheetReader(
            machines: machines, labKeys: labKeys, own: [], folder: folder, mistakes: mistakes
        )
        .read(questions, isSheet: true)
        var ids: Set<QuestionID> = []
        for question in declared where !ids.insert(question.id).inserted {
            mistakes.add(
                questions.position,
                LocalizedText(
                    fr: "la question \(question.id) y est deux fois",
                    en: "question \(question.id) is there twice"),
                expected: LocalizedText(fr: "chaque question une seule fois", en: "each question once"))
        }
        guard let id, let title, !machines.isEmpty else { return nil }
        return DeclaredExercise(
            id: id, title: title, machines: machines, labKeys: labKeys,
            questions: declared.filter { ids.remove($0.id) != nil },
            virtualLab: virtualLab(machines))
    }

    private static func isOfName(_ character: Character) -> Bool {
        "abcdefghijklmnopqrstuvwxyz0123456789-".contains(character)
    }

    private func machines(_ reader: MappingReader) -> [MachineID] {
        let expected = LocalizedText(
            fr: "1 à 8 noms de machines tels que [web]", en: "1 to 8 names of machines such as [web]")
        guard let node = reader.required("machines", of: Self.theExercise, expected: expected) else {
            return []
        }
        let names = reader.list(node, .key("machines"), expected: expected) { item in
            reader.value(
                item, .key("machines"),
                expected: LocalizedText(
                    fr: "un nom d'hôte en minuscules, chiffres et tirets",
                    en: "a host name in lower-case letters, digits and hyphens")
            ) { text in
                text.first?.isLetter == true && text.count <= 20 && text.allSatisfy(Self.isOfName)
                    && !["any", "all", "machine", "student", "teacher"].contains(text) ? text : nil
            }
        }
        guard let names else { return [] }
        guard 1...8 ~= names.count, Set(names).count == names.count else {
            reader.wrong(
                node, .key("machines"),
                expected: LocalizedText(
                    fr: "\(expected), chacun une seule fois", en: "\(expected), each once"))
            return []
        }
        return names.map(MachineID.init(_:))
    }

    /// Nil where there is no `lab.yaml`.
    private func virtualLab(_ machines: [MachineID]) -> VirtualLab? {
        let file = folder.isEmpty ? "lab.yaml" : "\(folder.hasSuffix("/") ? folder : folder + "/")lab.yaml"
        guard mayBeThere(file) else { return nil }
        do throws(InputErrors) {
            return try DeclaredLab.read(InputText(file: file), machines: machines)
        } catch {
            mistakes.add(error)
            return nil
        }
    }
}

/// Reads what a roster is to say of every student's lab.
struct LabKeysReader {
    let mistakes: InputMistakes
    let taken: [MachineID]

    private static let kinds = ["text", "number", "choice", "address", "dns", "web"]
    private static let reserved = [
        "id", "name", "names", "ssh", "network", "hooks", "exercise", "student", "machine", "addresses",
    ]

    func read(_ node: InputNode) -> [LabKey] {
        guard case .mapping(let entries) = node.content else {
            mistakes.add(
                node.position, LocalizedText(fr: "lab : \(node.kind)", en: "lab is \(node.kind)"),
                expected: LocalizedText(
                    fr: "des clés telles que site: {kind: text}", en: "a mapping such as site: {kind: text}"))
            return []
        }
        let others = (Self.reserved + taken.map(\.rawValue)).joined(separator: ", ")
        return entries.compactMap { entry in
            let isName =
                entry.key.first?.isLetter == true
                && entry.key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            guard isName, !Self.reserved.contains(entry.key), !taken.contains(MachineID(entry.key)) else {
                mistakes.add(
                    entry.keyPosition,
                    LocalizedText(
                        fr: "\(quoted(entry.key)) ne peut être une clé de la liste de classe",
                        en: "\(quoted(entry.key)) cannot be a key of the roster"),
                    expected: LocalizedText(
                        fr: "lettres et chiffres, et aucun de \(others)",
                        en: "letters and digits, and none of \(others)"))
                return nil
            }
            return key(entry)
        }
    }

    private func key(_ entry: InputEntry) -> LabKey? {
        let name = entry.key
        let keys = ["kind", "is", "required", "from", "to", "of", "at", "servers"]
        guard let reader = mistakes.mapping(entry.value, .key(name), keys: keys),
            let node = reader.required(
                "kind", of: .key(name), expected: .key(Self.kinds.joined(separator: ", "))),
            let word = reader.choice(
                node, .key("kind"), Dictionary(Self.kinds.map { ($0, $0) }) { first, _ in first })
        else { return nil }
        let noun = reader.node("is").flatMap { DeclaredText.read($0, "is", reader) } ?? .key(name)
        let kind: LabKey.Kind
        switch word {
        case "number":
            let (least, most) = (
                reader.integer("from", in: 0...999_999_999) ?? 0,
                reader.integer("to", in: 0...999_999_999) ?? 999_999_999
            )
            guard least <= most else {
                reader.wrong(
                    entry.value, .key(name),
                    expected: LocalizedText(fr: "from plus petit que to", en: "from below to"))
                return nil
            }
            kind = .number(least...most)
        case "choice":
            let listOfWords = LocalizedText(fr: "une liste de mots", en: "a list of words")
            let aWord = LocalizedText(fr: "un mot", en: "a word")
            guard let of = reader.required("of", of: .key(name), expected: listOfWords),
                let words = reader.list(
                    of, .key("of"), expected: listOfWords,
                    { reader.text($0, .key("of"), expected: aWord) })
            else { return nil }
            kind = .choice(words)
        case "address": kind = .serviceAddress
        case "dns": kind = .nameServer
        case "web": kind = .website(at: reader.text("at") ?? "", servers: ["apache", "nginx"])
        default: kind = .text
        }
        return LabKey(name, kind, noun: noun, isRequired: reader.flag("required") ?? false)
    }
}
