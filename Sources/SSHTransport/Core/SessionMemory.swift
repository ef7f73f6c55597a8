import CLibssh2
import Foundation

/// malloc(3) for libssh2, within bounds: it keeps packets nobody asked for as long as the session lives. And 1.10 and
/// older read past the end of a packet in keyboard-interactive authentication, by as much as the server says
/// (userauth.c, `userauth_kybd_auth_name_len`): until the log-in is through, every block has room behind it and none
/// is larger than that room, so that what is read there is the session's own memory. What a key exchange that was cut off has
/// taken, 1.10 loses (kex.c, the key pair of curve25519): the session's memory goes with the session.
enum SessionMemory {
    /// All blocks of one session together: many times what eight commands that flood take.
    static let totalLimit = 24 << 20
    /// One block; libssh2 has no reason for more.
    static let blockLimit = 1 << 20
    /// One block, and the room behind it, until the log-in is through. The largest packet is 40,000 bytes
    /// (LIBSSH2_PACKET_MAXPAYLOAD).
    static let logInBlockLimit = 64 * 1024

    typealias Context = UnsafeMutablePointer<UnsafeMutableRawPointer?>

    static let allocate: @convention(c) (Int, Context?) -> UnsafeMutableRawPointer? = { count, context in
        guard let wire = Wire.of(context), wire.mayAllocate(count),
            let block = malloc(wire.padded(count))
        else { return nil }
        wire.allocated += bascule_block_size(block)
        wire.blocks.insert(block)
        return block
    }

    static let reallocate:
        @convention(c) (UnsafeMutableRawPointer?, Int, Context?) -> UnsafeMutableRawPointer? = {
            old, count, context in
            guard let wire = Wire.of(context), wire.mayAllocate(count) else { return nil }
            let oldSize = bascule_block_size(old)
            guard let block = realloc(old, wire.padded(count)) else { return nil }
            wire.allocated += bascule_block_size(block) - oldSize
            if let old { wire.blocks.remove(old) }
            wire.blocks.insert(block)
            return block
        }

    static let release: @convention(c) (UnsafeMutableRawPointer?, Context?) -> Void = { block, context in
        if let block, let wire = Wire.of(context) {
            wire.allocated -= bascule_block_size(block)
            wire.blocks.remove(block)
        }
        free(block)
    }
}

extension Wire {
    fileprivate func mayAllocate(_ count: Int) -> Bool {
        count <= (needsRoomBehind ? SessionMemory.logInBlockLimit : SessionMemory.blockLimit)
            && allocated + count <= SessionMemory.totalLimit
    }

    /// Once the session is freed.
    func freeWhatIsLost() {
        for block in blocks { free(block) }
        blocks = []
        allocated = 0
    }

    fileprivate func padded(_ count: Int) -> Int {
        needsRoomBehind ? count + SessionMemory.logInBlockLimit : count
    }
}

/// How much processor time a peer may cost, whatever it does for it: keys agreed upon anew without end, packets that
/// nobody asked for and libssh2 looks through each time, floods. An honest session takes some milliseconds.
struct ComputingBudget {
    /// At once, and for as long as the session lasts this share of its time.
    static let atOnce = Duration.seconds(3)
    static let share = 20
    /// What a session may cost before it waits for its turn (``CostlyTurns``), and the share of its time.
    static let unnoticed = Duration.milliseconds(50)
    static let unnoticedShare = 50

    private(set) var spent = Duration.zero
    private let start = ContinuousClock.now
    /// Of the running thread; tests have another.
    var processorTime: () -> Duration = {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    var isExceeded: Bool { spent > Self.atOnce + (ContinuousClock.now - start) / Self.share }

    /// It is many times dearer than an honest one: others go first.
    var isDear: Bool { spent > Self.unnoticed + (ContinuousClock.now - start) / Self.unnoticedShare }

    mutating func add(_ duration: Duration) { spent += duration }
}
