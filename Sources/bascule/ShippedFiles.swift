import Foundation
import VirtualClass

/// Where the files are that come with the program: rubrics and exercises. Somebody's own in the working folder win.
enum ShippedFiles {
    /// - Parameter name: e.g. `rubrics/NAME.yaml` or `exercises/NAME`.
    /// - Returns: its path; nil where there is none.
    static func find(_ name: String) -> String? {
        FileManager.default.fileExists(atPath: name) ? name : besideProgram(name)
    }

    /// In the program's folder or one above it (a checkout, an unpacked archive), or in `share/bascule` there.
    static func besideProgram(_ name: String) -> String? {
        var folder = URL(filePath: OwnProgram.path)
        repeat {
            folder.deleteLastPathComponent()
            for place in [folder.appending(path: "share/bascule"), folder] {
                let path = place.appending(path: name).path(percentEncoded: false)
                if FileManager.default.fileExists(atPath: path) { return path }
            }
        } while folder.path != "/" && !folder.path.isEmpty
        return nil
    }

    /// The folder that they are all in: a checkout, an unpacked archive, `/usr/share/bascule`.
    static var folder: URL? {
        besideProgram("exercises").map { URL(filePath: $0).deletingLastPathComponent() }
    }

    /// Whether the working folder has one of its own that is another than the program's.
    static func isOwn(_ name: String) -> Bool {
        guard let own = FileManager.default.contents(atPath: name), let shipped = besideProgram(name) else {
            return false
        }
        return FileManager.default.contents(atPath: shipped) != own
    }
}
