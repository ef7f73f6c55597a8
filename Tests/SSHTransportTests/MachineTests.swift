import Testing

@testable import SSHTransport

/// The parts below the network, fed from memory.
@Suite struct MachineTests {
    private func feed(_ machine: SSHMachine, _ bytes: [UInt8]) {
        bytes.withUnsafeBytes { machine.receive($0) }
        machine.pump()
    }

    @Test func theMachineSpeaksFirst() throws {
        let machine = try SSHMachine()
        var sent: [UInt8] = []
        machine.onOutput = { sent += $0 }
        machine.add(HandshakeOperation(hostKeyPreference: "ssh-ed25519") { _ in })
        #expect(String(decoding: sent, as: UTF8.self).hasPrefix("SSH-2.0-libssh2"))
        let before = sent.count
        feed(machine, Array("SSH-2.0-test\r\n".utf8))
        // The key exchange has begun.
        #expect(sent.count > before)
        #expect(machine.end == nil)
        machine.receiveEnd()
        #expect(machine.end != nil)
        #expect(machine.operations.isEmpty)
    }

    /// Whatever comes after a banner: an end with a reason, never a crash, never without one.
    @Test func hostileBytes() throws {
        var generator = SplitMix(state: 42)
        for round in 0..<300 {
            let machine = try SSHMachine(mayAskInteractively: round % 2 == 0)
            var ends = 0
            machine.onEnd = { _ in ends += 1 }
            machine.add(HandshakeOperation(hostKeyPreference: "ssh-ed25519") { _ in })
            feed(machine, Array("SSH-2.0-OpenSSH_9.2\r\n".utf8))
            var packet = [UInt8]()
            if round % 3 == 0 {
                // A well-formed packet around nonsense: length, padding, a message number that is expected.
                let payload = [UInt8(20)] + (0..<200).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
                packet = [0, 0, 0, UInt8(payload.count + 1 + 6), 6] + payload + Array(repeating: 0, count: 6)
            } else {
                packet = (0..<Int(generator.next() % 4000)).map { _ in
                    UInt8(truncatingIfNeeded: generator.next())
                }
            }
            feed(machine, packet)
            machine.receiveEnd()
            #expect(ends == 1)
            #expect(machine.end != nil)
        }
    }

    /// Cut off behind the first message of the exchange itself, when libssh2 has made a key pair for it.
    @Test func theSessionsMemoryGoesWithIt() throws {
        let machine = try SSHMachine()
        machine.add(HandshakeOperation(hostKeyPreference: "ssh-ed25519") { _ in })
        let offers = [
            "curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes128-ctr", "hmac-sha2-256", "hmac-sha2-256",
            "none",
            "none", "", "",
        ]
        // SSH_MSG_KEXINIT (RFC 4253, sections 6 and 7.1).
        var payload: [UInt8] = [20] + [UInt8](repeating: 7, count: 16)
        for offer in offers { payload += [0, 0, 0, UInt8(offer.utf8.count)] + Array(offer.utf8) }
        payload += [UInt8](repeating: 0, count: 5)
        let padding = 16 - (payload.count + 5) % 8
        let packet =
            [0, 0, 0, UInt8(payload.count + padding + 1), UInt8(padding)] + payload
            + [UInt8](repeating: 0, count: padding)
        var sent: [UInt8] = []
        machine.onOutput = { sent += $0 }
        feed(machine, Array("SSH-2.0-test\r\n".utf8) + packet)
        // SSH_MSG_KEX_ECDH_INIT (RFC 5656, section 4): 32 bytes of key.
        #expect(sent.firstRange(of: [30, 0, 0, 0, 32] as [UInt8]) != nil)
        #expect(!machine.wire.blocks.isEmpty)
        machine.receiveEnd()
        #expect(machine.wire.blocks.isEmpty)
    }

    @Test func aLogInThatNeverStopsSending() throws {
        let machine = try SSHMachine()
        machine.add(HandshakeOperation(hostKeyPreference: "ssh-ed25519") { _ in })
        feed(machine, Array("SSH-2.0-test\r\n".utf8))
        // SSH_MSG_IGNORE, empty (RFC 4253, section 11.2), again and again.
        let ignore: [UInt8] = [0, 0, 0, 12, 6, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        for _ in 0..<100_000 where machine.end == nil { feed(machine, ignore) }
        let error = LibraryError(
            .outOfBoundary, fr: "plus de données qu'une identification n'en demande",
            en: "more data than a log-in takes")
        #expect(machine.end == .library(error))
    }

    /// Packets without end, each of which costs a second here: the session ends long before they do.
    @Test func aSessionThatCostsTooMuch() throws {
        let machine = try SSHMachine()
        var seconds = 0
        machine.budget.processorTime = {
            seconds += 1
            return .seconds(seconds)
        }
        machine.add(HandshakeOperation(hostKeyPreference: "ssh-ed25519") { _ in })
        feed(machine, Array("SSH-2.0-test\r\n".utf8))
        let ignore: [UInt8] = [0, 0, 0, 12, 6, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        for _ in 0..<1000 where machine.end == nil { feed(machine, ignore) }
        guard case .library(let error)? = machine.end else {
            Issue.record("it goes on")
            return
        }
        #expect(error.detail.contains("more computing than a session may"))
        // Two readings for each pump.
        #expect(seconds < 30)
    }

    @Test func bannersInPieces() {
        func finding(_ pieces: [String]) -> BannerGate.Finding {
            var gate = BannerGate()
            var finding = BannerGate.Finding.needsMore
            for piece in pieces { finding = Array(piece.utf8).withUnsafeBytes { gate.feed($0) } }
            return finding
        }
        #expect(finding(["SSH", "-2.0-x", "\r\n"]) == .passed("SSH-2.0-x"))
        #expect(finding(["welcome\r\n", "SSH-1.99-y\n"]) == .passed("SSH-1.99-y"))
        #expect(finding(["SSH-1.5-z\n"]) == .notSSH("SSH-1.5-z"))
        #expect(finding(["SSH-2.0-x"]) == .needsMore)
        #expect(finding([String(repeating: "a\n", count: 5000)]) == .notSSH("a"))
        #expect(finding(["<b>\u{1B}[31m\n", String(repeating: "a", count: 9000)]) == .notSSH("<b>?[31m"))
    }

    @Test func outputsAndTheirMarks() {
        func output(limit: Int, _ pieces: [String]) -> CommandOutput {
            var output = CommandOutput(limit: limit, beginMark: Array("#".utf8))
            for piece in pieces { Array(piece.utf8).withUnsafeBytes { output.take($0) } }
            return output
        }
        var plain = output(limit: 10, ["noise", "more#a", "b", "END"])
        let plainIsMarked = plain.remove(suffix: Array("END".utf8))
        #expect(plainIsMarked)
        #expect(plain.bytes == Array("ab".utf8) && !plain.isTruncated)
        var without = output(limit: 10, ["not available"])
        let withoutIsMarked = without.remove(suffix: Array("END".utf8))
        #expect(!withoutIsMarked)
        #expect(without.bytes == Array("not availa".utf8) && without.isTruncated)
        var long = output(limit: 2, ["#abc" + String(repeating: "x", count: 200), "EN", "D"])
        let longIsMarked = long.remove(suffix: Array("END".utf8))
        #expect(longIsMarked)
        #expect(long.bytes == Array("ab".utf8) && long.isTruncated)
    }
}

/// A generator that gives the same numbers each time (Steele et al., 2014).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
