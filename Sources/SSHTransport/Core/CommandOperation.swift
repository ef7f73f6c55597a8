import CLibssh2
import GraderCore

/// Runs one command on a channel of its own (RFC 4254, section 6.5): its input, both outputs within bounds, its status.
/// It outlives whoever gave it up: libssh2 needs its channel closed and freed in order.
final class CommandOperation: SSHOperation {
    enum Ending: Sendable, Equatable {
        /// libssh2 says 0 also where no status came.
        case status(Int)
        case signal(String)
        /// The server opens no channel for it, for now or at all (MaxSessions).
        case noChannel(LocalizedText)
        case refused(LocalizedText)
        /// So much came before it began that it is not waited for any more.
        case flooded
    }

    /// After so many dropped bytes the channel is read no further: the remote side blocks until its time is
    /// up, instead of costing the grader a core.
    static let dropLimit = 4 << 20
    private static let windowSize: UInt32 = 128 * 1024
    private static let packetSize: UInt32 = 32 * 1024

    private enum Phase { case opening, starting, reading, closing, freeing }

    private let commandLine: String
    private let input: [UInt8]
    private var onEnd: ((Result<Ending, SSHMachineEnd>) -> Void)?
    private var phase = Phase.opening
    private var channel: OpaquePointer?
    private var written = 0
    private var hasSentEOF = false
    private(set) var output: CommandOutput
    private(set) var errorOutput: CommandOutput
    private weak var machine: SSHMachine?

    /// - Parameters:
    ///   - input: what the command reads from its standard input; the end of file follows it.
    ///   - beginMark: what both outputs begin with once the log-in shell is through.
    init(
        commandLine: String, input: [UInt8], beginMark: [UInt8], outputLimit: Int,
        budget: OutputBudget? = nil,
        onEnd: @escaping (Result<Ending, SSHMachineEnd>) -> Void
    ) {
        self.commandLine = commandLine
        self.input = input
        output = CommandOutput(limit: outputLimit, beginMark: beginMark, budget: budget)
        errorOutput = output
        self.onEnd = onEnd
    }

    /// Called when the channel is gone, so that another command may have its place.
    var onFreed: (() -> Void)?

    /// Stops waiting for the command; `onEnd` is not called. The channel is closed as soon as that can be done.
    func abandon() {
        onEnd = nil
        machine?.pump()
    }

    func end(_ reason: SSHMachineEnd) {
        let tell = onEnd
        onEnd = nil
        tell?(.failure(reason))
    }

    func step(_ machine: SSHMachine) -> SSHProgress {
        self.machine = machine
        while true {
            if onEnd == nil, phase != .opening { phase = .freeing }
            let progress =
                switch phase {
                case .opening: open(machine)
                case .starting: start(machine)
                case .reading: read(machine)
                case .closing: takeStatus(machine)
                case .freeing: free(machine)
                }
            if case .advanced = progress { continue }
            return progress
        }
    }

    private func open(_ machine: SSHMachine) -> SSHProgress {
        if onEnd == nil, !machine.isOpening(self) { return freed(machine) }
        let type = "session"
        let opened = machine.openChannel(for: self) {
            libssh2_channel_open_ex(
                $0, type, UInt32(type.utf8.count), Self.windowSize, Self.packetSize, nil, 0)
        }
        switch opened {
        case nil: return .waiting
        case .failure(let error)? where error.endsConnection: return .broken(error)
        case .failure(let error)?:
            finish(.noChannel(error.words))
            return freed(machine)
        case .success(let channel)?:
            self.channel = channel
            hasOpened = true
            phase = .starting
            return .advanced
        }
    }

    /// Whether the server gave it a channel.
    private(set) var hasOpened = false
    var holdsChannel: Bool { channel != nil }

    private func start(_ machine: SSHMachine) -> SSHProgress {
        let request = "exec"
        let status = libssh2_channel_process_startup(
            channel, request, UInt32(request.utf8.count), commandLine, UInt32(commandLine.utf8.count))
        guard status == 0 || status == LIBSSH2_ERROR_EAGAIN else { return failed(machine, status) }
        // The request is on its way with the first call; what the command reads may follow at once.
        if let broken = writeInput(machine) { return broken }
        if status == LIBSSH2_ERROR_EAGAIN { return .waiting }
        phase = .reading
        return .advanced
    }

    private func writeInput(_ machine: SSHMachine) -> SSHProgress? {
        while written < input.count {
            let count = input.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                return libssh2_channel_write_ex(
                    channel, 0, rest.baseAddress?.assumingMemoryBound(to: CChar.self), rest.count)
            }
            if count == Int(LIBSSH2_ERROR_EAGAIN) || count == 0 { return nil }
            guard count > 0 else { return failed(machine, Int32(clamping: count)) }
            written += count
        }
        if !hasSentEOF {
            let status = libssh2_channel_send_eof(channel)
            if status == LIBSSH2_ERROR_EAGAIN { return nil }
            guard status == 0 else { return failed(machine, status) }
            hasSentEOF = true
        }
        return nil
    }

    private func read(_ machine: SSHMachine) -> SSHProgress {
        if let broken = writeInput(machine) { return broken }
        for stream in [Int32(0), Int32(SSH_EXTENDED_DATA_STDERR)] {
            while isRead {
                let count = libssh2_channel_read_ex(
                    channel, stream, machine.scratch.baseAddress, machine.scratch.count)
                if count == Int(LIBSSH2_ERROR_EAGAIN) || count == 0 { break }
                guard count > 0 else { return failed(machine, Int32(clamping: count)) }
                let piece = UnsafeRawBufferPointer(start: machine.scratch.baseAddress, count: count)
                if stream == 0 {
                    output.take(piece)
                } else {
                    errorOutput.take(piece)
                }
            }
        }
        if output.isHopeless || errorOutput.isHopeless {
            finish(.flooded)
            return .advanced
        }
        if !isRead {
            // Nobody else may be reading packets; what this says does not matter.
            _ = libssh2_channel_wait_eof(channel)
        }
        guard libssh2_channel_eof(channel) == 1 else { return .waiting }
        phase = .closing
        return .advanced
    }

    /// Whether the channel is still read: not after too much was dropped.
    var isRead: Bool { output.dropped + errorOutput.dropped < Self.dropLimit }

    /// The status the server has sent so far, while something still holds the outputs open; never 0, which
    /// libssh2 also says where there is none.
    var statusSoFar: Int? {
        guard let channel, phase == .reading || phase == .closing else { return nil }
        let status = Int(libssh2_channel_get_exit_status(channel))
        return status == 0 ? nil : status
    }

    private func takeStatus(_ machine: SSHMachine) -> SSHProgress {
        let status = libssh2_channel_wait_closed(channel)
        if status == LIBSSH2_ERROR_EAGAIN { return .waiting }
        guard status == 0 else { return failed(machine, status) }
        var name: UnsafeMutablePointer<CChar>?
        var length = 0
        libssh2_channel_get_exit_signal(channel, &name, &length, nil, nil, nil, nil)
        if let name {
            let signal = BannerGate.printable(
                UnsafeRawBufferPointer(start: name, count: min(length, 40)))
            libssh2_free(machine.session, name)
            finish(.signal(signal))
        } else {
            finish(.status(Int(libssh2_channel_get_exit_status(channel))))
        }
        phase = .freeing
        return .advanced
    }

    private func free(_ machine: SSHMachine) -> SSHProgress {
        guard libssh2_channel_free(channel) != LIBSSH2_ERROR_EAGAIN else { return .waiting }
        channel = nil
        return freed(machine)
    }

    private func freed(_ machine: SSHMachine) -> SSHProgress {
        let tell = onFreed
        onFreed = nil
        tell?()
        return .finished
    }

    private func failed(_ machine: SSHMachine, _ status: Int32) -> SSHProgress {
        let error = LibraryError(status, detail: LibraryError.last(of: machine.session).detail)
        if error.endsConnection { return .broken(error) }
        finish(.refused(error.words))
        phase = .freeing
        return .advanced
    }

    private func finish(_ ending: Ending) {
        let tell = onEnd
        onEnd = nil
        tell?(.success(ending))
    }
}
