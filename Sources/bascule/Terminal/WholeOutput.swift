import ClassRun
import Foundation
import GraderCore
import Synchronization

/// What another program is to read: in a file, or on standard output, and whole in either.
enum WholeOutput {
    static func put(_ text: String, in file: String?) throws {
        if let file { return try AtomicFile.write(text, to: file) }
        StandardOutput.say(text)
    }
}

/// Whether all that was said on standard output has gone out: a page of marks cut off by a full disk must not pass for
/// a whole one, whatever said it.
enum StandardOutput {
    private static let isCutOff = Atomic(false)

    /// Writes a text. That nobody reads any more, or that the disk is full, is no reason to stop a run.
    static func say(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            isCutOff.store(true, ordering: .relaxed)
        }
    }

    /// What is to be said about it at the end; nil where everything went out, or where who read it has gone (`| head`).
    static var complaint: LocalizedText? {
        guard isCutOff.load(ordering: .relaxed), !isReaderGone else { return nil }
        return LocalizedText(
            fr: "Tout n'a pas pu être écrit sur la sortie standard : faire de la place sur le disque.",
            en:
                "What was said could not be written to standard output: it is not whole; make room on the disk."
        )
    }

    private static var isReaderGone: Bool {
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        return poll(&output, 1, 0) == 1 && output.revents & Int16(POLLERR | POLLHUP) != 0
    }
}

/// Instead of the standard library's, which does not say whether a text went out.
func print(_ text: String, terminator: String = "\n") { StandardOutput.say(text + terminator) }

/// Of its own: with a default text the standard library's would be taken for every text.
func print() { StandardOutput.say("\n") }
