import Foundation
import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct AuthenticationTests {
    let connector = SSHConnector.unhurried

    private func failure(_ endpoint: SSHEndpoint, _ hosts: KnownHosts) async throws -> TransportFailure {
        do throws(TransportFailure) {
            _ = try await connector.connect(endpoint, knownHosts: hosts)
        } catch {
            return error
        }
        throw ToolFailed(description: "the log-in did not fail")
    }

    @Test func aHostKeyIsRecordedAtFirstAndThenCompared() async throws {
        let server = try OpenSSHServer()
        let folder = try ScratchFolder()
        let file = folder.file("known_hosts")
        let first = try await connector.connect(server.endpoint(), knownHosts: KnownHosts(file: file))
        await first.close()
        let written = try String(contentsOfFile: file, encoding: .utf8)
        #expect(written.hasPrefix("[127.0.0.1]:\(server.port) ssh-ed25519 "))
        #expect(first.hostKey.map { written.contains($0) } == true)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let hosts = try KnownHosts(file: file)
        let second = try await connector.connect(server.endpoint(), knownHosts: hosts)
        #expect(second.hostKey == first.hostKey)
        await second.close()
        #expect(try String(contentsOfFile: file, encoding: .utf8) == written)
    }

    @Test func aChangedHostKeyIsRefused() async throws {
        let old = try OpenSSHServer()
        let hosts = try KnownHosts(file: nil)
        let session = try await connector.connect(old.endpoint(), knownHosts: hosts)
        await session.close()
        old.stop()
        let rebuilt = try OpenSSHServer()
        let endpoint = try rebuilt.endpoint()
        // The same place for the grader: what is on file for the old one's port is moved to the new one's.
        let moved = hosts.keys(host: "127.0.0.1", port: old.port).map {
            "[127.0.0.1]:\(rebuilt.port) \($0)\n"
        }
        let folder = try ScratchFolder()
        let onFile = try KnownHosts(file: folder.write("known_hosts", moved.joined()))
        let failure = try await failure(endpoint, onFile)
        #expect(failure.kind == .hostKeyChanged)
        #expect(failure.sentence.en.contains("bascule enroll --replace etu1"))
        #expect(try onFile.remove(host: "127.0.0.1", port: rebuilt.port) == 1)
        try await connector.connect(endpoint, knownHosts: onFile).close()
    }

    @Test func aRevokedHostKeyIsRefused() async throws {
        let server = try OpenSSHServer()
        let shown = try String(contentsOfFile: server.folder.file("host_ed25519.pub"), encoding: .utf8)
        let place = "[127.0.0.1]:\(server.port)"
        let file = try server.folder.write("known_hosts", "\(place) \(shown)@revoked * \(shown)")
        let failure = try await failure(server.endpoint(), KnownHosts(file: file))
        #expect(failure.kind == .hostKeyChanged && failure.sentence.en.contains("@revoked"))
    }

    @Test func anotherKeyTypeThanTheOneOnFileIsNotAskedFor() async throws {
        let server = try OpenSSHServer(hostKeyTypes: ["ed25519", "ecdsa"])
        let ecdsa = try String(contentsOfFile: server.folder.file("host_ecdsa.pub"), encoding: .utf8)
        let file = try server.folder.write("known_hosts", "[127.0.0.1]:\(server.port) \(ecdsa)")
        let session = try await connector.connect(server.endpoint(), knownHosts: KnownHosts(file: file))
        #expect(session.hostKey?.hasPrefix("ecdsa-sha2-nistp256 ") == true)
        await session.close()
    }

    @Test func aServerWithAnRSAHostKeyOnly() async throws {
        let server = try OpenSSHServer(hostKeyTypes: ["rsa"])
        let endpoint = try server.endpoint()
        let hosts = try KnownHosts(file: nil)
        do throws(TransportFailure) {
            let session = try await connector.connect(endpoint, knownHosts: hosts)
            // libssh2 1.11 can; it is a key as any other.
            #expect(session.hostKey?.hasPrefix("ssh-rsa ") == true)
            await session.close()
        } catch {
            #expect(error.kind == .noCommonAlgorithms)
            #expect(error.sentence.en.contains("`ssh-keygen -A` on the node"))
        }
    }

    @Test func anEncryptedKey() async throws {
        let server = try OpenSSHServer(passphrase: "épine dorsale")
        let key = try SSHUserKey(file: server.userKeyFile, passphrase: Secret("épine dorsale"))
        // Opened once: no session needs the passphrase again.
        #expect(key.withMaterial { material, passphrase in passphrase == nil && !material.isEmpty })
        let session = try await connector.connect(
            server.endpoint(credentials: SSHCredentials(keys: [key])), knownHosts: KnownHosts(file: nil))
        await session.close()
    }

    @Test func aKeyThatCannotBeUsed() throws {
        let server = try OpenSSHServer(passphrase: "right")
        func message(_ file: String, _ passphrase: Secret?) -> String {
            do throws(TransportFailure) {
                _ = try SSHUserKey(file: file, passphrase: passphrase)
                return "usable"
            } catch {
                #expect(error.kind == .keyUnusable)
                return error.sentence.en
            }
        }
        #expect(message(server.userKeyFile, Secret("wrong")).contains("the passphrase is wrong"))
        #expect(message(server.userKeyFile, nil).contains("protected by a passphrase and none was given"))
        #expect(message("/nowhere/id", nil).contains("cannot be read"))
        // A pipe would be waited for.
        let pipe = server.folder.file("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        let writer = Process()
        writer.executableURL = URL(filePath: "/bin/sh")
        writer.arguments = ["-c", "echo no key > '\(pipe)'"]
        try writer.run()
        // A thread of Swift's own blocks every signal, and what it starts has that from it: SIGTERM would not come through.
        defer { kill(writer.processIdentifier, SIGKILL) }
        #expect(message(pipe, nil).contains("cannot be read"))
        let readable = server.userKeyFile + ".pub"
        #expect(message(readable, nil).contains("can be read by others"))
        #expect(chmod(readable, 0o600) == 0)
        #expect(message(readable, nil).contains("cannot read its format"))
        let gcm = server.folder.file("gcm")
        #expect(throws: Never.self) {
            try runTool(
                "/usr/bin/ssh-keygen",
                ["-q", "-t", "ed25519", "-N", "right", "-Z", "aes256-gcm@openssh.com", "-f", gcm])
        }
        #expect(message(gcm, Secret("right")).contains("ssh-keygen -p -Z aes256-ctr"))
    }

    /// libssh2 could sign as well, and nobody would notice but by the time it takes.
    @Test(arguments: ["", "épine dorsale"])
    func anEd25519KeySignsInThisProcess(passphrase: String) throws {
        let server = try OpenSSHServer(passphrase: passphrase)
        let key = try SSHUserKey(
            file: server.userKeyFile, passphrase: passphrase.isEmpty ? nil : Secret(passphrase))
        let signer = try #require(key.signer)
        var signature: [UInt8]?
        signer.sign(Array("data".utf8)) { signature = $0 }
        var blob = SSHWireReader(signer.publicKey)
        #expect(blob.text() == "ssh-ed25519")
        let said = blob.string()
        let point = try #require(said)
        let made = try #require(signature)
        #expect(Ed25519Verifier.accepts(made, of: Array("data".utf8), by: point))
        #expect(!Ed25519Verifier.accepts(made, of: Array("date".utf8), by: point))
        // Halves that do not belong together sign nothing.
        let container = try #require(
            OpenSSHKeyContainer(pem: Array(try Data(contentsOf: URL(filePath: server.userKeyFile)))))
        guard passphrase.isEmpty else { return }
        let section = try #require(container.privateSection)
        for index in [7, 30, 80] {
            var other = section
            other[index] ^= 1
            #expect(
                Ed25519Signer(privateSection: other, publicKey: container.publicKey, name: "x") == nil)
        }
    }

    @Test func otherKeysAreSignedForByLibssh2() throws {
        let server = try OpenSSHServer(userKeyOptions: ["-t", "ecdsa"])
        #expect(try SSHUserKey(file: server.userKeyFile).signer == nil)
    }

    @Test func aKeyTheServerDoesNotKnow() async throws {
        let server = try OpenSSHServer()
        let other = try OpenSSHServer()
        let key = try SSHUserKey(file: other.userKeyFile)
        let failure = try await failure(
            server.endpoint(credentials: SSHCredentials(keys: [key], password: Secret("hunter2"))),
            KnownHosts(file: nil))
        #expect(failure.kind == .authenticationFailed)
        #expect(failure.sentence.en.contains("the server offers publickey"))
        #expect(failure.sentence.en.contains("tried and refused: key id"))
        #expect(!failure.sentence.en.contains("hunter2"))
    }

    @Test func secretsDoNotShow() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(SSHCredentials(password: secret), to: &dumped)
        dump(Become.su(password: secret), to: &dumped)
        #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains("hunter2"))
    }
}
