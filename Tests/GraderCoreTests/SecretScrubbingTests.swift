import Foundation
import Testing

@testable import GraderCore

/// No private key and no password's hash is judged or kept, wherever in an answer it stands.
struct SecretScrubbingTests {
    private func scrubbed(_ text: String) -> String {
        String(decoding: SecretScrubbing.scrubbed(Array(text.utf8)), as: UTF8.self)
    }

    private static let body =
        "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\nAAAAAAAAABAAAAMwAAAAtzc2gtZWQyNTUxOQAAACB\n"

    @Test(arguments: ["OPENSSH PRIVATE KEY", "RSA PRIVATE KEY", "PRIVATE KEY", "PGP PRIVATE KEY BLOCK"])
    func aPrivateKeyIsTakenOut(_ label: String) {
        let text = "before\n-----BEGIN \(label)-----\n\(Self.body)-----END \(label)-----\nafter"
        #expect(scrubbed(text) == "before\n-----BEGIN \(label)-----[…]-----END \(label)-----\nafter")
        #expect(scrubbed(scrubbed(text)) == scrubbed(text))
        // On one line, as in JSON or a log.
        let line = "key=\"" + text.replacing("\n", with: "\\n") + "\" end"
        #expect(!scrubbed(line).contains("b3Blbn") && scrubbed(line).hasSuffix("after\" end"))
    }

    @Test func aKeyThatIsCutOffHidesNothingBehindIt() {
        let cut = "-----BEGIN OPENSSH PRIVATE KEY-----\n\(Self.body)"
        #expect(scrubbed(cut) == "-----BEGIN OPENSSH PRIVATE KEY-----[…]")
        let answer = String(repeating: "primitive site \"x\" {y}\n", count: 2000)
        let hidden = "-----BEGIN PRIVATE KEY-----\n\(answer)"
        #expect(
            scrubbed(hidden).hasSuffix("site \"x\" {y}\n") && scrubbed(hidden).utf8.count > answer.utf8.count)
    }

    @Test func aCertificateAndAPublicKeyStay() {
        for text in [
            "-----BEGIN CERTIFICATE-----\n\(Self.body)-----END CERTIFICATE-----\n",
            "ssh-ed25519 AAAAC3NzaC1 a@b",
            "-----BEGIN PUBLIC KEY-----\n\(Self.body)-----END PUBLIC KEY-----\n",
        ] { #expect(scrubbed(text) == text) }
    }

    @Test(arguments: [
        "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7",
        "$6$rounds=5000$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/",
        "$5$saltsalt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8", "$1$salt$qJH7.N4xYta3aEG/dfqo/0",
        "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
    ]) func aHashIsTakenOut(_ hash: String) {
        let text = "root:\(hash):19000:0:99999:7:::\nx: '\(hash)' y"
        let clean = scrubbed(text)
        #expect(
            !clean.contains(hash.suffix(12)) && clean.contains(":19000:0:99999:7:::\nx: '")
                && clean.hasSuffix("' y"))
        #expect(scrubbed(clean) == clean)
    }

    @Test(arguments: [
        "price $1$2 and $5", "awk '{print $1$2}'", "$y$short", "$(date)$HOME", "-----", "----- BEGIN", "$",
    ])
    func whatIsNoSecretStays(_ text: String) { #expect(scrubbed(text) == text) }

    @Test func anObservationHoldsNone() throws {
        let result = CommandResult(
            answering: ["cat"], ending: .exited(0),
            standardOutput: "root:$6$saltsalt$abcdefghijklmnopqrstuvwx:1:\n",
            standardError: "-----BEGIN PRIVATE KEY-----\nTUlJRXZR\n-----END PRIVATE KEY-----",
            outputTruncated: false, errorTruncated: false, duration: .zero)
        let observation = Observation(
            id: ProbeID("a/x"), vantage: .node(MachineID("a")), startedAt: Date(timeIntervalSince1970: 0),
            duration: .zero,
            outcome: .command(result))
        let stored = String(decoding: try JSONEncoder().encode(observation), as: UTF8.self)
        #expect(!stored.contains("abcdefghijklm") && !stored.contains("TUlJRXZR") && stored.contains("[…]"))
    }

    /// Gone through once: who looked behind every sign for the rest would be at it for hours.
    @Test(.timeLimit(.minutes(5))) func everyByteIsLookedAtOnce() {
        for unit in [
            "$6$", "-----BEGIN PRIVATE KEY-----", "-----BEGIN ", "-", "$y$aaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            let text = Array(String(repeating: unit, count: 2_000_000 / unit.utf8.count).utf8)
            let scrubbed = SecretScrubbing.scrubbed(text)
            #expect(!scrubbed.isEmpty && scrubbed.count <= text.count)
        }
    }
}
