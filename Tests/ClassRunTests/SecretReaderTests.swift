import Foundation
import GraderCore
import Testing

@testable import ClassRun

@Suite struct SecretReaderTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    private func reader(_ environment: [String: String] = [:]) -> SecretReader {
        SecretReader(environment: { environment[$0] }, ask: { label in "typed for \(label.en)" })
    }

    @Test func aSecretNeverShows() {
        struct Holder { var secret = Secret("hunter2") }
        let secret = Secret("hunter2")
        var dumped = ""
        dump([secret], to: &dumped)
        dump(Holder(), to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(Holder())",
            "\([secret])", String(reflecting: ["a": secret]), "\(String(describing: Optional(secret)))",
            dumped,
        ]
        for text in texts { #expect(!text.contains("hunter2")) }
        #expect(secret.reveal() == "hunter2")
    }

    @Test(arguments: ["hunter2", "hunter2\n", "hunter2\r\n", "\u{FEFF}hunter2\r\n"])
    func aFileIsReadWithoutItsLineEnd(content: String) throws {
        let source = SecretSource.file(try folder.write(content, to: "password"))
        #expect(try reader().read([source])[source]?.reveal() == "hunter2")
    }

    @Test func everySourceIsRead() throws {
        let label = LocalizedText(fr: "Mot de passe SSH", en: "SSH password")
        let sources: [SecretSource] = [.environment("P"), .prompt(label: label), .environment("P")]
        let secrets = try reader(["P": " pass word "]).read(sources)
        #expect(secrets.count == 2)
        #expect(secrets[sources[0]]?.reveal() == " pass word ")
        #expect(secrets[sources[1]]?.reveal() == "typed for SSH password")
    }

    @Test func whatCannotBeHadIsOneSentenceWithoutTheSecret() throws {
        let sources: [(SecretSource, String)] = [
            (.environment("P"), "export it"), (.file(folder.path + "/none"), "No such file"),
            (.file(try folder.write("hunter2", to: "open", mode: 0o644)), "chmod 600"),
            (.file(try folder.write("\n", to: "empty")), "is empty"),
            (.file(try folder.write("hunter2\nb\n", to: "lines")), "several lines"),
            (
                .file(try folder.write(String(repeating: "hunter2", count: 1000), to: "long")),
                "more than 4096"
            ),
            (.file(try folder.write([0xFF, 0xFE], to: "binary")), "not UTF-8"),
            (.file(folder.path), "regular"),
        ]
        for (source, problem) in sources {
            let failure = try #require(throws: SecretFailure.self) { try reader().read([source]) }
            #expect(failure.message.contains(problem), "\(failure)")
            #expect(!failure.message.contains("hunter2"))
        }
    }
}
