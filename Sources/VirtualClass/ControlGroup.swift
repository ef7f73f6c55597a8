import Foundation
import GraderCore

/// The control groups of one class: `bascule/<class>/…` in the unified (v2) hierarchy. Every process of a class is in
/// there from before its first instruction, so that the groups are the one list of what a class has running, whatever
/// became of the program that raised it (cgroups(7), and `cgroup.kill` in the kernel's *Control Group v2*).
struct ControlGroup: Sendable {
    /// The folder of all classes' groups.
    static let parent = "bascule"

    /// The mount point of the unified (v2) one.
    let hierarchy: String
    let className: String

    /// The group of the class, of one node, or of another part of it.
    func path(of part: String? = nil, in hierarchy: String? = nil) -> String {
        "\(hierarchy ?? self.hierarchy)/\(Self.parent)/\(className)" + (part.map { "/\($0)" } ?? "")
    }

    /// - Parameter hierarchy: nil for where it is mounted.
    init(className: String, hierarchy: String? = nil) throws {
        self.hierarchy = try hierarchy ?? Self.unifiedHierarchy()
        self.className = className
    }

    static func unifiedHierarchy() throws -> String {
        guard let hierarchy = hierarchies(mounts: mounts, type: "cgroup2").first else {
            throw LabError(
                LocalizedText(
                    fr: """
                        Aucun système de fichiers cgroup2 n'est monté sur cette machine : la classe virtuelle en a besoin \
                        pour suivre ses processus.
                        """,
                    en: """
                        No cgroup2 file system is mounted on this machine: the virtual class needs one to keep track of \
                        its processes.
                        """)
            )
        }
        return hierarchy
    }

    /// Throws where groups cannot be made and killed: a hierarchy that is read-only, as in a container, an old kernel.
    static func rehearse() throws {
        // Beside the classes' folder: a group in there would be taken for one.
        let group = "\(try unifiedHierarchy())/\(parent)-check-\(getpid())"
        guard mkdir(group, 0o755) == 0 else {
            let said = systemMessage(errno)
            throw LabError(
                LocalizedText(
                    fr: """
                        Cette machine ne laisse pas créer de groupe de contrôle (\(said)) : la classe virtuelle en a \
                        besoin.
                        """,
                    en:
                        "No control group can be made on this machine (\(said)): the virtual class needs them."
                )
            )
        }
        defer { rmdir(group) }
        guard FileManager.default.fileExists(atPath: "\(group)/cgroup.kill") else {
            throw LabError(
                LocalizedText(
                    fr: "Ce noyau n'a pas cgroup.kill (Linux 5.14) : la classe virtuelle en a besoin.",
                    en: "This kernel has no cgroup.kill (Linux 5.14): the virtual class needs it."))
        }
    }

    /// The mount points of one file system type in the text of `/proc/self/mounts`.
    static func hierarchies(mounts: String, type: String) -> [String] {
        mounts.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 2, fields[2] == type else { return nil }
            return String(fields[1])
        }
    }

    /// The command `arguments`, to be started inside the group `part` (made where missing). What it makes is
    /// everybody's to read, as on a Debian machine, whatever the umask of who raises the class: otherwise nobody
    /// but root could enter a node's root folder.
    func entering(_ part: String, _ arguments: [String]) -> [String] {
        let script = #"umask 022 && mkdir -p "$1" && echo $$ > "$1/cgroup.procs" && shift && exec "$@""#
        return ["sh", "-c", script, "sh", path(of: part)] + arguments
    }

    /// Whether any process is left in the class, or in one part of it.
    func isPopulated(_ part: String? = nil) -> Bool {
        let events = try? String(contentsOfFile: "\(path(of: part))/cgroup.events", encoding: .utf8)
        return events?.split(separator: "\n").contains("populated 1") ?? false
    }

    /// The processes directly in one group (not in groups below it).
    func processes(_ part: String) -> [Int32] { Self.processes(in: path(of: part)) }

    private static func processes(in group: String) -> [Int32] {
        let text = try? String(contentsOfFile: "\(group)/cgroup.procs", encoding: .utf8)
        return (text ?? "").split(separator: "\n").compactMap { Int32($0) }
    }

    private static func allProcesses(below group: String) -> [Int32] {
        processes(in: group) + subgroups(of: group).flatMap { allProcesses(below: $0) }
    }

    /// Kills every process of the class or of one part of it, and waits until none is left, not even in the
    /// machine's list of processes (a dead one is counted there until its parent has taken note).
    func kill(_ part: String? = nil) async throws {
        let group = path(of: part)
        guard FileManager.default.fileExists(atPath: group) else { return }
        let who = part.map { "\(className), \($0)" } ?? className
        guard let file = FileHandle(forWritingAtPath: "\(group)/cgroup.kill") else {
            throw LabError(
                LocalizedText(
                    fr:
                        "Les processus de \(who) ne peuvent pas être tués : ce noyau n'a pas cgroup.kill (Linux 5.14).",
                    en:
                        "The processes of \(who) cannot be killed: this kernel has no cgroup.kill (Linux 5.14)."
                ))
        }
        let victims = Self.allProcesses(below: group)
        try file.write(contentsOf: Data("1".utf8))
        try file.close()
        try await waiting(
            .seconds(60),
            for: LocalizedText(
                fr: "la fin des processus tués de \(who)", en: "the killed processes of \(who) to end")
        ) {
            !isPopulated(part) && !victims.contains { Self.isRunning($0) }
        }
        // A dead one stays listed until its parent has taken note. That is usually at once; where it never comes
        // (a parent outside the class that does not wait), nothing runs and nothing is held all the same.
        let end = LocalizedText(
            fr: "que leurs parents en prennent acte", en: "the parents of the dead to take note")
        try? await waiting(.seconds(3), for: end) {
            !victims.contains { FileManager.default.fileExists(atPath: "/proc/\($0)") }
        }
    }

    /// Whether a process is there and not dead (`Z`, `X`: proc(5), `/proc/pid/stat`, the field after the name).
    private static func isRunning(_ process: Int32) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let state = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].dropFirst(2).first
        else { return false }
        return state != "Z" && state != "X"
    }

    /// Removes the groups of the class or of one part of it, whose processes were killed; also those that nspawn
    /// mirrors into version 1 hierarchies. Linux (6.18 at least) remembers in a group that it was killed. A process
    /// started there and cloned into a group made later (`CLONE_INTO_CGROUP`, as trixie's systemd does) is killed at
    /// once: a node has to boot into groups of its own.
    func remove(_ part: String? = nil) throws {
        for hierarchy in ["cgroup2", "cgroup"].flatMap({ Self.hierarchies(mounts: Self.mounts, type: $0) }) {
            Self.removeTree(path(of: part, in: hierarchy))
            // Fails, as it should, while another class has groups in it.
            if part == nil { rmdir("\(hierarchy)/\(Self.parent)") }
        }
        let group = path(of: part)
        guard !FileManager.default.fileExists(atPath: group) else {
            throw LabError(
                LocalizedText(
                    fr: "Le groupe de contrôle \(group) n'a pas pu être supprimé : y chercher des processus.",
                    en: "The control group \(group) could not be removed: look for processes in it."))
        }
    }

    private static var mounts: String {
        (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
    }

    /// Control groups are removed as folders, deepest first; the files in them are not there to be removed.
    private static func removeTree(_ path: String) {
        subgroups(of: path).forEach(removeTree)
        rmdir(path)
    }

    private static func subgroups(of group: String) -> [String] {
        ClassInventory.folders(in: group).map { "\(group)/\($0)" }
    }
}
