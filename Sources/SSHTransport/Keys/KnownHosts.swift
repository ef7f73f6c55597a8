import Foundation
import GraderCore
import Synchronization

/// The host keys on file, in the format of OpenSSH (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").
///
/// The file is read once; a key met for the first time is added and the file written anew (to a temporary
/// name, renamed, mode 0600). Entries are keyed by `[host]:port`, since behind port forwards one address is
/// many machines. Lines that OpenSSH reads and this does not (hashed names, markers, patterns) are kept as
/// they are and match nothing.
public final class KnownHosts: Sendable {
    /// The file; nil keeps the keys in memory only.
    public let file: String?
    private let state: Mutex<State>

    private struct State {
        var lines: [Line]
    }

    private struct Line {
        var text: String
        /// Lower case, `[host]:port` or `host` (port 22); empty where the line is only kept.
        var hosts: [String] = []
        var key: HostKey?
    }

    /// What a key on file says about a key that was shown.
    public enum Judgement: Sendable, Hashable {
        case matches
        /// No key of this host was on file; now this one is.
        case recorded
        /// No key of this host is on file, and none was to be added.
        case unknown
        /// Another key is on file.
        case changed
    }

    /// Why a known_hosts file cannot be used; one sentence.
    public struct FileError: Error, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// - Parameter file: need not exist yet.
    public init(file: String?) throws(FileError) {
        self.file = file
        var lines: [Line] = []
        if let file, FileManager.default.fileExists(atPath: file) {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw FileError(
                    description: "The host keys in \(file) cannot be read: check the file's owner and mode.")
            }
            lines = String(decoding: data, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false
            )
            .map { Self.parse(String($0)) }
            if lines.last?.text.isEmpty == true { lines.removeLast() }
        }
        state = Mutex(State(lines: lines))
    }

    /// How a host is called in the file: behind a jump host the same address is another machine than in front of
    /// it or behind another one.
    /// - Parameter jumps: the jump hosts on the way, the nearest to the grader first.
    public static func host(_ host: String, behind jumps: [(host: String, port: Int)]) -> String {
        ([host] + jumps.reversed().map { "\($0.host):\($0.port)" }).joined(separator: "%via%")
    }

    /// The key types on file for this host: the server is asked for one of these first, or a key of another
    /// type would look like a changed one.
    func types(host: String, port: Int) -> [String] {
        let names = Self.names(host: host, port: port)
        return state.withLock { state in
            state.lines.filter { !names.isDisjoint(with: $0.hosts) }.compactMap { $0.key?.type }
        }
    }

    /// Compares, and records a host's first key when asked to.
    func judge(_ key: HostKey, host: String, port: Int, recordFirst: Bool) throws(FileError) -> Judgement {
        let names = Self.names(host: host, port: port)
        let judgement = state.withLock { state -> Judgement in
            let onFile = state.lines.filter { !names.isDisjoint(with: $0.hosts) && $0.key != nil }
            if onFile.contains(where: { $0.key == key }) { return .matches }
            if !onFile.isEmpty { return .changed }
            guard recordFirst else { return .unknown }
            let name = "[\(host.lowercased())]:\(port)"
            state.lines.append(Line(text: "\(name) \(key.text)", hosts: [name], key: key))
            return .recorded
        }
        if judgement == .recorded { try write() }
        return judgement
    }

    /// Forgets a host's keys (`enroll --replace`); returns how many there were.
    @discardableResult
    public func remove(host: String, port: Int) throws(FileError) -> Int {
        let names = Self.names(host: host, port: port)
        let count = state.withLock { state in
            let before = state.lines.count
            state.lines.removeAll { !names.isDisjoint(with: $0.hosts) }
            return before - state.lines.count
        }
        if count > 0 { try write() }
        return count
    }

    /// The keys on file for this host, as `type base64`.
    public func keys(host: String, port: Int) -> [String] {
        let names = Self.names(host: host, port: port)
        return state.withLock { state in
            state.lines.filter { !names.isDisjoint(with: $0.hosts) }.compactMap { $0.key?.text }
        }
    }

    // MARK: File

    // One writer at a time, and what is written is never older than what is there.
    private let writing = Mutex(0)

    private func write() throws(FileError) {
        guard let file else { return }
        let failed = writing.withLock { _ -> String? in
            let current = state.withLock { Self.text(of: $0.lines) }
            let temporary = "\(file).\(ProcessInfo.processInfo.processIdentifier).new"
            do {
                try Data(current.utf8).write(to: URL(filePath: temporary))
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: temporary)
                guard rename(temporary, file) == 0 else { return String(cString: strerror(errno)) }
                return nil
            } catch {
                return error.localizedDescription
            }
        }
        if let failed {
            throw FileError(
                description: "The host keys cannot be written to \(file) (\(failed)): "
                    + "check that its folder exists and is yours.")
        }
    }

    private static func text(of lines: [Line]) -> String { lines.map { $0.text + "\n" }.joined() }

    private static func names(host: String, port: Int) -> Set<String> {
        let host = host.lowercased()
        return port == 22 ? [host, "[\(host)]:22"] : ["[\(host)]:\(port)"]
    }

    private static func parse(_ text: String) -> Line {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map(String.init)
        guard words.count >= 3, let first = words.first, !first.hasPrefix("#"), !first.hasPrefix("@"),
            !first.hasPrefix("|"), let blob = Data(base64Encoded: words[2]),
            let key = HostKey(blob: Array(blob)), key.type == words[1]
        else { return Line(text: text) }
        let hosts = first.lowercased().split(separator: ",").map(String.init)
        return Line(text: text, hosts: hosts, key: key)
    }
}
