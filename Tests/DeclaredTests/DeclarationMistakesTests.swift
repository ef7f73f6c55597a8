import Foundation
import GraderCore
import Testing

@testable import Exercises

/// What a teacher who begins writes, and where he is told what is wrong.
@Suite struct DeclarationMistakesTests {
    private static let head = """
        exercise: mine
        title: Mine
        machines: [web]
        lab:
          site: {kind: text}
        questions:
          - id: Q1
            title: One
            checks:

        """

    /// A check on line 10, or what stands there; and the mistake that is told, without the file's name.
    private static let wrong: KeyValuePairs<String, String> = [
        "Q1.a: {title: A, fiel: /etc/x}":
            "10:24: error: unknown key “fiel” in Q1.a, did you mean “file”?",
        "Q1.a: {title: A, file: etc/x}": "10:30: error: file is “etc/x”: expected an absolute path",
        "Q1.a: {title: A, run: sysctl -n x}": "10:29: error: run is “sysctl -n x”: expected a list of words",
        "Q1.a: {file: /etc/x}": "10:13: error: Q1.a has no “title”",
        "Q1.a: {title: A, file: /etc/x, service: ssh}": "10:38: error: Q1.a looks at file already",
        "Q1.a: {title: A, service: ssh, expect: {activ: true}}":
            "10:47: error: unknown key “activ” in expect, did you mean “active”?",
        "Q1.a: {title: A, service: ssh, expect: {active: yes}}":
            "10:55: error: active is “yes”: expected false or true",
        "Q1.a: {title: A, run: [id], expect: {exit: 300}}": "10:50: error: exit is never “300”",
        "Q1.a: {title: A, run: [id], expect: {number: {atLeast: 9, atMost: 3}}}":
            "10:52: error: nothing is at least “9” and at most “3”",
        "Q1.a: {title: A, run: [id], expect: {oneOf: []}}":
            "10:51: error: oneOf is a list: expected a list with",
        "Q1.a: {title: A, run: [id], expect: {matches: \"(\"}}":
            "10:53: error: matches is no regular expression: missing closing parenthesis, at character 2",
        "Q1.a: {title: A, run: [id, \"{sit}\"]}":
            "10:34: error: run has the unknown variable {sit}, did you mean “site”?",
        "Q1.a: {title: A, file: /etc/x, expect: {mode: 0999}}":
            "10:53: error: mode is “0999”: expected permissions",
        "Q1.a: {title: A, file: /etc/x, expect: {kind: folder}}": "10:53: error: kind is never “folder”",
        "Q1.a: {title: A, port: 80, expect: opened}": "10:42: error: state is never “opened”",
        "Q1.a: {title: A, port: 70000}":
            "10:30: error: port is “70000”: expected a whole number from 1 to 65535",
        "Q1.a: {title: A, http: \"ftp://x/\"}": "10:30: error: http is “ftp://x/”: expected a URL",
        "Q1.a: {title: A, on: db, file: /etc/x}": "10:28: error: on is “db”: expected web, all, any",
        "Q1.a: {title: A, file: /etc/x, expect: {same: true}}":
            "10:38: error: there is nothing to compare on one machine",
        "Q1.a: {title: A, file: /etc/x, needs: [Q1.b]}":
            "10:46: error: Q1.a needs “Q1.b”, which there is not",
        "Q1.a: {title: A, file: /etc/x, needs: [Q1.a]}": "10:46: error: Q1.a needs Q1.a: nobody can reach it",
        "Q2.a: {title: A, file: /etc/x}": "10:7: error: the check “Q2.a” does not belong to Q1",
        "Q1.a: {title: A, address: {}}": "10:13: error: Q1.a expects nothing",
        "Q1.a: {title: A, script: nothing.sh}": "10:32: error: script “nothing.sh” cannot be read",
        "Q1.a: {title: A, script: ../../etc/passwd}": "10:32: error: script is “../../etc/passwd”",
        "Q1.a: {title: A, service: ssh, outputLimit: 4k}":
            "10:38: error: outputLimit has no meaning for service",
        "Q1.a: {title: A, run: [id], timeLimit: 1h}":
            "10:46: error: timeLimit is “1h”: expected a duration from 1s",
        "Q1.a: {title: A}": "10:7: error: Q1.a looks at nothing",
        "Q1.a: {title: A, run: [id], expect: {address: 300.1.1.1}}": "10:53: error: address is “300.1.1.1”",
        "Q1.a: {title: A, run: [id], expect: {lines: {include: [x], exclude: [x]}}}":
            "10:51: error: “x” is both in include and in exclude",
        "Q1.a: {title: A, run: [id], expect: {lines: {include: [x, y], count: 1}}}":
            "10:76: error: count is too small for the 2 lines",
        "Q1.a: {title: A, run: [id], expect: {json: {path: a}}}":
            "10:50: error: json is a mapping: expected {path:",
        "Q1.a: {title: A, run: [id], title: B}": "“title” is already on line 10",
        "Q1.a: {title: A, shell: \"grep '{site}' /etc/hosts\"}":
            "10:31: error: {site} stands between quotes, and Bascule puts its own around it",
        "Q1.a: {title: A, shell: 'echo \"$(id -un) of {site}\"'}": "{site} stands between quotes",
        "Q1.a: {title: A, file: /etc/x, expect: {mode: \"+640\"}}": "mode is “+640”: expected permissions",
        "Q1.a: {title: A, service: ssh, expect: active}": "active is “active”: expected false or true",
        "Q1.a: {title: A, address: {}, expect: 172.16.1.10/24}":
            "addresses is “172.16.1.10/24”: expected {include: […]}",
        "Q1.a: {title: A, dns: {name: x, server: 1.1.1.1}, expect: {code: nxdomain}}":
            "code is never “nxdomain”",
        "Q1.a: {title: A, on: [web, web], file: /etc/x}": "a machine stands twice in on",
        "Q1.a: {title: A, on: any, file: /etc/x, expect: {same: true}}":
            "machines are compared, of which any is enough",
        "Q1.a: {title: A, file: /etc/x, expect: {same: true, owner: {same: true}}}":
            "the machines are compared by something else already",
    ]

    @Test func everyMistakeIsToldWithItsPlace() throws {
        for (check, expected) in Self.wrong {
            let said = try Self.mistakes(Self.head + "      " + check + "\n")
            #expect(said.contains { $0.contains(expected) }, "\(check)\n\(said.joined(separator: "\n"))")
        }
        #expect(Self.wrong.count > 30)
    }

    @Test func aCircleIsToldOnEveryCheckInIt() throws {
        let checks = """
                  Q1.a: {title: A, file: /a, needs: [Q1.b]}
                  Q1.b: {title: B, file: /b, needs: [Q1.c]}
                  Q1.c: {title: C, file: /c, needs: [Q1.a]}

            """
        let said = try Self.mistakes(Self.head + checks)
        #expect(
            said.contains {
                $0.contains("error: Q1.a needs Q1.b, which needs Q1.c, which needs Q1.a: nobody")
            })
        #expect(said.count == 3)
    }

    /// What a file says that is made to hurt is bounded.
    @Test func aBombIsRefused() throws {
        var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        var last = "a"
        for name in "bcdefghi" {
            text += "\(name): &\(name) [\(Array(repeating: "*\(last)", count: 9).joined(separator: ", "))]\n"
            last = String(name)
        }
        let said = try Self.mistakes(text)
        #expect(said.contains { $0.contains("aliases") })
    }

    @Test func whatIsWrittenByNewHasNoMistake() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString).appending(
            path: "mine")
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
        for (name, text) in Beginning.files("mine") {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let file = folder.appending(path: "exercise.yaml").path(percentEncoded: false)
        let exercise = try Declaration.exercise(file: file).sound()
        #expect(exercise.virtualLab != nil)
        #expect(try Declaration.head(of: file).hasPoints)
    }

    private static func mistakes(_ text: String) throws -> [String] {
        let file = URL(filePath: NSTemporaryDirectory()).appending(path: "\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        return Declaration.exercise(file: file.path(percentEncoded: false)).mistakes.map { mistake in
            // What is ours in a French sentence is French.
            let words = [" is ", " the ", "expected ", " of ", " not ", " with "]
            #expect(!words.contains { mistake.message.fr.contains($0) }, "\(mistake.message.fr)")
            return "\(mistake.line):\(mistake.column): error: \(mistake.message.en)"
        }
    }
}
