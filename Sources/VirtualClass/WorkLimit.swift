/// Lets so many pieces of work run at once; the others wait in the order they came. Raising a lab is mostly waiting
/// (what runs in it settles in its own time), but boots and scripts cost processor time: those are done under a limit,
/// the waiting is not.
actor WorkLimit {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ limit: Int) { free = max(limit, 1) }

    func run<Result: Sendable>(_ work: @Sendable () async throws -> Result) async rethrows -> Result {
        await acquire()
        defer { release() }
        return try await work()
    }

    private func acquire() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func release() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
