import Foundation
import GraderCore
import InputFiles

/// Fetches the secrets of a run, each source once, before any machine is touched: no question in the middle of
/// a run, and no file read twice with two results.
public struct SecretReader: Sendable {
    /// No password is longer; what is, is the wrong file.
    static let sizeLimit = 4096

    /// Names to values, as in the process's environment.
    var environment: @Sendable (String) -> String?
    /// Asks a person: gives the typed line for the label.
    var ask: @Sendable (LocalizedText) throws(SecretFailure) -> String

    /// - Returns: a secret for every source given.
    /// - Throws: at the first that cannot be had.
    public func read(_ sources: some Sequence<SecretSource>) throws(SecretFailure) -> [SecretSource: Secret] {
        var secrets: [SecretSource: Secret] = [:]
        for source in sources where secrets[source] == nil {
            secrets[source] = try read(source)
        }
        return secrets
    }

    private func read(_ source: SecretSource) throws(SecretFailure) -> Secret {
        switch source {
        case .file(let path): return Secret(try SecretReader.file(path))
        case .environment(let name):
            guard let value = environment(name), !value.isEmpty else {
                throw SecretFailure(
                    fr:
                        "La variable d'environnement \(name) n'est pas définie : l'exporter, puis recommencer.",
                    en: "The environment variable \(name) is not set: export it, then start again.")
            }
            return Secret(value)
        case .prompt(let label): return Secret(try ask(label))
        }
    }

    private static func file(_ path: String) throws(SecretFailure) -> String {
        let content = try BoundedFile.read(path, limit: sizeLimit) { status throws(SecretFailure) in
            if isOpenToOthers(status) {
                throw SecretFailure(
                    fr:
                        "D'autres peuvent lire \(path) : le réserver à son propriétaire avec chmod 600 \(path).",
                    en: "\(path) can be read by others: make it your own with chmod 600 \(path).")
            }
        }
        switch content {
        case .failure(.unreadable(let reason)):
            throw SecretFailure(
                fr: "Le fichier de mot de passe \(path) ne peut être lu (\(reason)).",
                en: "The password file \(path) cannot be read (\(reason)).")
        case .failure(.notAFile):
            throw SecretFailure(
                fr: "Le fichier de mot de passe \(path) n'est pas un fichier ordinaire.",
                en: "The password file \(path) is not a regular file.")
        case .failure(.tooLarge):
            throw SecretFailure(
                fr: "\(path) fait plus de \(sizeLimit) octets : ce n'est pas un fichier de mot de passe.",
                en: "\(path) holds more than \(sizeLimit) bytes: it is no password file.")
        case .success(let bytes):
            guard var text = String(validating: bytes, as: UTF8.self) else {
                throw SecretFailure(
                    fr: "Le fichier de mot de passe \(path) n'est pas du texte en UTF-8.",
                    en: "The password file \(path) is not UTF-8 text.")
            }
            // A byte order mark is the editor's.
            if text.first == "\u{FEFF}" { text.removeFirst() }
            // One Character, also for CR LF.
            if text.last?.isNewline == true { text.removeLast() }
            guard !text.isEmpty else {
                throw SecretFailure(
                    fr: "Le fichier de mot de passe \(path) est vide.",
                    en: "The password file \(path) is empty.")
            }
            guard !text.contains(where: \.isNewline) else {
                throw SecretFailure(
                    fr:
                        "Le fichier de mot de passe \(path) a plusieurs lignes : n'y mettre que le mot de passe.",
                    en: "The password file \(path) has several lines: put the password alone in it.")
            }
            return text
        }
    }

    /// Whether the group or everybody may read or change it.
    static func isOpenToOthers(_ status: stat) -> Bool { status.st_mode & (S_IRWXG | S_IRWXO) != 0 }
}

extension SecretReader {
    /// From this process's environment and its terminal.
    public init() {
        environment = { ProcessInfo.processInfo.environment[$0] }
        ask = { label throws(SecretFailure) in try HiddenPrompt.ask(label) }
    }
}

/// Why a secret could not be had: one sentence, without a word of the secret.
public struct SecretFailure: CommandFailure, Sendable, Hashable, CustomStringConvertible {
    public var sentence: LocalizedText
    public var cause: FailureCause
    public init(_ sentence: LocalizedText, _ cause: FailureCause = .unusable) {
        self.sentence = sentence
        self.cause = cause
    }

    init(fr: LocalizedText.Wording, en: LocalizedText.Wording, _ cause: FailureCause = .unusable) {
        self.init(LocalizedText(fr: fr, en: en), cause)
    }

    public var description: String { message }
}
