import Foundation
import Testing

@testable import GraderCore

struct ClassAnomalyTests {
    private func result(
        _ id: String, marks: [IdentityMark]? = nil, answers: [String: String] = [:]
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
            exhibits: [], networkVantage: nil,
            provenance: Provenance(grader: "", rubricSHA256: "", evidenceSHA256: ""))
        result.identityMarks = marks
        return result
    }

    private func mark(_ kind: String, _ value: String, _ machine: MachineID? = nil) -> IdentityMark {
        IdentityMark(kind, of: machine, value, title: LocalizedText(verbatim: "same \(value)"))
    }

    private func anomaly(_ kind: String, _ value: String?, _ owners: [ClassAnomaly.Owner]) -> ClassAnomaly {
        ClassAnomaly(
            kind, value, owners: owners, title: LocalizedText(verbatim: "same \(value ?? "")"))
    }

    @Test func whatMachinesOfTwoStudentsHaveInCommon() {
        let results = [
            result(
                "a",
                marks: [
                    mark("id", "M1", .serv1), mark("card", "02:00", .serv1),
                    mark("address", "192.0.2.12"),
                ]),
            // The first has no key at all: keys come first all the same.
            result(
                "b",
                marks: [
                    mark("key", "K3", .serv1), mark("key", "K1", .serv2), mark("id", "M2", .serv1),
                    mark("card", "02:00", .serv2), mark("card", "02:01", .serv2),
                    mark("address", "192.0.2.12"),
                ]),
            result("c", marks: [mark("key", "K1", .serv1)]),
        ]
        let all = ClassAnomaly.all(in: results, sharedPasswords: [["b", "a"], ["a", "gone"]])
        #expect(
            all.dropLast() == [
                anomaly("key", "K1", [.init("b", .serv2), .init("c", .serv1)]),
                anomaly("card", "02:00", [.init("a", .serv1), .init("b", .serv2)]),
                anomaly("address", "192.0.2.12", [.init("a"), .init("b")]),
            ])
        #expect(all.last?.kind == "password" && all.last?.owners == [.init("a"), .init("b")])
    }

    /// A pair whose two machines are clones of each other is no matter between students.
    @Test func aPairIsNotComparedWithItself() {
        let own = [mark("key", "K", .serv1), mark("key", "K", .serv2)]
        #expect(ClassAnomaly.all(in: [result("a", marks: own), result("b")]) == [])
    }

    /// Behind forwarded ports everybody has the sheet's own addresses.
    @Test func oneAddressOnNetworksApartIsAsItShouldBe() {
        func own(_ network: Int) -> [IdentityMark] {
            var mark = mark("address", "192.0.2.12")
            mark.network = ["192.0.\(network).10", "192.0.\(network).11"]
            return [mark]
        }
        #expect(ClassAnomaly.all(in: [result("a", marks: own(2)), result("b", marks: own(2))]) == [])
        #expect(ClassAnomaly.all(in: [result("a", marks: own(2)), result("b", marks: own(3))]).count == 1)
    }

    @Test func answersAreComparedWordForWord() {
        let long = "L'adresse est sur serv1 parce que la préférence y est."
        let results = [
            result("a", answers: ["Q2": long, "Q6": "oui"]),
            result("b", answers: ["Q2": long.replacing(" parce", with: "\n parce"), "Q6": "oui"]),
            result("c", answers: ["Q2": long.replacing("serv1", with: "serv2"), "Q6": "oui"]),
        ]
        #expect(
            ClassAnomaly.all(in: results).map { [$0.kind, $0.value ?? ""] + $0.owners.map(\.student) } == [
                ["writtenAnswer", "Q2", "a", "b"]
            ])
    }
}
