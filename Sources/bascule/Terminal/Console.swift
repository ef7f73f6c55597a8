import Foundation
import GraderCore
import Synchronization

/// Lines for people on standard output and a live line on a terminal; safe from several tasks. In a pipe there is no
/// live line; `NO_COLOR` (no-color.org) is honoured.
final class Console: Sendable {
    let isTerminal: Bool
    let hasColour: Bool
    /// Whether it understands more than lines (terminfo's `dumb` does not).
    let isCapable: Bool
    let width: Int
    private let live = Mutex("")
    /// Has the terminal to itself while it is there.
    private let view = Mutex<LiveView?>(nil)

    init() {
        // Whoever read our lines may go (`| head`): a run, and a drill above all, is brought to its end.
        signal(SIGPIPE, SIG_IGN)
        isTerminal = isatty(STDOUT_FILENO) == 1
        hasColour = Voice.current.hasColour(isTerminal: isTerminal)
        let term = ProcessInfo.processInfo.environment["TERM"] ?? ""
        isCapable = !term.isEmpty && term != "dumb"
        width = Self.size?.width ?? 100
    }

    /// Of the window, as it is now; nil where there is none.
    static var size: (width: Int, height: Int)? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))  // bounded: widened
    }

    /// A finished line, above the live one.
    func line(_ text: String) {
        if let view = view.withLock({ $0 }) { return view.hold(text) }
        live.withLock { current in
            write((current.isEmpty ? "" : "\r\u{1B}[K") + text + "\n" + current)
        }
    }

    /// Replaces the live line; nothing in a pipe.
    func progress(_ text: String) {
        guard isTerminal, !Voice.current.isQuiet, view.withLock({ $0 == nil }) else { return }
        live.withLock { current in
            current = String(text.prefix(max(10, width - 1)))
            write("\r\u{1B}[K" + current)
        }
    }

    /// An empty screen; nothing in a pipe.
    func clear() {
        guard isTerminal else { return }
        live.withLock { current in
            current = ""
            write("\u{1B}[H\u{1B}[2J")
        }
    }

    /// Takes the live line away.
    func endProgress() {
        live.withLock { current in
            if !current.isEmpty { write("\r\u{1B}[K") }
            current = ""
        }
    }

    /// A sentence about what went wrong, on standard error.
    func complain(_ text: String) {
        if let view = view.withLock({ $0 }) { return view.hold(text) }
        live.withLock { current in
            if !current.isEmpty { write("\r\u{1B}[K") }
            FileHandle.standardError.say(text + "\n")
            if !current.isEmpty { write(current) }
        }
    }

    /// The live view takes the terminal over: what is printed meanwhile comes after it.
    func show(_ live: LiveView) {
        endProgress()
        view.withLock { $0 = live }
    }

    /// The terminal as it was, with what was held back.
    func endView() {
        let ended = view.withLock { exchange(&$0, with: nil) }
        for held in ended?.end() ?? [] { line(held) }
    }

    private func write(_ text: String) { StandardOutput.say(text) }
}

extension FileHandle {
    /// Writes a text for people. That nobody reads any more, or that the disk is full, is no reason to stop.
    func say(_ text: String) { try? write(contentsOf: Data(text.utf8)) }
}

/// What is wrong, said on standard error.
enum Inputs {
    /// In the language of whoever is at the terminal.
    @Sendable static func complain(_ text: LocalizedText) { complain(text[Language.current]) }

    static func complain(_ text: String) { FileHandle.standardError.say(text + "\n") }
}
