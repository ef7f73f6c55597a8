import ClassRun
import Foundation
import GraderCore
import Synchronization

enum StandardStreams {
    /// In the place of a stream that whoever started this program has closed stands one that takes and gives nothing:
    /// otherwise the next file that is opened has its number, and gets what is said.
    static func reserve() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}

/// Everything that is said on standard output, and the only way to it (`OneWriterTests`): what a terminal would obey is
/// taken out. It is known besides whether all of it has gone out: a page of marks cut off by a full disk must not pass
/// for a whole one, whatever said it.
enum StandardOutput {
    /// Of errno(3): why something did not go out; 0 where everything did.
    private static let failure = Atomic<Int32>(0)

    static let isTerminal = isatty(STDOUT_FILENO) == 1

    /// A text for people, in its own lines; a sentence may hold what anybody has written.
    static func say(_ text: String) { send(SafeText.printed(text)) }

    /// A text that was laid out in Bascule's colours, and is free of foreign sequences.
    static func say(styled text: String) { send(SafeText.printed(text, keepsStyles: true)) }

    /// What another program is to read, byte by byte as it is; on a terminal it is for people.
    static func document(_ text: String) { send(isTerminal ? SafeText.printed(text) : text) }

    /// The same for what may be no text.
    static func document(_ bytes: [UInt8]) {
        if isTerminal { document(String(decoding: bytes, as: UTF8.self)) } else { send(bytes) }
    }

    /// What moves the cursor, and lines between.
    static func say(_ controls: TerminalControl...) { send(controls.map(\.text).joined()) }

    /// A whole screen, whose lines were made fit one by one.
    static func draw(_ lines: [String]) {
        let lines = lines.map { SafeText.printed($0, keepsStyles: true) + TerminalControl.endOfLine.text }
        let screen = lines.joined(separator: TerminalControl.newLine.text)
        send(TerminalControl.home.text + screen + TerminalControl.endOfScreen.text)
    }

    private static func send(_ text: String) { send(Array(text.utf8)) }

    /// That nobody reads any more, or that the disk is full, is no reason to stop a command: what it has begun, it ends.
    private static func send(_ bytes: [UInt8]) {
        guard let code = DescriptorOutput.write(bytes, to: STDOUT_FILENO) else { return }
        _ = failure.compareExchange(expected: 0, desired: code, ordering: .relaxed)
    }

    /// What is to be said about it at the end; nil where everything went out, or where who read it has gone (`| head`).
    static var complaint: LocalizedText? {
        let code = failure.load(ordering: .relaxed)
        guard code != 0, code != EPIPE, !isReaderGone else { return nil }
        if code == EBADF {
            return LocalizedText(
                fr: "La sortie standard est fermée : la laisser ouverte, ou la diriger vers un fichier.",
                en: "Standard output is closed: leave it open, or send it to a file.")
        }
        let reason = systemMessage(code)
        let advice =
            switch code {
            case ENOSPC, EDQUOT:
                LocalizedText(fr: "faire de la place sur le disque", en: "make room on the disk")
            case EFBIG: sizeLimitAdvice
            default: LocalizedText(fr: "la diriger ailleurs", en: "send it elsewhere")
            }
        return LocalizedText(
            fr: "Tout n'a pas pu être écrit sur la sortie standard (\(reason)) : \(advice).",
            en:
                "What was said could not be written to standard output (\(reason)): it is not whole; \(advice)."
        )
    }

    private static var isReaderGone: Bool {
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        return poll(&output, 1, 0) == 1 && output.revents & Int16(POLLERR | POLLHUP) != 0
    }
}

/// What a terminal is told besides text (ECMA-48, and xterm's DEC private modes, which everybody has).
enum TerminalControl {
    /// A line that was made fit before (``SafeText/printed(_:keepsStyles:lineLimit:language:)``).
    case text(String, keepsStyles: Bool = false)
    /// To the beginning of the line, which is emptied.
    case emptyLine
    case emptyScreen
    /// To the first line; `tput home`.
    case home
    case endOfLine, endOfScreen, newLine
    /// `tput smcup civis rmam`, and back.
    case enterView, leaveView

    var text: String {
        switch self {
        case .text(let text, let keepsStyles): SafeText.printed(text, keepsStyles: keepsStyles)
        case .emptyLine: "\r\u{1B}[K"
        case .emptyScreen: "\u{1B}[H\u{1B}[2J"
        case .home: "\u{1B}[H"
        case .endOfLine: "\u{1B}[K"
        case .endOfScreen: "\u{1B}[J"
        case .newLine: "\r\n"
        case .enterView: "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l"
        case .leaveView: "\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"
        }
    }
}

/// The same for standard error, where nobody counts on what is whole.
enum StandardError {
    static func say(_ text: String) {
        let text = SafeText.printed(text, lineLimit: SafeText.lineLimit)
        _ = DescriptorOutput.write(Array(text.utf8), to: STDERR_FILENO)
    }
}

/// Instead of the standard library's, which cleans nothing and does not say whether a text went out.
func print(_ text: String, terminator: String = "\n") { StandardOutput.say(text + terminator) }

/// Of its own: with a default text the standard library's would be taken for every text.
func print() { StandardOutput.say("\n") }
