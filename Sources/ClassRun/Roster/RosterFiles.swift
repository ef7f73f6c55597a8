import Foundation
import GraderCore
import InputFiles

/// Files that a roster names: relative to its own folder, `~` for the home folder.
struct RosterFiles {
    let folder: String
    /// False on one of the pair's own machines (`check --local`): nobody logs in, and the teacher's keys and
    /// passwords that the file names are not there.
    let areNeeded: Bool

    init(rosterFile: String, areNeeded: Bool = true) {
        folder = FilePath.folder(of: rosterFile)
        self.areNeeded = areNeeded
    }

    func path(_ text: String) -> String {
        if text == "~" || text.hasPrefix("~/") {
            return NSHomeDirectory() + text.dropFirst()
        }
        if text.hasPrefix("/") || folder.isEmpty { return text }
        return FilePath.joined(folder, text)
    }

    /// The path of a private key, which has to be there.
    func identityFile(_ node: InputNode, reader: MappingReader) -> String? {
        let what = LocalizedText(fr: "une clé privée", en: "a private key")
        return file(
            node, "identityFile", what,
            path: LocalizedText(fr: "le chemin d'une clé privée", en: "the path of a private key"), reader)?
            .path
    }

    /// The path of a file that holds a secret, which has to be there and nobody else's to read.
    func secretFile(_ node: InputNode, _ name: String, reader: MappingReader) -> String? {
        let found = file(
            node, name, LocalizedText(fr: "un fichier", en: "a file"),
            path: LocalizedText(fr: "le chemin d'un fichier", en: "the path of a file"), reader)
        guard let (text, path, status) = found else { return nil }
        guard let status, SecretReader.isOpenToOthers(status) else { return path }
        reader.mistakes.add(
            node.position,
            LocalizedText(
                fr: "\(name) : d'autres peuvent lire \(quoted(text))",
                en: "\(name) \(quoted(text)) can be read by others"),
            expected: LocalizedText(
                fr: "un fichier lisible de son seul propriétaire (chmod 600 \(path))",
                en: "a file of your own only (chmod 600 \(path))"))
        return nil
    }

    /// - Returns: its status too, where it is needed.
    private func file(
        _ node: InputNode, _ name: String, _ what: LocalizedText, path pathOfIt: LocalizedText,
        _ reader: MappingReader
    ) -> (text: String, path: String, status: stat?)? {
        guard let text = reader.text(node, .key(name), expected: pathOfIt) else { return nil }
        let path = path(text)
        guard areNeeded else { return (text, path, nil) }
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere, status.st_mode & S_IFMT == S_IFREG { return (text, path, status) }
        let reason = systemMessage(errno)
        reader.mistakes.add(
            node.position,
            isThere
                ? LocalizedText(
                    fr: "\(name) : \(quoted(text)) n'est pas un fichier",
                    en: "\(name) \(quoted(text)) is not a file")
                : LocalizedText(
                    fr: "\(name) : \(quoted(text)) ne s'ouvre pas (\(reason))",
                    en: "\(name) \(quoted(text)) cannot be opened (\(reason))"),
            expected: LocalizedText(fr: "\(what) : \(path)", en: "\(what) at \(path)"))
        return nil
    }
}
