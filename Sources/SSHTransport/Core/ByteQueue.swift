/// Bytes in the order they came, taken from the front. The storage is kept: a busy session allocates for no packet.
struct ByteQueue {
    private var storage: [UInt8] = []
    private var head = 0

    var count: Int { storage.count - head }
    var isEmpty: Bool { head == storage.count }

    mutating func append(_ bytes: some Sequence<UInt8>) {
        storage.append(contentsOf: bytes)
    }

    /// Copies as many bytes as there are, at most `destination.count`, and returns how many.
    mutating func take(into destination: UnsafeMutableRawBufferPointer) -> Int {
        let taken = min(destination.count, count)
        guard taken > 0 else { return 0 }
        storage.withUnsafeBytes { source in
            // bounded: no more is taken than there is
            destination.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[head..<head + taken]))
        }
        drop(taken)
        return taken
    }

    /// Everything that is there.
    mutating func takeAll() -> [UInt8] {
        guard !isEmpty else { return [] }
        defer {
            storage = []
            head = 0
        }
        return head == 0 ? storage : Array(storage[head...])
    }

    /// Calls `body` with everything that is there and drops what it says it used.
    mutating func consume(_ body: (UnsafeRawBufferPointer) -> Int) {
        let used = storage.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[head...])) }
        drop(used)
    }

    private mutating func drop(_ dropped: Int) {
        head += dropped
        if head == storage.count {
            storage.removeAll(keepingCapacity: storage.capacity <= 1 << 17)
            head = 0
        } else if head > 1 << 16 {
            storage.removeFirst(head)
            head = 0
        }
    }
}
