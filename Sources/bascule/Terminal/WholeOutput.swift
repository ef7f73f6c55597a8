import ClassRun
import Foundation

/// What another program is to read: in a file, or on standard output, and whole in either.
enum WholeOutput {
    static func put(_ text: String, in file: String?) throws {
        if let file { return try AtomicFile.write(text, to: file) }
        // A table cut off by a full disk must not pass for a whole one.
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            Inputs.complain(
                "The export could not be written to standard output: it is not whole; give --output.")
            throw Exit.notAssessed
        }
    }
}
