import Foundation
import Testing

extension BoardCommandTests {
    @Test func cardsHaveEverybodysLinkAndANewCodeEndsTheOld() async throws {
        defer { end() }
        let words = ["board", roster, "--reports", "\(path)/reports"]
        let written = try await Program.run(words + ["--cards", "--name", "board.example.org"])
        #expect(written.status == 0, "\(written.complaints)")
        let file = "\(path)/reports/demo/board/cards.html"
        let page = try String(contentsOfFile: file, encoding: .utf8)
        let old = try codes()
        for code in old.values { #expect(page.contains("http://board.example.org:8080/#\(code)")) }
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try await Program.run(words + ["--new-code", "etu1"]).status == 0)
        let new = try codes()
        #expect(new["etu1"] != old["etu1"] && new["etu2"] == old["etu2"])
        #expect(try await Program.run(words + ["--new-code", "etu9"]).status == 64)
        #expect(try await Program.run(words + ["--new-code", "all"]).status == 0)
        #expect(try codes()["etu2"] != old["etu2"])
    }

    @Test func anAddressThatIsTakenIsSaid() async throws {
        defer { end() }
        let board = try await Opened(roster, "\(path)/reports")
        let other = folder.appending(path: "other.yaml").path(percentEncoded: false)
        let text = try String(contentsOfFile: roster, encoding: .utf8).replacing(
            "class: demo", with: "class: other")
        try Data(text.utf8).write(to: URL(filePath: other))
        let outcome = try await Program.run(
            [
                "board", other, "--reports", "\(path)/reports", "--listen",
                "127.0.0.1:\(board.base.port ?? 0)",
            ],
            environment: ["BASCULE_TEST_PASSWORD": "x"])
        #expect(
            outcome.status == 69 && outcome.complaints.contains("cannot be listened on"),
            "\(outcome.complaints)")
        await board.kill(SIGKILL)
    }
}
