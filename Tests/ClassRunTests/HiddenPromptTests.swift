import Foundation
import GraderCore
import Synchronization
import Testing

@testable import ClassRun

#if os(Linux)
    /// On a pseudo-terminal: the test is the person.
    @Suite struct HiddenPromptTests {
        private let label = LocalizedText(fr: "Mot de passe SSH", en: "SSH password")

        /// - Returns: what was read and everything the terminal showed meanwhile.
        private func type(_ keys: [UInt8]) throws -> (
            Result<String, SecretFailure>, shown: String, echoes: Bool
        ) {
            // pts(4) and ioctl_tty(2): glibc's wrappers are hidden from Swift.
            let person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
            defer { close(person) }
            var lock: Int32 = 0
            var number: Int32 = 0
            let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
            try #require(ioctl(person, setLock, &lock) == 0 && ioctl(person, getNumber, &number) == 0)
            let name = "/dev/pts/\(number)"
            let terminal = open(name, O_RDWR | O_NOCTTY)
            try #require(terminal >= 0)
            let typist = Typist(person: person, keys: keys)
            let result = Result { () throws(SecretFailure) in
                try HiddenPrompt.ask(label, terminal: terminal)
            }
            var settings = termios()
            tcgetattr(terminal, &settings)
            close(terminal)
            return (result, typist.finish(), settings.c_lflag & tcflag_t(ECHO) != 0)
        }

        @Test func theLineIsReadAndNotShown() throws {
            // A typing error, taken back; an accent of two bytes, taken back.
            let (result, shown, echoes) = try type(Array("huntr\u{7F}er2é\u{7F}\n".utf8))
            #expect(try result.get() == "hunter2")
            #expect(shown.hasPrefix("SSH password: "))
            #expect(!shown.contains("hunt"))
            #expect(echoes)
        }

        @Test(arguments: [[0x61, 0x03], [0x04], [0x0A]] as [[UInt8]])
        func givingUpLeavesTheTerminalAsItWas(keys: [UInt8]) throws {
            let (result, _, echoes) = try type(keys)
            let failure = try #require(throws: SecretFailure.self) { try result.get() }
            // Ctrl-C and Ctrl-D are no mistake in the roster.
            #expect((failure.cause == .interrupted) == (keys.last != 0x0A), "\(failure)")
            #expect(echoes)
        }

        @Test func whatIsNoTerminalIsSaidSo() throws {
            let null = open("/dev/null", O_RDWR)
            defer { close(null) }
            let failure = try #require(throws: SecretFailure.self) {
                try HiddenPrompt.ask(label, terminal: null)
            }
            #expect(failure.message.contains("no terminal"))
        }
    }

    /// Types as soon as the terminal asks, and keeps what it shows until it is closed.
    private final class Typist: Sendable {
        private let shown = Mutex<[UInt8]>([])
        private let done = DispatchSemaphore(value: 0)

        init(person: Int32, keys: [UInt8]) {
            Thread.detachNewThread { [self] in
                var chunk = [UInt8](repeating: 0, count: 256)
                var typed = false
                while true {
                    let count = read(person, &chunk, chunk.count)
                    // The last other end was closed: EIO.
                    guard count > 0 else { break }
                    let text = shown.withLock { bytes in
                        bytes += chunk[..<count]
                        return bytes
                    }
                    // What is typed before the question is thrown away.
                    if !typed, text.contains(UInt8(ascii: ":")) {
                        typed = true
                        _ = write(person, keys, keys.count)
                    }
                }
                done.signal()
            }
        }

        func finish() -> String {
            done.wait()
            return shown.withLock { String(decoding: $0, as: UTF8.self) }
        }
    }
#endif
