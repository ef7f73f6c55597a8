import Foundation
import GraderCore

@testable import SSHTransport

extension FuzzTarget {
    /// What an SSH server sends before anybody is logged in, an agent's answers, and a file of host keys.
    static let overSSH: [FuzzTarget] = [
        FuzzTarget("known-hosts", upTo: 4096) { bytes in
            try ScratchFile.with(bytes, named: "known_hosts") { file in
                let hosts = try KnownHosts(file: file)
                _ = hosts.keys(host: "172.16.1.10", port: 22)
                _ = hosts.types(host: "172.16.1.10", port: 2222)
                _ = try hosts.remove(host: "172.16.1.10", port: 22)
                let left = try KnownHosts(file: file)
                try expect(left.keys(host: "172.16.1.10", port: 22).isEmpty, "a removed key is there again")
            }
        },
        FuzzTarget("agent", upTo: 4096) { bytes in
            _ = AgentMessage.signature(bytes)
            for identity in AgentMessage.identities(bytes) ?? [] {
                try expect(
                    identity.comment.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F },
                    "a control character in a key's comment")
                _ = AgentSigner(identity, agent: AgentConnection())?.publicKey
            }
            _ = HostKey(blob: bytes)
        },
        // What comes before the log-in, and before a command's own output. The first byte says in how large pieces.
        FuzzTarget("ssh-stream", upTo: 4096) { bytes in
            let step = Int(bytes.first ?? 0) + 1
            var (gate, rest) = (BannerGate(), bytes.dropFirst())
            var output = CommandOutput(limit: 512, beginMark: Array("#bascule-begin".utf8))
            while !rest.isEmpty {
                let piece = Array(rest.prefix(step))
                piece.withUnsafeBytes { bytes in
                    _ = gate.feed(bytes)
                    output.take(bytes)
                }
                rest = rest.dropFirst(step)
            }
            _ = gate.atEnd()
            _ = output.remove(suffix: Array("#end\n".utf8))
            try expect(output.bytes.count <= 512, "more kept than the limit lets through")
            try expect(
                gate.firstLine.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F },
                "a control character in the first line")
        },
    ]
}
