import Foundation
import GraderCore

/// A drill under way, with its time line as far as it is measured: the drawing of the finished one, half second by half
/// second.
struct BoardDrill: PageView {
    var heading: String
    var stage: String
    var began: BoardMoment
    var notice: String?
    /// Wide and narrow; empty before the first half second.
    var drawings: [DrillPanel.View]
    var states: [DrillView.State]

    /// Nil where no drill is under way.
    init?(_ activity: LessonActivity, now: Date, _ words: Sentences) {
        guard case .drilling(let drill) = activity else { return nil }
        heading = drill.title[words.language]
        stage = words.stage(drill.stage)
        began = BoardMoment(drill.beganAt, .since, now: now, words)
        notice = drill.notice?[words.language]
        drawings =
            drill.seen.isEmpty
            ? [] : DrillPanel.Layout.allCases.map { MomentStrip(drill.seen, $0, words).view }
        states = MomentStrip.states(in: drill.seen, words)
    }
}

/// Half seconds as a drawing (`timeline.mustache`), by shape and not by colour: what answered is an empty box, what
/// answered in part is striped, what did not is filled, what is not known is dashed.
struct MomentStrip {
    private var seen: ArraySlice<ServiceMoment>
    /// Before `seen`: a drawing has room for so much.
    private var skipped: Int
    private var layout: DrillPanel.Layout
    private var words: Sentences

    private static let top = 34
    private static let height = 36
    private static let longest = 600
    /// Seconds that the drawing has room for at least.
    private static let least = 30
    private static let length = LessonDrill.moment / .seconds(1)

    private var left: Int { layout == .wide ? 76 : 56 }
    private var width: Int { layout == .wide ? 690 : 344 }
    private var plotWidth: Int { width - left - 12 }
    private var axis: Int { Self.top + Self.height + 8 }

    init(_ seen: [ServiceMoment], _ layout: DrillPanel.Layout, _ words: Sentences) {
        self.seen = seen.suffix(Self.longest)
        skipped = max(seen.count - Self.longest, 0)
        self.layout = layout
        self.words = words
    }

    /// What the drawing holds, for its key.
    static func states(in seen: [ServiceMoment], _ words: Sentences) -> [DrillView.State] {
        let used = Set(seen)
        return [ServiceMoment.served, .partly, .notServed, .unknown].filter(used.contains).map { moment in
            DrillView.State(
                state: name(moment), meaning: words.moment(moment),
                pattern: moment == .partly ? pattern(from: 1, to: 27, 1, 15) : "")
        }
    }

    /// The stylesheet's word.
    private static func name(_ moment: ServiceMoment) -> String {
        switch moment {
        case .served: "served"
        case .partly: "refused"
        case .notServed: "silent"
        case .unknown: "unknown"
        }
    }

    private static func pattern(from: Int, to: Int, _ top: Int, _ bottom: Int) -> String {
        stride(from: from + 2, to: to, by: 5).map { "M\($0) \(top)V\(bottom)" }.joined()
    }

    /// Alike ones in a row.
    private var runs: [(moment: ServiceMoment, start: Int, count: Int)] {
        var runs: [(moment: ServiceMoment, start: Int, count: Int)] = []
        for (index, moment) in seen.enumerated() {
            if runs.last?.moment == moment {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((moment, index, 1))
            }
        }
        return runs
    }

    /// `2,5 s`.
    private func length(_ moments: Int) -> String {
        "\(words.language.number(Double(moments) * Self.length, digits: 1))\u{A0}s"
    }

    /// In seconds, in whole tens.
    private var shown: Double {
        let seconds = Int(saturating: (Double(seen.count) * Self.length).rounded(.up))
        return Double(max((seconds + 9) / 10 * 10, Self.least))
    }

    private func x(_ seconds: Double) -> Int {
        left + Int(saturating: (seconds / shown * Double(plotWidth)).rounded())
    }

    var view: DrillPanel.View {
        let runs = runs
        return DrillPanel.View(
            name: "live-\(layout.rawValue)", layout: layout.rawValue, width: width, height: axis + 26,
            drawingTitle: BoardPhrase.boardMoments[words.language], description: description(runs),
            left: left, right: left + plotWidth, labelX: left - 8, client: words.pick("client", "client"),
            clientLabelY: Self.top + Self.height / 2 + 4, spans: runs.map(span), lengths: lengths(runs),
            lanes: [], rules: [], axis: axis, tickY: axis + 19, ticks: ticks)
    }

    private func span(_ run: (moment: ServiceMoment, start: Int, count: Int)) -> DrillPanel.View.Span {
        let from = x(Double(run.start) * Self.length)
        let to = max(x(Double(run.start + run.count) * Self.length), from + 2)
        let bottom = Self.top + Self.height
        return DrillPanel.View.Span(
            state: Self.name(run.moment), x: from, y: Self.top, w: to - from, h: Self.height,
            pattern: run.moment == .partly ? Self.pattern(from: from, to: to, Self.top, bottom) : "",
            label: nil, labelX: (from + to) / 2, labelY: Self.top + Self.height / 2 + 4)
    }

    /// How long nothing answered, above it, where there is room.
    private func lengths(
        _ runs: [(moment: ServiceMoment, start: Int, count: Int)]
    ) -> [DrillPanel.View.Length] {
        var taken = Int.min
        return runs.filter { $0.moment == .notServed }.compactMap { run in
            let text = length(run.count)
            let half = text.count * 4
            let middle =
                (x(Double(run.start) * Self.length) + x(Double(run.start + run.count) * Self.length)) / 2
            let place = min(max(middle, left + half), left + plotWidth - half)
            guard place - half > taken else { return nil }
            taken = place + half
            return DrillPanel.View.Length(x: place, label: text)
        }
    }

    private var ticks: [DrillPanel.View.Length] {
        let most = layout == .wide ? 9.0 : 4.0
        let step = [5.0, 10, 20, 30, 60, 120].first { shown / $0 <= most } ?? shown
        let begin = Double(skipped) * Self.length
        return stride(from: 0, through: shown, by: step).map { seconds in
            let text = words.language.number(begin + seconds, digits: 0)
            return DrillPanel.View.Length(x: x(seconds), label: seconds == 0 ? text : "\(text)\u{A0}s")
        }
    }

    /// The same in words: the last of it.
    private func description(_ runs: [(moment: ServiceMoment, start: Int, count: Int)]) -> String {
        runs.suffix(8).map { run in
            "\(words.moment(run.moment)) \(length(run.count))"
        }.joined(separator: ", ") + "."
    }
}
