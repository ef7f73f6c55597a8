import Foundation
import GraderCore
import InputFiles
import Testing

@testable import Exercises

@Suite struct DeclaredCheckTests {
    /// The values of a student go where they belong and nowhere else: no shell takes them apart.
    @Test func variablesAreQuoted() throws {
        let exercise = try EveryLook.declared(
            """
            Q1.shell: {title: A, on: one, shell: "echo {site} > {student}"}
            Q1.run: {title: A, on: one, run: [grep, "{site}", /etc/hosts]}
            Q1.option: {title: A, on: one, run: [ls, "{site}"]}
            """)
        var evidence = try EveryLook.evidence()
        evidence.student = "a;reboot"
        evidence.lab.values["site"] = .string("$(touch /x) `id` 'q'")
        func arguments(_ id: CheckID) throws -> [String] {
            let check = try #require(exercise.declaredChecks.first { $0.definition.id == id })
            let probes = check.probes(evidence)
            guard case .command(_, let command)? = probes.first?.kind else { return [] }
            return command.arguments
        }
        #expect(
            try arguments("Q1.shell") == ["sh", "-c", #"echo '$(touch /x) `id` '\''q'\''' > 'a;reboot'"#])
        #expect(try arguments("Q1.run") == ["grep", "$(touch /x) `id` 'q'", "/etc/hosts"])
        // What would be read as an option is nothing that anybody wrote.
        evidence.lab.values["site"] = .string("--help")
        #expect(try arguments("Q1.option").isEmpty)
        let result = try #require(try EveryLook.results(exercise, evidence)["Q1.option"])
        #expect(result.verdict == .notAssessed(.noEvidence))
        #expect(result.found.en.contains("“--help”"))
    }

    /// An expression that explodes, on a line of a mebibyte.
    @Test(arguments: ["^(a+)+$", "(a*)*b", "(?:a|aa)+$", "(a|b|ab)*c"])
    func anExpressionThatExplodesIsNotAssessed(_ expression: String) throws {
        let pattern = Pattern(template: Template(expression.replacing("{", with: "{{")))
        let line = String(repeating: "a", count: 1 << 20) + "!"
        let answer = try pattern.answer(line) { _ in nil }
        // Bounded either way, and the same each time.
        #expect(answer != .found)
        #expect(try pattern.answer(line) { _ in nil } == answer)
        let fact = Fact("output", .text, LocalizedText(verbatim: "output"))
        let seen = try Expectation.fact(fact, .matches(pattern))
            .seen(.text(line), LookScope(facts: ["output": .text(line)]) { _ in nil })
        if case .beyondLimits = answer { #expect(seen.truth == .unknown(.noEvidence)) }
    }

    /// Ordinary expressions, and texts that are made for them: each took seconds for kilobytes, and ended with "not found".
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("\\s+$", String(repeating: " ", count: 1 << 16) + "x"),
            ("\\S+@\\S+ ", String(repeating: "a", count: 1 << 16) + " @"),
            ("[a-z]+:[0-9]+", String(repeating: "a", count: 1 << 18) + " :"),
            ("\\w+.*=foo", String(repeating: String(repeating: "a", count: 3_000) + "\n=fo o\n", count: 21)),
        ])
    func aTextThatIsMadeForAnExpressionIsNotAssessed(_ expression: String, _ text: String) throws {
        let pattern = Pattern(template: Template(expression.replacing("{", with: "{{")))
        guard case .beyondLimits = try pattern.answer(text, PatternSteps(), { _ in nil }) else {
            Issue.record("it is answered")
            return
        }
        // All lines of one check have no more than one of them would.
        let fact = Fact("output", .text, LocalizedText(verbatim: "output"))
        let line = String(text.prefix(3_000)) + " @ :=fo ox"
        let lines = FactValue.lines(Array(repeating: line, count: 20_000))
        let entry = Expectation.lines(Expectation.Lines(include: [.matches(pattern)]))
        let seen = try Expectation.fact(fact, entry).seen(
            lines, LookScope(facts: ["output": lines]) { _ in nil })
        #expect(seen.truth == .unknown(.noEvidence))
    }

    @Test func longLinesThatAreHonestAreAnswered() throws {
        func answer(_ expression: String, _ text: String) throws -> Pattern.Answer {
            try Pattern(template: Template(expression)).answer(text, PatternSteps()) { _ in nil }
        }
        let key = "ssh-rsa " + String(repeating: "AAAAB3NzaC1yc2E", count: 50) + " camille@serv1"
        #expect(try answer("\\S+@\\S+$", key) == .found)
        let page = String(repeating: "<p>Bienvenue sur le site de la promotion</p>\n", count: 20_000)
        #expect(try answer("Site de (Camille|Alex)", page) == .notFound)
        #expect(try answer("^<h1>.*</h1>$", page + "<h1>Site</h1>\n") == .found)
    }

    @Test func anExpressionIsSearchedForLineByLine() throws {
        func answer(_ expression: String, _ text: String) throws -> Pattern.Answer {
            try Pattern(template: Template(expression)).answer(text) { $0 == "site" ? "www.x.lab" : nil }
        }
        #expect(try answer("^b$", "a\nb\nc") == .found)
        #expect(try answer("^{site}$", "www.x.lab") == .found)
        // A value is itself, whatever its characters mean in an expression.
        #expect(try answer("^{site}$", "wwwAxBlab") == .notFound)
        #expect(try answer("é", "caf\u{e9}") == .found)
    }

    @Test func braces() {
        #expect(Template("awk '{print $1}' ${HOME}").variables.isEmpty)
        #expect(Template("{{site}} {site}").parts == [.text("{site} "), .variable("site")])
        #expect(Template("a{3} {} {1}").parts == [.text("a{3} {} {1}")])
    }

    /// The expectation is the rubric's and not the evidence's: another one is answered by what was seen.
    @Test func anotherExpectationNeedsNoMachine() throws {
        let evidence = try EveryLook.evidence()
        func verdict(_ check: String) throws -> CheckResult {
            try #require(try EveryLook.results(try EveryLook.declared("Q1.a: \(check)"), evidence)["Q1.a"])
        }
        #expect(
            try verdict("{title: A, on: one, file: /etc/sheet.conf, expect: {mode: \"0600\"}}").verdict
                == .notMet)
        #expect(
            try verdict("{title: A, on: one, file: /etc/sheet.conf, expect: {mode: \"0640\"}}").verdict
                == .met)
        #expect(
            try verdict("{title: A, on: one, service: cron, expect: {enabled: false}}").verdict == .notMet)
        // What nobody looked at then is said to be that.
        let unseen = try verdict("{title: A, on: one, file: /etc/hosts}")
        #expect(unseen.verdict == .notAssessed(.noEvidence))
        #expect(unseen.found.en == "this evidence does not hold what this check looks at: collect again")
    }

    /// Absence decides for the student only where it was seen, and a machine's look at itself shows no firewall.
    @Test func aMachineCannotSeeItsOwnFirewall() throws {
        let exercise = try EveryLook.exercise()
        var evidence = try EveryLook.evidence()
        for index in evidence.observations.indices {
            if case .port = evidence.observations[index].outcome {
                evidence.observations[index].vantage = .tunnel(MachineID("one"))
            }
        }
        let results = try EveryLook.results(exercise, evidence)
        #expect(results["Q4.closed"]?.verdict == .notAssessed(.outOfSight))
        #expect(results["Q4.port"]?.verdict == .notAssessed(.outOfSight))
    }

    /// Nor does a program that runs on it; another machine is seen from there as from anywhere.
    @Test func aProgramOnTheMachineCannotSeeItsFirewall() throws {
        var evidence = try EveryLook.evidence()
        evidence.hostKeys = nil
        evidence.unreachable[MachineID("two")] = TransportFailure(.outOfSight, LocalizedText(verbatim: ""))
        let results = try EveryLook.results(try EveryLook.exercise(), evidence)
        #expect(results["Q4.closed"]?.verdict == .notAssessed(.outOfSight))
        #expect(results["Q4.http"]?.verdict != .notMet)
    }

    /// What needs another waits for it, in whatever order they stand, and whatever it says itself.
    @Test func whatIsNeededComesFirst() throws {
        let exercise = try EveryLook.declared(
            """
            Q1.last: {title: A, on: one, file: /etc/same, needs: [Q1.middle]}
            Q1.middle: {title: A, on: one, file: /etc/same, needs: [Q1.first]}
            Q1.first: {title: A, on: one, file: /etc/nothing}
            Q1.free: {title: A, on: one, file: /etc/same}
            """)
        var evidence = try EveryLook.evidence()
        let results = try EveryLook.results(exercise, evidence)
        #expect(results["Q1.middle"]?.verdict == .blocked(by: "Q1.first"))
        #expect(results["Q1.last"]?.verdict == .blocked(by: "Q1.middle"))
        #expect(results["Q1.free"]?.verdict == .met)
        // Where it cannot be told whether that is met, nor can what waits for it.
        let lost = try #require(exercise.declaredChecks.first { $0.definition.id == "Q1.first" }).probes(
            evidence)
        evidence.observations.removeAll { observation in lost.contains { $0.id == observation.id } }
        #expect(try EveryLook.results(exercise, evidence)["Q1.last"]?.verdict == .notAssessed(.noEvidence))
    }

    /// What is quoted within a substitution, a comment or another word is not quoted where the variable stands.
    @Test(arguments: [
        "grep {site} /etc/hosts", "echo 'a' {site} \"b\"", #"x="$(grep {site} /x)""#, #"echo \' {site}"#,
        "true # don't\ngrep {site} /x", #"echo "$((1 + 2))" {site}"#, #"y="$( (id); echo {site})""#,
        "echo \"`echo {site}`\"", "echo ${x#'}'} {site}",
    ])
    func variablesOutsideOfQuotes(_ line: String) {
        #expect(ShellQuotes.variable(in: Template(line)) == nil)
    }

    @Test(arguments: [
        "grep '{site}'", #"echo "a {site}""#, #"echo "$(id) {site}""#, "awk '/{site}/ {{print}}'",
    ])
    func variablesBetweenQuotes(_ line: String) {
        #expect(ShellQuotes.variable(in: Template(line)) == "site")
    }

    /// Of two checks that look at one thing the more patient one is heeded.
    @Test func oneLookWithTwoLimits() throws {
        for checks in [["5s", "60s"], ["60s", "5s"]] {
            let exercise = try EveryLook.declared(
                """
                Q1.a: {title: A, on: one, run: [slow], timeLimit: \(checks[0]), outputLimit: 1M}
                Q1.b: {title: A, on: one, run: [slow], timeLimit: \(checks[1]), outputLimit: 4k}
                """)
            let plan = exercise.plan(
                .nodes, questions: nil, findings: DeclaredFindings(evidence: try EveryLook.evidence()))
            let commands = plan.compactMap { probe -> RemoteCommand? in
                if case .command(_, let command) = probe.kind { command } else { nil }
            }
            #expect(commands.map(\.timeLimit) == [.seconds(60)])
            #expect(commands.map(\.outputLimit) == [1 << 20])
        }
    }

    /// What is compared is alike or is not: no machine has it for itself.
    @Test func aComparisonIsNeverMetInPart() throws {
        let evidence = try EveryLook.evidence()
        func verdict(_ check: String) throws -> Verdict? {
            try EveryLook.results(try EveryLook.declared("Q1.a: \(check)"), evidence)["Q1.a"]?.verdict
        }
        #expect(try verdict("{title: A, file: /etc/other, credit: each, expect: {same: true}}") == .notMet)
        #expect(try verdict("{title: A, file: /etc/same, credit: each, expect: {same: true}}") == .met)
        // One page of one address, which is no machine's.
        #expect(
            try verdict("{title: A, http: \"http://172.16.1.10/\", expect: {status: {different: true}}}")
                == .notAssessed(.noEvidence))
    }

    /// A rubric without the question of what is needed: this is worth nothing before that all the same.
    @Test func whatIsNeededMayBeLeftOut() throws {
        let exercise = try #require(
            try EveryLook.exercise().declaredChecks.first { $0.definition.id == "Q2.missing" })
        var second = exercise
        second.definition = CheckDefinition(
            "Q3.closed", title: LocalizedText(verbatim: "c"), why: LocalizedText(verbatim: ""))
        second.definition.requires = ["Q2.missing"]
        second.expectation = .fact(Fact("exists", .flag, LocalizedText(verbatim: "")), .flag(false))
        let sheet = DeclaredExercise(
            id: "x", title: LocalizedText(verbatim: "x"), machines: ["one", "two"].map { MachineID($0) },
            labKeys: [],
            questions: [
                SheetReader.DeclaredQuestion(id: QuestionID("Q2"), checks: [exercise]),
                SheetReader.DeclaredQuestion(id: QuestionID("Q3"), checks: [second]),
            ], virtualLab: nil)
        var rubric = EveryLook.rubric(sheet)
        rubric.questions.removeAll { $0.id == QuestionID("Q2") }
        let scored = try Scorer(exercise: sheet, rubric: rubric)
            .score(DeclaredFindings(evidence: try EveryLook.evidence()))
        #expect(scored.first?.checks.first?.result.verdict == .blocked(by: "Q2.missing"))
    }
}
