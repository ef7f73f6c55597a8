import GraderCore

/// The times during which a drill was running on a pair, as the nodes' journals have it (`drill ID begins: …`,
/// `drill ID ends`, `drill ID: given back by the timer`, all under the tag `bascule`). What happened within is the
/// grader's doing and proves nothing about the student.
public struct DrillBrackets: Sendable, Equatable {
    /// Seconds since the year began, by Greenwich's clock; syslog's time stamps have no year.
    private var intervals: [ClosedRange<Int>] = []

    /// A drill says that it begins some seconds before it changes anything; the nodes' clocks may differ by as
    /// much. No longer: what the student tried right before is his own.
    private static let before = 3
    /// What a drill set in motion goes on a little after it says that it is over.
    private static let after = 20
    /// A drill that never said that it ended: a drill's own bound.
    private static let longest = 30 * 60

    /// What every such line holds.
    public static let mark = ": drill "

    /// - Parameter lines: of both nodes' journals, `Nov 22 18:13:18 serv1 bascule[71]: drill 3f begins: …`.
    public init(_ lines: some Sequence<Substring>) { self.init(logs: [(Array(lines), 0)]) }

    /// - Parameter logs: each node's lines, and its seconds east of Greenwich.
    public init(logs: [(lines: [Substring], zone: Int)]) {
        var begun: [Substring: Int] = [:]
        var ended: [Substring: Int] = [:]
        let stamped = logs.lazy.flatMap { log in
            log.lines.lazy.map { ($0, LogStamp($0)?.universal(zone: log.zone)) }
        }
        for (line, time) in stamped {
            guard let time, let mark = line.firstRange(of: DrillBrackets.mark) else { continue }
            let words = line[mark.upperBound...].split(separator: " ")
            guard let id = words.first?.prefix(while: { $0 != ":" }) else { continue }
            if words.dropFirst().first?.hasPrefix("begins") ?? false {
                begun[id] = min(begun[id] ?? time, time)
            } else {
                ended[id] = max(ended[id] ?? time, time)
            }
        }
        for id in Set(begun.keys).union(ended.keys) {
            let first = begun[id] ?? ended[id].map { $0 - DrillBrackets.longest } ?? 0
            let last = ended[id] ?? first + DrillBrackets.longest
            intervals.append((first - DrillBrackets.before)...(max(first, last) + DrillBrackets.after))
        }
        intervals.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        // A node may claim thousands that lie over one another, and every line of its log is held against them.
        intervals = intervals.reduce(into: []) { merged, next in
            if let last = merged.last, next.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
            } else {
                merged.append(next)
            }
        }
    }

    /// The times that do not touch.
    public var count: Int { intervals.count }

    /// Whether a drill was running at that time, `Nov 22 18:13:18` in Greenwich.
    public func contains(_ time: Substring) -> Bool {
        LogStamp(time).map { contains(seconds: $0.universal(zone: 0)) } ?? false
    }

    func contains(seconds: Int) -> Bool {
        intervals.prefix(sorted: { $0.lowerBound <= seconds }).last?.contains(seconds) ?? false
    }
}
