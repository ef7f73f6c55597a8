import Foundation
import GraderCore

/// How many files and connections this process may have open at once (getrlimit(2)), and what fits into that: where
/// there is no room, the network library ends the program, and a probe that could not be made is a check that could not
/// be assessed.
enum OpenFiles {
    /// The libraries and the reports hold so many at most, whatever is looked at.
    private static let ownShare = 40
    /// A look at a pair: its log-ins and the probes that are made at once (measured: six to eight).
    private static let pairShare = 10
    /// What any command opens at once, the libraries' own descriptors included: less, and the library that keeps time
    /// ends the program in the middle of its work.
    private static let startShare = 20
    private static let wanted = 4096

    /// Raises what this process may ask for, as far as it may: a terminal's 256 or 1024 are a default, not a limit.
    static func makeRoom() {
        var room = current
        guard room.rlim_cur < wanted, room.rlim_cur < room.rlim_max else { return }
        room.rlim_cur = min(rlim_t(wanted), room.rlim_max)
        setrlimit(resource, &room)
    }

    static var limit: Int { Int(clamping: current.rlim_cur) }

    /// Pairs that can be looked at at once; less than was asked for is said.
    /// - Parameter kept: for what else is open meanwhile.
    static func fitting(_ jobs: Int, keeping kept: Int = 0) -> Int {
        fitting(
            max(1, (limit - ownShare - kept) / pairShare), of: jobs,
            LocalizedText(fr: "Paires examinées en même temps", en: "Pairs looked at at once"))
    }

    /// What looks leave for those who visit a board, at the least: four browsers.
    static let visitorsShare = 24

    /// Connections to a board that can be open at once beside looks at so many pairs; less than was asked for is said.
    static func connections(_ wanted: Int, beside jobs: Int) -> Int {
        fitting(
            max(2, limit - ownShare - jobs * pairShare), of: wanted,
            LocalizedText(fr: "Connexions au tableau en même temps", en: "Connections to the board at once"))
    }

    private static func fitting(_ most: Int, of wanted: Int, _ what: LocalizedText) -> Int {
        guard most < wanted else { return wanted }
        Inputs.complain(
            LocalizedText(
                fr: """
                    \(what) : \(most), et non \(wanted), car ce programme ne peut ouvrir que \(limit) fichiers ; \
                    « ulimit -n 1024 » avant de le lancer lève cette limite.
                    """,
                en: """
                    \(what): \(most), not \(wanted), because this program may open only \(limit) files; `ulimit -n 1024` \
                    before it is started lifts that limit.
                    """))
        return most
    }

    /// Where there is not even room for one pair.
    struct NoRoom: CommandFailure {
        var sentence: LocalizedText
        var cause: FailureCause { .unavailable }
    }

    /// - Throws: ``NoRoom`` where the network cannot be used at all.
    static func requireRoom() throws(NoRoom) {
        guard limit < ownShare + pairShare else { return }
        throw noRoom(limit, ownShare + pairShare)
    }

    /// Before anything is read or written. What was open when this program was started counts too.
    /// - Throws: ``NoRoom`` where no command can do its work.
    static func requireRoomToStart() throws(NoRoom) {
        var free: [Int32] = []
        defer { for descriptor in free { close(descriptor) } }
        while free.count < startShare {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                guard errno == EMFILE else { return }
                throw noRoom(free.count, startShare)
            }
            free.append(descriptor)
        }
    }

    private static func noRoom(_ room: Int, _ needed: Int) -> NoRoom {
        NoRoom(
            sentence: LocalizedText(
                fr: """
                    Ce programme ne peut ouvrir que \(room) des \(needed) fichiers qu'il lui faut : taper \
                    « ulimit -n 1024 », puis recommencer.
                    """,
                en: """
                    This program may open only \(room) of the \(needed) files it needs: type `ulimit -n 1024`, and \
                    start it again.
                    """))
    }

    private static var current: rlimit {
        var room = rlimit()
        getrlimit(resource, &room)
        return room
    }

    #if os(Linux)
        private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
    #else
        private static var resource: Int32 { RLIMIT_NOFILE }
    #endif
}
