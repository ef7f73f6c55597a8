import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import NetworkProbes
import SSHTransport

/// `enroll --print-setup`: the lines for the students. Touches no machine.
struct SetupOptions: ParsableArguments {
    @Flag(
        name: .customLong("print-setup"),
        help: ArgumentHelp(
            fr: """
                Afficher les lignes que l'étudiant colle sur ses deux machines pour laisser entrer la clé de l'enseignant, \
                et celles qui la retirent ; avec ou sans liste de classe (elle donne les comptes et les clés).
                """,
            en: """
                Print the lines that a student pastes on both nodes to let your key in, and those that take it out; with a \
                roster for its accounts and keys, or without one.
                """))
    var isWanted = false

    @Option(
        name: .customLong("identity-file"),
        help: ArgumentHelp(
            fr: "Avec --print-setup : la clé à laisser entrer (à défaut, celle de la liste de classe).",
            en: "With --print-setup: the key to let in (default: the roster's).", valueName: "key"))
    var identityFiles: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr:
                "Avec --print-setup : le compte où se connecter (à défaut, celui de la liste de classe, ou root).",
            en: "With --print-setup: the account to log in to (default: the roster's, or root).",
            valueName: "account"))
    var user: String?

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp(
            fr: """
                Avec --print-setup : d'où la clé peut venir ; any pour partout (à défaut cette machine, si celles de la \
                liste de classe sont jointes directement).
                """,
            en: """
                With --print-setup: where the key may come from; any for everywhere (default: this machine, where the \
                roster's machines are reached directly).
                """, valueName: "172.16.0.1"))
    var origins: [String] = []

    @Option(
        name: .customLong("until"),
        help: ArgumentHelp(
            fr: "Avec --print-setup : le dernier jour où la clé est acceptée, p. ex. 2027-07-01.",
            en: "With --print-setup: the last day it is taken, as 2027-07-01.", valueName: "2027-07-01"))
    var lastDay: String?

    var isGiven: Bool {
        isWanted || !identityFiles.isEmpty || user != nil || !origins.isEmpty || lastDay != nil
    }

    /// What to print, one for each account of the roster.
    func setups(_ roster: Roster?) async throws -> [KeySetup] {
        let logins = roster?.students.flatMap { $0.logins.values } ?? []
        let accounts = Dictionary(grouping: logins, by: \.user)
        let users = user.map { [$0] } ?? (accounts.isEmpty ? ["root"] : accounts.keys.sorted())
        let places = try await from(logins)
        return try users.map { account in
            var files = identityFiles
            if files.isEmpty { files = accounts[account, default: []].flatMap(\.identityFiles).sorted() }
            if files.isEmpty { files = DiscoveryOptions.usualKey }
            var keys: [String] = []
            for file in files {
                let key = try SSHPublicKey(file: file).text
                if !keys.contains(key) { keys.append(key) }
            }
            return try KeySetup(
                user: account, keys: keys, origins: places, lastDay: lastDay?.replacing("-", with: ""))
        }
    }

    /// Where the key comes from as the students' machines see it: known only where nothing is in between.
    private func from(_ logins: [NodeLogin]) async throws -> [String] {
        if origins == ["any"] { return [] }
        guard origins.isEmpty else { return origins }
        return try await Composition.withNetwork { group in
            var own: Set<IPAddress> = []
            for login in logins {
                guard login.jumps.isEmpty, login.port == 22, let address = IPAddress(login.host),
                    let towards = await OwnAddress.towards(address, on: group)
                else { return [] }
                own.insert(towards)
            }
            return own.sorted().map(\.description)
        }
    }
}

extension KeySetup {
    /// The page for the students; comments in it are the shell's own, so that it may be pasted whole.
    func page(_ language: Language) -> String {
        let place =
            origins.isEmpty
            ? language.pick(
                "# (de partout : l'adresse de l'enseignant n'est pas connue d'ici ; --from la donne)",
                "# (from everywhere: the teacher's address is not known from here; --from gives it)")
            : language.pick(
                "# (depuis \(origins.joined(separator: ", ")) seulement)",
                "# (from \(origins.joined(separator: ", ")) only)")
        let opening =
            language.pick(
                "# À coller dans un terminal de \(user), sur les deux serveurs : la clé de l'enseignant peut entrer",
                "# Paste as \(user) in a terminal of both servers: lets the teacher's key in")
        let closing =
            language.pick(
                "# À coller de même après la correction : la clé n'entre plus",
                "# Paste in the same way after the grading: takes the key out again")
        return [opening, place, adding, "", closing, removing].joined(separator: "\n")
    }
}
