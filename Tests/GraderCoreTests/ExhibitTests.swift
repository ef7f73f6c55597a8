import Foundation
import Testing

@testable import GraderCore

struct ExhibitTests {
    private static let secret = CheckID("Q1.secret")
    private static let other = CheckID("Q1.other")

    private static func text(_ text: String) -> LocalizedText { LocalizedText(verbatim: text) }

    private static var machines: Exhibit {
        typealias Machines = MachinesExhibit
        let place = Machines.Shared.Place(
            holders: [.serv1], nowhere: text(""), inWords: text("secret place"))
        let unseen = Machines.Shared.Place(
            holders: [], nowhere: text("not seen"), inWords: text("not seen"))
        let items = Machines.Items(["secret item"], none: text("none"), noneInWords: text("none"))
        return .machines(
            Machines(
                id: "m", heading: text("heading"), title: text("title"), machineLabel: text("machine"),
                itemsLabel: text("items"),
                cards: [
                    Machines.Card(
                        .serv1, name: "a", role: text("role"), address: "192.0.2.1",
                        states: [
                            Told(Machines.State(.bad, text("secret state")), tellsOf: [other, secret]),
                            Told(Machines.State(.unknown, text("state unknown"))),
                        ], items: [Told(items, tellsOf: [secret]), Told(.notShown)],
                        notes: [Told("secret note", tellsOf: [secret]), Told("a note")])
                ], links: [Told(.cut, tellsOf: [secret]), Told(.unknown)],
                shared: Machines.Shared(
                    name: text("shared"), shortName: "s", value: "v",
                    places: [Told(place, tellsOf: [secret]), Told(unseen)])))
    }

    private static var all: [Exhibit] {
        [
            .notice([
                Told(NoticeExhibit(title: text("secret"), sentences: [text("secret")]), tellsOf: [secret]),
                Told(NoticeExhibit(title: text("in other words"), sentences: []), tellsOf: [other]),
            ]),
            machines,
            .listing(
                ListingExhibit(
                    id: "l", heading: text("heading"), command: "cat", text: "one\r\nsecret two\nthree",
                    none: text("none"),
                    marks: [
                        .init(line: 0, decides: [secret, other]),
                        .init(line: 1, decides: [other], tellsOf: [secret]),
                        .init(line: 2, decides: [secret]),
                    ])),
            .table(
                TableExhibit(
                    id: "t", heading: text("heading"), columns: [text("a")],
                    rows: [Told([text("secret row")], tellsOf: [secret]), Told([text("a row")])])),
            .timeline(
                TimelineExhibit(
                    id: "e", heading: text("heading"),
                    events: [
                        Told(.init(at: .milliseconds(320), text: text("secret event")), tellsOf: [secret]),
                        Told(.init(at: .seconds(1), text: text("an event"))),
                    ])),
        ]
    }

    private func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    /// One exhibit after the other, and every part of it.
    @Test func whatTellsOfACheckGoesWithIt() throws {
        for exhibit in Self.all {
            #expect(try json(exhibit).contains("secret"))
            let shown = exhibit.without([Self.secret])
            #expect(try !json(shown).contains("secret"), "\(String(describing: shown))")
        }
        let shown = Self.all.compactMap { $0.without([Self.secret]) }
        let left = try json(shown)
        for words in [
            "in other words", "state unknown", "[…]", "a note", "not seen", "three", "a row", "an event",
        ] { #expect(left.contains(words), "\(words)") }
        guard case .listing(let listing) = shown[2] else { return #expect(Bool(false)) }
        #expect(listing.text == "one\r\n[…]\nthree")
        #expect(listing.marks == [.init(line: 0, decides: [Self.other])])
        // A notice of which nothing may be said is none.
        #expect(Self.all[0].without([Self.secret, Self.other]) == nil)
        // Nothing else changes, and nothing changes twice.
        #expect(Self.all.compactMap { $0.without([CheckID("Q2.a")]) } == Self.all)
        #expect(shown.compactMap { $0.without([Self.secret]) } == shown)
    }

    @Test func theFormInFiles() throws {
        let kinds = ["notice", "machines", "listing", "table", "timeline"]
        for (exhibit, kind) in zip(Self.all, kinds) {
            let data = try JSONEncoder().encode(exhibit)
            #expect(String(decoding: data, as: UTF8.self).contains("\"kind\":\"\(kind)\""))
            #expect(try JSONDecoder().decode(Exhibit.self, from: data) == exhibit)
        }
        let unknown = Data("{\"kind\": \"film\"}".utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Exhibit.self, from: unknown) }
    }

    @Test func aFloodIsCutOff() throws {
        let flood = String(repeating: "é", count: 1 << 21)
        let row = Told([Self.text(flood)])
        let exhibits: [Exhibit] = [
            .table(
                TableExhibit(
                    id: "t", heading: Self.text(flood), columns: [],
                    rows: Array(repeating: row, count: 2_000))),
            .listing(
                ListingExhibit(
                    id: "l", heading: Self.text(""), command: flood, text: flood, none: Self.text(""))),
        ]
        #expect(try json(exhibits).utf8.count < 12 << 20)
        #expect("abc".cut(to: 3) == "abc" && "abcd".cut(to: 3) == "abc…" && "éàü".cut(to: 3) == "éàü")
    }

    /// A result that an earlier Bascule wrote: without exhibits, and what it hid with a check stays hidden.
    @Test func resultsOfVersion1AreRead() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/Results/result-1.json")
        let decoder = JSONDecoder()
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        decoder.dateDecodingStrategy = .custom { decoder in
            try Date(decoder.singleValueContainer().decode(String.self), strategy: style)
        }
        let result = try decoder.decode(GradedResult.self, from: Data(contentsOf: file))
        #expect(result.schemaVersion == GradedResult.currentSchemaVersion && result.exhibits.isEmpty)
        #expect(result.student.id == "etu4" && result.questions.count == 2)
        #expect(result.drillsTellOf == [CheckID("Q6.standby")])
        let shown = result.shownToStudents(at: Date(timeIntervalSince1970: 1_795_000_000))
        #expect(result.drills != nil && shown.drills == nil)
        let again = try JSONDecoder().decode(GradedResult.self, from: JSONEncoder().encode(result))
        #expect(again == result)
    }
}
