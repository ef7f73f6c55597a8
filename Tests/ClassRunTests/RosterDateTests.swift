import Foundation
import InputFiles
import Testing

@testable import ClassRun

struct RosterDateTests {
    private let utc = TimeZone(secondsFromGMT: 0) ?? .current
    private let noon = Date(timeIntervalSince1970: 1_795_348_800)  // 2026-11-22 12:00 UTC

    @Test func momentsWithAndWithoutAZone() throws {
        #expect(RosterDate.parse("2026-11-22T12:00Z", zone: utc) == noon)
        #expect(RosterDate.parse("2026-11-22 13:00+01:00", zone: utc) == noon)
        #expect(RosterDate.parse("2026-11-22T07:30:00-04:30", zone: utc) == noon)
        #expect(RosterDate.parse("2026-11-22 12:00", zone: utc) == noon)
        // To the end of the day.
        #expect(RosterDate.parse("2026-11-22", zone: utc) == noon + 12 * 3600 - 1)
        let paris = try #require(TimeZone(identifier: "Europe/Paris"))
        #expect(RosterDate.parse("2026-11-22 13:00", zone: paris) == noon)
    }

    @Test(arguments: [
        "2026-02-30", "2026-13-01", "2026-11-22 25:00", "2026-11-22 12:60", "22/11/2026", "demain", "",
        "2026-11-22T12:00+99:00", "2026-11-22 12:00 and more",
    ])
    func whatIsNoMoment(_ text: String) {
        #expect(RosterDate.parse(text, zone: utc) == nil)
    }

    @Test func theClasssZoneHasAName() throws {
        func read(_ line: String) throws -> Roster {
            let folder = try TestFolder()
            let text = """
                class: c
                exercise: activite-2
                \(line)
                defaults: {ssh: {user: root, agent: true}}
                students:
                  - {id: etu1, name: N, serv1: 172.16.1.10, serv2: 172.16.1.11, vip: 172.16.1.12, dns: none}
                """
            return try folder.roster(text)
        }
        #expect(try read("timeZone: Europe/Paris").timeZone?.identifier == "Europe/Paris")
        #expect(try read("title: T").timeZone == nil)
        // Deadlines are by the class's clocks, wherever the grader stands.
        let due = try read("deadline: 2026-11-22 13:00\ntimeZone: Europe/Paris").students.first?.deadline
        let far = try read("deadline: 2026-11-22 13:00\ntimeZone: Asia/Tokyo").students.first?.deadline
        #expect(due == noon && far == noon - 8 * 3600)
        do {
            _ = try read("timeZone: Paris")
            Issue.record("a town passed for a zone")
        } catch let errors as InputErrors {
            #expect(
                errors.description.contains("expected a time zone such as Europe/Paris or UTC"),
                "\(errors.description)")
        }
    }

    @Test func theStudentsOwnWinsOverTheClasss() throws {
        let folder = try TestFolder()
        let student = """
              - id: etu%
                name: N
                serv1: 172.16.%.10
                serv2: 172.16.%.11
                vip: 172.16.%.12
                dns: none
            """
        let text = """
            class: a
            exercise: activite-2
            deadline: 2026-11-22T12:00Z
            defaults: {ssh: {user: root, agent: true}}
            students:
            \(student.replacing("%", with: "1"))
            \(student.replacing("%", with: "2"))
                deadline: 2026-11-22T13:00Z
            """
        let roster = try folder.roster(text)
        #expect(roster.students.map(\.deadline) == [noon, noon + 3600])
        do {
            _ = try folder.roster(text.replacing("deadline: 2026-11-22T12:00Z", with: "deadline: bientôt"))
            Issue.record("a word passed for a date")
        } catch let errors as InputErrors {
            #expect(errors.description.contains(":3:11: error: deadline is"), "\(errors.description)")
        }
    }
}
