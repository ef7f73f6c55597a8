import GraderCore
import Testing

@testable import SSHTransport

/// What is known of a key exchange that came to nothing, and what is said of it.
@Suite struct ServerOfferTests {
    private static let taken: [ServerOffer.Purpose: [String]] = [
        .keyExchange: ["curve25519-sha256", "ecdh-sha2-nistp256"], .hostKey: ["ssh-ed25519"],
        .encryption: ["aes256-ctr"], .encryptionBack: ["aes256-ctr"], .authentication: ["hmac-sha2-256"],
        .authenticationBack: ["hmac-sha2-256"],
    ]

    private func packet(_ kind: UInt8, _ payload: [UInt8] = []) -> [UInt8] {
        var writer = SSHWireWriter()
        writer.uint32(UInt32(payload.count + 2 + 4))
        writer.byte(4)
        writer.byte(kind)
        writer.raw(payload + [0, 0, 0, 0])
        return writer.bytes
    }

    private func lists(
        _ exchange: String = "curve25519-sha256", _ key: String = "ssh-ed25519",
        _ cipher: String = "aes256-ctr", _ code: String = "hmac-sha2-256"
    ) -> [UInt8] {
        var writer = SSHWireWriter()
        writer.raw(Array(repeating: 7, count: 16))
        for names in [exchange, key, cipher, cipher, code, code, "none", "none", "", ""] {
            writer.text(names)
        }
        writer.raw(Array(repeating: 0, count: 5))
        return writer.bytes
    }

    private func offer(_ bytes: [UInt8]) -> ServerOffer {
        var offer = ServerOffer()
        // However it is cut.
        for byte in bytes { [byte].withUnsafeBytes { offer.feed($0) } }
        return offer
    }

    private func broke(_ offer: ServerOffer, _ reason: SSHMachineEnd) -> TransportFailure {
        FailureSentences(
            SSHEndpoint(who: "etu1/serv1", host: "h", user: "root", credentials: SSHCredentials())
        ).keyExchangeBroke(reason, offer, taken: Self.taken)
    }

    private let library = SSHMachineEnd.library(
        LibraryError(-5, detail: "Unable to exchange encryption keys"))

    @Test func howFarItWent() {
        #expect(offer([]).stage == .identified)
        #expect(offer(packet(20, lists()).dropLast()).stage == .identified)
        let offered = packet(2) + packet(20, lists())
        #expect(offer(offered).stage == .offered)
        #expect(offer(offered + packet(31, [1, 2, 3])).stage == .answered)
        // Behind SSH_MSG_NEWKEYS nothing is in the clear.
        #expect(offer(offered + packet(21) + Array(repeating: 0xFF, count: 100)).fault == nil)
    }

    @Test func whatIsNoPacket() {
        #expect(offer([0xFF, 0xFF, 0xFF, 0xFF, 4, 20]).fault?.en.contains("4294967295 bytes") == true)
        #expect(offer([0, 0, 0, 0, 4, 20]).fault != nil)
        #expect(offer([0, 0, 0, 12, 255, 20]).fault != nil)
        #expect(offer(packet(20, Array(lists().prefix(40)))).fault?.en.contains("cut short") == true)
    }

    @Test func whatIsMissingIsNamed() {
        for (lists, kind, words) in [
            (
                lists("caesar"), TransportFailure.Kind.noCommonAlgorithms,
                "no key exchange that the grader takes"
            ),
            (
                lists("curve25519-sha256", "ssh-rsa"), .noCommonAlgorithms,
                "(it offers ssh-rsa): `ssh-keygen -A`"
            ),
            (
                lists("curve25519-sha256", "ssh-ed25519", "rot13"), .noCommonAlgorithms,
                "add aes256-ctr to Ciphers"
            ),
            (
                lists("curve25519-sha256", "ssh-ed25519", "aes256-ctr", ""), .noCommonAlgorithms,
                "(it offers none): add hmac-sha2-256 to MACs"
            ),
        ] {
            let failure = broke(offer(packet(20, lists)), library)
            #expect(failure.kind == kind)
            #expect(failure.sentence.en.contains(words), "\(failure.sentence.en)")
        }
    }

    /// Nobody is told to make a host key where a signature was wrong or the server went away.
    @Test func whatWasNotTheAlgorithmsIsNotSaidOfThem() {
        let offered = packet(20, lists())
        #expect(broke(offer(offered + packet(31)), library).sentence.en.contains("does not hold"))
        #expect(broke(offer(offered), library).kind == .protocolError)
        for reason in [SSHMachineEnd.closedByPeer, .farewell("too many")] {
            let failure = broke(offer(offered), reason)
            #expect(failure.kind == .connectionLost)
            #expect(failure.sentence.en.contains("ended the key exchange"))
        }
        #expect(broke(offer(offered), .farewell("too many")).sentence.fr.contains("réponse"))
    }
}
