import Exercises
import Foundation
import GraderCore
import InputFiles
import TestSheets
import Testing

@testable import ClassRun

@Suite struct RosterTests {
    private let folder: TestFolder
    private let roster: Roster

    init() throws {
        folder = try TestFolder()
        roster = try RosterTests.everyForm(in: folder)
    }

    private static func everyForm(in folder: TestFolder) throws -> Roster {
        try FileManager.default.createDirectory(
            atPath: folder.path + "/secrets", withIntermediateDirectories: true)
        try folder.write("key", to: "id_ed25519")
        try folder.write("passphrase\n", to: "secrets/passphrase")
        try folder.write("hunter2\n", to: "secrets/password")
        return try folder.roster(String(contentsOfFile: fixture("every-form.yaml"), encoding: .utf8))
    }

    @Test func theClassIsRead() {
        #expect(roster.className == "bts-sio-2")
        #expect(roster.exercise == "activite-2")
        #expect(roster.title == "BTS SIO 2")
        #expect(roster.language == .english)
        #expect(roster.students.map(\.identity.id) == ["solo", "team_2", "behind", "etu07", "etu08"])
    }

    @Test func defaultsReachTheStudent() throws {
        let solo = try #require(roster["solo"])
        // YAML 1.1 would make a boolean of this name.
        #expect(solo.identity.names == ["no"])
        #expect(
            solo.lab
                == .pair(
                    [.serv1: "172.16.1.10", .serv2: "172.16.1.11"],
                    dns: .object([
                        "server": .string("172.16.1.13"), "names": .array([.string("www.etu.lab")]),
                    ]),
                    web: [
                        "scheme": .string("https"), "port": .integer(8443), "host": .string("www.solo.lab"),
                        "path": .string("/app?x=1"),
                        "acceptedStatuses": .array([.integer(200), .integer(401)]),
                        "expectedText": .string("Bonjour"), "server": .string("nginx"),
                    ]))
        #expect(
            solo.logins[.serv1]
                == NodeLogin(
                    host: "172.16.1.10", port: 22, user: "teacher",
                    identityFiles: ["\(folder.path)/id_ed25519"],
                    passphraseSource: .file("\(folder.path)/secrets/passphrase"),
                    knownHostsFile: "\(folder.path)/known_hosts",
                    become: BecomeSpec(method: .su, password: .environment("BASCULE_ROOT"))))
        #expect(!solo.usesTunnel)
    }

    private let label = LocalizedText(fr: "Mot de passe SSH pour team_2", en: "SSH password for team_2")

    @Test func overridesAreTheStudentsOrTheNodes() throws {
        let team = try #require(roster["team_2"])
        #expect(team.identity.names == ["Une", "Deux"])
        #expect(team.lab["dns"] == nil)
        #expect(team.lab["vipPrefixLength"] == nil)
        #expect(team.usesTunnel)
        let primary = try #require(team.logins[.serv1])
        #expect((primary.host, primary.port) == ("gate.example", 2201))
        #expect(primary.identityFiles.isEmpty && primary.useAgent)
        #expect(primary.password == .prompt(label: label))
        #expect(primary.knownHostsFile == "/var/lib/known")
        #expect(primary.user == "teacher")
        let secondary = try #require(team.logins[.serv2])
        #expect((secondary.host, secondary.port) == ("::1", 2202))
        #expect((secondary.user, secondary.become) == ("root", BecomeSpec(method: .none)))
    }

    @Test func jumpHostsAreInDiallingOrder() throws {
        let behind = try #require(roster["behind"])
        let login = try #require(behind.logins[.serv1])
        #expect(login.port == 2222)
        #expect(login.jumps.map(\.host) == ["outer.example", "inner.example"])
        #expect(login.jumps.map(\.user) == ["edge", "hop"])
        #expect(login.jumps.map(\.port) == [2022, 22])
        #expect(login.jumps.map(\.password) == [.environment("HOP"), .environment("HOP")])
        #expect(login.jumps.allSatisfy { $0.identityFiles.isEmpty && $0.become.method == .none })
        #expect(login.proxyJump?.host == "inner.example")
        #expect(login.proxyJump?.proxyJump?.host == "outer.example")
        // sudo asks for the password that logged in, not for the one that su wants.
        let password = SecretSource.file("\(folder.path)/secrets/password")
        #expect(login.become == BecomeSpec(method: .sudo, password: password))
        #expect(behind.lab["dns"]?["names"] == .array([.string("www.behind.lab"), .string("behind.lab")]))
        #expect(behind.lab["dns"]?["server"] == .string("172.16.1.13"))
        #expect(!behind.usesTunnel)
    }

    @Test func aPatternStandsForItsStudents() throws {
        let student = try #require(roster["etu07"])
        #expect(student.identity.names == ["Poste 7"])
        #expect(student.lab.addresses[.serv2] == "172.16.7.11")
        #expect(student.lab["web"]?["expectedText"] == .string("function() { 7 }"))
        #expect(student.logins[.serv2]?.proxyJump?.host == "172.16.7.1")
        // The same virtual IP as the neighbour's: from the grader's network it cannot be told whose answers.
        #expect(student.usesTunnel)
    }

    @Test func everySecretIsNamed() {
        #expect(
            Set(roster.students.flatMap(\.secretSources)) == [
                .file("\(folder.path)/secrets/passphrase"), .environment("BASCULE_ROOT"),
                .prompt(label: label), .environment("HOP"),
                .file("\(folder.path)/secrets/password"),
            ])
    }

    @Test(arguments: 0..<20) func theOrderOfKeysChangesNothing(seed: UInt64) throws {
        var generator = SplitMix64(state: seed)
        let text = try String(contentsOfFile: fixture("every-form.yaml"), encoding: .utf8)
        var shuffled = try folder.roster(try YAMLShuffle.shuffled(text, using: &generator))
        #expect(shuffled.checksum != roster.checksum && !shuffled.checksum.isEmpty)
        shuffled.checksum = roster.checksum
        #expect(shuffled == roster)
    }

    @Test func anUnknownExerciseIsNamed() throws {
        let file = try folder.write(oneStudent(), to: "class.yaml")
        let errors = try #require(throws: InputErrors.self) {
            try Roster.read(file: file, exercises: [TestSheet(id: "activite-1"), TestSheet(id: "ee")])
        }
        #expect(errors.mistakes.map(\.line) == [2])
        #expect(errors.description.contains("did you mean “ee”?"))
    }

    @Test func windowsFilesAreRead() throws {
        let text = "\u{FEFF}" + oneStudent("dns: none").replacingOccurrences(of: "\n", with: "\r\n")
        #expect(try folder.roster(text).students.first?.lab["vip"] == .string("172.16.1.12"))
        let mistakes = try folder.mistakes(text.replacingOccurrences(of: "none", with: "nine"))
        #expect(mistakes.first?.hasPrefix("10:10: dns is “nine”") == true, "\(mistakes)")
    }
}

/// A generator that gives the same numbers in every run.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
