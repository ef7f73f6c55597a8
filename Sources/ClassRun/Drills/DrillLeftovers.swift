import Foundation
import GraderCore

/// What `DrillProbes.leftovers` found on a node.
struct DrillLeftovers: Sendable, Hashable {
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
            case "lock": lock = DrillLock.isIdentifier(parts[1]) ? String(parts[1]) : nil
            case "owner": owner = DrillOwner(parts[1])?.description ?? parts[1].visibleExcerpt
            case "drill":
                let words = parts[1].split(separator: " ")
                guard words.count >= 2, DrillLock.isIdentifier(words[0]) else { continue }
                drills.append(
                    Drill(
                        id: String(words[0]), isArmed: words[1] == "armed",
                        leaseSeconds: words.count > 2 ? Int(words[2]) : nil))  // bounded: of a text
            default: break
            }
        }
    }

    /// The owner, where he may still be at work: another process of this very host that lives, or somebody
    /// elsewhere whose lease has not run out.
    func liveOwner(here: String) -> String? {
        guard let lock, let owner else { return nil }
        if let host = DrillOwner(owner)?.host, host == DrillOwner(here)?.host {
            return DrillOwner.isOtherAndAlive(owner, here: here) ? owner : nil
        }
        let lease = drills.first { $0.id == lock }?.leaseSeconds
        return (lease ?? 0) > 0 ? owner : nil
    }
}

extension DrillOwner {
    /// Whether a line is that of another process of this host that still lives.
    static func isOtherAndAlive(_ line: String, here: String) -> Bool {
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
        return DrillOwner(
            user: NSUserName(), host: "\(host)/\(boot)", process: getpid(),
            since: now.formatted(Date.ISO8601FormatStyle())
        ).description
    }
}
