import Foundation
import GraderCore
import InputFiles
import LinuxFacts
import Testing

@testable import Exercises

/// What an expectation says of an answer that is out of the ordinary.
@Suite struct ExpectationTests {
    /// The verdict of a check on the machine `one`, had its only look brought this.
    static func result(
        _ check: String, _ output: String, error: String = "", exit: Int = 0
    ) throws -> CheckResult {
        let exercise = try EveryLook.declared("Q1.a: \(check)")
        let declared = try #require(exercise.declaredChecks.first)
        var evidence = try EveryLook.evidence()
        evidence.observations = declared.probes(evidence).compactMap { probe in
            guard case .command(let machine, let command) = probe.kind else { return nil }
            return Observation(
                id: probe.id, vantage: .node(machine), startedAt: evidence.startedAt, duration: .zero,
                outcome: .command(
                    CommandResult(
                        answering: command.arguments, ending: .exited(exit),
                        standardOutput: Bytes(output), standardError: Bytes(error), duration: .zero)))
        }
        return try #require(try EveryLook.results(exercise, evidence)["Q1.a"])
    }

    /// Of what is not there no expectation holds, nor does its contrary.
    @Test(arguments: [
        "{not: {matches: secret}}", "{not: {mode: \"0777\"}}", "{not: {any: [{owner: root}, {group: adm}]}}",
        "{not: {all: [{owner: root}, {group: adm}]}}", "{not: {not: {mode: \"0777\"}}}",
        "{content: {not: {matches: x}}}", "{not: {lines: {include: [x]}}}",
    ])
    func theContraryDoesNotHoldOfWhatIsNotThere(_ expectation: String) throws {
        let result = try Self.result(
            "{title: A, on: one, file: /etc/nothing, expect: \(expectation)}", "",
            error: "stat: cannot statx '/etc/nothing': No such file or directory", exit: 1)
        #expect(result.verdict == .notMet, "\(expectation)")
    }

    @Test func theContraryOfBeingThere() throws {
        for expectation in ["{not: {exists: true}}", "{exists: false}", "{not: {exists: true, owner: root}}"]
        {
            let result = try Self.result(
                "{title: A, on: one, file: /etc/nothing, expect: \(expectation)}", "",
                error: "stat: cannot statx '/etc/nothing': No such file or directory", exit: 1)
            #expect(result.verdict == .met, "\(expectation)")
        }
    }

    static let json =
        #"{"small": 1.0, "large": 10737418240, "id": 12345678901234567891, "far": 1e999, "no": null}"#

    @Test(arguments: [
        ("{path: large, equals: 10737418240}", true), ("{path: large, equals: 10737418241}", false),
        ("{path: id, equals: 12345678901234567891}", true),
        ("{path: id, equals: 12345678901234567890}", false),
        ("{path: small, equals: 1}", true), ("{path: small, equals: \"1.0\"}", true),
        ("{path: small, oneOf: [\"1.00\", 7]}", true), ("{path: large, matches: \"^10737418240$\"}", true),
        ("{path: far, number: {atLeast: 5}}", true), ("{path: gone, not: {equals: 1}}", false),
    ])
    func numbersOfJSON(_ expectation: String, _ isMet: Bool) throws {
        let result = try Self.result(
            "{title: A, on: one, run: [x], expect: {json: \(expectation)}}", Self.json)
        #expect(result.verdict == (isMet ? .met : .notMet), "\(expectation): \(result.found.en)")
    }

    @Test(arguments: [
        (#"{"a": [1, {"b": "x\u00e9\"]}"}], "a": 2}"#, "a.1.b", "xé\"]}"),
        (" [ true , [ ] , \"\" , -1.5e1 ] ", "3", "-15"),
        ("[[],[1],[[2]]]", "2.0.0", "2"), ("\"alone\"", "", "alone"), ("\u{FEFF}{\"a\": 1}", "a", "1"),
    ])
    func whatIsWhereInJSON(_ text: String, _ path: String, _ value: String) throws {
        let steps = path.split(separator: ".").map { step in
            Int(step).map { Expectation.JSONStep.index($0) } ?? .key(String(step))
        }
        let found = try #require(JSONTree(text)).value(at: steps[...])
        #expect(found.trimmed == value, "\(found)")
    }

    /// Each value of these was a guess, and each wrong one was told with the whole way to it: half a minute for 31 kB.
    @Test(.timeLimit(.minutes(1))) func valuesThatAreDeepAreReadOnce() throws {
        let strings = Array(repeating: "\"\"", count: 10_000).joined(separator: ",")
        let lists = Array(repeating: "[]", count: 20_000).joined(separator: ",")
        for inside in [strings, lists] {
            let text = String(repeating: "[", count: 400) + inside + String(repeating: "]", count: 400)
            #expect(JSONTree(text) != nil)
        }
        #expect(JSONTree(String(repeating: "[", count: 100_000)) == nil)
    }

    /// What is no JSON says nothing of a key, that it is not there neither.
    @Test func whatIsNoJSON() throws {
        let check = "{title: A, on: one, run: [x], expect: {not: {json: {path: debug, equals: true}}}}"
        #expect(try Self.result(check, "{\"debug\": tru").verdict == .notMet)
        #expect(try Self.result(check, "{}").verdict == .met)
    }

    /// Beyond the lines that are read nothing is said to be there, nor not to be.
    @Test func moreLinesThanAreRead() throws {
        let text = String(repeating: "\n", count: ParsingLimits.lines) + "wanted\n"
        for expectation in ["{include: [wanted]}", "{exclude: [wanted]}", "{count: 1}"] {
            let result = try Self.result(
                "{title: A, on: one, run: [x], expect: {lines: \(expectation)}}", text)
            #expect(result.verdict == .notAssessed(.noEvidence), "\(expectation)")
        }
    }

    /// A file of many lines, each of which is all that an expression is granted: the first is the last that is tried.
    @Test(.timeLimit(.minutes(5))) func linesThatExplode() throws {
        let text = String(repeating: String(repeating: "a", count: 30) + "!\n", count: 2_000)
        let result = try Self.result(
            "{title: A, on: one, run: [x], expect: {lines: {include: [{matches: \"^(a+)+$\"}]}}}", text)
        #expect(result.verdict == .notAssessed(.noEvidence))
    }

    /// As an editor on Windows leaves them.
    @Test func linesThatEndWithCarriageReturns() throws {
        let text = "Port 22\r\nPermitRootLogin no\r\n"
        for expectation in [
            "{matches: \"^PermitRootLogin no$\"}", "{lines: {include: [Port 22], count: 2}}",
            "{lines: {include: [{matches: \"^Port 22$\"}]}}",
        ] {
            let result = try Self.result("{title: A, on: one, run: [x], expect: \(expectation)}", text)
            #expect(result.verdict == .met, "\(expectation)")
        }
    }

    /// That a command ends with 0 is no part of what was asked for.
    @Test func aPartOfWhatIsExpected() throws {
        func verdict(_ expectation: String, _ output: String, exit: Int = 0) throws -> Verdict {
            try Self.result(
                "{title: A, on: one, credit: each, run: [x], expect: \(expectation)}", output, exit: exit
            ).verdict
        }
        #expect(try verdict("5", "4") == .notMet)
        #expect(try verdict("{matches: a, not: {matches: b}}", "a b") == .partly(0.5))
        #expect(try verdict("{matches: a, not: {matches: b}}", "a", exit: 1) == .notMet)
        #expect(try verdict("{matches: a, exit: 0}", "b") == .partly(0.5))
        // What could not be seen of it may be there.
        let text = String(repeating: "a", count: 40) + "!"
        #expect(
            try verdict("{matches: x, not: {matches: \"^(a+)+$\"}}", text) == .notAssessed(.noEvidence))
    }

    @Test func whatSocketsListenOn() throws {
        func verdict(_ expectation: String) throws -> Verdict {
            try Self.result(
                "{title: A, on: one, listen: 80, expect: {addresses: \(expectation)}}",
                """
                LISTEN 0 511 *:80 *:* users:(("apache2",pid=1,fd=4))
                LISTEN 0 100 [::ffff:127.0.0.1]:8005 *:* users:(("java",pid=2,fd=4))
                """
            ).verdict
        }
        // `*` is every IPv4 address as well.
        #expect(try verdict("{include: [0.0.0.0, \"::\"]}") == .met)
        #expect(try verdict("{exclude: [0.0.0.0]}") == .notMet)
        let java = try Self.result(
            "{title: A, on: one, listen: 8005, expect: 127.0.0.1}", "LISTEN 0 100 [::ffff:127.0.0.1]:8005 *:*"
        )
        #expect(java.verdict == .met)
    }

    @Test func whatIsMounted() throws {
        let mounts = #"//nas/my\040share /srv/a\040b cifs rw,username=a\134b 0 0"#
        let check =
            #"{title: A, on: one, mount: "/srv/a b", expect: {source: "//nas/my share", include: ['username=a\b']}}"#
        #expect(try Self.result(check, mounts).verdict == .met)
    }

    @Test func packagesWhoseTriggersAreStillToRun() throws {
        for (state, verdict) in [
            ("installed", Verdict.met), ("triggers-pending", .met), ("config-files", .notMet),
            ("half-configured", .notMet), ("unpacked", .notMet),
        ] {
            let result = try Self.result("{title: A, on: one, package: x}", "\(state) 1.0\n")
            #expect(result.verdict == verdict, "\(state)")
        }
    }
}
