import Foundation
import Testing

@testable import ClassRun

/// The lines are run by a shell here, in a home folder of the test's own: `~user` is put in its place.
struct KeySetupTests {
    private let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAbc+de/f0"

    private func run(_ lines: String, home: String) throws -> String {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-euc", lines.replacing("~root", with: home) + "\necho done $?"]
        let pipe = Pipe()
        shell.standardOutput = pipe
        shell.standardError = pipe
        try shell.run()
        shell.waitUntilExit()
        return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    private func with(_ body: (_ home: String, _ file: String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bascule-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let home = folder.path(percentEncoded: false)
        try body(home, home + "/.ssh/authorized_keys")
    }

    @Test func pastedTwiceItStandsOnceAndIsGoneAfterwards() throws {
        let setup = try KeySetup(
            user: "root", keys: [key], origins: ["172.16.0.1", "10.0.0.0/24"], lastDay: "20270701")
        try with { home, file in
            for _ in 1...2 { #expect(try run(setup.adding, home: home) == "done 0\n") }
            let options =
                "from=\"172.16.0.1,10.0.0.0/24\",expiry-time=\"20270701\",restrict,port-forwarding"
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "\(options) \(key) bascule\n")
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            for _ in 1...2 { #expect(try run(setup.removing, home: home) == "done 0\n") }
            #expect(!FileManager.default.fileExists(atPath: home + "/.ssh"))
        }
    }

    @Test func whatElseIsInTheFileStays() throws {
        let setup = try KeySetup(user: "root", keys: [key])
        try with { home, file in
            try FileManager.default.createDirectory(atPath: home + "/.ssh", withIntermediateDirectories: true)
            // Without a line feed at its end.
            try "ssh-rsa AAAAB3 me".write(toFile: file, atomically: true, encoding: .utf8)
            _ = try run(setup.adding, home: home)
            #expect(
                try String(contentsOfFile: file, encoding: .utf8)
                    == "ssh-rsa AAAAB3 me\nrestrict,port-forwarding \(key) bascule\n")
            _ = try run(setup.removing, home: home)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "ssh-rsa AAAAB3 me\n")
        }
    }

    @Test(arguments: ["root; rm -rf /", "a b", "", "Root$(id)"])
    func anAccountThatIsNoWordIsRefused(_ user: String) {
        #expect(throws: KeySetup.Mistake.self) { try KeySetup(user: user, keys: [key]) }
    }

    @Test(arguments: ["172.16.0.1\" ", "a,b", "$(id)", "'", ""])
    func anOriginThatCouldLeaveItsQuotesIsRefused(_ origin: String) {
        #expect(throws: KeySetup.Mistake.self) { try KeySetup(user: "root", keys: [key], origins: [origin]) }
    }

    @Test func aDayIsADay() {
        for day in ["20271301", "2027070", "20270732", "demain"] {
            #expect(throws: KeySetup.Mistake.self) { try KeySetup(user: "root", keys: [key], lastDay: day) }
        }
        #expect(throws: KeySetup.Mistake.self) { try KeySetup(user: "root", keys: []) }
        #expect(throws: KeySetup.Mistake.self) { try KeySetup(user: "root", keys: ["ssh-ed25519 A' x"]) }
    }
}
