import GraderCore

/// What is kept of one of a command's outputs.
struct CommandOutput: Sendable {
    let limit: Int
    /// Bytes that were read and thrown away.
    private(set) var dropped = 0
    private var hasOverflown = false
    /// The last bytes of all, dropped or not; kept up to date only once something was dropped.
    private(set) var tail: [UInt8] = []

    private var kept: [UInt8] = []
    /// Looks for the mark; nil once it has come.
    private var search: MarkSearch?
    /// What the log-in shell printed before the mark, as far as it is kept.
    private var preamble: [UInt8] = []
    private var preambleCount = 0

    /// What it shares with the other commands of a look.
    private let budget: OutputBudget?

    /// Room beyond the limit for the mark that may end the output.
    private static let slack = 64
    private static let tailLimit = 64
    /// A log-in shell has no reason to print more: what does is read no further.
    static let preambleLimit = 64 * 1024

    /// - Parameter beginMark: empty where the output begins at once.
    init(limit: Int, beginMark: [UInt8] = [], budget: OutputBudget? = nil) {
        self.limit = max(0, limit)
        self.budget = budget
        search = beginMark.isEmpty ? nil : MarkSearch(beginMark)
    }

    /// Whether the mark has come: whether the command has begun.
    var hasBegun: Bool { search == nil }
    /// So much came without the mark that it is not waited for any more.
    var isHopeless: Bool { !hasBegun && preambleCount > Self.preambleLimit }
    /// Bytes looked at for the mark.
    var examined: Int { search?.examined ?? 0 }

    /// What came after the mark; all there is where no mark came (an account that may not log in says so).
    var bytes: [UInt8] { Array((hasBegun ? kept : preamble).prefix(limit)) }
    /// Whether more came than `limit` lets through.
    var isTruncated: Bool { hasOverflown || (hasBegun ? kept : preamble).count > limit }

    mutating func take(_ piece: UnsafeRawBufferPointer) {
        guard !hasBegun else { return keep(piece) }
        guard !isHopeless else { return dropped += piece.count }
        guard let end = search?.feed(piece) else {
            preamble.append(contentsOf: piece.prefix(Self.preambleLimit - preamble.count))
            preambleCount += piece.count
            return
        }
        search = nil
        preamble = []
        keep(UnsafeRawBufferPointer(rebasing: piece[end...]))
    }

    /// Takes `suffix` off the end; false where the output does not end with it.
    mutating func remove(suffix: [UInt8]) -> Bool {
        if hasOverflown { return tail.suffix(suffix.count).elementsEqual(suffix) }
        guard kept.suffix(suffix.count).elementsEqual(suffix) else { return false }
        kept.removeLast(suffix.count)
        return true
    }

    private mutating func keep(_ piece: UnsafeRawBufferPointer) {
        var room = min(piece.count, max(0, limit + Self.slack - kept.count))
        // What follows a gap is not kept.
        if hasOverflown { room = 0 }
        if let budget { room = budget.draw(room, after: kept.count) }
        kept.append(contentsOf: piece.prefix(room))
        guard piece.count > room else { return }
        hasOverflown = true
        dropped += piece.count - room
        let lastKept = tail.isEmpty ? kept.suffix(Self.tailLimit) : tail[...]
        tail = Array((lastKept + piece.dropFirst(room).suffix(Self.tailLimit)).suffix(Self.tailLimit))
    }
}

/// Looks for a mark in bytes that come in pieces, without looking at any byte twice (Knuth, Morris and Pratt): what a
/// server sends in ten thousand pieces costs no more than in one.
struct MarkSearch: Sendable {
    private let mark: [UInt8]
    /// For each beginning of the mark, how much of it is also its own end: where to go on after a mismatch.
    private let fallback: [Int]
    private var matched = 0
    /// Bytes of the pieces looked at so far.
    private(set) var examined = 0

    /// - Parameter mark: not empty.
    init(_ mark: [UInt8]) {
        self.mark = mark
        var fallback = Array(repeating: 0, count: mark.count)
        var length = 0
        for index in mark.indices.dropFirst() {
            while length > 0, mark[index] != mark[length] { length = fallback[length - 1] }
            if mark[index] == mark[length] { length += 1 }
            fallback[index] = length
        }
        self.fallback = fallback
    }

    /// How many bytes of this piece come up to the end of the mark; nil where it has not come yet. After the mark the
    /// search begins anew.
    mutating func feed(_ piece: UnsafeRawBufferPointer) -> Int? {
        for (index, byte) in piece.enumerated() {
            examined += 1
            while matched > 0, byte != mark[matched] { matched = fallback[matched - 1] }
            if byte == mark[matched] { matched += 1 }
            if matched == mark.count {
                matched = 0
                return index + 1
            }
        }
        return nil
    }
}
