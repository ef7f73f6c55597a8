import Foundation
import GraderCore

/// The one kernel limit of the host that a class runs into: inotify instances (inotify(7)). Debian allows a user 128
/// of them, every node needs half a dozen, and all nodes' root is the host's root: at the twentieth node systemd ends
/// before it can say a word. The limit is raised when a class comes up and is put back when the last one goes down.
struct HostLimits: Sendable {
    /// The folder with the classes' folders, in which the old limit is kept meanwhile.
    let base: String
    /// Where the kernel keeps the limit.
    var limitFile = "/proc/sys/fs/inotify/max_user_instances"

    /// Enough for the largest class there can be, and another.
    static let wanted = 8192

    private var oldLimitFile: String { "\(base)/inotify-limit" }

    /// Raises the limit where it is lower.
    func raise() async throws {
        try await locked {
            guard let limit = read(limitFile), limit < Self.wanted else { return }
            if read(oldLimitFile) == nil {
                try Data("\(limit)\n".utf8).write(to: URL(filePath: oldLimitFile))
            }
            do {
                try Data("\(Self.wanted)\n".utf8).write(to: URL(filePath: limitFile))
            } catch {
                throw LabError(
                    LocalizedText(
                        fr: """
                            Cette machine n'autorise que \(limit) instances d'inotify : la classe peut en demander \
                            davantage.
                            """,
                        en: """
                            This machine allows \(limit) inotify instances and not more: the class may need more than that.
                            """)
                )
            }
        }
    }

    /// Puts the old limit back, unless a class is left that may need more.
    func restore(unless classIsLeft: () throws -> Bool) async throws {
        try await locked {
            guard let old = read(oldLimitFile), try !classIsLeft() else { return }
            // Somebody may have chosen another limit since: his stays.
            if read(limitFile) == Self.wanted {
                try Data("\(old)\n".utf8).write(to: URL(filePath: limitFile))
            }
            try FileManager.default.removeItem(atPath: oldLimitFile)
        }
    }

    /// Classes come and go side by side: one at a time has its hands on the limit.
    private func locked(_ work: () async throws -> Void) async throws {
        let what = LocalizedText(fr: "les limites de cette machine", en: "the limits of this machine")
        try await ClassLock.holding(base, what: what, patience: .seconds(10), work)
    }

    private func read(_ file: String) -> Int? {
        let text = try? String(contentsOfFile: file, encoding: .utf8)
        return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
}
