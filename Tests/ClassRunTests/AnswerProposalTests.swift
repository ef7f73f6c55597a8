import Exercises
import GraderCore
import InputFiles
import Testing

@testable import ClassRun

/// What is proposed for written answers, by the rules of the rubric that is shipped.
struct AnswerProposalTests {
    private let exercise = Activite2()

    private static let shown: [String: ShownFact] = [
        "vip-first-node": fact("serv2", words: ["serv1": ["serv1"], "serv2": ["serv2"]]),
        "vip-first-reason": fact("no-preference"), "impacted-service": fact("dns"),
        "failover-difference": fact("same", "node-state"),
        "web-first-node": fact("serv1", words: ["serv1": ["serv1"], "serv2": ["serv2"]]),
        "tests": fact("standby", "shutdown"),
    ]

    private static func fact(_ values: String..., words: [String: [String]] = [:]) -> ShownFact {
        ShownFact(Set(values), words: words, proof: LocalizedText(verbatim: "proof"))
    }

    /// The shipped rubric has none for Q5, which the cluster answers; a teacher may.
    private static let ruleOfQ5 = AnswerRule(
        parts: [
            .init(
                fact: "impacted-service",
                words: [
                    "dns": ["DNS", "service de noms", "résolution de noms", "bind9", "BIND"],
                    "dhcp": ["DHCP"],
                    "web": ["Apache", "web"], "ssh": ["SSH"],
                ])
        ], beside: ["service", "serveur"])

    private func rule(_ question: String) throws -> AnswerRule {
        let rubric = try RubricFile.read(file: "rubrics/activite-2.yaml", exercise: exercise)
        let check = rubric[QuestionID(question)]?.checks.first { $0.id == CheckID("\(question).written") }
        return try #require(check.map { $0.answer } ?? Self.ruleOfQ5)
    }

    private func proposal(
        _ answer: String?, _ rule: AnswerRule, _ shown: [String: ShownFact] = AnswerProposalTests.shown
    ) -> AnswerProposal {
        let facts = Dictionary(uniqueKeysWithValues: exercise.answerFacts.map { ($0.name, $0) })
        return AnswerProposal(
            answer, rule: rule, worth: Points(thousandths: 500), facts: facts, shown: shown)
    }

    @Test(arguments: SampleAnswer.all.keys.sorted())
    func thirtyAnswers(question: String) throws {
        let rule = try rule(question)
        let answers = try #require(SampleAnswer.all[question])
        #expect(answers.count >= 30)
        for answer in answers {
            let proposal = proposal(answer.text, rule)
            let (points, label) = (proposal.points?.thousandths, answer.text.prefix(60))
            #expect(points == answer.points, "\(question) \(label): \(proposal.reason.en)")
            #expect(proposal.isCertain == answer.isCertain, "\(question) \(label): \(proposal.reason.en)")
            #expect(!proposal.reason.fr.isEmpty)
        }
        #expect(proposal(nil, rule).points == .zero && !proposal(nil, rule).isCertain)
    }

    /// Without a fact nothing is proposed, whatever is written.
    @Test(arguments: ["Q2", "Q6", "Q7", "Q10"])
    func whatIsNotShownIsToBeRead(question: String) throws {
        let untold = Self.shown.mapValues { fact in
            var fact = fact
            fact.values = []
            return fact
        }
        let rule = try rule(question)
        for answer in SampleAnswer.all[question] ?? [] where answer.isCertain {
            for shown in [untold, [:]] {
                let proposal = proposal(answer.text, rule, shown)
                #expect(proposal.points == nil && !proposal.isCertain, "\(answer.text)")
            }
        }
    }

    /// The name the cluster has for a node is as good as the sheet's; one name for both says nothing.
    @Test func nodesHaveTwoNames() throws {
        let rule = try rule("Q7")
        func named(_ first: String, _ second: String) -> [String: ShownFact] {
            [
                "web-first-node": Self.fact(
                    "serv1", words: ["serv1": ["serv1", first], "serv2": ["serv2", second]])
            ]
        }
        #expect(proposal("Sur deb-01", rule, named("deb-01", "deb-02")).isCertain)
        #expect(proposal("Sur deb-02", rule, named("deb-01", "deb-02")).points == .zero)
        // Swapped.
        #expect(proposal("serv1", rule, named("serv2", "serv1")).points == nil)
    }

    @Test func aRuleIsReadStrictly() throws {
        let file = "rubrics/activite-2.yaml"
        let text = try InputText(file: file).text
        for (right, wrong, about) in [
            ("fact: web-first-node", "fact: web-first", "web-first"),
            ("least: 2", "least: 4", "least"), ("certain: false", "certain: perhaps", "certain"),
            ("node-state: [offline", "node-status: [offline", "node-status"),
            ("standby: [standby", "standby: ['!'", "standby"),
        ] {
            let changed = text.replacing(right, with: wrong)
            #expect(changed != text)
            let errors = try #require(throws: InputErrors.self) {
                try RubricFile.read(InputText(file: file, text: changed), exercise: exercise)
            }
            #expect(errors.mistakes.contains { "\($0)".contains(about) }, "\(errors)")
        }
    }
}
