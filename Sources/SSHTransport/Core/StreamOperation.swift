import CLibssh2

/// A channel that both sides write to: a helper on the node, or a TCP connection made by the node
/// (`direct-tcpip`, RFC 4254, section 7.2).
final class StreamOperation: SSHOperation {
    enum Opening {
        case exec(String)
        case direct(host: String, port: Int)
    }

    enum Event {
        /// Bytes may be written; for `exec` this comes before the server accepted the command.
        case opened
        case data(UnsafeRawBufferPointer)
        case errorData(UnsafeRawBufferPointer)
        /// Everything written so far is on its way.
        case drained
        /// Nothing comes after this.
        case ended
        /// It could not be opened, or broke.
        case failed(SSHMachineEnd)
    }

    private enum Phase { case opening, starting, open, freeing }

    private let opening: Opening
    private var onEvent: ((Event) -> Void)?
    private var phase = Phase.opening
    private var channel: OpaquePointer?
    private var outgoing = ByteQueue()
    private weak var machine: SSHMachine?

    /// Whether data is read; unread data stops the sender once the window is full.
    var wantsData = true {
        didSet { if wantsData && !oldValue { machine?.pump() } }
    }

    init(_ opening: Opening, onEvent: @escaping (Event) -> Void) {
        self.opening = opening
        self.onEvent = onEvent
    }

    /// Bytes that the other side's window has no room for yet.
    var unsent: Int { outgoing.count }

    func write(_ bytes: some Sequence<UInt8>) {
        outgoing.append(bytes)
        machine?.pump()
    }

    /// Lets go of the stream; no event comes any more.
    func abandon() {
        onEvent = nil
        machine?.pump()
    }

    func end(_ reason: SSHMachineEnd) { finish(.failed(reason)) }

    private func finish(_ event: Event) {
        let tell = onEvent
        onEvent = nil
        tell?(event)
    }

    func step(_ machine: SSHMachine) -> SSHProgress {
        self.machine = machine
        while true {
            if onEvent == nil, phase != .opening { phase = .freeing }
            let progress =
                switch phase {
                case .opening: open(machine)
                case .starting: start(machine)
                case .open: move(machine)
                case .freeing: free()
                }
            if case .advanced = progress { continue }
            return progress
        }
    }

    private func open(_ machine: SSHMachine) -> SSHProgress {
        if onEvent == nil, !machine.isOpening(self) { return .finished }
        switch machine.openChannel(for: self, openChannel) {
        case nil: return .waiting
        case .failure(let error)? where error.endsConnection: return .broken(error)
        case .failure(let error)?:
            finish(.failed(.library(error)))
            return .finished
        case .success(let channel)?: self.channel = channel
        }
        if case .exec = opening {
            phase = .starting
        } else {
            phase = .open
            onEvent?(.opened)
        }
        return .advanced
    }

    private func openChannel(_ session: OpaquePointer) -> OpaquePointer? {
        switch opening {
        case .exec:
            let type = "session"
            return libssh2_channel_open_ex(
                session, type, UInt32(type.utf8.count), 2 << 20, 32 * 1024, nil, 0)
        case .direct(let host, let port):
            return libssh2_channel_direct_tcpip_ex(session, host, Int32(clamping: port), "127.0.0.1", 22)
        }
    }

    private func start(_ machine: SSHMachine) -> SSHProgress {
        guard case .exec(let commandLine) = opening else { return .advanced }
        let request = "exec"
        let status = libssh2_channel_process_startup(
            channel, request, UInt32(request.utf8.count), commandLine, UInt32(commandLine.utf8.count))
        if status == LIBSSH2_ERROR_EAGAIN { return .waiting }
        guard status == 0 else { return failed(machine, status) }
        phase = .open
        onEvent?(.opened)
        return .advanced
    }

    private func move(_ machine: SSHMachine) -> SSHProgress {
        if let broken = send(machine) { return broken }
        while wantsData, onEvent != nil {
            var count = read(0, machine)
            if count > 0 {
                onEvent?(.data(UnsafeRawBufferPointer(start: machine.scratch.baseAddress, count: count)))
                continue
            }
            if count < 0 { return failed(machine, Int32(clamping: count)) }
            count = read(Int32(SSH_EXTENDED_DATA_STDERR), machine)
            if count < 0 { return failed(machine, Int32(clamping: count)) }
            guard count > 0 else { break }
            onEvent?(.errorData(UnsafeRawBufferPointer(start: machine.scratch.baseAddress, count: count)))
        }
        guard onEvent != nil else { return .advanced }
        // What was read may have led to an answer.
        if let broken = send(machine) { return broken }
        guard libssh2_channel_eof(channel) == 1 else { return .waiting }
        if case .exec = opening {
            let status = libssh2_channel_wait_closed(channel)
            if status == LIBSSH2_ERROR_EAGAIN { return .waiting }
        }
        finish(.ended)
        return .advanced
    }

    /// Bytes read, 0 where there are none now.
    private func read(_ stream: Int32, _ machine: SSHMachine) -> Int {
        let count = libssh2_channel_read_ex(
            channel, stream, machine.scratch.baseAddress, machine.scratch.count)
        return count == Int(LIBSSH2_ERROR_EAGAIN) ? 0 : count
    }

    private func send(_ machine: SSHMachine) -> SSHProgress? {
        guard !outgoing.isEmpty else { return nil }
        var error: Int32?
        var isBlocked = false
        while !outgoing.isEmpty, !isBlocked, error == nil {
            outgoing.consume { bytes in
                let count = libssh2_channel_write_ex(
                    channel, 0, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
                if count == Int(LIBSSH2_ERROR_EAGAIN) || count == 0 {
                    isBlocked = true
                } else if count < 0 {
                    error = Int32(clamping: count)
                }
                return max(0, count)
            }
        }
        if let error { return failed(machine, error) }
        guard outgoing.isEmpty else { return nil }
        onEvent?(.drained)
        return nil
    }

    private func failed(_ machine: SSHMachine, _ status: Int32) -> SSHProgress {
        let error = LibraryError(status, detail: LibraryError.last(of: machine.session).detail)
        if error.endsConnection { return .broken(error) }
        finish(.failed(.library(error)))
        return .advanced
    }

    private func free() -> SSHProgress {
        guard libssh2_channel_free(channel) != LIBSSH2_ERROR_EAGAIN else { return .waiting }
        channel = nil
        return .finished
    }
}
