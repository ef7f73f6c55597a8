import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// Whose a file is that a class handed in, and what is read of texts; documents are read in CommandTests.
struct HandedInTests {
    private static let students = [
        StudentIdentity(id: "etu1", names: ["MÉSANGE Alice-Marie"]),
        StudentIdentity(id: "etu2", names: ["Pic Vert", "Geai Léo"]),
        StudentIdentity(id: "etu3", names: ["Huppe Max"]), StudentIdentity(id: "etu4", names: ["Max Huppe"]),
    ]

    /// Names as Moodle makes them, of submissions as folders and as files, with and without groups, and as people do.
    @Test(
        arguments: [
            ("etu1.md", "etu1", nil), ("etu2/tp.odt", "etu2", nil), ("Alice-Marie Mésange.docx", "etu1", nil),
            ("geai leo/rapport final.pdf", "etu2", nil),
            ("Alice-Marie MÉSANGE_20371_assignsubmission_file_/tp_final.docx", "etu1", 20371),
            ("Alice-Marie MESANGE_20371_assignsubmission_file_tp.docx", "etu1", 20371),
            ("Léo Geai_7_assignsubmission_onlinetext/onlinetext.html", "etu2", 7),
            ("Groupe 4-Vert Pic_7_assignsubmission_file/x.txt", "etu2", 7), ("surnom.txt", "etu3", nil),
            // Two of that name; nobody; no number.
            ("Huppe Max.txt", nil, nil), ("etu9.md", nil, nil),
            ("Participant_8_assignsubmission_file_x.txt", nil, 8),
            ("Léo Geai_x_assignsubmission_file_x.txt", nil, nil),
        ] as [(String, String?, Int?)])
    func whoseItIs(name: String, student: String?, participant: Int?) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bascule-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("# Q2\nserv1\n".utf8).write(to: file)
        // None is anybody's file; what may be meant as one is named.
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path(percentEncoded: false))/etu1.txt", withDestinationPath: "/etc/passwd")
        try Data().write(to: folder.appending(path: ".DS_Store"))
        #expect(mkfifo(folder.appending(path: "etu2.txt").path(percentEncoded: false), 0o600) == 0)
        let handedIn = try HandedIn(
            folder: folder.path(percentEncoded: false), students: Self.students, names: ["Surnom": "etu3"])
        #expect(handedIn.files.map(\.name) == [name])
        #expect(handedIn.passedOver == ["etu1.txt", "etu2.txt"])
        #expect(handedIn.remarks.map(\.en).first?.hasPrefix("etu1.txt: a link, a pipe") == true)
        #expect(handedIn.files.first?.student == student && handedIn.files.first?.participant == participant)
    }

    /// What a student calls a file makes it nobody else's.
    @Test func theOutermostNameCounts() {
        let owners = FileOwners(Self.students, [:])
        let anothers = "Léo Geai_555_assignsubmission_file_a.md"
        for folder in ["etu1", "Alice-Marie Mésange"] {
            let parts = [folder, anothers]
            for found in [owners.owner(of: parts), owners.ownerByBeginning(parts)] {
                #expect(found.student == "etu1" && found.participant == nil, "\(folder)")
            }
        }
        #expect(owners.ownerByBeginning(["etu1-serv1", anothers]).student == "etu1")
        // A folder that is nobody's says nothing, and a file's own name in it is Moodle's alone.
        #expect(owners.owner(of: ["rendus", anothers]).student == "etu2")
        #expect(owners.owner(of: ["rendus", "etu1.md"]).student == nil)
    }

    /// Who has a student's name on Moodle and is not he: the teacher says which number is meant.
    @Test func aNumberOnMoodleSettlesWhoIsMeant() throws {
        let folder = try TestFolder()
        for number in [7, 8] {
            try folder.write("# Q2\nserv1\n", to: "Léo Geai_\(number)_assignsubmission_file_x.txt")
        }
        let files = try HandedIn(folder: folder.path, students: Self.students, names: ["8": "etu2"]).files
        #expect(files.map(\.participant) == [7, 8] && files.map(\.student) == [nil, "etu2"])
    }

    @Test func textsOfEveryEncoding() throws {
        let text = "Q2 : « nœud » à l’écran – 5 €"
        let wide = try #require(text.data(using: .utf16))
        let windows = try #require(text.data(using: .windowsCP1252))
        for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), Array(wide), Array(windows)] {
            #expect(try DocumentText.text(bytes) == text)
        }
        #expect(throws: DocumentText.Failure.self) { try DocumentText.text([0x50, 0x4B, 0, 0x81]) }
        #expect(throws: DocumentText.Failure.self) {
            try DocumentText.text(Array(repeating: 0x41, count: 300_000))
        }
    }

    /// A stop behind the number makes a heading of a line that says more; without one it is a sentence.
    @Test(
        arguments: [
            ("Q2. Sur serv1", "Sur serv1"), ("Q2 : Sur serv1", "Sur serv1"),
            ("Question 2) Sur serv1", "Sur serv1"),
            ("Q2 - Sur serv1", "Sur serv1"), ("Q2 est difficile", nil), ("Q2.5 fois", nil), ("Q2-bis", nil),
        ] as [(String, String?)])
    func headingsInPlainText(line: String, answer: String?) {
        #expect(WrittenAnswers.parse(line)[QuestionID("Q2")] == answer)
    }
}
