/// What is kept of one of a command's outputs.
struct CommandOutput: Sendable {
    let limit: Int
    /// Bytes that were read and thrown away.
    private(set) var dropped = 0
    private var hasOverflown = false
    /// The last bytes of all, dropped or not; kept up to date only once something was dropped.
    private(set) var tail: [UInt8] = []

    private var kept: [UInt8] = []
    /// What the log-in shell printed before the mark; nil once the mark has come.
    private var preamble: [UInt8]?
    private let beginMark: [UInt8]

    /// Room beyond the limit for the mark that may end the output.
    private static let slack = 64
    private static let tailLimit = 64
    private static let preambleLimit = 64 * 1024

    /// - Parameter beginMark: empty where the output begins at once.
    init(limit: Int, beginMark: [UInt8] = []) {
        self.limit = max(0, limit)
        self.beginMark = beginMark
        preamble = beginMark.isEmpty ? nil : []
    }

    /// What came after the mark; all there is where no mark came (an account that may not log in says so).
    var bytes: [UInt8] { Array((preamble ?? kept).prefix(limit)) }
    /// Whether more came than `limit` lets through.
    var isTruncated: Bool { hasOverflown || (preamble ?? kept).count > limit }

    mutating func take(_ piece: UnsafeRawBufferPointer) {
        guard var before = preamble else { return keep(piece) }
        before.append(contentsOf: piece.prefix(Self.preambleLimit))
        guard let mark = before.firstRange(of: beginMark) else {
            if before.count > Self.preambleLimit {
                dropped += before.count - Self.preambleLimit
                before.removeFirst(before.count - Self.preambleLimit)
            }
            preamble = before
            return
        }
        preamble = nil
        let rest = Array(before[mark.upperBound...]) + piece.dropFirst(Self.preambleLimit)
        rest.withUnsafeBytes { keep($0) }
    }

    /// Takes `suffix` off the end; false where the output does not end with it.
    mutating func remove(suffix: [UInt8]) -> Bool {
        if hasOverflown { return tail.suffix(suffix.count).elementsEqual(suffix) }
        guard kept.suffix(suffix.count).elementsEqual(suffix) else { return false }
        kept.removeLast(suffix.count)
        return true
    }

    private mutating func keep(_ piece: UnsafeRawBufferPointer) {
        let room = limit + Self.slack - kept.count
        kept.append(contentsOf: piece.prefix(room))
        guard piece.count > room else { return }
        hasOverflown = true
        dropped += piece.count - room
        let lastKept = tail.isEmpty ? kept.suffix(Self.tailLimit) : tail[...]
        tail = Array((lastKept + piece.dropFirst(room).suffix(Self.tailLimit)).suffix(Self.tailLimit))
    }
}
