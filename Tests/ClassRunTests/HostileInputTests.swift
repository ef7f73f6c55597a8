import Exercises
import Foundation
import InputFiles
import Testing

@testable import ClassRun

@Suite struct HostileInputTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    private func refusal(_ file: String) throws -> String {
        try #require(throws: InputErrors.self) { try Roster.read(file: file, exercises: [Activite2()]) }
            .description
    }

    @Test func aBillionLaughsAreRefused() throws {
        var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for (outer, inner) in zip("bcdefghij", "abcdefghi") {
            text +=
                "\(outer): &\(outer) [\(Array(repeating: "*\(inner)", count: 9).joined(separator: ", "))]\n"
        }
        #expect(try refusal(folder.write(text, to: "bomb.yaml")).contains("aliases"))
        // As a key, which is hashed.
        #expect(try refusal(folder.write(text + "? *j\n: 1\n", to: "bomb.yaml")).contains("aliases"))
    }

    /// As deep as the limits on nesting and aliases allow together.
    @Test func aliasesCannotNestWithoutEnd() throws {
        let (open, close) = (String(repeating: "[", count: 900), String(repeating: "]", count: 900))
        var text = "a0: &a0 \(open)x\(close)\n"
        for index in 1...YAMLDocument.aliasLimit {
            text += "a\(index): &a\(index) \(open)*a\(index - 1)\(close)\n"
        }
        #expect(try refusal(folder.write(text, to: "deep.yaml")).contains("nested too deeply"))
    }

    @Test func aFewAliasesAreRead() throws {
        let text =
            oneStudent("ssh: &s {user: bob}").replacing("name: Un", with: "name: &n Un")
            + "\n  - {id: etu2, name: *n, serv1: 172.16.2.10, serv2: 172.16.2.11, vip: 172.16.2.12, ssh: *s}"
        let roster = try folder.roster(text)
        #expect(roster["etu2"]?.identity.names == ["Un"])
        #expect(roster["etu2"]?.logins[.serv1]?.user == "bob")
    }

    @Test(arguments: [
        ("", "[", 100_000, "", "not valid YAML"), ("", "[", 900, "]", "nested too deeply"),
        ("", "- ", 100_000, "", "nest"), ("class: ", "x", 300_000, "", "262144 bytes"),
        ("[", "1,", 60_000, "", "not valid YAML"), ("- [1]\n", "- 1\n", 60_000, "", "too many values"),
    ])
    func whatIsTooMuchIsRefused(
        start: String, repeated: String, count: Int, close: String, problem: String
    ) throws {
        let text = start + String(repeating: repeated, count: count) + String(repeating: close, count: count)
        let message = try refusal(folder.write(text, to: "big.yaml"))
        #expect(message.lowercased().contains(problem.lowercased()), "\(message)")
        #expect(message.utf8.count < 1000)
    }

    @Test func whatIsNoTextIsRefusedWithThePlace() throws {
        let latin1 = Array("class: c\ntitle: Lyc".utf8) + [0xE9] + Array("e\n".utf8)
        #expect(try refusal(folder.write(latin1, to: "latin1.yaml")).contains("latin1.yaml:2:11: error:"))
        let nul = Array("class: c\ntitle: a\u{0}b\n".utf8)
        #expect(try refusal(folder.write(nul, to: "nul.yaml")).contains("nul.yaml:2:9: error:"))
        var generator = SplitMix64(state: 1)
        for _ in 0..<200 {
            let noise = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = try refusal(folder.write(noise, to: "noise.yaml"))
        }
    }

    @Test func damagedRostersNeverTrap() throws {
        let original = try Array(Data(contentsOf: URL(fileURLWithPath: fixture("every-form.yaml"))))
        var generator = SplitMix64(state: 2)
        for _ in 0..<300 {
            var bytes = original
            for _ in 0..<3 {
                let index = bytes.indices.randomElement(using: &generator) ?? 0
                bytes[index] = "{}[]:,*&!|>'\"\n\t #-?x9".utf8.randomElement(using: &generator) ?? 0
            }
            // The keys it names are not here, so that it is never right.
            _ = try refusal(folder.write(bytes, to: "damaged.yaml"))
        }
    }

    @Test func syntaxErrorsSayWhere() throws {
        #expect(
            try refusal(folder.write("class: c\n\ttitle: x\n", to: "tab.yaml")).contains("tab.yaml:2:1: "))
        #expect(try refusal(folder.write("class: \"c\nx: y\n", to: "quote.yaml")).contains("not valid YAML"))
        #expect(
            try refusal(folder.write("class: c\n---\nclass: d\n", to: "two.yaml")).contains("two.yaml:2:1"))
        #expect(try refusal(folder.write("", to: "empty.yaml")).contains("the file is empty"))
        #expect(try refusal(folder.write("- a\n", to: "list.yaml")).contains("the roster is a list"))
    }

    @Test func whatIsNoFileIsRefusedWithoutWaiting() throws {
        #expect(try refusal("/dev/zero").contains("not a regular file"))
        #expect(try refusal(folder.path).contains("not a regular file"))
        #expect(try refusal(folder.path + "/none.yaml").contains("No such file"))
        let pipe = folder.path + "/pipe.yaml"
        try #require(mkfifo(pipe, 0o600) == 0)
        #expect(try refusal(pipe).contains("not a regular file"))
    }
}
