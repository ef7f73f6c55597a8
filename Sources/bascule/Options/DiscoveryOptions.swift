import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import NetworkProbes

/// How machines that nobody has listed yet are looked for and logged in to.
struct DiscoveryOptions: ParsableArguments {
    @Option(name: .long, help: .account)
    var user = "root"

    @Option(
        name: .customLong("identity-file"),
        help: ArgumentHelp(
            fr: "Une clé privée à présenter ; peut se répéter. À défaut : ~/.ssh/id_ed25519 et l'agent.",
            en: "A private key to offer; several times. Without one: ~/.ssh/id_ed25519 and the agent.",
            valueName: "key"))
    var identityFiles: [String] = []

    @Option(
        name: .customLong("known-hosts"),
        help: ArgumentHelp(
            fr: "Où les clés d'hôte sont retenues (à défaut : known_hosts à côté de la liste de classe).",
            en: "Where host keys are pinned (default: known_hosts beside the roster).", valueName: "file"))
    var knownHosts: String?

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            fr: "La classe, pour la liste et le dossier des comptes rendus.",
            en: "The class, for the roster and the reports' folder.", valueName: "name"))
    var className = WorkingFolder.className

    @Option(name: .long, help: .exercise)
    var exercise = Catalog.usual.id

    @Option(
        name: .customLong("students"),
        help: ArgumentHelp(
            fr:
                "À qui sont les machines : un tableau avec les colonnes identifiant, nom et adresse, hôte ou cluster.",
            en: "Whose machines are whose: a table with the columns id, name and address, host or cluster.",
            valueName: "list.csv"))
    var students: String?

    @Flag(name: .long, help: .allowPublic)
    var allowPublic = false

    /// Whether anything but the defaults was asked for.
    var isGiven: Bool {
        user != "root" || !identityFiles.isEmpty || knownHosts != nil || className != WorkingFolder.className
            || exercise != Catalog.usual.id || students != nil || allowPublic
    }

    /// - Throws: before anything is touched, where the subnet, the table or the place is wrong.
    func search(
        _ targets: [String], roster: String, mayReplace: Bool, language: Language
    ) throws -> SubnetSearch {
        let isStream = roster == "-" || WholeOutput.isStream(roster)
        let folder = isStream ? "." : Self.folder(of: roster)
        let search = try search(targets, roster: roster, in: folder, language)
        if !isStream, !mayReplace, mayBeThere(roster) {
            throw StoreFailure(
                fr: "\(roster) existe déjà : donner --force pour l'écraser, ou un autre --output.",
                en: "\(roster) is there already: give --force to write over it, or another --output.")
        }
        for place in Set([folder, Self.folder(of: search.knownHostsFile)]) where !Self.isWritable(place) {
            throw StoreFailure(
                fr: "Impossible d'écrire dans \(place) : choisir un autre --output ou --known-hosts.",
                en: "\(place) cannot be written to: choose another --output or --known-hosts.", .notWritten)
        }
        return search
    }

    /// The same for a run that grades what it finds: host keys are pinned beside the class's runs, and the roster
    /// is the run's own.
    func search(_ targets: [String], reports: ReportsFolder, language: Language) throws -> SubnetSearch {
        let folder = try reports.folder(of: className)
        let search = try search(targets, roster: "\(folder)/roster.yaml", in: folder, language)
        for place in [folder, Self.folder(of: search.knownHostsFile)].map(Self.existing)
        where !Self.isWritable(place) {
            throw StoreFailure(
                fr: "Impossible d'écrire dans \(place) : choisir un autre --reports ou --known-hosts.",
                en: "\(place) cannot be written to: choose another --reports or --known-hosts.", .notWritten)
        }
        return search
    }

    /// - Parameter folder: for the host keys.
    private func search(
        _ targets: [String], roster: String, in folder: String, _ language: Language
    ) throws -> SubnetSearch {
        let addresses = try ScanTargets(targets, allowsPublic: allowPublic).addresses
        let discovery = try Self.discovery(of: exercise, among: Sheets.all)
        let list = try students.map { try StudentList.read(file: $0) }
        return SubnetSearch(
            options: self, addresses: addresses, discovery: discovery, students: list, roster: roster,
            identityFiles: (identityFiles.isEmpty ? Self.usualKey : identityFiles).map(Self.absolute),
            knownHostsFile: Self.absolute(knownHosts ?? "\(folder)/known_hosts"), language: language)
    }

    /// How the labs of an exercise are found.
    static func discovery(of id: String, among exercises: [any Exercise]) throws -> any Discovery {
        guard let exercise = exercises.first(where: { $0.id == id }) else {
            let known = exercises.map(\.id)
            let (list, hint) = (known.joined(separator: ", "), suggestion(for: id, in: known))
            throw nearest(to: id, in: known) == nil
                ? StoreFailure(
                    fr: "Il n'y a pas de TP \(id) : --exercise prend \(list).",
                    en: "There is no exercise \(id): --exercise takes \(list).")
                : StoreFailure(
                    fr: "Il n'y a pas de TP \(id)\(hint) --exercise prend \(list).",
                    en: "There is no exercise \(id)\(hint) --exercise takes \(list).")
        }
        guard let discovery = exercise.discovery else {
            throw StoreFailure(
                fr:
                    "Les machines du TP \(id) ne se trouvent pas sur un réseau : écrire une liste de classe et la donner à grade-all.",
                en:
                    "The machines of \(id) cannot be found on a network: write a roster, and give it to grade-all."
            )
        }
        return discovery
    }

    /// That of the class's folder (`bascule init`), or else ssh-keygen's own, where it is there.
    static var usualKey: [String] {
        let places = ["id_ed25519", NSHomeDirectory() + "/.ssh/id_ed25519"]
        return places.first(where: FileManager.default.fileExists(atPath:)).map { [$0] } ?? []
    }

    private static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }

    private static func folder(of path: String) -> String {
        URL(filePath: path).standardizedFileURL.deletingLastPathComponent().path(percentEncoded: false)
    }

    /// The folder itself, or the nearest one above it that is there.
    private static func existing(_ folder: String) -> String {
        var folder = URL(filePath: folder).standardizedFileURL
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path) {
            folder.deleteLastPathComponent()
        }
        return folder.path(percentEncoded: false)
    }

    /// Whether files can be made there; by trying, since root's rights say nothing of a read-only file system.
    private static func isWritable(_ folder: String) -> Bool {
        let name = "\(folder)/.bascule-\(ProcessInfo.processInfo.processIdentifier)"
        let descriptor = open(name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        unlink(name)
        return true
    }
}
