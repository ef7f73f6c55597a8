import GraderCore

/// The time line of one way, there or back, as a drawing: what a client saw on top, below it the events of each
/// node's log by their number in the table. Places are worked out here, the shapes are the template's. No colour
/// carries a meaning: what did not answer is filled, striped upright or striped across.
struct DrillPanel {
    enum Way: String, CaseIterable { case failover, failback }
    typealias Layout = MachinesDrawing.Layout

    var timeline: DrillTimeline
    var way: Way
    var layout: Layout
    var words: Sentences
    /// What the template uses in ids.
    var name: String
    var drawingTitle: String
    var description: String

    private static let clientTop = 34
    private static let clientHeight = 36
    private static let laneHeight = 26
    private static let markerWidth = 24

    private var left: Int { layout == .wide ? 76 : 56 }
    private var width: Int { layout == .wide ? 690 : 344 }
    private var plotWidth: Int { width - left - 12 }
    private var lanes: [MachineID] { timeline.names.keys.sorted() }
    private var axis: Int { Self.clientTop + Self.clientHeight + 8 + lanes.count * Self.laneHeight + 6 }

    /// What is shown: the outages with some time around them; nil where there was none on the way back.
    var window: (start: Duration, end: Duration)? {
        let parts = (way == .failover ? timeline.failover : timeline.failback).parts
        guard let first = parts.first, let last = parts.last else {
            guard way == .failover else { return nil }
            return (.seconds(-1), max(timeline.time(.watched) ?? .seconds(3), .seconds(1)))
        }
        let from = way == .failover ? min(.zero, first.start) : first.start
        let margin = max((last.end - from) / 8, .milliseconds(150))
        return (from - margin, last.end + margin)
    }

    /// Where everything stands in the drawing.
    struct View: PageView {
        var name: String
        var layout: String
        var width: Int
        var height: Int
        var drawingTitle: String
        var description: String
        var left: Int
        var right: Int
        var labelX: Int
        var client: String
        var clientLabelY: Int
        var spans: [Span]
        var lengths: [Length]
        var lanes: [Lane]
        var rules: [Rule]
        var axis: Int
        var tickY: Int
        var ticks: [Length]

        struct Span: PageView {
            var state: String
            var x: Int
            var y: Int
            var w: Int
            var h: Int
            var pattern: String
            /// Nil where there is no room.
            var label: String?
            var labelX: Int
            var labelY: Int
        }

        struct Length: PageView {
            var x: Int
            var label: String
        }

        struct Lane: PageView {
            var name: String
            var y: Int
            var labelY: Int
            var markers: [Marker]
        }

        struct Marker: PageView {
            var x: Int
            var y: Int
            var w: Int
            var textX: Int
            var textY: Int
            var label: String
        }

        struct Rule: PageView {
            var x: Int
            var top: Int
            var bottom: Int
            var label: String
            var labelX: Int
        }
    }

    /// Nil where there is nothing to show.
    var view: View? {
        guard let window else { return nil }
        let shown = timeline.spans.filter { $0.end > window.start && $0.start < window.end }
        return View(
            name: name, layout: layout.rawValue, width: width, height: axis + 26,
            drawingTitle: drawingTitle, description: description,
            left: left, right: left + plotWidth, labelX: left - 8,
            client: words.pick("client", "client"),
            clientLabelY: Self.clientTop + Self.clientHeight / 2 + 4,
            spans: shown.map { span($0, window) },
            lengths: lengths(window),
            lanes: lanes.enumerated().map { index, role in lane(role, index, window) },
            rules: rules(window),
            axis: axis, tickY: axis + 19, ticks: ticks(window))
    }

    private func x(_ time: Duration, _ window: (start: Duration, end: Duration)) -> Int {
        let share = (time - window.start) / (window.end - window.start)
        return left + Int(saturating: (min(max(share, 0), 1) * Double(plotWidth)).rounded())
    }

    private func span(
        _ span: DrillTimeline.Span, _ window: (start: Duration, end: Duration)
    ) -> View.Span {
        let from = x(span.start, window)
        let to = max(x(span.end, window), from + 2)
        let (top, bottom) = (Self.clientTop, Self.clientTop + Self.clientHeight)
        var pattern = ""
        switch span.state {
        case .served, .silent: break
        case .refused:
            pattern = stride(from: from + 2, to: to, by: 5).map { "M\($0) \(top)V\(bottom)" }.joined()
        case .acceptedWithoutAnswer:
            pattern = stride(from: top + 4, to: bottom, by: 6).map { "M\(from) \($0)H\(to)" }.joined()
        }
        let label = span.by.map { SafeText.label(timeline.name($0), limit: 12) } ?? words.inAWord(.served)
        let isLabelled = span.state == .served && label.count * 8 + 8 < to - from
        return View.Span(
            state: span.state.rawValue, x: from, y: top, w: to - from, h: Self.clientHeight,
            pattern: pattern, label: isLabelled ? label : nil,
            labelX: (from + to) / 2, labelY: Self.clientTop + Self.clientHeight / 2 + 4)
    }

    /// How long each outage was, above it, where there is room.
    private func lengths(_ window: (start: Duration, end: Duration)) -> [View.Length] {
        var taken = Int.min
        return (way == .failover ? timeline.failover : timeline.failback).parts.compactMap { part in
            let text = (part.hasEnded ? "" : "> ") + words.seconds(part.length)
            let half = text.count * 4
            let middle = (x(part.start, window) + x(part.end, window)) / 2
            let place = min(max(middle, left + half), left + plotWidth - half)
            guard place - half > taken else { return nil }
            taken = place + half
            return View.Length(x: place, label: text)
        }
    }

    /// A node's lane: its name, and its events as numbers; those too close to one another share a place.
    private func lane(
        _ role: MachineID, _ index: Int, _ window: (start: Duration, end: Duration)
    ) -> View.Lane {
        let y = Self.clientTop + Self.clientHeight + 8 + index * Self.laneHeight + Self.laneHeight / 2
        var groups: [(x: Int, numbers: [Int])] = []
        for (index, event) in timeline.events.enumerated()
        where event.seenBy == role && event.at >= window.start && event.at <= window.end {
            let place = x(event.at, window)
            if let last = groups.last, place - last.x < Self.markerWidth + (last.numbers.count > 1 ? 18 : 0) {
                groups[groups.count - 1].numbers.append(index + 1)
            } else {
                groups.append((place, [index + 1]))
            }
        }
        return View.Lane(
            name: SafeText.label(timeline.name(role), limit: layout == .wide ? 9 : 6), y: y, labelY: y + 4,
            markers: groups.map { group in
                let label = Self.label(group.numbers)
                let width = max(18, label.count * 7 + 8)
                let start = min(max(group.x - 9, left), left + plotWidth - width)
                return View.Marker(
                    x: start, y: y - 9, w: width, textX: start + width / 2, textY: y + 4, label: label)
            })
    }

    /// `3`, `3–5`, `3, 7`
    static func label(_ numbers: [Int]) -> String {
        guard let first = numbers.first, let last = numbers.last else { return "" }
        if numbers.count == 1 { return "\(first)" }
        if numbers.count == 2, last != first + 1 { return "\(first), \(last)" }
        return "\(first)–\(last)"
    }

    /// Upright lines for what the grader did.
    private func rules(_ window: (start: Duration, end: Duration)) -> [View.Rule] {
        let moments: [(Duration, String)] = [
            (.zero, words.pick("incident", "incident")),
            (
                timeline.time(.restoring) ?? window.end + .seconds(1),
                words.pick("remise en place", "giving back")
            ),
        ]
        return moments.compactMap { at, label in
            guard at >= window.start, at <= window.end else { return nil }
            let place = x(at, window)
            let half = label.count * 7 / 2
            return View.Rule(
                x: place, top: 14, bottom: axis, label: label,
                labelX: min(max(place, left + half), left + plotWidth - half))
        }
    }

    private func ticks(_ window: (start: Duration, end: Duration)) -> [View.Length] {
        let length = (window.end - window.start) / .seconds(1)
        let most = layout == .wide ? 9.0 : 4.0
        let steps = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300]
        let step = steps.first { length / $0 <= most } ?? length / most
        let digits = step < 0.1 ? 2 : step < 1 ? 1 : 0
        let first = (window.start / .seconds(1) / step).rounded(.up)
        let last = (window.end / .seconds(1) / step).rounded(.down)
        guard first <= last else { return [] }
        return stride(from: first, through: last, by: 1).map { index in
            let place = x(.milliseconds(index * step * 1000), window)
            let text = words.language.number(index * step, digits: digits)
            return View.Length(x: place, label: index == last ? "\(text)\u{A0}s" : text)
        }
    }
}
