import CLibssh2

/// One SSH client session as a machine without input or output of its own: bytes from the other side are put in with
/// `receive`, what has to go there comes out of `onOutput`. Sockets, event loops and threads are its feeder's.
/// Operations (the handshake, a command, a stream) are stepped whenever bytes came in, again and again while any of
/// them gets further, since one operation may read another's packets.
final class SSHMachine {
    /// libssh2's session. Only operations touch it, from `step`.
    let session: OpaquePointer
    /// For `libssh2_channel_read_ex`; one for all channels.
    let scratch = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 32 * 1024)

    let wire: Wire
    /// The signature that public key authentication waits for.
    var pendingSignature: PendingSignature?
    /// What is under way.
    private(set) var operations: [any SSHOperation] = []
    private var isPumping = false
    private var pumpAgain = false
    private var openingOperation: ObjectIdentifier?
    private var isFreed = false
    var budget = ComputingBudget()

    /// What has to be sent, in order.
    var onOutput: (([UInt8]) -> Void)?
    /// Called once, when nothing more can be done with this session.
    var onEnd: ((SSHMachineEnd) -> Void)?
    private(set) var end: SSHMachineEnd?

    private static let isLibraryReady = libssh2_init(0) == 0

    /// - Parameter mayAskInteractively: whether keyboard-interactive authentication may be tried.
    init(mayAskInteractively: Bool = false) throws(LibraryError) {
        guard Self.isLibraryReady else {
            throw LibraryError(
                .allocation, fr: "libssh2_init a échoué", en: "libssh2_init failed")
        }
        let wire = Wire()
        guard
            let session = libssh2_session_init_ex(
                SessionMemory.allocate, SessionMemory.release, SessionMemory.reallocate,
                Unmanaged.passUnretained(wire).toOpaque())
        else {
            throw LibraryError(
                .allocation, fr: "pas de mémoire pour une session", en: "no memory for a session")
        }
        // Not before: the session's own block is larger.
        wire.needsRoomBehind = mayAskInteractively && LIBSSH2_VERSION_NUM < 0x010b00
        self.wire = wire
        self.session = session
        bascule_set_transport(session, Wire.receive, Wire.send)
        bascule_set_disconnect(session, Wire.disconnect)
        libssh2_session_set_blocking(session, 0)
    }

    deinit {
        free()
        scratch.deallocate()
    }

    /// Takes in what came from the other side; nothing happens until `pump`.
    func receive(_ bytes: UnsafeRawBufferPointer) {
        guard end == nil else { return }
        wire.inbound.append(bytes)
        received += bytes.count
        if !isAuthenticated && received > Self.logInLimit {
            return finish(
                .library(
                    LibraryError(
                        .outOfBoundary, fr: "plus de données qu'une identification n'en demande",
                        en: "more data than a log-in takes")))
        }
        if wire.inbound.count > Self.unreadLimit {
            finish(
                .library(
                    LibraryError(
                        .outOfBoundary, fr: "trop de données que personne n'a demandées",
                        en: "more unasked-for data than is accepted")))
        }
    }

    /// Bytes that may lie here unread: far more than all windows of a session's channels together.
    private static let unreadLimit = 4 << 20
    /// A log-in takes some thousand bytes.
    private static let logInLimit = 256 * 1024
    private var received = 0

    /// Set once the log-in is through.
    var isAuthenticated = false {
        didSet { if isAuthenticated { wire.needsRoomBehind = false } }
    }

    /// The other side closed the connection, or it broke.
    func receiveEnd() {
        guard end == nil else { return }
        wire.isAtEnd = true
        pump()
        finish(.closedByPeer)
    }

    /// Ends everything at once, without waiting for the other side. Idempotent.
    func close(_ reason: SSHMachineEnd = .closedHere) {
        guard end == nil else { return }
        if libssh2_userauth_authenticated(session) == 1 {
            // Reason 11 is SSH_DISCONNECT_BY_APPLICATION (RFC 4253, section 11.1).
            _ = libssh2_session_disconnect_ex(session, 11, "", "")
            flush()
        }
        finish(reason)
    }

    func add(_ operation: any SSHOperation) {
        if let end {
            operation.end(end)
            return
        }
        operations.append(operation)
        pump()
    }

    /// One step of opening a channel, which is state of the whole session in libssh2: one operation at a time may do
    /// it. Nil where it goes on later.
    func openChannel(
        for operation: any SSHOperation, _ open: (OpaquePointer) -> OpaquePointer?
    ) -> Result<OpaquePointer, LibraryError>? {
        guard openingOperation == nil || isOpening(operation) else { return nil }
        openingOperation = ObjectIdentifier(operation)
        let result: Result<OpaquePointer, LibraryError> =
            if let channel = open(session) { .success(channel) } else { .failure(.last(of: session)) }
        if case .failure(let error) = result, error.code == .again { return nil }
        openingOperation = nil
        pumpAgain = true
        return result
    }

    var isOpening: Bool { openingOperation != nil }

    func isOpening(_ operation: any SSHOperation) -> Bool { openingOperation == ObjectIdentifier(operation) }

    /// Steps every operation while any gets further, then sends what came of it.
    func pump() {
        guard !isPumping else {
            pumpAgain = true
            return
        }
        isPumping = true
        let begin = budget.processorTime()
        repeat {
            pumpAgain = false
            for operation in operations where end == nil {
                switch operation.step(self) {
                case .waiting: break
                case .advanced: pumpAgain = true
                case .finished:
                    operations.removeAll { $0 === operation }
                    pumpAgain = true
                case .broken(let error):
                    flush()
                    isPumping = false
                    finish(.library(error))
                    return
                }
            }
        } while pumpAgain && end == nil
        isPumping = false
        flush()
        budget.add(budget.processorTime() - begin)
        if budget.isExceeded {
            finish(
                .library(
                    LibraryError(
                        .outOfBoundary, fr: "plus de calcul qu'une session ne peut en coûter",
                        en: "it costs more computing than a session may")))
        }
    }

    private func flush() {
        guard !wire.outbound.isEmpty else { return }
        let output = wire.outbound.takeAll()
        onOutput?(output)
    }

    /// What libssh2 was doing when the other side went is not why it ended.
    private func trueReason(_ reason: SSHMachineEnd) -> SSHMachineEnd {
        if case .library(let error) = reason, error.own != nil { return reason }
        if case .closedHere = reason { return reason }
        if let farewell = wire.farewell { return .farewell(farewell) }
        return wire.isAtEnd ? .closedByPeer : reason
    }

    private func finish(_ given: SSHMachineEnd) {
        guard end == nil else { return }
        let reason = trueReason(given)
        end = reason
        // From here on nothing is sent: freeing channels must not wait for answers.
        wire.isSevered = true
        let unfinished = operations
        operations = []
        for operation in unfinished { operation.end(reason) }
        let tell = onEnd
        onEnd = nil
        onOutput = nil
        tell?(reason)
        if !isPumping { free() }
    }

    private func free() {
        guard !isFreed else { return }
        isFreed = true
        wire.isSevered = true
        libssh2_session_free(session)
        wire.freeWhatIsLost()
    }
}

/// Why a machine stopped for good.
enum SSHMachineEnd: Error, Sendable, Equatable {
    case closedHere
    case closedByPeer
    /// It said why, in these words.
    case farewell(String)
    case library(LibraryError)
}

/// How far an operation came in one step.
enum SSHProgress {
    /// It needs something from the other side first.
    case waiting
    case advanced
    /// It is done and told whoever asked.
    case finished
    /// The session is of no more use.
    case broken(LibraryError)
}

/// Something under way in a session, stepped by its machine until it is finished.
protocol SSHOperation: AnyObject {
    func step(_ machine: SSHMachine) -> SSHProgress
    /// The session ended before the operation did. Called at most once, never after `.finished`.
    func end(_ reason: SSHMachineEnd)
}
