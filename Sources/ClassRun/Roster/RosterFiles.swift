import InputFiles
import Foundation

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
        file(node, "identityFile", "a private key", reader)?.path
    }

    /// The path of a file that holds a secret, which has to be there and nobody else's to read.
    func secretFile(_ node: InputNode, _ name: String, reader: MappingReader) -> String? {
        guard let (text, path, status) = file(node, name, "a file", reader) else { return nil }
        guard let status, SecretReader.isOpenToOthers(status) else { return path }
        reader.mistakes.add(
            node.position, "\(name) \(quoted(text)) can be read by others",
            expected: "a file of your own only (chmod 600 \(path))")
        return nil
    }

    /// - Returns: its status too, where it is needed.
    private func file(
        _ node: InputNode, _ name: String, _ what: String, _ reader: MappingReader
    ) -> (text: String, path: String, status: stat?)? {
        guard let text = reader.text(node, name, expected: "the path of \(what)") else { return nil }
        let path = path(text)
        guard areNeeded else { return (text, path, nil) }
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere, status.st_mode & S_IFMT == S_IFREG { return (text, path, status) }
        let problem = isThere ? "is not a file" : "cannot be opened (\(systemMessage(errno)))"
        reader.mistakes.add(
            node.position, "\(name) \(quoted(text)) \(problem)", expected: "\(what) at \(path)")
        return nil
    }
}
