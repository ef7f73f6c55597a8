import ClassRun
import Foundation
import GraderCore

/// What another program is to read: where the user wants it, or on standard output, and whole in either.
enum WholeOutput {
    static func put(_ text: String, in file: String?) throws(StoreFailure) {
        guard let file else { return StandardOutput.document(text) }
        try put(Array(text.utf8), in: file)
    }

    /// A name stands for what it leads to: of a link the target is replaced, into a device or a pipe is written.
    /// - Throws: ``StoreFailure`` where it cannot be written; a regular file is then as it was.
    static func put(_ bytes: [UInt8], in file: String) throws(StoreFailure) {
        switch try place(of: file) {
        case .file(let path): try AtomicFile.write(bytes, to: path)
        case .descriptor(1): StandardOutput.document(bytes)
        case .descriptor(let number):
            // Those of our own are closed when another program is started; none that was handed to us is.
            guard fcntl(number, F_GETFD) == 0 else { throw StoreFailure(writing: file, EBADF) }
            try write(bytes, to: number, of: file)
        case .stream(let path):
            let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
            guard descriptor >= 0 else { throw StoreFailure(writing: file, errno) }
            defer { close(descriptor) }
            try write(bytes, to: descriptor, of: file)
        }
    }

    /// Whether nothing is replaced by writing there.
    static func isStream(_ file: String) -> Bool {
        switch try? place(of: file) {
        case .descriptor, .stream: true
        case .file, nil: false
        }
    }

    private static func write(
        _ bytes: [UInt8], to descriptor: Int32, of file: String
    ) throws(StoreFailure) {
        // A reader that has gone has what he wanted.
        guard let code = DescriptorOutput.write(bytes, to: descriptor), code != EPIPE else { return }
        throw StoreFailure(writing: file, code)
    }

    // MARK: What a name leads to

    private enum Place {
        /// One that is there, or is to be made.
        case file(String)
        /// Open already, as the shell's `>(…)` is: opened anew, a file would be written from its beginning.
        case descriptor(Int32)
        case stream(String)
    }

    private static func place(of file: String) throws(StoreFailure) -> Place {
        var path = file
        // As many as Linux follows (path_resolution(7)).
        for _ in 0..<40 {
            let slash = path.lastIndex(of: "/")
            let folder = slash.map { String(path[...$0]) } ?? "./"
            let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
            if let number = Int32(name), let own = real("/proc/self/fd"), real(folder) == own {
                return .descriptor(number)
            }
            var status = stat()
            // Whoever makes it says why it cannot be made.
            guard lstat(path, &status) == 0 else { return .file(path) }
            switch status.st_mode & S_IFMT {
            case S_IFREG: return .file(path)
            case S_IFIFO, S_IFCHR: return .stream(path)
            case S_IFDIR: throw StoreFailure(writing: file, EISDIR)
            case S_IFLNK:
                guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else {
                    throw StoreFailure(writing: file, EIO)
                }
                path = target.hasPrefix("/") ? target : folder + target
            // A disk, which holds other files, or a socket.
            default:
                throw StoreFailure(
                    fr: "\(file) n'est ni un fichier ni un tube : choisir un autre nom.",
                    en: "\(file) is neither a file nor a pipe: choose another name.", .notWritten)
            }
        }
        throw StoreFailure(writing: file, ELOOP)
    }

    /// Without links; nil where there is no such folder.
    private static func real(_ folder: String) -> String? {
        guard let found = realpath(folder, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
