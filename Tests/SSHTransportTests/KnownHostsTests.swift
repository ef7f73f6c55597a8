import Foundation
import Testing

@testable import SSHTransport

@Suite struct KnownHostsTests {
    private func key(_ type: String, _ byte: UInt8) throws -> HostKey {
        var writer = SSHWireWriter()
        writer.text(type)
        writer.string(Array(repeating: byte, count: 32))
        return try #require(HostKey(blob: writer.bytes))
    }

    @Test func linesOfOpenSSHsFormat() throws {
        let folder = try ScratchFolder()
        let one = try key("ssh-ed25519", 1)
        let two = try key("ecdsa-sha2-nistp256", 2)
        let text = """
            # a remark
            serv1.lab,10.0.0.1 \(one.text) somebody's remark
            [10.0.0.1]:2222 \(two.text)
            |1|c2FsdA==|aGFzaA== \(one.text)
            @revoked * \(one.text)
            10.0.0.9 ssh-ed25519 not-base64
            10.0.0.8 ssh-rsa \(Data(one.blob).base64EncodedString())

            """
        let hosts = try KnownHosts(file: folder.write("known_hosts", text))
        #expect(hosts.keys(host: "SERV1.lab", port: 22) == [one.text])
        #expect(hosts.keys(host: "10.0.0.1", port: 22) == [one.text])
        #expect(hosts.types(host: "10.0.0.1", port: 2222) == ["ecdsa-sha2-nistp256"])
        #expect(hosts.keys(host: "10.0.0.9", port: 22).isEmpty)
        #expect(hosts.keys(host: "10.0.0.8", port: 22).isEmpty)
        // Everything not understood stays as it was when the file is written anew.
        #expect(try hosts.judge(two, host: "fe80::1", port: 22) == .recorded)
        let written = try String(contentsOfFile: folder.file("known_hosts"), encoding: .utf8)
        #expect(written == text + "[fe80::1]:22 \(two.text)\n")
    }

    /// As an editor of Windows saves it: what is pinned stays pinned, the first line too, and is written anew as it was.
    @Test func linesThatEndAsOnWindows() throws {
        let folder = try ScratchFolder()
        let (one, two) = (try key("ssh-ed25519", 1), try key("ssh-ed25519", 2))
        let text = "[10.0.0.1]:22 \(one.text)\r\n\r\n[10.0.0.2]:22 \(two.text)\r\n"
        let hosts = try KnownHosts(file: folder.write("known_hosts", "\u{FEFF}" + text))
        #expect(try hosts.judge(two, host: "10.0.0.1", port: 22) == .changed)
        #expect(try hosts.judge(two, host: "10.0.0.2", port: 22) == .matches)
        #expect(try hosts.judge(one, host: "10.0.0.3", port: 22) == .recorded)
        let written = try String(contentsOfFile: folder.file("known_hosts"), encoding: .utf8)
        #expect(written == text + "[10.0.0.3]:22 \(one.text)\n")
    }

    /// Debian's ssh hashes the names (`HashKnownHosts yes`); these are ssh-keygen(1)'s, `-H -f known_hosts`.
    @Test func namesThatAreHashed() throws {
        let folder = try ScratchFolder()
        let (one, two) = (try key("ssh-ed25519", 1), try key("ssh-ed25519", 2))
        let text = """
            |1|XytIh9lqbNUC01fI9WIy7WsDD48=|omkZ44ZQf2JLcRUODkxvpIir4ak= \(one.text)
            |1|7xmyBwq1vba3N9nfs8bZLnf/H0E=|UhsHfFQ8WoGg5YLzGp9Dz6aPEbY= \(two.text)

            """
        let hosts = try KnownHosts(file: folder.write("known_hosts", text))
        #expect(try hosts.judge(two, host: "10.0.0.1", port: 22) == .changed)
        #expect(try hosts.judge(one, host: "10.0.0.1", port: 22) == .matches)
        #expect(try hosts.judge(two, host: "10.0.0.1", port: 2222) == .matches)
        #expect(hosts.types(host: "10.0.0.1", port: 2222) == ["ssh-ed25519"])
        #expect(try hosts.judge(two, host: "10.0.0.2", port: 22) == .recorded)
        #expect(try hosts.remove(host: "10.0.0.1", port: 22) == 1)
        #expect(try hosts.judge(two, host: "10.0.0.1", port: 22) == .recorded)
    }

    @Test func judging() throws {
        let hosts = try KnownHosts(file: nil)
        let one = try key("ssh-ed25519", 1)
        let two = try key("ssh-ed25519", 2)
        #expect(try hosts.judge(one, host: "a", port: 22) == .recorded)
        #expect(try hosts.judge(one, host: "a", port: 22) == .matches)
        #expect(try hosts.judge(two, host: "a", port: 22) == .changed)
        // Behind port forwards one address is many machines.
        #expect(try hosts.judge(two, host: "a", port: 2222) == .recorded)
        #expect(try hosts.remove(host: "a", port: 22) == 1)
        #expect(try hosts.remove(host: "a", port: 22) == 0)
        #expect(hosts.keys(host: "a", port: 2222) == [two.text])
    }

    /// Of a class, met all at once: every key is in the file, and once.
    @Test func manyKeysMetAtOnce() async throws {
        let folder = try ScratchFolder()
        // The last line was left without its line feed.
        let file = try folder.write("known_hosts", "# a remark")
        let hosts = try KnownHosts(file: file)
        let all = try (0..<200).map { try key("ssh-ed25519", UInt8($0)) }
        await withTaskGroup(of: Void.self) { group in
            for (number, key) in all.enumerated() {
                group.addTask {
                    _ = try? hosts.judge(key, host: "10.0.0.\(number)", port: 22)
                }
            }
        }
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
        let expected = all.enumerated().map { "[10.0.0.\($0)]:22 \($1.text)" }
        #expect(lines.sorted() == (["# a remark"] + expected).sorted())
        let again = try KnownHosts(file: file)
        #expect(try again.judge(all[0], host: "10.0.0.199", port: 22) == .changed)
        #expect(again.keys(host: "10.0.0.7", port: 22) == [all[7].text])
    }

    /// Fifteen students have 172.16.0.10, each behind a gateway of their own.
    @Test func oneAddressBehindTwoJumpHostsIsTwoMachines() throws {
        let folder = try ScratchFolder()
        let hosts = try KnownHosts(file: folder.file("known_hosts"))
        let (one, two) = (try key("ssh-ed25519", 1), try key("ssh-ed25519", 2))
        for (key, gateway) in [(one, "gw1"), (two, "GW2")] {
            let jump = SSHEndpoint(who: "gateway", host: gateway, user: "u", credentials: SSHCredentials())
            let node = SSHEndpoint(
                who: "n", host: "172.16.0.10", user: "u", credentials: SSHCredentials(), proxyJump: jump)
            #expect(node.pinnedHost == KnownHosts.host("172.16.0.10", behind: [(gateway, 22)]))
            #expect(try hosts.judge(key, host: node.pinnedHost, port: 22) == .recorded)
        }
        let again = try KnownHosts(file: folder.file("known_hosts"))
        let other = KnownHosts.host("172.16.0.10", behind: [("gw2", 22)])
        #expect(try again.judge(two, host: other, port: 22) == .matches)
        #expect(try again.judge(one, host: "172.16.0.10", port: 22) == .recorded)
    }

    @Test func aFileThatCannotBeWritten() throws {
        let hosts = try KnownHosts(file: "/nowhere/at/all/known_hosts")
        let one = try key("ssh-ed25519", 1)
        #expect(throws: KnownHosts.FileError.self) {
            try hosts.judge(one, host: "a", port: 22)
        }
    }

    /// On a full disk its folder is the last to blame.
    @Test func aFullDiskIsSaidToBe() throws {
        let folder = try ScratchFolder()
        let file = folder.file("known_hosts")
        for code in [ENOSPC, EDQUOT] {
            let failure = KnownHosts.FileError(unwritten: file, code)
            #expect(failure.sentence.en.hasPrefix("The disk is full (") && failure.cause == .notWritten)
            #expect(failure.sentence.en.contains("make room, \(file)"))
        }
        let missing = KnownHosts.FileError(unwritten: file, ENOENT)
        #expect(missing.sentence.en.hasSuffix("check the folder, or choose another."))
    }

    /// Whatever else is on file, and as long as the line stands.
    @Test func aKeyThatWasTakenBack() throws {
        let (one, two, three) = (
            try key("ssh-ed25519", 1), try key("ssh-ed25519", 2), try key("ssh-ed25519", 3)
        )
        let text = """
            10.0.0.1 \(one.text)
            @revoked * \(one.text)
            @revoked [10.0.0.1]:2222,serv?.lab,!serv3.lab \(two.text) left on a stick
            @revoked |1|XytIh9lqbNUC01fI9WIy7WsDD48=|omkZ44ZQf2JLcRUODkxvpIir4ak= \(three.text)
            @cert-authority * \(two.text)

            """
        let folder = try ScratchFolder()
        let file = try folder.write("known_hosts", text)
        let hosts = try KnownHosts(file: file)
        #expect(try hosts.judge(one, host: "10.0.0.1", port: 22) == .revoked)
        #expect(try hosts.judge(one, host: "10.0.0.9", port: 2222) == .revoked)
        #expect(try hosts.judge(two, host: "10.0.0.1", port: 2222) == .revoked)
        #expect(try hosts.judge(two, host: "SERV1.lab", port: 22) == .revoked)
        #expect(try hosts.judge(three, host: "10.0.0.1", port: 22) == .revoked)
        let behind = KnownHosts.host("10.0.0.1", behind: [("gate.lab", 22)])
        #expect(try hosts.judge(two, host: behind, port: 2222) == .revoked)
        // `*` is for every name; what a pattern leaves out is left out under the name it says.
        #expect(
            try KnownHosts(file: folder.write("stars", "@revoked *,!10.0.0.7 \(one.text)\n"))
                .judge(one, host: KnownHosts.host("10.0.0.7", behind: [("gate.lab", 22)]), port: 22)
                == .revoked)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == text, "no such key is recorded")
        #expect(try hosts.judge(two, host: "serv3.lab", port: 22) == .recorded)
        #expect(try hosts.judge(two, host: "10.0.0.1", port: 22) == .changed)
        // A machine that was made anew has new keys, or is refused again.
        #expect(try hosts.remove(host: "10.0.0.1", port: 22) == 1)
        #expect(try hosts.judge(one, host: "10.0.0.1", port: 22) == .revoked)
        #expect(try hosts.judge(two, host: "10.0.0.1", port: 22) == .recorded)
    }

    @Test func manyAtOnce() async throws {
        let folder = try ScratchFolder()
        let file = folder.file("known_hosts")
        let hosts = try KnownHosts(file: file)
        let one = try key("ssh-ed25519", 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for port in 1000..<1050 {
                group.addTask { _ = try hosts.judge(one, host: "a", port: port) }
            }
            try await group.waitForAll()
        }
        let again = try KnownHosts(file: file)
        for port in 1000..<1050 { #expect(again.keys(host: "a", port: port) == [one.text]) }
    }

    @Test func blobsNobodyVouchesFor() {
        for blob: [UInt8] in [
            [], [0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF, 1], [0, 0, 0, 1, 0x20, 1], [0, 0, 0, 0, 1],
        ] {
            #expect(HostKey(blob: blob) == nil)
        }
    }
}
