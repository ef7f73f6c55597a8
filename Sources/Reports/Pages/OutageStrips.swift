import Foundation
import GraderCore

/// How long a class's outages were, a row for each drill on one scale: pairs, median, shortest and longest in figures,
/// and where every pair stands as a strip (`outages.mustache`). The scale is logarithmic, for a move takes tenths of a
/// second and a recovery tens of seconds.
struct OutageStrips: Sendable {
    var drills: [DrillOutages]

    /// Tenths of a second to two minutes; what is beyond stands at the edge.
    private static let shortest = 0.1
    private static let longest = 120.0
    static let width = 280
    static let height = 30
    private static let places = 40

    /// Only drills of which at least two pairs were measured: one alone is no distribution, and stands in the table of
    /// the drills.
    init(_ drills: [DrillOutages]) {
        self.drills = drills.compactMap { drill in
            var drill = drill
            drill.outages.removeAll { !$0.seconds.isFinite || $0.seconds < 0 }
            return drill.outages.count > 1 ? drill : nil
        }
    }

    struct Tick: PageView {
        var x: Int
        var label: String
        var anchor: String
    }

    struct Strip: PageView {
        var drill: String
        var count: Int
        var median: String
        var least: String
        var most: String
        var medianX: Int
        var columns: [Column]
    }

    struct Column: PageView {
        var x: Int
        var y: Int
        var w: Int
        var h: Int
    }

    static func ticks(_ words: Sentences) -> [Tick] {
        [0.1, 1, 10, 100].map { seconds in
            Tick(
                x: position(seconds),
                label: "\(words.language.number(seconds, digits: seconds < 1 ? 1 : 0))\u{A0}s",
                anchor: seconds == shortest ? "start" : "middle")
        }
    }

    func strips(_ words: Sentences) -> [Strip] { drills.map { row($0, words) } }

    private func row(_ drill: DrillOutages, _ words: Sentences) -> Strip {
        let seconds = drill.outages.map(\.seconds).sorted()
        let middle = seconds.count / 2
        // Of an even number the mean of the two in the middle.
        let median =
            seconds.count.isMultiple(of: 2) ? (seconds[middle - 1] + seconds[middle]) / 2 : seconds[middle]
        return Strip(
            drill: drill.drill[words.language],
            count: seconds.count,
            // bounded: measured in a drill, or refused when it was read
            median: words.seconds(.seconds(median)),
            least: words.seconds(.seconds(seconds.first ?? median)),  // bounded: as the median
            most: words.seconds(.seconds(seconds.last ?? median)),  // bounded: as the median
            medianX: OutageStrips.position(median),
            columns: columns(seconds))
    }

    private func columns(_ seconds: [Double]) -> [Column] {
        let step = OutageStrips.width / OutageStrips.places
        var counts: [Int: Int] = [:]
        for value in seconds {
            counts[min(OutageStrips.position(value) / step, OutageStrips.places - 1), default: 0] += 1
        }
        let most = counts.values.max() ?? 1
        return counts.sorted { $0.key < $1.key }.map { place, count in
            // One pair among many stays visible.
            let height = max(4, count * (OutageStrips.height - 6) / most)
            return Column(x: place * step + 1, y: OutageStrips.height - height, w: step - 2, h: height)
        }
    }

    private static func position(_ seconds: Double) -> Int {
        let bounded = min(max(seconds, shortest), longest)
        return Int(saturating: (log(bounded / shortest) / log(longest / shortest) * Double(width)).rounded())
    }
}
