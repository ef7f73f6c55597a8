import Foundation
import GraderCore

/// A file that a person names, or standard input, read whole within a bound.
enum BoundedInput {
    /// Why it was not read.
    struct Failure: Error {
        var file: String?
        var english: String
        var french: String

        func sentence(_ language: Language) -> String {
            "\(BoundedInput.name(of: file, language)): \(language == .french ? french : english)"
        }
    }

    static func name(of file: String?, _ language: Language) -> String {
        guard let file, file != "-" else {
            return language == .french ? "entrée standard" : "standard input"
        }
        return file
    }

    /// - Parameter file: nil or `-` for standard input.
    static func read(_ file: String?, atMost limit: Int) throws(Failure) -> [UInt8] {
        func failure(_ english: String, _ french: String) -> Failure {
            Failure(file: file, english: english, french: french)
        }
        var handle = FileHandle.standardInput
        if let file, file != "-" {
            guard FileManager.default.fileExists(atPath: file) else {
                throw failure("there is no such file.", "ce fichier n'existe pas.")
            }
            guard !FileManager.default.fileExists(atPath: file + "/.") else {
                throw failure("this is a folder; name a file.", "c'est un dossier ; indiquez un fichier.")
            }
            guard let opened = FileHandle(forReadingAtPath: file) else {
                throw failure(
                    "it may not be read: look at its permissions.",
                    "lecture refusée : voyez ses permissions.")
            }
            handle = opened
        }
        var bytes: [UInt8] = []
        do {
            while bytes.count <= limit,
                let part = try handle.read(upToCount: min(1 << 16, limit + 1 - bytes.count)),
                !part.isEmpty
            {
                bytes += part
            }
        } catch {
            throw failure(
                "it broke off while being read: \(error.localizedDescription)",
                "la lecture s'est interrompue : \(error.localizedDescription)")
        }
        guard bytes.count <= limit else {
            throw failure(
                "it is longer than \(limit >> 20) MiB; no node prints so much.",
                "il dépasse \(limit >> 20) Mio ; aucun serveur n'en affiche autant.")
        }
        guard !bytes.isEmpty else { throw failure("it is empty.", "il est vide.") }
        return bytes
    }
}
