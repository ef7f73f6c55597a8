import Exercises
import Foundation
import InputFiles
import Testing

@testable import ClassRun

@Suite struct RosterMistakesTests {
    @Test func tenMistakesAreTenLinesWithTheirPlaces() throws {
        let file = fixture("ten-mistakes.yaml")
        let errors = try #require(throws: InputErrors.self) {
            try Roster.read(file: file, exercises: [Activite2()])
        }
        let places = errors.mistakes.map { "\($0.line):\($0.column)" }
        #expect(
            places == [
                "4:1", "6:27", "13:10", "14:9", "15:25", "17:12", "22:42", "23:10", "24:16", "25:5",
            ], "\(errors)")
        for mistake in errors.mistakes {
            #expect(mistake.description.hasPrefix("\(file):\(mistake.line):\(mistake.column): error: "))
            #expect(mistake.message.en.contains(": expected "))
            #expect(mistake.message.fr.contains("\u{A0}: attendu\u{A0}: "))
        }
        #expect(errors.mistakes[0].message.en.contains("did you mean “language”?"))
    }

    @Test func aRosterThatLacksEverythingSaysEachThing() throws {
        let folder = try TestFolder()
        let mistakes = try folder.mistakes("title: nothing else\n")
        #expect(mistakes.count == 3, "\(mistakes)")
        #expect(mistakes.allSatisfy { $0.hasPrefix("1:1: the roster has no ") })
    }

    @Test(arguments: [
        ("vip: 172.16.1.12/33", "vip is"), ("vip: 172.16.1.255/24", "broadcast"),
        ("vip: 172.16.1.10", "serv1's own address"), ("vip: 172.16.01.12", "vip is"),
        ("vip: 239.0.0.1", "vip is"), ("vip:", "vip is nothing"), ("vip: [172.16.1.12]", "vip is a list"),
        ("vip: 172.16.2.12/24", "another network"),
    ])
    func aBadVirtualIPIsOneMistake(line: String, problem: String) throws {
        let text = oneStudent().replacingOccurrences(of: "vip: 172.16.1.12", with: line)
        let mistakes = try TestFolder().mistakes(text)
        #expect(mistakes.count == 1, "\(mistakes)")
        #expect(mistakes.first?.hasPrefix("9:") == true)
        #expect(mistakes.first?.contains(problem) == true, "\(mistakes)")
    }

    @Test(arguments: [
        ("web: {url: http://172.16.1.13/}", "url leads to 172.16.1.13"),
        ("web: {url: \"http://172.16.1.12:99999/\"}", "url is"), ("web: {url: http://a b/}", "url is"),
        ("web: {url: http://user@172.16.1.12/}", "url is"), ("web: {accept: []}", "accept is"),
        ("web: {server: iis}", "expected apache or nginx"), ("web: {ulr: x}", "did you mean “url”?"),
        ("dns: {server: 172.16.1.13}", "no “names”"), ("dns: {names: [a.lab]}", "no “server”"),
        ("dns: nope", "dns is “nope”"), ("network: maybe", "expected auto, direct or tunnel"),
        ("ssh: {password: hunter2}", "does not belong in the roster"),
        ("ssh: {identityFile: missing}", "No such file"), ("ssh: {agent: yes}", "expected false or true"),
        ("ssh: {passwordFile: missing}", "No such file"), ("ssh: {agent: false}", "no way to log in"),
        ("ssh: {askPassword: true, passwordEnvironment: P}", "beside"),
        ("ssh: {passwordEnvironment: hunter-2}", "does not name"),
        ("ssh: {user: bob, become: su}", "su on 172.16.1.10 needs"), ("ssh: {become: doas}", "become is"),
        ("ssh: {proxyJump: \"a@b:0\"}", "a port from 1"), ("ssh: {proxyJump: {port: 22}}", "no “host”"),
        ("ssh: {port: 0}", "port is “0”"), ("ssh: {port: 22x}", "port is “22x”"),
        ("ssh: {user: \"-oProxyCommand=x\"}", "user is"), ("names: [Deux]", "“names” beside “name”"),
    ])
    func everyValueIsChecked(line: String, problem: String) throws {
        let mistakes = try TestFolder().mistakes(oneStudent(line))
        #expect(mistakes.contains { $0.contains(problem) }, "\(mistakes)")
        #expect(mistakes.allSatisfy { !$0.contains("hunter") })
        // su concerns both nodes, agent: false as well; nothing else is said twice.
        #expect(mistakes.count <= 2, "\(mistakes)")
    }

    @Test func aPasswordFileThatOthersCanReadIsAMistake() throws {
        let folder = try TestFolder()
        try folder.write("hunter2\n", to: "password", mode: 0o640)
        let mistakes = try folder.mistakes(oneStudent("ssh: {passwordFile: password}"))
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.contains("chmod 600") == true, "\(mistakes)")
    }

    @Test func duplicateKeysDoNotHideTheOtherMistakes() throws {
        let mistakes = try TestFolder().mistakes(
            """
            class: c
            exercise: e
            class: d
            students:
              - id: etu1
                "vip": 172.16.1.12
                name: Un
                serv1: 172.16.1.10
                serv2: 172.16.1.11
                vip: 172.16.1.13
                vip: 172.16.1.14
                web: {expect: ""}
            """)
        #expect(
            mistakes.map { $0.prefix { $0 != " " } } == ["3:1:", "10:5:", "11:5:", "12:19:"], "\(mistakes)")
        #expect(mistakes.first?.contains("“class” is already on line 1") == true)
    }

    @Test func aMistakeInAPatternIsSaidOnce() throws {
        let mistakes = try TestFolder().mistakes(
            """
            class: c
            exercise: e
            pattern:
              n: 1..300
              id: "etu{n}"
              name: "Poste {m}"
              serv1: "172.16.{n}.10"
              serv2: "172.16.{n}.11"
              vip: "172.16.{n}.12"
            """)
        #expect(
            mistakes.map { $0.prefix { $0 != " " } } == ["6:9:", "7:10:", "8:10:", "9:8:"], "\(mistakes)")
    }

    /// A mark is a member's own by the name: two of one name, however the accent is written, would both have it.
    @Test(arguments: ["Zo\u{E9}", "Zoe\u{301}"])
    func twoOfOneNameInATeamAreAMistake(again: String) throws {
        let team = "names: [\"Zo\u{E9}\", \"Alex\", \"\(again)\"]"
        let mistakes = try TestFolder().mistakes(oneStudent().replacing("name: Un", with: team))
        #expect(
            mistakes == [
                "6:28: “\(again)” is already in the team: expected a different name for each member"
            ])
    }

    @Test func loginsThatMeetAreReportedWithBothLines() throws {
        let mistakes = try TestFolder().mistakes(
            """
            class: c
            exercise: e
            students:
              - {id: a, name: A, serv1: {address: 172.16.0.10, login: "gate:2201"}, serv2: 172.16.0.11, vip: 172.16.0.12}
              - {id: b, name: B, serv1: 172.16.0.13, serv2: {address: 172.16.0.14, login: "GATE:2201"}, vip: 172.16.0.12}
            """)
        #expect(mistakes.count == 1, "\(mistakes)")
        #expect(mistakes.first?.hasPrefix("5:") == true)
        #expect(mistakes.first?.contains("on line 4") == true)
    }
}
