import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import NetworkProbes
import Reports
import SSHTransport

/// What `bascule init` writes into the folder of a class.
struct ClassFolderDraft {
    /// Absolute.
    var folder: String
    var className: String
    var exercise: String
    /// Where the key may come from; empty: from everywhere.
    var origins: [String]
    var language: Language

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// The key to log in with: the one that was given, or a new pair in the folder.
    /// - Throws: a sentence where it cannot be used or made.
    func key(_ given: String?, _ console: Console) async throws -> String {
        if let given {
            let absolute = URL(filePath: given).standardizedFileURL.path(percentEncoded: false)
            _ = try SSHPublicKey(file: absolute)
            return absolute
        }
        try AtomicFile.makeFolders(folder)
        let file = path("id_ed25519")
        guard !mayBeThere(file) else {
            say(kept: "id_ed25519", console)
            return file
        }
        let session = try Composition.ownPrograms()
        let result = try await session.run(
            RemoteCommand(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bascule \(className)", "-f", file],
                asRoot: false, timeLimit: .seconds(30)))
        switch result.ending {
        case .exited(0): break
        case .exited(126), .exited(127):
            throw StoreFailure(
                fr:
                    "ssh-keygen n'est pas là pour faire une clé : installer le paquet openssh-client, ou donner --identity-file.",
                en:
                    "ssh-keygen is not there to make a key: install the package openssh-client, or give --identity-file.",
                .unavailable)
        default:
            // It ends its lines as a terminal wants them.
            let lines = result.standardError.text.split(whereSeparator: \.isNewline).map(String.init)
            let said = SafeText.label(lines.joined(separator: " "), limit: 200)
            throw StoreFailure(
                fr: "ssh-keygen n'a pas pu écrire \(file) (\(said)) : vérifier le dossier.",
                en: "ssh-keygen could not write \(file) (\(said)): check the folder.", .notWritten)
        }
        console.line(file)
        return file
    }

    /// Everything but the key and the roster; what is there stays.
    /// - Throws: a sentence where the folder cannot be written.
    func write(key: String, _ console: Console) throws {
        try AtomicFile.makeFolders(folder)
        try put(WorkingFolder.rubric, try rubric(), console)
        try put("setup.html", try setupPage(key), console)
        try put("list.csv", Self.list(language), console)
        try put(".gitignore", Self.ignored, console)
    }

    /// Keys, passwords and what says something of students does not go into a repository.
    private static let ignored = """
        /id_ed25519
        /known_hosts
        /reports/
        *.password

        """

    /// Whose machines are whose, to be filled in.
    private static func list(_ language: Language) -> String {
        let what = language.pick(
            "Une ligne par étudiant, avec l'adresse d'une de ses machines ; les lignes en # sont des exemples.",
            "A line for each student, with the address of one of his machines; lines in # are examples.")
        let headings = language.pick("identifiant;nom;adresse", "id;name;address")
        return "# \(what)\n\(headings)\n# dupont;Dupont Camille;172.16.1.10\n"
    }

    private func put(_ name: String, _ text: String, _ console: Console) throws {
        let file = path(name)
        guard !mayBeThere(file) else { return say(kept: name, console) }
        try AtomicFile.write(text, to: file)
        console.line(file)
    }

    private func say(kept name: String, _ console: Console) {
        console.line(
            language.pick("\(path(name)) existe déjà : gardé.", "\(path(name)) is there already: kept."))
    }

    private func rubric() throws -> String {
        let file = try RunOptions.defaultRubric(exercise)
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw StoreFailure(
                fr: "\(file) ne peut être lu : vérifier l'installation.",
                en: "\(file) cannot be read: check the installation.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func setupPage(_ key: String) throws -> String {
        let setup = try KeySetup(user: "root", keys: [try SSHPublicKey(file: key).text], origins: origins)
        return try SetupPage(
            title: language.pick("\(className) : la clé de l'enseignant", "\(className): the teacher's key"),
            accounts: [.init(user: setup.user, adding: setup.adding, removing: setup.removing)],
            language: language
        ).html()
    }

    /// Says the next commands to type, as they can be typed where this one was.
    /// - Parameters:
    ///   - options: what `discover` needs to look as this command would have.
    ///   - list: the one that was given.
    func sayNext(isFound: Bool, _ subnets: [String], _ options: [String], list: String?, _ console: Console) {
        guard !Voice.current.isQuiet else { return }
        console.line(next(isFound: isFound, subnets, options, list: list)[language])
    }

    func next(isFound: Bool, _ subnets: [String], _ options: [String], list: String?) -> LocalizedText {
        let here = URL(filePath: ".").standardizedFileURL.path(percentEncoded: false)
        let enter = here == folder || here == folder + "/" ? "" : "cd \(ShellWord.quoted(folder)) && "
        guard !isFound else {
            return LocalizedText(
                fr: "Ensuite : \(enter)bascule enroll", en: "Next: \(enter)bascule enroll")
        }
        let list = list.map { URL(filePath: $0).standardizedFileURL.path(percentEncoded: false) }
        // Where the folder is called otherwise.
        let isNamed = URL(filePath: folder).lastPathComponent == className
        let words =
            (subnets.isEmpty ? ["172.16.0.0/22"] : subnets) + ["--students", list ?? "list.csv"] + options
            + (isNamed ? [] : ["--class", className])
        let command = "\(enter)\(ShellWord.line(["bascule", "discover"] + words))"
        return list == nil
            ? LocalizedText(
                fr: "Ensuite : remettre setup.html aux étudiants, remplir list.csv, puis : \(command)",
                en: "Next: hand setup.html to the students, fill in list.csv, then: \(command)")
            : LocalizedText(
                fr: "Ensuite : remettre setup.html aux étudiants, puis : \(command)",
                en: "Next: hand setup.html to the students, then: \(command)")
    }
}
