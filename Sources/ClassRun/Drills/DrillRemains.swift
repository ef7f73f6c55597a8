import Foundation
import GraderCore

/// What `DrillProbes.remains` found on a node.
struct DrillRemains: Sendable, Hashable {
    struct Drill: Sendable, Hashable {
        var id: String
        /// The undo and its timer are there; otherwise only the receipt of a timer that has done it.
        var isArmed: Bool
        /// Until the timer acts; nil where unknown (the node was restarted).
        var leaseSeconds: Int?
    }
    /// The drill that holds the lock.
    var lock: String?
    /// Who holds it, in his own words.
    var owner: String?
    var drills: [Drill] = []

    init(_ output: Bytes) {
        for line in output.text.split(separator: "\n").prefix(100) {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "lock": lock = Self.identifier(parts[1])
            case "owner": owner = String(parts[1].prefix(200))
            case "drill":
                let words = parts[1].split(separator: " ")
                guard words.count >= 2, let id = Self.identifier(words[0]) else { continue }
                drills.append(
                    Drill(
                        id: id, isArmed: words[1] == "armed",
                        leaseSeconds: words.count > 2 ? Int(words[2]) : nil))
            default: break
            }
        }
    }

    /// It becomes part of a path: nothing else may be in it.
    private static func identifier(_ text: some StringProtocol) -> String? {
        let isSafe =
            text.utf8.count <= 100 && !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
        return isSafe ? String(text) : nil
    }

    /// The owner, where he may still be at work: another process of this very host that lives, or somebody
    /// elsewhere whose lease has not run out.
    func liveOwner(here: String) -> String? {
        guard let lock, let owner else { return nil }
        let lease = drills.first { $0.id == lock }?.leaseSeconds
        let other = DrillOwner(owner)
        let own = DrillOwner(here)
        if let other, let own, other.host == own.host {
            return DrillOwner.isOtherAndAlive(owner, here: here) ? owner : nil
        }
        return (lease ?? 0) > 0 ? owner : nil
    }
}

/// `root@host/5f3a91c2 pid 1234 since 2026-11-22T18:04:12Z`
public struct DrillOwner: Sendable, Hashable {
    /// Its name and the beginning of its boot's word (random(4)): many graders are called `debian`.
    public var host: String
    public var process: Int32

    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count >= 3, words[1] == "pid", let process = Int32(words[2]), process > 1,
            let host = words[0].split(separator: "@").last
        else { return nil }
        self.host = String(host)
        self.process = process
    }

    /// Whether a line is that of another process of this host that still lives.
    public static func isOtherAndAlive(_ line: String, here: String) -> Bool {
        guard let owner = DrillOwner(line), let own = DrillOwner(here) else { return false }
        return owner.host == own.host && owner.process != own.process && owner.isAlive
    }

    /// Signal 0 asks whether a process is there (kill(2)).
    var isAlive: Bool { kill(process, 0) == 0 || errno == EPERM }

    /// This process.
    public static func line(now: Date) -> String {
        var name = utsname()
        uname(&name)
        let host = withUnsafeBytes(of: &name.nodename) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let boot =
            (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))?.prefix(8)
            ?? "-"
        return
            "\(NSUserName())@\(host)/\(boot) pid \(getpid()) since \(now.formatted(Date.ISO8601FormatStyle()))"
    }
}
