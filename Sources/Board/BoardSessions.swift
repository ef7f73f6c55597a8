import ClassRun
import Foundation
import GraderCore
import Synchronization

/// Who is who by his cookie. A cookie is made of the holder's code and of nothing else: it is good after a new start of
/// the board, and no longer when the code was replaced.
final class BoardSessions: Sendable {
    private struct State {
        var version: Int?
        var holders: [String: Session] = [:]
    }

    struct Session: Sendable, Hashable {
        var holder: AccessCodes.Holder
        /// Stands in every form, so that only pages of this board's can send one.
        var token: String
    }

    private let folder: BoardFolder
    private let students: [String]
    private let state = Mutex(State())
    /// Cookies know nothing of ports: another class's board on this machine has another name for its own.
    let cookieName: String

    init(_ folder: BoardFolder, className: String, students: [String]) {
        self.folder = folder
        self.students = students
        cookieName = "bascule-" + SHA256Digest.hexadecimal(of: className.utf8).prefix(8)
    }

    /// - Throws: where the codes cannot be read: then nobody is let in.
    func session(cookies: [String: String]) throws -> Session? {
        guard let cookie = cookies[cookieName], cookie.utf8.count == 64 else { return nil }
        return try holders()[cookie]
    }

    /// The cookie for a code; nil where it is nobody's.
    func cookie(forCode code: String) throws -> String? {
        let cookie = Self.cookie(code)
        return try holders()[cookie].map { _ in cookie }
    }

    private func holders() throws -> [String: Session] {
        // Somebody may have replaced a code in a terminal; or does while they are read, which is seen the next time.
        let version = folder.codesVersion
        if let known = state.withLock({ $0.version == version && version != nil ? $0.holders : nil }) {
            return known
        }
        let codes = try folder.codes(for: students)
        let holders = Dictionary(
            codes.all.map { holder, code in
                (Self.cookie(code), Session(holder: holder, token: Self.digest("token", code)))
            }, uniquingKeysWith: { first, _ in first })
        state.withLock { $0 = State(version: version, holders: holders) }
        return holders
    }

    private static func cookie(_ code: String) -> String { digest("session", code) }

    private static func digest(_ purpose: String, _ code: String) -> String {
        SHA256Digest.hexadecimal(of: "bascule board \(purpose)\u{0}\(code)".utf8)
    }
}
