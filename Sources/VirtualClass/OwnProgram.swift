import Foundation

/// The running program, as it can be started again: by a roster's hooks, and by whoever is in the class's network.
public enum OwnProgram {
    /// Links followed. Where a loader that came along has started it (`scripts/package-student`) the system knows the
    /// loader only; what it was started as is then its own name for itself.
    public static let path: String = {
        let running = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let named = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        let isKnown =
            FileManager.default.fileExists(atPath: running.path(percentEncoded: false))
            && !running.lastPathComponent.hasPrefix("ld-linux")
        return (isKnown ? running : named).path(percentEncoded: false)
    }()

    /// The folder it is in.
    public static var folder: String { URL(filePath: path).deletingLastPathComponent().path }
}
