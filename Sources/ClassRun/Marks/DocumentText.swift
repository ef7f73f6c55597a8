import Foundation
import GraderCore
import InputFiles

/// The text of a document that a student has handed in: UTF-8, UTF-16 with its mark, or Windows-1252; `.odt`, `.docx` and `.html` through pandoc(1), `.pdf` through pdftotext(1). Headings keep a `#`.
///
/// The converters are as good as their bugs, and the documents foreign: they run without a network (unshare(1)), bounded in
/// time, memory and what they write (prlimit(1)), and pandoc reads nothing but the document (`--sandbox`).
public struct DocumentText: Sendable {
    /// On this machine.
    var session: any NodeSession

    public init(on session: any NodeSession) { self.session = session }

    /// Of a document, in bytes.
    static let sizeLimit = 32 << 20

    /// What went wrong, as the end of a sentence that begins with the document.
    public struct Failure: Error, Sendable {
        public var reason: LocalizedText
    }

    /// No `.rtf`: pandoc 2.17 loses letters behind accents of its own.
    private static let converted = [
        "odt": "odt", "docx": "docx", "html": "html", "htm": "html",
    ]

    /// - Parameter file: an absolute path: it is an argument of the converters.
    /// - Throws: why there is no text to be had, for the teacher.
    public func read(_ file: String) async throws(Failure) -> String {
        let bytes: [UInt8]
        switch BoundedFile.read(file, limit: Self.sizeLimit) {
        case .success(let read): bytes = read
        case .failure:
            throw Self.failure(
                fr: "n'est pas un fichier lisible de 32 Mio au plus",
                en: "is no readable file of at most 32 MiB")
        }
        let kind = (file as NSString).pathExtension.lowercased()
        if ["md", "markdown", "txt", "text", ""].contains(kind) { return try Self.text(bytes) }
        if kind == "pdf" {
            let text = try await convert(
                ["pdftotext", "-q", "-enc", "UTF-8", "-nopgbrk", file, "-"], "poppler-utils")
            guard text.contains(where: \.isLetter) else {
                throw Self.failure(
                    fr: "ne contient pas de texte (des images ?)", en: "holds no text (pictures?)")
            }
            return text
        }
        guard let format = Self.converted[kind] else {
            throw Self.failure(
                fr: "est d'un format qui ne se lit pas ici (.md, .txt, .odt, .docx, .html, .pdf)",
                en: "is of a format that is not read here (.md, .txt, .odt, .docx, .html, .pdf)")
        }
        let filter = NSTemporaryDirectory() + "bascule-\(UUID().uuidString).lua"
        defer { try? FileManager.default.removeItem(atPath: filter) }
        do throws(StoreFailure) { try AtomicFile.write(Self.headings, to: filter) } catch {
            throw Self.failure(
                fr: "n'a pas été lu (\(error.sentence))", en: "was not read (\(error.sentence))")
        }
        return try await convert(
            [
                "pandoc", "+RTS", "-M512M", "-RTS", "--sandbox", "--from", format, "--to", "plain", "--wrap",
                "none",
                "--lua-filter", filter, file,
            ], "pandoc")
    }

    /// Plain text has no headings of its own.
    private static let headings = """
        function Header(h)
          h.content:insert(1, pandoc.Space())
          h.content:insert(1, pandoc.Str("#"))
          return pandoc.Para(h.content)
        end

        """

    private func convert(_ arguments: [String], _ package: String) async throws(Failure) -> String {
        let alone = geteuid() == 0 ? ["unshare", "--net"] : ["unshare", "--map-root-user", "--net"]
        let bounded = ["prlimit", "--as=4294967296", "--cpu=20", "--fsize=16777216", "--nofile=64", "--"]
        let command = RemoteCommand(
            bounded + alone + ["--"] + arguments, asRoot: false, timeLimit: .seconds(30),
            outputLimit: WrittenAnswers.sizeLimit)
        let result: CommandResult
        do throws(TransportFailure) { result = try await session.run(command) } catch {
            throw Self.failure(
                fr: "n'a pas été lu (\(error.sentence))", en: "was not read (\(error.sentence))")
        }
        let program = arguments[0]  // bounded: a command of ours
        switch result.ending {
        case .exited(0) where !result.outputTruncated: return result.standardOutput.text
        case .exited(0):
            throw Self.failure(fr: "contient plus de 256 Kio de texte", en: "holds more than 256 KiB of text")
        case .exited(126), .exited(127):
            throw Self.failure(
                fr: "demande \(program), qui manque ici : installer le paquet \(package)",
                en: "needs \(program), which is not here: install the package \(package)")
        case .timedOut:
            throw Self.failure(
                fr: "prend trop de temps à lire (\(program))", en: "takes too long to read (\(program))")
        default:
            let said = result.complaint
            throw Self.failure(
                fr: "ne se lit pas (\(program) : \(said))", en: "cannot be read (\(program): \(said))")
        }
    }

    /// What is not UTF-8 is what Windows wrote: every byte is a character there, but for five.
    static func text(_ bytes: [UInt8]) throws(Failure) -> String {
        let data = Data(bytes)
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        let encodings: [String.Encoding] = isWide ? [.utf16] : [.utf8, .windowsCP1252]
        for encoding in encodings {
            if let text = String(data: data, encoding: encoding), !text.unicodeScalars.contains("\0") {
                // As it is kept: another encoding has other bytes.
                guard text.utf8.count <= WrittenAnswers.sizeLimit else {
                    throw failure(
                        fr: "contient plus de 256 Kio de texte", en: "holds more than 256 KiB of text")
                }
                return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
            }
        }
        throw failure(fr: "n'est pas du texte", en: "is not text")
    }

    private static func failure(fr: LocalizedText.Wording, en: LocalizedText.Wording) -> Failure {
        Failure(reason: LocalizedText(fr: fr, en: en))
    }
}
