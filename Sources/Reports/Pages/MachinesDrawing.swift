import GraderCore

/// Machines as they were found, as a drawing: places and sizes are worked out here, the shapes are the template's.
///
/// There are two of them on a page, one wide and one narrow, of which the stylesheet shows the one that fits: a
/// drawing that is only scaled down cannot be read on a phone. The wide one has two machines in a row.
struct MachinesDrawing: Sendable {
    enum Layout: String, Sendable, CaseIterable {
        case wide, narrow

        fileprivate var columns: Int { self == .wide ? 2 : 1 }
        fileprivate var boxWidth: Int { self == .wide ? 310 : 312 }
    }

    var machines: MachinesExhibit
    var language: Language
    var layout: Layout
    /// Apart from the page's other drawings; empty for the first.
    var suffix = ""

    private static let margin = 2
    private static let gap = 56
    private static let maximumItems = 6
    private static let rowHeight = 30

    private typealias Card = MachinesExhibit.Card

    private var words: Sentences { Sentences(language) }
    private var cards: [Card] { machines.cards }
    private var place: MachinesExhibit.Shared.Place? { machines.shared?.places.shown() }
    /// What is shared has a place of its own above the machines where none of them is known to hold it.
    private var isLoose: Bool { machines.shared != nil && place?.holders.isEmpty ?? true }
    private var top: Int { isLoose ? 66 : machines.shared == nil ? MachinesDrawing.margin : 24 }
    private var boxWidth: Int { layout.boxWidth }
    private var boxHeight: Int {
        // Of machines that have no list nothing stands below the line.
        guard cards.contains(where: { $0.items.shown() != nil }) else { return 84 + noteRows * 16 }
        let shown =
            cards.map { min(max(names($0).count, 1), MachinesDrawing.maximumItems + 1) }.max() ?? 1
        return 112 + noteRows * 16 + shown * MachinesDrawing.rowHeight
    }
    /// As wide as a full row, so that a machine by itself is as large as one among others.
    private var width: Int {
        2 * MachinesDrawing.margin + layout.columns * boxWidth + (layout.columns - 1) * MachinesDrawing.gap
    }
    private var height: Int {
        let rows = max((cards.count + layout.columns - 1) / layout.columns, 1)
        return top + rows * boxHeight + (rows - 1) * MachinesDrawing.gap + MachinesDrawing.margin
    }

    var view: View {
        View(
            layout: layout.rawValue, suffix: suffix, width: width, height: height,
            drawingTitle: machines.title[words.language],
            description: SafeText.line(words.description(machines), language: language),
            nodes: cards.enumerated().map { box($0.element, at: $0.offset) }, links: links,
            loose: isLoose ? loose : nil)
    }

    private func origin(_ index: Int) -> (x: Int, y: Int) {
        let (row, column) = index.quotientAndRemainder(dividingBy: layout.columns)
        return (
            MachinesDrawing.margin + column * (boxWidth + MachinesDrawing.gap),
            top + row * (boxHeight + MachinesDrawing.gap)
        )
    }

    private func names(_ card: Card) -> [String] { card.items.shown()?.names ?? [] }

    /// One machine. What is inside the box is placed from the box's own corner, and cut off at its edge.
    private func box(_ card: Card, at index: Int) -> View.Node {
        let (x, y) = origin(index)
        let tag = tag
        let tagWidth = min(boxWidth - 24, tag.count * 8 + 36)
        let state = words.state(card)
        return View.Node(
            state: state.kind.rawValue, x: x, y: y, w: boxWidth, h: boxHeight,
            right: boxWidth - 16, inner: boxWidth - 32,
            name: SafeText.label(words.name(card), limit: 14),
            address: SafeText.label(card.address, limit: 35),
            stateWord: SafeText.label(state.word[words.language], limit: 24),
            chips: chips(names(card)),
            empty: card.items.shown().map { SafeText.label($0.none[words.language], limit: 40) },
            software: notes(card).enumerated().map { row, text in
                View.Note(baseline: boxHeight - 12 - (noteRows - 1 - row) * 16, label: text)
            },
            isHolder: place?.holders.contains(card.machine) ?? false,
            tagX: x + (boxWidth - tagWidth) / 2, tagY: y - 14, tagWidth: tagWidth,
            tagTextX: x + boxWidth / 2, tagTextY: y + 5, tag: tag)
    }

    private func chips(_ names: [String]) -> [View.Chip] {
        var labels = names.prefix(MachinesDrawing.maximumItems).map { SafeText.label($0, limit: 34) }
        if names.count > labels.count {
            let more = names.count - labels.count
            labels.append(words.pick("et \(more) de plus", "and \(more) more"))
        }
        return labels.enumerated().map { row, label in
            let top = 92 + row * MachinesDrawing.rowHeight
            return View.Chip(top: top, baseline: top + 16, label: label)
        }
    }

    /// The name and the value of what is shared; a long value fills the tag by itself.
    private var tag: String {
        guard let shared = machines.shared else { return "" }
        let value = SafeText.label(shared.value, limit: 32)
        let name = SafeText.label(shared.name[words.language], limit: 16)
        return value.isEmpty ? name : value.count > 16 ? value : "\(name) \(value)"
    }

    private var loose: View.Loose {
        let value = SafeText.label(machines.shared?.value ?? "", limit: 16)
        let short = SafeText.label(machines.shared?.shortName ?? "", limit: 16)
        let label =
            (value.isEmpty ? tag : "\(short) \(value)")
            + SafeText.label(place.map { $0.nowhere[words.language] } ?? "", limit: 24)
        let tagWidth = label.count * 8 + 36
        // Above the machines that there are.
        let inUse = cards.count < layout.columns ? 2 * MachinesDrawing.margin + boxWidth : width
        return View.Loose(
            x: (inUse - tagWidth) / 2, y: 12, w: tagWidth, textX: inUse / 2, textY: 31, label: label)
    }

    /// In as many lines as they need, two at most.
    private func notes(_ card: Card) -> [String] {
        var lines: [String] = []
        for item in card.notes.prefix(8).map({ SafeText.label($0.value, limit: 38) }) {
            if let last = lines.last, last.count + item.count + 3 <= 40 {
                lines[lines.count - 1] = "\(last) · \(item)"
            } else {
                lines.append(item)
            }
        }
        return Array(lines.prefix(2))
    }

    private var noteRows: Int { cards.map { notes($0).count }.max() ?? 0 }

    /// The lines between machines that stand side by side or one above the other.
    private var links: [View.Link] {
        guard let link = machines.links.shown() else { return [] }
        return cards.indices.flatMap { index -> [View.Link] in
            let (x, y) = origin(index)
            let below = index + layout.columns
            let isRowsLast = index % layout.columns == layout.columns - 1 || index + 1 == cards.count
            return [
                isRowsLast ? nil : self.link(link, from: (x + boxWidth, y + boxHeight / 2), isAcross: true),
                below < cards.count
                    ? self.link(link, from: (x + boxWidth / 2, y + boxHeight), isAcross: false) : nil,
            ].compactMap(\.self)
        }
    }

    private func link(
        _ link: MachinesExhibit.Link, from start: (x: Int, y: Int), isAcross: Bool
    ) -> View.Link {
        let gap = MachinesDrawing.gap
        let end = isAcross ? (start.x + gap, start.y) : (start.x, start.y + gap)
        let middle = isAcross ? (start.x + gap / 2, start.y) : (start.x, start.y + gap / 2 - 7)
        return View.Link(
            kind: link == .whole ? "whole" : "broken", x1: start.x, y1: start.y, x2: end.0, y2: end.1,
            isBroken: link == .cut,
            a: middle.0 - 6, b: middle.0 + 6, c: middle.1 - 6, d: middle.1 + 6)
    }
}
