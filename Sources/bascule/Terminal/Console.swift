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
        isTerminal = StandardOutput.isTerminal
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
    func line(_ text: String) { line(text, keepsStyles: false) }

    /// The same for a line that was laid out in Bascule's colours.
    func line(styled text: String) { line(text, keepsStyles: true) }

    private func line(_ text: String, keepsStyles: Bool) {
        let text = SafeText.printed(text, keepsStyles: keepsStyles)
        if let view = view.withLock({ $0 }) { return view.hold(text) }
        live.withLock { current in
            let finished = TerminalControl.text(text + "\n", keepsStyles: true)
            if current.isEmpty { return StandardOutput.say(finished) }
            StandardOutput.say(.emptyLine, finished, .text(current))
        }
    }

    /// Replaces the live line; nothing in a pipe.
    func progress(_ text: String) {
        guard isTerminal, !Voice.current.isQuiet, view.withLock({ $0 == nil }) else { return }
        live.withLock { current in
            current = String(SafeText.line(text, language: .current).prefix(max(10, width - 1)))
            StandardOutput.say(.emptyLine, .text(current))
        }
    }

    /// An empty screen; nothing in a pipe.
    func clear() {
        guard isTerminal else { return }
        live.withLock { current in
            current = ""
            StandardOutput.say(.emptyScreen)
        }
    }

    /// Takes the live line away.
    func endProgress() {
        live.withLock { current in
            if !current.isEmpty { StandardOutput.say(.emptyLine) }
            current = ""
        }
    }

    /// A sentence about what went wrong, on standard error.
    func complain(_ text: String) {
        if let view = view.withLock({ $0 }) { return view.hold(SafeText.printed(text)) }
        live.withLock { current in
            if !current.isEmpty { StandardOutput.say(.emptyLine) }
            StandardError.say(text + "\n")
            if !current.isEmpty { StandardOutput.say(.text(current)) }
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
        for held in ended?.end() ?? [] { line(styled: held) }
    }
}

/// What is wrong, said on standard error.
enum Inputs {
    /// In the language of whoever is at the terminal.
    @Sendable static func complain(_ text: LocalizedText) { complain(text[Language.current]) }

    static func complain(_ text: String) { StandardError.say(text + "\n") }
}
