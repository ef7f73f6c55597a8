import GraderCore
import Testing

@testable import SSHTransport

/// What a server sends decides neither how often a byte is looked at nor how long somebody waits for a mark.
@Suite struct MarkSearchTests {
    private func feed(_ search: inout MarkSearch, _ text: String) -> Int? {
        Array(text.utf8).withUnsafeBytes { search.feed($0) }
    }

    @Test func aMarkIsFoundHoweverItIsCut() {
        let whole = "xxab" + "abac" + "rest"
        for first in 0...whole.count {
            for second in first...whole.count {
                let pieces = [
                    whole.prefix(first), whole.prefix(second).dropFirst(first), whole.dropFirst(second),
                ].map(String.init)
                var search = MarkSearch(Array("abac".utf8))
                var before = 0
                var found: Int?
                for piece in pieces where found == nil {
                    found = feed(&search, piece).map { before + $0 }
                    before += piece.utf8.count
                }
                #expect(found == 8)
            }
        }
        var search = MarkSearch(Array("aab".utf8))
        #expect(feed(&search, "aaaab") == 5)
        #expect(feed(&search, "abaab") == 5)
    }

    /// 64 KiB in pieces of one byte: each byte once, instead of all that came before it with each.
    @Test func everyByteIsLookedAtOnce() {
        var output = CommandOutput(limit: 1000, beginMark: Array(RemoteScript.beginMark.utf8))
        for _ in 0..<CommandOutput.preambleLimit { [UInt8(0x1E)].withUnsafeBytes { output.take($0) } }
        #expect(output.examined == CommandOutput.preambleLimit)
        #expect(!output.isHopeless && !output.hasBegun)
        [UInt8(0x1E)].withUnsafeBytes { output.take($0) }
        #expect(output.isHopeless)
        // From here on nothing is looked at.
        for _ in 0..<1000 { [UInt8](repeating: 0x1E, count: 1000).withUnsafeBytes { output.take($0) } }
        #expect(output.examined == CommandOutput.preambleLimit + 1)
        #expect(output.dropped == 1_000_000)
    }

    @Test func aRootLoginLooksAtEveryByteOnce() {
        var login = RootLogin()
        var step = RootLogin.Step.nothing
        var count = 0
        while step == .nothing, count < 1 << 20 {
            step = [UInt8(ascii: "b")].withUnsafeBytes { login.receive($0) }
            count += 1
        }
        #expect(step == .refused)
        // Two marks are looked for until the shell has said its own.
        #expect(login.examined <= 2 * count)
        login = RootLogin()
        _ = Array("\(RootShellScript.shellMark)\n".utf8).withUnsafeBytes { login.receive($0) }
        let before = login.examined
        _ = Array("Password: ".utf8).withUnsafeBytes { login.receiveError($0) }
        for _ in 0..<100_000 { _ = [UInt8(ascii: "t")].withUnsafeBytes { login.receiveError($0) } }
        #expect(login.examined - before == 200_000)
        #expect(login.complaint.count <= 4096)
    }
}
