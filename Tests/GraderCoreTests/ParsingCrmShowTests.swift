import GraderCore
import Testing

/// 25 states of a lab cluster, printed by each of three crmsh, with the truth taken from the CIB.
@Suite struct ParsingCrmShowTests {
    @Test(arguments: ["crmsh-2.2.0", "crmsh-4.4.1", "crmsh-5.0.0"])
    func everyStateSaysTheFacts(_ version: String) throws {
        let states = try ParsingFixture.names(in: "corpus/\(version)", ending: ".show.txt")
        #expect(states.count == 25)
        for state in states {
            let configuration = CrmShowReader.read(
                try ParsingFixture.text("corpus/\(version)/\(state).show.txt"))
            let facts = try ParsingFixture.facts("corpus/\(version)/\(state).facts.json")
            #expect(ClusterFacts(configuration).value == facts, "\(version) \(state)")
            #expect(configuration.problems.isEmpty, "\(version) \(state)")
        }
    }
}
