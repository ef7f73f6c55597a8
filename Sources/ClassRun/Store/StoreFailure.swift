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
        self.init(unwrittenMessage(path, code), .notWritten)
    }

    /// A file that could not be read.
    public init(unread path: String, _ failure: BoundedFile.Failure) {
        switch failure {
        case .unreadable(let reason):
            self.init(
                fr: "\(path) ne peut pas être lu (\(reason)) : vérifier le chemin.",
                en: "\(path) cannot be read (\(reason)): check the path.")
        case .notAFile:
            self.init(
                fr: "\(path) n'est pas un fichier ordinaire : vérifier le chemin.",
                en: "\(path) is not a regular file: check the path.")
        case .tooLarge(let size):
            self.init(
                fr: "\(path) fait \(size) octets, trop pour être lu : vérifier le chemin.",
                en: "\(path) has \(size) bytes, too many to be read: check the path.")
        }
    }

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
