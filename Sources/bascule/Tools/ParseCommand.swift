import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import Reports

struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Prints as JSON what is understood of something that a machine printed.",
        discussion: """
            \(Catalog.readers.map { "\($0.name): \($0.forms)" }.joined(separator: ". ")). What is not understood is \
            kept verbatim under "unknown"; what was read only in part is under "problems" and on standard error.
            Exit status: 0 something was understood; 65 it cannot be read, or nothing of it was understood.
            """)

    @Argument(
        help: ArgumentHelp("What was printed: \(Catalog.readers.map(\.name).joined(separator: ", "))."),
        transform: { name in
            guard let reader = Catalog.readers.first(where: { $0.name == name }) else {
                throw ValidationError(
                    "\(name) is none of \(Catalog.readers.map(\.name).joined(separator: ", "))")
            }
            return reader
        })
    var subject: PrintedReader

    @Argument(help: "The file; standard input where none is given, or for -.")
    var file: String?

    @OptionGroup var voice: VoiceOptions

    private var language: Language { voice.language }

    func run() throws {
        let reading = subject.read(try input())
        print(try reading.facts.json())
        for problem in reading.problems { Inputs.complain(sentence(problem)) }
        guard !reading.isUnderstood else { return }
        throw failure(
            "nothing in it is what \"\(subject.command)\" prints; is it the right file?",
            "rien n'y ressemble à ce qu'affiche « \(subject.command) » ; est-ce le bon fichier ?")
    }

    /// The file, or standard input, read whole within a bound.
    private func input() throws -> [UInt8] {
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
        let limit = ParsingLimits.bytes
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

    private func failure(_ english: String, _ french: String) -> StoreFailure {
        StoreFailure(sentence("\(name): \(language == .french ? french : english)"))
    }

    private var name: String {
        guard let file, file != "-" else {
            return language.pick("entrée standard", "standard input")
        }
        return file
    }

    /// With the file's name before it, harmless to a terminal.
    private func sentence(_ text: String) -> String {
        SafeText.line(text.hasPrefix(name) ? text : "\(name): \(text)", limit: 1000, language: language)
    }
}
