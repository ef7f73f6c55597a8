import Foundation
import Testing

@testable import ClassRun

struct FilePathTests {
    @Test(arguments: [
        ("a/b", "a", "b"), ("a/b/", "a", "b"), ("/a", "/", "a"), ("r", "", "r"), ("/", "/", "/"),
        ("a//b", "a", "b"), ("", "", ""), ("./r", ".", "r"), ("/x/yz/é", "/x/yz", "é"),
    ])
    func folderAndName(_ path: String, _ folder: String, _ name: String) {
        #expect(FilePath.folder(of: path) == folder)
        #expect(FilePath.name(of: path) == name)
    }

    @Test func joining() {
        #expect(FilePath.joined("", "a") == "a")
        #expect(FilePath.joined("x", "a") == "x/a")
        #expect(FilePath.joined("/", "a") == "/a")
    }

    /// `grade-all c --reports r` in the folder itself.
    @Test func namesOfOneCharacter() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bascule-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try AtomicFile.makeFolders(folder.path(percentEncoded: false) + "/r")
        #expect(RosterFiles(rosterFile: "c").folder == "")
        #expect(RosterFiles(rosterFile: "c").path("known_hosts") == "known_hosts")
    }
}
