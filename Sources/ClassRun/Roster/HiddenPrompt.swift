import Foundation
import GraderCore
import InputFiles

/// Asks for a line on the terminal without showing what is typed.
enum HiddenPrompt {
    private static let lengthLimit = 1024

    /// On the terminal that the process was started from, whatever standard input is.
    static func ask(_ label: LocalizedText) throws(SecretFailure) -> String {
        let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw SecretFailure(
                fr: """
                    \(label) : pas de terminal pour le demander ; donner passwordFile ou passwordEnvironment dans la liste \
                    de classe.
                    """,
                en: """
                    \(label) cannot be asked for, there is no terminal: use passwordFile or passwordEnvironment in the \
                    roster.
                    """)
        }
        defer { close(descriptor) }
        return try ask(label, terminal: descriptor)
    }

    /// The terminal gives single bytes and no signals while the line is typed: Ctrl-C comes as a byte, so that
    /// the terminal is never left silent.
    static func ask(_ label: LocalizedText, terminal: Int32) throws(SecretFailure) -> String {
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else {
            throw SecretFailure(
                fr:
                    "\(label) : impossible de le demander, ce n'est pas un terminal (\(systemMessage(errno))).",
                en: "\(label) cannot be asked for, this is no terminal (\(systemMessage(errno))).")
        }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
        // What was typed ahead goes: it was not meant as a password.
        guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else {
            throw SecretFailure(
                fr: "L'affichage du terminal ne se laisse pas couper (\(systemMessage(errno))).",
                en: "The terminal cannot be silenced (\(systemMessage(errno))).", .unavailable)
        }
        defer {
            tcsetattr(terminal, TCSADRAIN, &before)
            show("\n", on: terminal)
        }
        show(String(fr: "\(label) : ", en: "\(label): "), on: terminal)
        var line: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = Foundation.read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else {
                throw SecretFailure(
                    fr: "\(label) : le terminal n'est plus là.", en: "\(label): the terminal is gone.",
                    .interrupted)
            }
            switch byte {
            case 0x0A, 0x0D:
                guard let text = String(validating: line, as: UTF8.self), !text.isEmpty else {
                    throw SecretFailure(
                        fr: "\(label) : rien n'a été tapé.", en: "\(label): nothing was typed.")
                }
                return text
            case 0x03, 0x04:
                throw SecretFailure(
                    fr: "\(label) : abandonné.", en: "\(label): cancelled.", .interrupted)
            case 0x08, 0x7F: removeLastCharacter(of: &line)
            case 0x15: line = []
            default:
                line.append(byte)
                guard line.count <= lengthLimit else {
                    throw SecretFailure(
                        fr: "\(label) : c'est trop long.", en: "\(label): that is too long.")
                }
            }
        }
    }

    /// With all the bytes that a character has in UTF-8.
    private static func removeLastCharacter(of line: inout [UInt8]) {
        while let byte = line.popLast(), byte & 0xC0 == 0x80 {}
    }

    private static func show(_ text: String, on terminal: Int32) {
        let bytes = Array(text.utf8)
        _ = write(terminal, bytes, bytes.count)
    }
}
