import Foundation
import GraderCore
import Testing

@testable import bascule

/// The folder of a class (`bascule init`): in it nothing has to be named.
struct ClassFolderTests {
    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private static let recorded =
        Program.repository.appending(path: "exercises/activite-2/recorded").path(percentEncoded: false)

    private func text(_ folder: URL, _ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    @Test func initWritesAFolderAndNothingOver() async throws {
        try await inFolder { folder in
            let made = try await Program.run(["init", "sio2"], in: folder)
            #expect(made.status == 0, "\(made.complaints)")
            #expect(made.lines.last?.contains("bascule discover") == true)
            let own = folder.appending(path: "sio2")
            let names = try FileManager.default.contentsOfDirectory(atPath: own.path(percentEncoded: false))
            #expect(
                Set(names) == [
                    "id_ed25519", "id_ed25519.pub", "rubric.yaml", "setup.html", "list.csv", ".gitignore",
                ])
            #expect(try text(own, ".gitignore").contains("/id_ed25519\n"))
            let key = try text(own, "id_ed25519.pub").split(separator: " ")[1]
            #expect(try text(own, "setup.html").contains(key))
            try "# mine\n".write(to: own.appending(path: "list.csv"), atomically: true, encoding: .utf8)
            let again = try await Program.run(["init", "sio2"], in: folder)
            #expect(again.status == 0 && again.output.contains("is there already: kept"))
            #expect(try text(own, "id_ed25519.pub").contains(key))
            #expect(try text(own, "list.csv") == "# mine\n")
        }
    }

    /// In the class's folder too the list is where it was.
    @Test func theNextCommandFindsTheListThatWasGiven() async throws {
        try await inFolder { folder in
            let list = "id;name;address\ndupont;Dupont Camille;172.16.1.10\n"
            try list.write(to: folder.appending(path: "my list.csv"), atomically: true, encoding: .utf8)
            let made = try await Program.run(["init", "sio2", "--students", "my list.csv"], in: folder)
            let next = try #require(made.lines.last?.split(separator: ", then: ").last)
            #expect(made.lines.last?.contains("fill in") == false && next.hasPrefix("cd "))
            let discover = "bascule discover 172.16.0.0/22 --students "
            #expect(next.contains(discover))
            let shown = String(next.replacing(discover, with: "cat "))
            #expect(try await Program.shell(["sh", "-c", shown]) == list)
        }
    }

    @Test func theNextCommandLooksWhereThisOneWould() {
        let draft = ClassFolderDraft(
            folder: "/srv/sio2", className: "bts", exercise: "activite-1", origins: [], language: .english)
        let options = ["--identity-file", "/srv/my key", "--exercise", "activite-1"]
        let next = draft.next(isFound: false, ["172.16.4.0/24", "172.16.9.1"], options, list: nil)
        let command = """
            cd /srv/sio2 && bascule discover 172.16.4.0/24 172.16.9.1 --students list.csv --identity-file '/srv/my key' \
            --exercise activite-1 --class bts
            """
        #expect(next.en == "Next: hand setup.html to the students, fill in list.csv, then: \(command)")
        #expect(next.fr.contains("remplir list.csv") && next.fr.hasSuffix(command))
        let given = draft.next(isFound: false, [], [], list: "/srv/other.csv")
        #expect(
            given.en == """
                Next: hand setup.html to the students, then: cd /srv/sio2 && bascule discover 172.16.0.0/22 --students \
                /srv/other.csv --class bts
                """)
        #expect(draft.next(isFound: true, [], [], list: nil).en == "Next: cd /srv/sio2 && bascule enroll")
    }

    @Test func whatIsWrongIsSaidBeforeAnythingIsWritten() async throws {
        try await inFolder { folder in
            for arguments in [
                ["init", "x", "--exercise", "tp-9"], ["init", "x", "--subnet", "172.16.0.0/8"],
                ["init", "x", "--students", "nowhere.csv"], ["init", "x", "--identity-file", "nokey"],
                ["init", "x", "--class", "a/b"],
            ] {
                let outcome = try await Program.run(arguments, in: folder)
                #expect([64, 65].contains(outcome.status), "\(arguments): \(outcome.complaints)")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            #expect(left == [])
        }
    }

    /// The key of the folder is the one that is used; a machine without one is told.
    @Test func doctorSaysWhatIsThereAndWhatIsMissing() async throws {
        try await inFolder { folder in
            let home = ["HOME": folder.path(percentEncoded: false), "SSH_AUTH_SOCK": ""]
            func states(_ place: URL) async throws -> (status: Int, [String: String]) {
                let outcome = try await Program.run(["doctor", "--json"], environment: home, in: place)
                let rows =
                    try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]]
                let pairs = (rows ?? []).compactMap { row in
                    (row["id"] as? String).map { ($0, row["state"] as? String ?? "") }
                }
                return (outcome.status, Dictionary(pairs) { first, _ in first })
            }
            let (bare, before) = try await states(folder)
            #expect(bare == 69 && before["key"] == "missing" && before["rubric"] == "ok", "\(before)")
            try await Program.run(["init", "sio2"], in: folder)
            let (status, after) = try await states(folder.appending(path: "sio2"))
            #expect(status == 0 && after["key"] == "ok" && after["roster"] == "note", "\(after)")
            try "class: [\n".write(
                to: folder.appending(path: "sio2/class.yaml"), atomically: true, encoding: .utf8)
            let (wrong, broken) = try await states(folder.appending(path: "sio2"))
            #expect(wrong == 65 && broken["roster"] == "wrong", "\(broken)")
        }
    }

    /// The shell has emptied the file before `rubric print` looks for the rubric that is used.
    @Test func aRubricIsPrintedOverItself() async throws {
        try await inFolder { folder in
            let outcome = try await Program.bash("\"$0\" rubric print > rubric.yaml", in: folder)
            #expect(outcome.status == 0, "\(outcome.complaints)")
            #expect(try text(folder, "rubric.yaml").contains("exercise: activite-2"))
        }
    }

    @Test func theOnlyClassAndItsLatestRunNeedNoName() async throws {
        try await inFolder { folder in
            try await Program.run(["score", Self.recorded], in: folder)
            for arguments in [
                ["score"], ["report"], ["export", "--format", "json"], ["history", "--student", "etu1"],
                ["mark", "--student", "etu1", "Q2.written", "0.5"], ["marks", "export"],
                ["purge", "--before", "2020-01-01"],
            ] {
                let outcome = try await Program.run(arguments, in: folder)
                #expect([0, 2].contains(outcome.status), "\(arguments): \(outcome.complaints)")
            }
        }
    }

    /// A class that there is not is the cause, whatever would have gone wrong next.
    @Test(arguments: [
        ["mark", "--student", "etu1", "Q2.written", "1"], ["marks", "export"], ["answers", "."], ["score"],
        ["report"], ["export", "--format", "json"], ["purge", "--before", "2099-01-01", "--yes"],
    ])
    func aClassThatThereIsNot(_ arguments: [String]) async throws {
        try await inFolder { folder in
            let none = try await Program.run(arguments + ["--class", "demo"], in: folder)
            #expect(
                none.status == 65 && none.complaints.contains("There is no class demo"), "\(none.complaints)")
            try await Program.run(["score", Self.recorded], in: folder)
            let near = try await Program.run(arguments + ["--class", "dmeo"], in: folder)
            #expect(
                near.status == 65 && near.complaints.contains("did you mean “demo”"), "\(near.complaints)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "reports/dmeo").path))
        }
    }
}
