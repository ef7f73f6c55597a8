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
