import Foundation
import GraderCore

/// Taking away what programs have left that were killed: what has a temporary name still, and folders of runs that
/// hold nothing. Nothing that was ever whole is touched, no evidence and no result.
///
/// A sweep is never waited for and never fails: what cannot be taken away is in nobody's way.
extension ReportsFolder {
    /// Sweeps a class's folder, what lies in it beside the runs, and the runs.
    public func sweep(_ className: String) {
        guard let folder = try? folder(of: className) else { return }
        FolderHold.alone(with: folder) {
            Sweep.removeTemporary(in: folder)
            for run in (try? runFolders(of: className)) ?? [] where !run.hasManifest && !run.holdsSomething {
                try? FileManager.default.removeItem(atPath: run.path)
            }
        }
        let versions = "\(folder)/answers/versions"
        for place in ["\(folder)/answers", "\(folder)/board", "\(folder)/board/students"]
            + Sweep.names(in: versions).map({ "\(versions)/\($0)" })
        where Sweep.isFolder(place) { Sweep.clear(place) }
        // Which was begun last the names do not say: somebody may have set the clock back.
        for run in (try? runs(of: className)) ?? [] { run.sweep() }
    }
}

extension RunFolder {
    /// Sweeps the folder and its students'.
    public func sweep() {
        let students = path("students")
        for folder in [path] + Sweep.names(in: students).map({ "\(students)/\($0)" }) {
            Sweep.clear(folder)
        }
    }

    /// Whether the run came to its end: the class page is among the last that is written.
    public var isFinished: Bool { mayBeThere(path("index.html")) }

    /// The students who have a folder in it, by id; their names are not known.
    var studentFolders: [StudentIdentity] {
        Sweep.names(in: path("students")).filter(SafeName.isValid).sorted()
            .map { StudentIdentity(id: $0, names: []) }
    }

    /// Whether there is any file but such as have temporary names.
    var holdsSomething: Bool {
        guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: path) else { return true }
        return paths.contains { name in
            var status = stat()
            return lstat("\(path)/\(name)", &status) != 0
                || status.st_mode & S_IFMT != S_IFDIR && !TemporaryName.isOne(FilePath.name(of: name))
        }
    }
}

enum Sweep {
    static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    /// Whether there is a folder of that path, and not a link to one.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Removes what has a temporary name in a folder, where nobody is at work in it.
    static func clear(_ folder: String) {
        guard names(in: folder).contains(where: TemporaryName.isOne) else { return }
        FolderHold.alone(with: folder) { removeTemporary(in: folder) }
    }

    /// Links are taken away themselves, not what they lead to. A run that was being removed goes with all that is in
    /// it; a folder that was being made holds what can be made again.
    /// - Parameter of: of what was to have this name alone; nil: of anything.
    static func removeTemporary(in folder: String, of wanted: String? = nil) {
        for name in names(in: folder)
        where TemporaryName.isOne(name) && (wanted.map { name.hasPrefix(".\($0).") } ?? true) {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }
}
