import Foundation
import GraderCore
import SSHTransport

/// The version of Bascule, here and nowhere else (`scripts/package` reads this line); also in every evidence and result.
let basculeVersion = "1.0.0"

/// What `--version` prints: what a person reports beside a mistake.
enum VersionReport {
    static func text(in language: Language) -> String {
        let first = "bascule \(basculeVersion)\(origin(in: language)), libssh2 \(SSHLibrary.version)"
        return ([first] + SSHLibrary.limits.map { "  \($0[language])" }).joined(separator: "\n")
    }

    private static func origin(in language: Language) -> String {
        guard let folder = ShippedFiles.folder else { return "" }
        let packed = folder.appending(path: "COMMIT")
        if let commit = CheckedOutCommit.line(packed) { return " (commit \(commit))" }
        guard let commit = CheckedOutCommit.of(folder) else { return "" }
        // What stands there now: it may be newer than the program.
        let words = LocalizedText(fr: "dépôt au commit", en: "checkout at commit")
        return " (\(words[language]) \(commit.prefix(12)))"
    }
}

/// The commit that a git checkout stands at, without git: gitrepository-layout(5).
enum CheckedOutCommit {
    /// - Returns: nil where the folder is no checkout, or one that is kept otherwise.
    static func of(_ checkout: URL) -> String? {
        var own = checkout.appending(path: ".git")
        // In a work tree beside another: a file that names the folder.
        if let place = line(own), place.hasPrefix("gitdir: ") {
            own = URL(filePath: String(place.dropFirst("gitdir: ".count)), relativeTo: checkout)
        }
        guard let head = line(own.appending(path: "HEAD")) else { return nil }
        guard head.hasPrefix("ref: ") else { return head }
        let name = String(head.dropFirst("ref: ".count))
        let common =
            line(own.appending(path: "commondir")).map {
                URL(filePath: $0, relativeTo: own.appending(path: "."))
            }
            ?? own
        return line(own.appending(path: name)) ?? line(common.appending(path: name)) ?? packed(name, common)
    }

    private static func packed(_ name: String, _ folder: URL) -> String? {
        let text = (try? String(contentsOf: folder.appending(path: "packed-refs"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").first { $0.hasSuffix(" \(name)") }.map {
            String($0.prefix { $0 != " " })
        }
    }

    /// A file's first line; nil where there is no such file.
    static func line(_ file: URL) -> String? {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first.map(String.init)
    }
}
