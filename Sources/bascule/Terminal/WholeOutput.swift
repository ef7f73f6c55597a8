import ClassRun

/// What another program is to read: in a file, or on standard output, and whole in either.
enum WholeOutput {
    static func put(_ text: String, in file: String?) throws {
        if let file { return try AtomicFile.write(text, to: file) }
        StandardOutput.document(text)
    }
}
