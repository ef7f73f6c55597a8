import Foundation
import GraderCore

/// A result of which every foreign string is an attack.
enum HostileSample {
    static let script = "<script>alert(1)</script>"
    static let image = "\"><img src=x onerror=alert(1)>"
    static let ansi = "\u{1B}[31mred\u{1B}]0;title\u{07}\u{9B}2J"
    static let direction = "\u{202E}gnp.exe\u{202C}\u{2067}x\u{2069}\u{200F}"
    static let hidden = "a\u{200B}b\u{FEFF}c\u{2028}d\u{2060}e\u{AD}f"
    static let null = "nul\u{0}l"
    /// U+0600 belongs to the grapheme cluster of what follows: escaping by `Character` does not see the `<`.
    static let prepended = "\u{0600}<script>alert(2)</script>\u{0D4E}<img src=x onerror=alert(2)>"
    static let combined = "<\u{301}script> \"\u{301} onload=alert(3) x=\"\u{301}"
    static let markdown =
        "![x](http://evil.example/x.png) [y](javascript:alert(1)) `code` **bold** | cell |\n# heading\n```\n<b>"
    static let mustache = "{{{style}}} {{> student}} {{t.mark}}"
    static let long = String(repeating: "A", count: 1 << 20)
    static let nonCharacter = "\u{FFFE}\u{FFFF}\u{1FFFE}"

    static let every = [
        script, image, ansi, direction, hidden, null, prepended, combined, markdown, mustache, nonCharacter,
        "a\r\nb\rc", "user@evil.example www.evil.example", "]]> <!-- --> &amp;",
    ]
    static let mixed = every.joined(separator: " ")

    static var exhibits: [Exhibit] {
        typealias Machines = MachinesExhibit
        let text = LocalizedText(verbatim: mixed)
        func card(_ machine: MachineID, _ name: String) -> Machines.Card {
            Machines.Card(
                machine, name: name, role: text, address: mixed,
                states: [Told(Machines.State(.held, text, inWords: text))],
                items: [Told(Machines.Items(every + [long], none: text, noneInWords: text))],
                notes: [Told(mixed), Told(long)])
        }
        let place = Machines.Shared.Place(holders: [.serv1], nowhere: text, inWords: text)
        let shared = Machines.Shared(name: text, shortName: mixed, value: mixed, places: [Told(place)])
        let machines = Machines(
            id: mixed, heading: text, title: text, machineLabel: text, itemsLabel: text,
            cards: [card(.serv1, mixed), card(.serv2, long)], links: [Told(.cut)], shared: shared)
        let listing = ListingExhibit(
            id: "l", heading: text, command: mixed, text: mixed + "\n" + long, none: text,
            marks: [.init(line: 0, decides: [CheckID("Q1.0")])])
        return [
            .notice([Told(NoticeExhibit(title: text, sentences: [text, text]))]), .machines(machines),
            .listing(listing),
            .table(
                TableExhibit(
                    id: "t" + mixed, heading: text, columns: [text, text], rows: [Told([text, text, text])])),
            .timeline(
                TimelineExhibit(id: "e", heading: text, events: [Told(.init(at: .zero, text: text))])),
        ]
    }

    static var result: GradedResult {
        let text = LocalizedText(verbatim: mixed)
        let questions = [
            SampleChecks.question(
                "Q1", text,
                every.enumerated().map { index, attack in
                    SampleChecks.check(
                        "Q1.\(index)", 1, index.isMultiple(of: 2) ? .notMet : .met, title: text,
                        expected: LocalizedText(verbatim: attack), found: text, why: text, see: mixed,
                        hint: text)
                }
                    + [
                        SampleChecks.check(
                            "Q1." + script, 1, .blocked(by: CheckID(mixed)), title: text,
                            expected: LocalizedText(verbatim: long), found: LocalizedText(verbatim: long))
                    ]),
            SampleChecks.question(
                script, text,
                [
                    SampleChecks.check(
                        image, 1, .notAssessed(.noEvidence), title: LocalizedText(verbatim: ""),
                        expected: text,
                        found: text)
                ]),
        ]
        var result = SampleResults.result(
            "hostile" + script + "/../x", [mixed, long], questions: questions,
            exhibits: exhibits,
            unreachable: [.serv2: TransportFailure(.protocolError, text)],
            instability: Instability(kind: .actionsPending, attempts: 2, detail: mixed))
        result.className = mixed
        result.exerciseTitle = text
        result.provenance = Provenance(grader: mixed, rubricSHA256: mixed, evidenceSHA256: mixed)
        result.questions[0].writtenAnswer = mixed + "\n" + String(repeating: "B", count: 10 << 20)
        let mark = TeacherMark(points: Points(1), comment: mixed)
        result = result.applying(
            StudentMarks(
                marks: [.question(QuestionID("Q1")): mark, .check(CheckID("Q1.0")): mark], comment: mixed,
                members: [mixed: StudentMarks(marks: [.check(CheckID("Q1.1")): mark], comment: mixed)]))
        result.collectionSeconds = .nan
        result.collectedAt = Date(timeIntervalSince1970: 1e300)
        return result
    }
}
