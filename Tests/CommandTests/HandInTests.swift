import Foundation
import Testing

/// What was handed in, taken in from outside: a recorded class, and what is no hand-in.
struct HandInTests {
    private static let fixtures = "Tests/Fixtures/hand-ins"
    private static let roster = "\(fixtures)/class.yaml"

    private func take(_ files: [String], _ folder: URL, _ options: [String] = []) async throws
        -> Program.Outcome
    {
        try await Program.run(
            ["import", Self.roster] + files
                + ["--reports", folder.path(percentEncoded: false), "--rubric", "rubrics/activite-2.yaml"]
                + options)
    }

    private func files(_ student: String) -> [String] {
        ["serv1", "serv2"].map { "\(Self.fixtures)/\(student)-\($0).zip" }
    }

    private func results(_ folder: URL) throws -> [String: Data] {
        let students = folder.appending(path: "handin/latest/students")
        return try FileManager.default.contentsOfDirectory(atPath: students.path(percentEncoded: false))
            .reduce(into: [:]) { results, student in
                results[student] = try Data(
                    contentsOf: students.appending(path: student).appending(path: "result.json"))
            }
    }

    @Test func aClassIsTakenInFromWhatMoodleMakesOfIt() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let submissions = folder.appending(path: "in")
        for (name, file) in [
            ("Alizée MÉSANGE_203_assignsubmission_file_/serv [1].zip", "etu1-serv1"),
            ("Alizée MÉSANGE_203_assignsubmission_file_/serv2.zip", "etu1-serv2"),
            ("Basile CORMORAN_204_assignsubmission_file_serv1.zip", "etu2-serv1"),
            ("Désiré TAMARIS_205_assignsubmission_file_serv1.zip", "etu1-serv1"),
        ] {
            let target = submissions.appending(path: name)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: Program.repository.appending(path: "\(Self.fixtures)/\(file).zip"), to: target)
        }
        let zip = folder.appending(path: "Devoir.zip").path(percentEncoded: false)
        _ = try await Program.shell([
            "sh", "-c", #"cd "$0" && zip -qr "$1" ."#, submissions.path(percentEncoded: false), zip,
        ])
        let reports = folder.appending(path: "reports")
        let taken = try await take([zip], reports)
        #expect(taken.status == 2, "\(taken.complaints)")
        #expect(taken.output.contains("2 students taken, not verified; 0 taken before; 1 file refused."))
        #expect(taken.output.contains("etu1, to be confirmed by a live look:"))
        #expect(taken.complaints.contains("says it is etu1's, and its name says etu4's"))
        #expect(try results(reports).keys.sorted() == ["etu1", "etu2"])
        // The same again is nothing new; the folder itself is as good as its zip.
        let again = try await take([submissions.path(percentEncoded: false)], reports)
        #expect(again.output.contains("0 students taken, not verified; 2 taken before"))
    }

    /// Nothing is taken by a table that means somebody else.
    @Test func aNameThatIsNobodysIdIsAMistakeOfItsLine() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let names = folder.appending(path: "names.csv")
        try Data("Mésange A.;etu1\nDupont Camille;etu77\n".utf8).write(to: names)
        let reports = folder.appending(path: "reports")
        let outcome = try await take(
            files("etu1"), reports, ["--names", names.path(percentEncoded: false)])
        #expect(outcome.status == 65, "\(outcome.complaints)")
        #expect(outcome.complaints.contains("names.csv:2:1: error: “Dupont Camille” is “etu77”, who is not"))
        #expect(!FileManager.default.fileExists(atPath: reports.appending(path: "handin/latest").path))
    }

    /// A class does several sheets: whoever was seen for another may hand in for this one.
    @Test func aLookForAnotherExerciseKeepsNothingOut() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.appending(path: "reports")
        #expect(try await take(files("etu1"), reports).output.contains("1 student taken"))
        let manifest = reports.appending(path: "handin/latest/run.json")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try text.replacing("\"activite-2\"", with: "\"activite-1\"").write(
            to: manifest, atomically: true, encoding: .utf8)
        #expect(try await take(files("etu1"), reports).output.contains("1 student taken"))
    }

    /// None harms another, none is shown as anything but what it is, and none costs much.
    @Test func whatIsNoHandInHarmsNobody() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.appending(path: "reports")
        let first = try await take(files("etu1") + files("etu2"), reports)
        #expect(first.status == 0, "\(first.complaints)")
        let before = try results(reports)
        let forged = folder.appending(path: "forged").path(percentEncoded: false)
        _ = try await Program.shell([
            "sh", "-ec",
            #"""
            mkdir -p "$1/big" && cd "$1"
            head -c 30000 "$0/etu1-serv1.zip" > etu1-cut.zip
            sed 's/pacemaker/Pacemaker/' "$0/etu1-serv1.zip" > etu1-edited.zip
            cp "$0/etu1-serv1.zip" etu3-serv1.zip
            : > etu3-empty.zip
            mkfifo etu3-pipe.zip && ln -s "$0/etu1-serv1.zip" etu3-link.zip
            echo hello > hello.txt && zip -q etu3-other.zip hello.txt && rm hello.txt
            truncate -s 300M big/bascule-hand-in.json && zip -qj etu3-bomb.zip big/bascule-hand-in.json
            zip -qj -P secret etu3-locked.zip "$0/class.yaml"
            rm -r big
            """#, Program.repository.appending(path: Self.fixtures).path(percentEncoded: false), forged,
        ])
        let taken = try await Program.run(
            [
                "import", Self.roster, forged, "--reports", reports.path(percentEncoded: false), "--rubric",
                "rubrics/activite-2.yaml",
            ], through: ["prlimit", "--as=8589934592", "--cpu=20", "--"])
        #expect(taken.status == 2, "\(taken.complaints)")
        for sentence in [
            "etu1-cut.zip is damaged or cut off", "etu1-edited.zip", "etu3-serv1.zip says it is etu1's",
            "etu3-empty.zip is no zip", "etu3-other.zip is no zip", "etu3-bomb.zip holds more than",
            "etu3-locked.zip is no zip", "etu3-pipe.zip is not a regular file",
            "etu3-link.zip is not a regular file",
        ] {
            #expect(taken.complaints.contains(sentence), "\(taken.complaints)")
        }
        #expect(try results(reports) == before)
    }

    /// Who a file, or the folder it lies in, is named after has named what is in it.
    @Test func whatLiesInAStudentsFileIsNobodyElses() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = folder.appending(path: "in").path(percentEncoded: false)
        let own = "Basile CORMORAN_204_assignsubmission_file_"
        _ = try await Program.shell([
            "sh", "-ec",
            #"""
            mkdir -p "$1/mail" "$1/$2" && cd "$1"
            zip -qj mail/etu2-serv1.zip "$0/etu1-serv1.zip"
            cp mail/etu2-serv1.zip "$2/serv1.zip"
            """#, Program.repository.appending(path: Self.fixtures).path(percentEncoded: false), place, own,
        ])
        let reports = folder.appending(path: "reports")
        let taken = try await take(
            ["\(place)/mail/etu2-serv1.zip", "\(place)/\(own)/serv1.zip", "\(Self.fixtures)/etu2-serv2.zip"],
            reports)
        #expect(taken.status == 2, "\(taken.complaints)")
        let refusals = taken.complaints.components(
            separatedBy: "etu1-serv1.zip says it is etu1's, and its name says etu2's")
        #expect(refusals.count == 3, "\(taken.complaints)")
        #expect(try results(reports).keys.sorted() == ["etu2"])
    }

    @Test func inAnExamNothingIsHandedIn() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let roster = folder.appending(path: "class.yaml")
        let text = try String(
            contentsOf: Program.repository.appending(path: Self.roster), encoding: .utf8)
        try ("exam: true\n" + text).write(to: roster, atomically: true, encoding: .utf8)
        let path = roster.path(percentEncoded: false)
        let taken = try await Program.run(["import", path] + files("etu1"))
        #expect(taken.status == 65 && taken.complaints.contains("In an exam nothing is handed in"))
        let checked = try await Program.run([
            "check", path, "--student", "etu1", "--local", "--hand-in", "\(path).zip",
        ])
        #expect(checked.status == 65 && checked.complaints.contains("In an exam nothing is handed in"))
        #expect(!FileManager.default.fileExists(atPath: "\(path).zip"))
    }

    @Test(arguments: [
        ["--hand-in", "x.zip"], ["--local", "--hand-in", "x"], ["--local", "--hand-in", "x.zip", "--watch"],
        ["--local", "--hand-in", "x.zip", "--question", "Q1"],
        ["--local", "--hand-in", "x.zip", "--hint", "Q1"],
        ["--local", "--hand-in", "x.zip", "--drills", "standby"],
    ])
    func aHandInLooksAtTheWholeSheetOnTheMachine(options: [String]) async throws {
        let outcome = try await Program.run(["check", Self.roster, "--student", "etu1"] + options)
        #expect(outcome.status == 64, "\(outcome.complaints)")
    }

    @Test func nothingElseIsWrittenOver() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let other = folder.appending(path: "photos.zip").path(percentEncoded: false)
        _ = try await Program.shell([
            "zip", "-qj", other, Program.repository.appending(path: "README.md").path(percentEncoded: false),
        ])
        let outcome = try await Program.run([
            "check", Self.roster, "--student", "etu1", "--local", "--hand-in", other,
        ])
        #expect(outcome.status == 65 && outcome.complaints.contains("is there already and is no hand-in"))
    }
}
