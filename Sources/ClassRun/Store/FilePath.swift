/// A path's parts as text. Not Foundation's: on Linux `deletingLastPathComponent` of a text of one character, such as
/// `--reports r`, stops the program (Swift 6.3).
enum FilePath {
    /// The folder it lies in: `a` for `a/b` and `a/b/`, `/` for `/a`, empty for `a`.
    static func folder(of path: String) -> String {
        let path = trimmed(path)
        guard let slash = path.lastIndex(of: "/") else { return "" }
        let folder = trimmed(path[..<slash])
        return folder.isEmpty ? "/" : String(folder)
    }

    /// `b` for `a/b` and `a/b/`.
    static func name(of path: String) -> String {
        let path = trimmed(path)
        guard let slash = path.lastIndex(of: "/") else { return String(path) }
        return path.count == 1 ? "/" : String(path[path.index(after: slash)...])
    }

    /// `name` in `folder`, which may be empty: then it is the name alone.
    static func joined(_ folder: String, _ name: String) -> String {
        if folder.isEmpty { return name }
        return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// Without slashes at the end; `/` stays.
    private static func trimmed(_ path: some StringProtocol) -> Substring {
        var rest = Substring(path)
        while rest.count > 1, rest.last == "/" { rest.removeLast() }
        return rest
    }
}
