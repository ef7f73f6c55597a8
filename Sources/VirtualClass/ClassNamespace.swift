import Foundation
import GraderCore

/// The private mount namespace in which a class lives, held open by one sleeping process. Its `/run` is a tmpfs of its
/// own: the named network namespaces, nspawn's run-time files (which must not lie on a disk file system), the nodes'
/// overlays and logs are all in there, and vanish with the last process of the class. Nothing is mounted, and no
/// network namespace named, where the rest of the machine could see it.
struct ClassNamespace: Sendable {
    let group: ControlGroup

    private static let holderGroup = "holder"

    /// The process that holds the namespace; nil where the class is not running.
    var holder: Int32? { group.processes(Self.holderGroup).first }

    func create() async throws {
        let script = """
            mount -t tmpfs -o mode=0755 tmpfs /run
            mkdir -p /run/netns /run/systemd/nspawn /run/nodes
            setsid -f sleep infinity </dev/null >/dev/null 2>&1
            """
        try await HostCommand(
            arguments: group.entering(
                Self.holderGroup, ["unshare", "--mount", "--propagation", "private", "sh", "-euc", script])
        ).checked(
            LocalizedText(
                fr: "L'espace de noms de montage de la classe \(group.className) n'a pas pu être créé",
                en: "The mount namespace of class \(group.className) could not be made"))
        try require(
            holder != nil,
            LocalizedText(
                fr: """
                    Le processus qui tient la classe \(group.className) s'est terminé aussitôt : voir le journal du \
                    système.
                    """,
                en: """
                    The process that holds class \(group.className) together ended at once: look at the system's log.
                    """)
        )
    }

    /// A path of the class's own `/run` as the rest of the machine can open it.
    func outsidePath(_ path: String) throws -> String { "/proc/\(try requiredHolder())/root\(path)" }

    /// The command `arguments` as it has to be started from outside to run in the namespace.
    func entering(_ arguments: [String], part: String = "work") throws -> [String] {
        group.entering(
            part, ["nsenter", "--target", String(try requiredHolder()), "--mount", "--"] + arguments)
    }

    /// Runs a command of the host in the namespace and insists that it succeeds.
    @discardableResult
    func checked(
        _ arguments: [String], input: String = "", timeLimit: Duration = .seconds(60),
        _ purpose: LocalizedText
    ) async throws -> String {
        try await HostCommand(arguments: entering(arguments), input: input, timeLimit: timeLimit).checked(
            purpose)
    }

    /// Starts a command of the host that goes on for as long as its part of the class does (the control group it lives
    /// in); the log is inside the namespace.
    func start(_ arguments: [String], part: String, log: String, _ purpose: LocalizedText) async throws {
        let script = #"log=$1; shift; exec setsid -f "$@" </dev/null >>"$log" 2>&1"#
        try await HostCommand(arguments: entering(["sh", "-c", script, "sh", log] + arguments, part: part))
            .checked(purpose)
    }

    /// The last lines of a log inside the namespace, for a message.
    func tail(_ log: String, lines: Int = 5) -> LocalizedText {
        guard let path = try? outsidePath(log), let text = try? String(contentsOfFile: path, encoding: .utf8)
        else { return LocalizedText(fr: "(pas de journal)", en: "(no log)") }
        return LocalizedText(verbatim: text.split(separator: "\n").suffix(lines).joined(separator: " / "))
    }

    func requiredHolder() throws -> Int32 {
        guard let holder else {
            throw LabError(
                LocalizedText(
                    fr: "La classe \(group.className) ne tourne pas : la monter avec `bascule lab up`.",
                    en: "Class \(group.className) is not running: raise it with `bascule lab up`."))
        }
        return holder
    }
}
