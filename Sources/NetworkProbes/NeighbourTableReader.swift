import Foundation
import GraderCore

/// The grader's own IPv4 neighbour table, that of its network namespace (Linux only: `/proc/net/arp`, proc(5)): which
/// MAC address answered for an address, so that a neighbour's cluster that owns the same one can be told apart.
public struct NeighbourTableReader: Sendable {
    private let path: String

    public init(path: String = "/proc/net/arp") {
        self.path = path
    }

    /// The table as it was, raw; it changes, so read it right after something was sent to the address asked about.
    /// - Parameter byteLimit: more than this is cut off after the last whole line (a line has about 80 bytes).
    /// - Throws: `unreachable` where this machine has no such table (not Linux).
    public func read(byteLimit: Int = 1 << 18) throws(TransportFailure) -> Bytes {
        do {
            let byteLimit = max(0, byteLimit)
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            // One byte more than is kept tells whether there is more. /proc gives a page or so at a time.
            var raw: [UInt8] = []
            while raw.count <= byteLimit,
                let part = try file.read(upToCount: byteLimit + 1 - raw.count), !part.isEmpty
            {
                raw.append(contentsOf: part)
            }
            guard raw.count > byteLimit else { return Bytes(raw) }
            let whole = raw[..<byteLimit].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            return Bytes(Array(raw[..<whole]))
        } catch {
            throw TransportFailure(
                .unreachable,
                fr: """
                    la table des voisins du correcteur, \(path), est illisible : lancer le correcteur sous \
                    Linux, ou renoncer au contrôle des adresses MAC
                    """,
                en: """
                    the grader's neighbour table \(path) cannot be read: run the grader on Linux, or leave the \
                    check of MAC addresses out
                    """)
        }
    }
}
