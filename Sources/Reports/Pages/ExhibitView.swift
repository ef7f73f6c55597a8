import GraderCore

/// Machines as they were found, drawn and in words: at the head of the student's page.
struct MachinesView: PageView {
    var id: String
    var heading: String
    var drawings: [MachinesDrawing.View]
    var sentences: [String]
}

/// What else is shown as it was found: behind the questions. One of listing and table.
struct ExhibitView: PageView {
    var id: String
    var heading: String
    var listing: Listing?
    var table: Table?

    struct Listing: PageView {
        var command: String
        /// What is said where there is no text.
        var none: String?
        /// Whether any line decided a check.
        var hasNotes: Bool
        var lines: [Line]
    }

    struct Line: PageView {
        var text: String
        var isMarked: Bool
        var notes: [Note]
    }

    struct Note: PageView {
        var anchor: String
        /// Of the sign.
        var name: String
        var label: String
        var inWords: String
    }

    struct Table: PageView {
        var columns: [String]
        var rows: [Row]
    }

    struct Row: PageView {
        var head: String
        var cells: [String]
    }
}

extension StudentReport {
    var machines: [MachinesView] {
        let all = result.exhibits.compactMap { exhibit -> MachinesExhibit? in
            guard case .machines(let machines) = exhibit else { return nil }
            return machines
        }
        return all.enumerated().map { index, machines in
            MachinesView(
                id: id(machines.id), heading: machines.heading[language],
                drawings: MachinesDrawing.Layout.allCases.map {
                    MachinesDrawing(
                        machines: machines, language: language, layout: $0,
                        suffix: index == 0 ? "" : "-\(index + 1)"
                    ).view
                },
                sentences: words.sentences(machines).map { safe($0.sentence) })
        }
    }

    func exhibit(_ exhibit: Exhibit) -> ExhibitView? {
        switch exhibit {
        case .notice, .machines: return nil
        case .listing(let listing):
            return ExhibitView(
                id: id(listing.id), heading: listing.heading[language], listing: self.listing(listing))
        case .table(let table):
            let rows = table.rows.map { row in
                ExhibitView.Row(
                    head: row.value.first?[language] ?? "",
                    cells: row.value.dropFirst().map { $0[language] })
            }
            return ExhibitView(
                id: id(table.id), heading: table.heading[language],
                table: ExhibitView.Table(columns: table.columns.map { $0[language] }, rows: rows))
        case .timeline(let timeline):
            let rows = timeline.events.map { event in
                ExhibitView.Row(head: words.moment(event.value.at), cells: [event.value.text[language]])
            }
            let columns = [Phrase.moment[language], Phrase.whatHappened[language]]
            return ExhibitView(
                id: id(timeline.id), heading: timeline.heading[language],
                table: ExhibitView.Table(columns: columns, rows: rows))
        }
    }

    private func listing(_ listing: ListingExhibit) -> ExhibitView.Listing {
        let lines = DecisiveLine.all(of: listing, in: result, language: language)
        return ExhibitView.Listing(
            command: safe(listing.command, limit: 300),
            none: listing.text.isEmpty ? listing.none[language] : nil,
            hasNotes: lines.contains { !$0.notes.isEmpty },
            lines: lines.map { line in
                ExhibitView.Line(
                    text: line.text, isMarked: !line.notes.isEmpty,
                    notes: line.notes.map { note in
                        ExhibitView.Note(
                            anchor: anchor(note.check.rawValue), name: note.sign.rawValue,
                            label: safe(note.check.rawValue, limit: 60),
                            inWords: words.pick(" : ", ": ") + note.sign.word[language])
                    })
            })
    }

    /// Letters, digits and hyphens.
    private func id(_ text: String) -> String { String(anchor(text).dropFirst(2)) }
}

/// A line of a listing, with the checks that it decided: so that a student sees where to look.
struct DecisiveLine: Sendable {
    struct Note: Sendable {
        var check: CheckID
        var title: LocalizedText
        var sign: Sign
    }

    /// Made safe; without the line's end.
    var text: String
    /// In the order of the page.
    var notes: [Note]

    /// All lines of a listing. A check that is not decided has none.
    static func all(
        of listing: ListingExhibit, in result: GradedResult, language: Language
    ) -> [DecisiveLine] {
        let decided = result.questions.flatMap(\.checks).map(\.result).filter { Sign($0.verdict).isDecided }
        let marks = Dictionary(
            listing.marks.map { ($0.line, Set($0.decides)) }, uniquingKeysWith: { $0.union($1) })
        // Cut off as a whole first, so that a flood of lines is one flood.
        let shown = SafeText.block(listing.text, language: language)
        // By byte: what one says of a letter may begin another line.
        var lines = shown.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated().prefix(5_000).map { number, text in
                let checks = marks[number] ?? []
                return DecisiveLine(
                    text: String(Substring(text)),
                    notes: decided.filter { checks.contains($0.id) }.map {
                        Note(check: $0.id, title: $0.title, sign: Sign($0.verdict))
                    })
            }
        if lines.last?.text.isEmpty == true { lines.removeLast() }
        return lines
    }
}

extension StudentMarkdown {
    func machines() -> [String] {
        result.exhibits.flatMap { exhibit -> [String] in
            guard case .machines(let machines) = exhibit else { return [] }
            return ["## \(own(machines.heading))", ""]
                + words.sentences(machines).map { "- \(label(safe($0.label)))\(safe($0.sentence))" } + [""]
        }
    }

    /// What stands behind the questions.
    func exhibits() -> [String] {
        result.exhibits.flatMap { exhibit -> [String] in
            switch exhibit {
            case .notice, .machines: []
            case .listing(let listing): self.listing(listing)
            case .table(let table):
                ["## \(own(table.heading))", ""]
                    + rows([table.columns.map(cell)] + table.rows.map { $0.value.map(cell) })
            case .timeline(let timeline):
                ["## \(own(timeline.heading))", ""]
                    + timeline.events.map { "- \(words.moment($0.value.at)) – \(own($0.value.text))" } + [""]
            }
        }
    }

    private func rows(_ rows: [[String]]) -> [String] {
        guard let head = rows.first, !head.isEmpty else { return [] }
        func line(_ cells: [String]) -> String {
            "| "
                + (cells + Array(repeating: "", count: max(head.count - cells.count, 0)))
                .prefix(head.count).joined(separator: " | ") + " |"
        }
        return [line(head), line(head.map { _ in "---" })] + rows.dropFirst().map(line) + [""]
    }

    private func listing(_ listing: ListingExhibit) -> [String] {
        let heading = ["## \(own(listing.heading))", ""]
        guard !listing.text.isEmpty else { return heading + [own(listing.none), ""] }
        return heading
            + [
                SafeText.markdownCode(listing.command, limit: 300, language: language), "",
                SafeText.markdownBlock(listing.text, language: language), "",
            ] + decisiveLines(listing)
    }

    /// A list: within code nothing can be marked.
    private func decisiveLines(_ listing: ListingExhibit) -> [String] {
        let lines = DecisiveLine.all(of: listing, in: result, language: language).filter { !$0.notes.isEmpty }
        guard !lines.isEmpty else { return [] }
        return ["### \(Phrase.decisiveHeading[language])", ""]
            + lines.map { line in
                let notes = line.notes.map {
                    "\($0.sign.symbol) \(safe($0.title[language], limit: 300))"
                }
                // Without the indentation, and the backslash that only says that the statement goes on.
                let text = line.text.split(separator: " ").filter { $0 != "\\" }.joined(separator: " ")
                return "- \(SafeText.markdownCode(text, limit: 300, language: language)) – "
                    + notes.joined(separator: " · ")
            } + [""]
    }

    private func own(_ text: LocalizedText) -> String { safe(text[language]) }

    private func cell(_ text: LocalizedText) -> String {
        SafeText.markdownCell(text[language], language: language)
    }
}
