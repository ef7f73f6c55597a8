import Foundation
import GraderCore
import InputFiles

/// Why something could not be written to or read from the reports folder: one sentence that names the path.
public struct StoreFailure: CommandFailure, Sendable, Hashable, Codable, CustomStringConvertible {
    public var sentence: LocalizedText
    public var cause: FailureCause

    public init(_ sentence: LocalizedText, _ cause: FailureCause = .unusable) {
        self.sentence = sentence
        self.cause = cause
    }

    public init(
        fr: LocalizedText.Wording, en: LocalizedText.Wording, _ cause: FailureCause = .unusable
    ) {
        self.init(LocalizedText(fr: fr, en: en), cause)
    }

    public var description: String { message }
}

extension StoreFailure {
    /// Of a file that could not be written.
    /// - Parameter code: of errno(3).
    public init(writing path: String, _ code: Int32) {
        self.init(writing: LocalizedText(verbatim: path), code)
    }

    private init(writing path: LocalizedText, _ code: Int32) {
        let reason = systemMessage(code)
        switch code {
        case EFBIG:
            self.init(
                fr: "\(path) n'a pas pu être écrit (\(reason)) : \(Self.sizeLimitAdvice).",
                en: "\(path) could not be written (\(reason)): \(Self.sizeLimitAdvice).", .notWritten)
        case ENOSPC, EDQUOT:
            self.init(
                fr: "Le disque est plein (\(reason)) : faire de la place, \(path) n'a pas pu être écrit.",
                en: "The disk is full (\(reason)): make room, \(path) could not be written.",
                .notWritten)
        case EMFILE, ENFILE:
            self.init(
                fr:
                    "\(path) n'a pas pu être ouvert (\(reason)) : en permettre davantage avec « ulimit -n 1024 », puis recommencer.",
                en:
                    "\(path) could not be opened (\(reason)): allow more of them with `ulimit -n 1024`, then try again.",
                .notWritten)
        default:
            self.init(
                fr:
                    "\(path) n'a pas pu être écrit (\(reason)) : vérifier le dossier, ou en choisir un autre.",
                en: "\(path) could not be written (\(reason)): check the folder, or choose another.",
                .notWritten)
        }
    }

    /// What to do where a file may not grow: that is no full disk.
    public static let sizeLimitAdvice = LocalizedText(
        fr: "lever la limite de la taille des fichiers (ulimit -f)",
        en: "raise the limit on the size of files (ulimit -f)")

    /// What an error of Foundation's own file operations (`FileManager`, `Data.write`) says; nil where it is none.
    public init?(fileOperation error: any Error) {
        guard let error = error as? CocoaError, error.isFileError else { return nil }
        let path =
            (error.filePath ?? error.url?.path(percentEncoded: false)).map { LocalizedText(verbatim: $0) }
            ?? LocalizedText(fr: "Un fichier", en: "A file")
        let code = (error.underlying as? POSIXError)?.code ?? Self.codes[error.code]
        // Below them those that only what changes something ends with.
        if (CocoaError.fileReadUnknown.rawValue..<CocoaError.fileWriteUnknown.rawValue).contains(
            error.code.rawValue)
        {
            let reason =
                code.map { systemMessage($0.rawValue) }
                ?? LocalizedText(verbatim: error.localizedDescription)
            self.init(
                fr: "\(path) ne peut pas être lu (\(reason)) : vérifier le chemin.",
                en: "\(path) cannot be read (\(reason)): check the path.")
        } else {
            self.init(writing: path, (code ?? .EIO).rawValue)
        }
    }

    private static let codes: [CocoaError.Code: POSIXErrorCode] = [
        .fileNoSuchFile: .ENOENT, .fileReadNoSuchFile: .ENOENT, .fileReadNoPermission: .EACCES,
        .fileWriteNoPermission: .EACCES, .fileWriteFileExists: .EEXIST, .fileWriteOutOfSpace: .ENOSPC,
        .fileWriteVolumeReadOnly: .EROFS,
    ]
}
