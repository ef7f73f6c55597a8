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
        guard let text = reader.text(node, "identityFile", expected: "the path of a private key") else {
            return nil
        }
        let path = path(text)
        if areNeeded, let problem = problem(of: path) {
            reader.mistakes.add(
                node.position, "identityFile \(quoted(text)) \(problem)", expected: "a private key at \(path)"
            )
            return nil
        }
        return path
    }

    /// The path of a file that holds a secret, which has to be there and nobody else's to read.
    func secretFile(_ node: InputNode, _ name: String, reader: MappingReader) -> String? {
        guard let text = reader.text(node, name, expected: "the path of a file") else { return nil }
        let path = path(text)
        guard areNeeded else { return path }
        var status = stat()
        if let problem = problem(of: path, status: &status) {
            reader.mistakes.add(
                node.position, "\(name) \(quoted(text)) \(problem)", expected: "a file at \(path)")
            return nil
        }
        if SecretReader.isOpenToOthers(status) {
            reader.mistakes.add(
                node.position, "\(name) \(quoted(text)) can be read by others",
                expected: "a file of your own only (chmod 600 \(path))")
            return nil
        }
        return path
    }

    private func problem(of path: String) -> String? {
        var status = stat()
        return problem(of: path, status: &status)
    }

    private func problem(of path: String, status: inout stat) -> String? {
        if stat(path, &status) != 0 { return "cannot be opened (\(systemMessage(errno)))" }
        return status.st_mode & S_IFMT == S_IFREG ? nil : "is not a file"
    }
}
