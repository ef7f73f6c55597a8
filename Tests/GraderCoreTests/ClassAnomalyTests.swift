import Foundation
import Testing

@testable import GraderCore

struct ClassAnomalyTests {
    private func result(
        _ id: String, number: Int, identity: PairIdentity? = nil, answers: [String: String] = [:]
    ) -> GradedResult {
        let text = LocalizedText(verbatim: "")
        var result = GradedResult(
            className: "c", student: StudentIdentity(id: id, names: []), exercise: "e", exerciseTitle: text,
            collectedAt: Date(timeIntervalSince1970: 0), collectionSeconds: 1,
            questions: answers.sorted { $0.key < $1.key }.map { question, answer in
                var result = QuestionResult(
                    id: QuestionID(question), title: text, checks: [], score: Tally())
                result.writtenAnswer = answer
                return result
            }, score: Tally(), unreachable: [:], instability: nil,
            exhibits: [
                .machines(
                    MachinesExhibit(
                        id: "m", heading: text, title: text, machineLabel: text, itemsLabel: text,
                        cards: NodeRole.allCases.map { role in
                            MachinesExhibit.Card(
                                role, name: nil, role: text,
                                address: "172.16.\(number).1\(role == .primary ? 0 : 1)", states: [])
                        }))
            ], networkVantage: nil,
            provenance: Provenance(grader: "", rubricSHA256: "", evidenceSHA256: ""))
        result.identity = identity
        return result
    }

    @Test func whatMachinesOfTwoStudentsHaveInCommon() {
        let results = [
            result(
                "a", number: 1,
                identity: PairIdentity(
                    hostKeys: [.primary: "K1", .secondary: "K2"], machineIDs: [.primary: "M1"],
                    hardwareAddresses: [.primary: ["02:00"]], virtualIP: "172.16.0.12")),
            result(
                "b", number: 2,
                identity: PairIdentity(
                    hostKeys: [.primary: "K3", .secondary: "K1"], machineIDs: [.primary: "M2"],
                    hardwareAddresses: [.secondary: ["02:00", "02:01"]], virtualIP: "172.16.0.12")),
        ]
        #expect(
            ClassAnomaly.all(in: results, sharedPasswords: [["b", "a"], ["a", "gone"]]) == [
                ClassAnomaly(.hostKey, "K1", owners: [.init("a", .primary), .init("b", .secondary)]),
                ClassAnomaly(
                    .hardwareAddress, "02:00", owners: [.init("a", .primary), .init("b", .secondary)]),
                ClassAnomaly(.virtualIP, "172.16.0.12", owners: [.init("a"), .init("b")]),
                ClassAnomaly(.password, nil, owners: [.init("a"), .init("b")]),
            ])
    }

    /// A pair whose two machines are clones of each other is no matter between students.
    @Test func aPairIsNotComparedWithItself() {
        let own = PairIdentity(hostKeys: [.primary: "K", .secondary: "K"])
        #expect(ClassAnomaly.all(in: [result("a", number: 1, identity: own), result("b", number: 2)]) == [])
    }

    /// Behind forwarded ports everybody has the sheet's own addresses.
    @Test func oneVirtualIPOnNetworksApartIsAsItShouldBe() {
        let own = PairIdentity(virtualIP: "172.16.0.12")
        #expect(
            ClassAnomaly.all(in: [
                result("a", number: 0, identity: own), result("b", number: 0, identity: own),
            ]) == [])
    }

    @Test func answersAreComparedWordForWord() {
        let long = "L'adresse est sur serv1 parce que la préférence y est."
        let results = [
            result("a", number: 1, answers: ["Q2": long, "Q6": "oui"]),
            result("b", number: 2, answers: ["Q2": long.replacing(" parce", with: "\n parce"), "Q6": "oui"]),
            result("c", number: 3, answers: ["Q2": long.replacing("serv1", with: "serv2"), "Q6": "oui"]),
        ]
        #expect(
            ClassAnomaly.all(in: results) == [
                ClassAnomaly(.writtenAnswer, "Q2", owners: [.init("a"), .init("b")])
            ])
    }
}
