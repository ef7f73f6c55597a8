import GraderCore

/// How many fall where, as columns: the places are worked out here, the shapes are the template's
/// (`histogram.mustache`). A table beside it says the same.
struct Histogram: Sendable {
    struct Bin: Sendable {
        /// What the column stands for, e.g. `8 – 10`.
        var label: String
        /// Settled ones, drawn whole.
        var count: Int
        /// Those that may still change, drawn hatched on top.
        var open: Int
    }

    /// For ids, unique on the page.
    var name: String
    var title: String
    var bins: [Bin]

    private static let columnWidth = 56
    private static let height = 150
    private static let foot = 26
    private static let head = 20

    struct View: PageView {
        var name: String
        var chartTitle: String
        var width: Int
        var height: Int
        var base: Int
        var description: String
        /// Whether any column has a part that may still change.
        var hasOpen: Bool
        var columns: [Column]

        struct Column: PageView {
            var x: Int
            var y: Int
            var w: Int
            var h: Int
            var middle: Int
            var openY: Int
            var openH: Int
            var isOpen: Bool
            var isEmpty: Bool
            var figureY: Int
            var labelY: Int
            var figure: Int
            var label: String
            var open: Int
        }
    }

    /// - Parameter words: for the text alternative.
    func view(_ words: Sentences) -> View {
        let most = max(bins.map { $0.count + $0.open }.max() ?? 0, 1)
        return View(
            name: name, chartTitle: title, width: bins.count * Histogram.columnWidth,
            height: Histogram.head + Histogram.height + Histogram.foot,
            base: Histogram.head + Histogram.height,
            description: bins.filter { $0.count + $0.open > 0 }
                .map { "\($0.label)\(words.pick(" :", ":")) \($0.count + $0.open)" }
                .joined(separator: words.pick(" ; ", "; ")),
            hasOpen: bins.contains { $0.open > 0 },
            columns: bins.enumerated().map { index, bin in column(bin, at: index, most: most) })
    }

    private func column(_ bin: Bin, at index: Int, most: Int) -> View.Column {
        let left = index * Histogram.columnWidth
        let whole = bin.count * Histogram.height / most
        let both = (bin.count + bin.open) * Histogram.height / most
        let base = Histogram.head + Histogram.height
        return View.Column(
            x: left + 6, y: base - whole, w: Histogram.columnWidth - 12, h: whole,
            middle: left + Histogram.columnWidth / 2, openY: base - both, openH: both - whole,
            isOpen: bin.open > 0, isEmpty: bin.count + bin.open == 0,
            figureY: base - both - 6, labelY: base + 18,
            figure: bin.count + bin.open, label: bin.label, open: bin.open)
    }
}

extension Histogram {
    /// Marks in ten steps of the rubric's total; who has nothing decided is not in it.
    static func marks(_ results: [GradedResult], words: Sentences) -> Histogram? {
        let scores = results.flatMap { result -> [Tally] in
            guard result.isAssessed, result.isAbsent != true else { return [] }
            // A person each, as in the gradebook.
            return result.student.names.count < 2
                ? [result.score]
                : result.student.names.map { name in
                    result.members?.first { $0.name == name }?.score ?? result.score
                }
        }
        guard let total = scores.map(\.total).max(), total > .zero else { return nil }
        let step = max(total.thousandths / 10, 1)
        var bins = (0..<10).map { index in
            Bin(
                label: "\(Points(thousandths: index * step).formatted(words.language))–"
                    + Points(thousandths: index == 9 ? total.thousandths : (index + 1) * step)
                    .formatted(words.language),
                count: 0, open: 0)
        }
        for score in scores {
            let index = min(max(score.earned.thousandths / step, 0), 9)
            if score.isComplete { bins[index].count += 1 } else { bins[index].open += 1 }
        }
        return Histogram(
            name: "marks", title: words.pick("Répartition des notes", "Distribution of the marks"), bins: bins
        )
    }
}
