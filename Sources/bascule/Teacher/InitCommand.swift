import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import NIOPosix
import NetworkProbes
import Reports

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "init",
        LocalizedText(
            fr:
                "Prépare le dossier d'une classe : clé, barème, page à remettre aux étudiants, liste de classe.",
            en: "Makes the folder of a class: key, rubric, page for the students, roster."),
        LocalizedText(
            fr: """
                Dans ce dossier, les autres commandes trouvent d'elles-mêmes class.yaml, rubric.yaml et la clé. Sur un \
                terminal, ce qui n'est pas donné est demandé. Avec --subnet, les machines sont cherchées comme le fait \
                discover, et class.yaml est écrit. Rien de ce qui existe n'est remplacé.
                État de sortie : 0 le dossier est prêt ; 2 il est prêt, mais la recherche n'a pas donné de liste de \
                classe, ou elle est incomplète ; 65 une option est fausse ; 74 le dossier ne peut être écrit.
                """,
            en: """
                In that folder the other commands find class.yaml, rubric.yaml and the key by themselves. On a terminal \
                what is not given is asked for. With --subnet the machines are looked for as discover does, and \
                class.yaml is written. Nothing that is there is replaced.
                Exit status: 0 the folder is ready; 2 it is, but the search gave no roster, or an incomplete one; 65 an \
                option is wrong; 74 the folder cannot be written.
                """),
        examples: [
            (
                "bascule init --class bts-sio-2",
                LocalizedText(
                    fr: "le dossier bts-sio-2, avec une clé neuve", en: "the folder bts-sio-2, with a new key"
                )
            ),
            (
                "bascule init . --class bts-sio-2 --subnet 172.16.0.0/22 --students list.csv",
                LocalizedText(
                    fr: "ici même, avec la liste de classe des machines qui répondent",
                    en: "right here, with the roster of the machines that answer")
            ),
        ])

    @Argument(
        help: ArgumentHelp(
            fr: "Le dossier à faire ; au nom de la classe, à défaut.",
            en: "The folder to make; called like the class where none is given.", valueName: "folder"))
    var folder: String?

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(fr: "Le nom de la classe.", en: "The class's name.", valueName: "name"))
    var className: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Chercher les machines de ce sous-réseau ; peut se répéter.",
            en: "Look for the machines of this subnet; several times.", valueName: "172.16.0.0/22"))
    var subnet: [String] = []

    @Option(
        name: .customLong("identity-file"),
        help: ArgumentHelp(
            fr: "Une clé privée qui existe déjà ; sans elle, une paire de clés est faite.",
            en: "A private key that you have; without it a pair of keys is made.", valueName: "key"))
    var identityFile: String?

    @Option(
        name: .customLong("students"),
        help: ArgumentHelp(
            fr:
                "À qui sont les machines : un tableau avec les colonnes identifiant, nom et adresse, hôte ou cluster.",
            en: "Whose machines are whose: a table with the columns id, name and address, host or cluster.",
            valueName: "list.csv"))
    var students: String?

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp(
            fr: "D'où la clé peut entrer chez les étudiants, p. ex. 172.16.0.1 ; de partout, à défaut.",
            en: "Where the key may come from, e.g. 172.16.0.1; from everywhere where none is given.",
            valueName: "address"))
    var origins: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(fr: "Le TP.", en: "The lab sheet.", valueName: "exercise"))
    var exercise = Catalog.usual.id

    @OptionGroup var voice: VoiceOptions

    func run() async throws {
        let console = Console()
        let asked = Question(isWanted: className == nil)
        let called = folder.map { URL(filePath: $0).standardizedFileURL.lastPathComponent }
        guard
            let name = className ?? called ?? asked.line(fr: "Nom de la classe : ", en: "The class's name: ")
        else {
            throw ValidationError(
                fr: "--class donne le nom de la classe", en: "--class gives the class's name")
        }
        // A name that no folder can have.
        _ = try ReportsFolder("reports").folder(of: name)
        var subnets = subnet
        if subnets.isEmpty,
            let typed = asked.line(
                fr: "Sous-réseau où chercher les machines, p. ex. 172.16.0.0/22 (vide : plus tard) : ",
                en: "Subnet to look for the machines in, e.g. 172.16.0.0/22 (empty: later): ")
        {
            subnets = [typed]
        }
        // Before anything is written.
        _ = try Sheets.named(exercise)
        if !subnets.isEmpty { _ = try ScanTargets(subnets) }
        let list = try students.map { ($0, try StudentList.read(file: $0)) }?.0
        let draft = ClassFolderDraft(
            folder: URL(filePath: folder ?? name).standardizedFileURL.path(percentEncoded: false),
            className: name, exercise: exercise, origins: origins, language: voice.language)
        let key = try await draft.key(identityFile, console)
        try draft.write(key: key, console)
        // In the folder the other commands find a key of its own, and no other.
        let options =
            (identityFile == nil ? [] : ["--identity-file", key])
            + (exercise == Catalog.usual.id ? [] : ["--exercise", exercise])
        guard !subnets.isEmpty else {
            return draft.sayNext(isFound: false, subnets, options, list: list, console)
        }
        let isWhole = try await find(subnets, key, draft, list, console)
        draft.sayNext(
            isFound: FileManager.default.fileExists(atPath: draft.path(WorkingFolder.roster)), subnets,
            options, list: list, console)
        if !isWhole { throw Exit.notAssessed }
    }

    /// - Returns: whether a roster of everybody was written.
    private func find(
        _ subnets: [String], _ key: String, _ draft: ClassFolderDraft, _ list: String?, _ console: Console
    ) async throws -> Bool {
        let roster = draft.path(WorkingFolder.roster)
        var words = ["--identity-file", key, "--class", draft.className, "--exercise", exercise]
        if let list { words += ["--students", list] }
        let search = try DiscoveryOptions.parse(words).search(
            subnets, roster: roster, mayReplace: false, language: voice.language)
        let found = try await search.run(console)
        for line in search.summary(found) { console.line(line) }
        guard !found.labs.isEmpty else {
            let where_ = subnets.joined(separator: ", ")
            Inputs.complain(
                LocalizedText(
                    fr:
                        "Rien n'a été trouvé dans \(where_) : remettre d'abord setup.html aux étudiants, puis relancer discover.",
                    en:
                        "Nothing was found in \(where_): hand setup.html to the students first, then run discover."
                ))
            return false
        }
        try search.write(found)
        return !search.roster(of: found).isIncomplete
    }
}

/// Questions at a terminal; nobody is asked in a pipe.
private struct Question {
    var isWanted: Bool

    /// - Returns: nil where nobody can be asked, or nothing was typed.
    func line(fr: LocalizedText.Wording, en: LocalizedText.Wording) -> String? {
        guard isWanted, isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        StandardError.say(String(fr: fr, en: en))
        let typed = (readLine() ?? "").trimmingCharacters(in: .whitespaces)
        return typed.isEmpty ? nil : typed
    }
}
