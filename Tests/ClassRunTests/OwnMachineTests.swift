import Exercises
import GraderCore
import InputFiles
import TestSheets
import Testing

@testable import ClassRun

/// What `check --local` reads on a student's own machine, where the teacher's keys are not.
struct OwnMachineTests {
    private func read(_ text: String) throws(InputErrors) -> Roster {
        try Roster.read(
            InputText(text: text, file: "pair.yaml"),
            exercises: [Activite2(), TestSheet(id: "other", labKeys: Activite2().labKeys)],
            ownOf: "activite-2")
    }

    @Test func theFewLinesOfAPairAreEnough() throws {
        let roster = try read("serv1: 172.16.0.10\nserv2: 172.16.0.11\nvip: 172.16.0.12/24\n")
        #expect(roster.exercise == "activite-2" && roster.students.count == 1)
        let lab = try #require(roster.students.first?.lab)
        #expect(lab.addresses == [.serv1: "172.16.0.10", .serv2: "172.16.0.11"])
        #expect(
            lab["vip"] == .string("172.16.0.12") && lab["vipPrefixLength"] == .integer(24)
                && lab["dns"] == nil)
        let named = try read("exercise: other\nserv1: 172.16.0.10\nserv2: 172.16.0.11\nvip: 172.16.0.12\n")
        #expect(named.exercise == "other")
    }

    private static let roster = """
        class: sio
        exercise: activite-2
        students:
          - id: etu1
            name: "Un"
            ssh: {user: root, identityFile: teachers-key, passwordFile: teachers-password}
            serv1: 172.16.0.10
            serv2: 172.16.0.11
            vip: 172.16.0.12
        """

    /// Nobody logs in: what the roster says of it is read as before, and no file has to be there.
    @Test func theTeachersFilesNeedNotBeThere() throws {
        #expect(try read(Self.roster).students.map(\.identity.id) == ["etu1"])
        #expect(throws: InputErrors.self) {
            try Roster.read(InputText(text: Self.roster, file: "class.yaml"), exercises: [Activite2()])
        }
    }

    @Test(arguments: [
        ("serv1: 172.16.0.10\nvip: 172.16.0.12\n", "1:1", "the pair has no “serv2”"),
        ("serv1: 172.16.0.10\nserv2: 172.16.0.300\nvip: 172.16.0.12\n", "2:8", "serv2 is"),
        ("serv1: 172.16.0.10\nserv2: 172.16.0.11\nvip: 172.16.0.10\n", "3:6", "serv1's own address"),
        ("serv1: 172.16.0.10\nserv2: 172.16.0.11\nvpi: 172.16.0.12\n", "3:1", "did you mean “vip”"),
    ])
    func mistakesAreSaidWithTheirPlace(text: String, place: String, sentence: String) {
        let errors = #expect(throws: InputErrors.self) { try read(text) }
        #expect(
            errors?.mistakes.contains {
                $0.description.hasPrefix("pair.yaml:\(place):") && $0.message.en.contains(sentence)
            } ?? false, "\(String(describing: errors))")
    }
}
