import Foundation
import GraderCore
import Synchronization

/// The host keys on file, in the format of OpenSSH (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").
///
/// The file is read once. The first key that is added has the file written anew (to a temporary name, renamed, mode
/// 0600); those after it are added at its end, so that each of a thousand machines costs no more than each of ten.
/// Entries are keyed by `[host]:port`, since behind port forwards one address is many machines. Lines that OpenSSH
/// reads and this does not (authorities, patterns) are kept as they are and match nothing; a key that a line `@revoked`
/// takes back is refused.
public final class KnownHosts: Sendable {
    /// The file; nil keeps the keys in memory only.
    public let file: String?
    private let state: Mutex<State>

    private struct State {
        private(set) var lines: [Line] = []
        /// By name; a host may stand on several lines.
        private var keys: [String: [HostKey]] = [:]
        private var hashed: [(name: HashedHostName, key: HostKey)] = []
        private var revoked: [(hosts: RevokedHosts, key: HostKey)] = []
        /// Whether the file is as we wrote it, so that a line can be added at its end.
        var isOurs = false
        /// Added, and not in the file yet.
        var pending: [String] = []

        init(lines: [Line]) {
            for line in lines { add(line) }
        }

        mutating func add(_ line: Line) {
            lines.append(line)
            guard let key = line.key else { return }
            if let hosts = line.revokedFor { revoked.append((hosts, key)) }
            if let name = line.hashed { hashed.append((name, key)) }
            for host in line.hosts { keys[host, default: []].append(key) }
        }

        /// Returns how many lines there were.
        mutating func remove(_ names: Set<String>) -> Int {
            let kept = lines.filter {
                names.isDisjoint(with: $0.hosts) && $0.hashed?.isOne(of: names) != true
            }
            let count = lines.count - kept.count
            if count > 0 { self = State(lines: kept) }
            return count
        }

        func isRevoked(_ key: HostKey, _ names: Set<String>) -> Bool {
            revoked.contains { $0.key == key && $0.hosts.include(names) }
        }

        func onFile(_ names: Set<String>) -> [HostKey] {
            names.sorted().flatMap { keys[$0] ?? [] }
                + hashed.filter { $0.name.isOne(of: names) }.map(\.key)
        }
    }

    private struct Line {
        var text: String
        /// Lower case, `[host]:port` or `host` (port 22); empty where the line is only kept.
        var hosts: [String] = []
        var hashed: HashedHostName?
        /// Of a line `@revoked`, which no host is forgotten with.
        var revokedFor: RevokedHosts?
        var key: HostKey?
    }

    /// What a key on file says about a key that was shown.
    public enum Judgement: Sendable, Hashable {
        case matches
        /// No key of this host was on file; now this one is.
        case recorded
        /// Another key is on file.
        case changed
        /// A line `@revoked` takes it back, whatever else is on file.
        case revoked
    }

    /// Why a known_hosts file cannot be used; one sentence.
    public struct FileError: CommandFailure, CustomStringConvertible {
        public var sentence: LocalizedText
        public var cause: FailureCause = .unusable
        public var description: String { message }

        init(_ sentence: LocalizedText) { self.sentence = sentence }

        /// - Parameter code: of errno(3).
        init(unwritten file: String, _ code: Int32) {
            sentence = unwrittenMessage(LocalizedText(verbatim: file), code)
            cause = .notWritten
        }
    }

    /// - Parameter file: need not exist yet.
    /// - Throws: where the file is there and cannot be read.
    public init(file: String?) throws(FileError) {
        self.file = file
        var lines: [Line] = []
        if let file, mayBeThere(file) {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw FileError(
                    LocalizedText(
                        fr:
                            "Les clés d'hôte de \(file) sont illisibles : vérifier le propriétaire et les droits du fichier.",
                        en: "The host keys in \(file) cannot be read: check the file's owner and mode."))
            }
            // By byte: "\r\n" is one character, and a file that an editor of Windows has saved would be one line. Its byte
            // order mark would hide the first one.
            lines = (data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data)
                .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { Self.parse(String(decoding: $0, as: UTF8.self)) }
            if lines.last?.text.isEmpty == true { lines.removeLast() }
        }
        state = Mutex(State(lines: lines))
    }

    /// How a host is called in the file: behind a jump host the same address is another machine than in front of
    /// it or behind another one.
    /// - Parameter jumps: the jump hosts on the way, the nearest to the grader first.
    public static func host(_ host: String, behind jumps: [(host: String, port: Int)]) -> String {
        ([host] + jumps.reversed().map { "\($0.host):\($0.port)" }).joined(separator: via)
    }

    private static let via = "%via%"

    /// The key types on file for this host: the server is asked for one of these first, or a key of another
    /// type would look like a changed one.
    func types(host: String, port: Int) -> [String] {
        let names = Self.names(host: host, port: port)
        return state.withLock { $0.onFile(names).map(\.type) }
    }

    /// Compares, and records a host's first key: trust on first use.
    func judge(_ key: HostKey, host: String, port: Int) throws(FileError) -> Judgement {
        let names = Self.names(host: host, port: port)
        // A key that was taken back is so on whichever way its host is reached.
        let ownNames = Self.names(
            host: host.split(separator: Self.via).first.map(String.init) ?? host, port: port)
        let name = "[\(host.lowercased())]:\(port)"
        let line = Line(text: "\(name) \(key.text)", hosts: [name], key: key)
        let judgement = state.withLock { state -> Judgement in
            if state.isRevoked(key, names) || state.isRevoked(key, ownNames) { return .revoked }
            let onFile = state.onFile(names)
            if onFile.contains(key) { return .matches }
            if !onFile.isEmpty { return .changed }
            state.add(line)
            state.pending.append(line.text)
            return .recorded
        }
        if judgement == .recorded { try record() }
        return judgement
    }

    /// Forgets a host's keys (`enroll --replace`); returns how many there were.
    /// - Throws: where the file cannot be written; in memory they are gone all the same.
    @discardableResult
    public func remove(host: String, port: Int) throws(FileError) -> Int {
        let names = Self.names(host: host, port: port)
        let count = state.withLock { $0.remove(names) }
        if count > 0 { try write() }
        return count
    }

    /// The keys on file for this host, as `type base64`.
    public func keys(host: String, port: Int) -> [String] {
        let names = Self.names(host: host, port: port)
        return state.withLock { $0.onFile(names).map(\.text) }
    }

    // One writer at a time, and what is written is never older than what is there.
    private let writing = Mutex(0)

    /// Adds what is pending at the end where the file is ours already; else writes it anew.
    private func record() throws(FileError) {
        let isAdded = writing.withLock { _ -> Bool in
            guard let file else { return true }
            let added = state.withLock { state -> [String]? in
                guard state.isOurs else { return nil }
                defer { state.pending = [] }
                return state.pending
            }
            guard let added else { return false }
            // Another task's record had it in hand.
            if added.isEmpty { return true }
            let descriptor = open(file, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            let bytes = Array(added.map { $0 + "\n" }.joined().utf8)
            return Foundation.write(descriptor, bytes, bytes.count) == bytes.count
        }
        if !isAdded { try write() }
    }

    private func write() throws(FileError) {
        guard let file else { return }
        let failed = writing.withLock { _ -> Int32? in
            let current = state.withLock { state -> String in
                state.isOurs = true
                state.pending = []
                return Self.text(of: state.lines)
            }
            // A name that nobody can have laid a link under.
            let temporary = "\(file).\(UUID().uuidString).new"
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return errno }
            let bytes = Array(current.utf8)
            errno = 0
            let isWritten = Foundation.write(descriptor, bytes, bytes.count) == bytes.count
            let code = errno
            guard close(descriptor) == 0, isWritten, rename(temporary, file) == 0 else {
                let reason = isWritten ? errno : code == 0 ? ENOSPC : code
                unlink(temporary)
                return reason
            }
            return nil
        }
        if failed != nil { state.withLock { $0.isOurs = false } }
        if let failed { throw FileError(unwritten: file, failed) }
    }

    private static func text(of lines: [Line]) -> String { lines.map { $0.text + "\n" }.joined() }

    private static func names(host: String, port: Int) -> Set<String> {
        let host = host.lowercased()
        return port == 22 ? [host, "[\(host)]:22"] : ["[\(host)]:\(port)"]
    }

    private static func parse(_ text: String) -> Line {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map(String.init)
        if words.count >= 4, words[0] == "@revoked", let key = HostKey(type: words[2], base64: words[3]) {
            return Line(text: text, revokedFor: RevokedHosts(words[1]), key: key)
        }
        guard words.count >= 3, let first = words.first, !first.hasPrefix("#"), !first.hasPrefix("@"),
            let key = HostKey(type: words[1], base64: words[2])
        else { return Line(text: text) }
        if first.hasPrefix("|") { return Line(text: text, hashed: HashedHostName(first), key: key) }
        let hosts = first.lowercased().split(separator: ",").map(String.init)
        return Line(text: text, hosts: hosts, key: key)
    }
}
