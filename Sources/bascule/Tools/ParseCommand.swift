import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import Reports

struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "parse",
        LocalizedText(
            fr: "Affiche en JSON ce qui est compris de ce qu'une machine a affiché.",
            en: "Prints as JSON what is understood of something that a machine printed."),
        LocalizedText(
            fr: """
                \(forms). Ce qui n'est pas compris est gardé tel quel sous « unknown » ; ce qui n'est lu qu'en partie \
                est sous « problems » et sur la sortie d'erreur.
                État de sortie : 0 quelque chose a été compris ; 65 rien n'a pu être lu, ou rien n'en est compris.
                """,
            en: """
                \(forms). What is not understood is kept verbatim under "unknown"; what was read only in part is under \
                "problems" and on standard error.
                Exit status: 0 something was understood; 65 it cannot be read, or nothing of it was understood.
                """),
        examples: [
            (
                "\(Self.usual.command) | bascule parse \(Self.usual.name)",
                LocalizedText(fr: "sur un nœud, par un tube", en: "on a node, through a pipe")
            ),
            (
                "bascule parse \(Self.usual.name) saved.txt",
                LocalizedText(fr: "d'un fichier", en: "from a file")
            ),
        ])

    private static var forms: LocalizedText {
        Catalog.readers.map { LocalizedText(fr: "\($0.name) : \($0.forms)", en: "\($0.name): \($0.forms)") }
            .joined(LocalizedText(fr: ". ", en: ". "))
    }
    private static var names: [String] { Catalog.readers.map(\.name) }

    /// For the examples: the first that there is.
    private static var usual: (command: String, name: String) {
        Catalog.readers.first.map { ($0.command, $0.name) } ?? ("", "")
    }

    @Argument(
        help: ArgumentHelp(
            fr: "Ce qui a été affiché : \(names.joined(separator: ", ")).",
            en: "What was printed: \(names.joined(separator: ", ")).", valueName: "subject"),
        transform: { name in
            guard let reader = Catalog.readers.first(where: { $0.name == name }) else {
                let (list, hint) = (names.joined(separator: ", "), suggestion(for: name, in: names))
                throw ValidationError(
                    fr: "\(name) n'est aucun de \(list)\(hint)", en: "\(name) is none of \(list)\(hint)")
            }
            return reader
        })
    var subject: PrintedReader

    @Argument(
        help: ArgumentHelp(
            fr: "Le fichier ; l'entrée standard, à défaut ou pour -.",
            en: "The file; standard input where none is given, or for -.", valueName: "file"))
    var file: String?

    @OptionGroup var voice: VoiceOptions

    private var language: Language { voice.language }

    func run() throws {
        let reading = subject.read(try input())
        print(SafeText.json(try reading.facts.json()))
        for problem in reading.problems { Inputs.complain(sentence(problem)) }
        guard !reading.isUnderstood else { return }
        throw failure(
            fr: "rien n'y ressemble à ce qu'affiche « \(subject.command) » ; est-ce le bon fichier ?",
            en: "nothing in it is what \"\(subject.command)\" prints; is it the right file?")
    }

    /// The file, or standard input, read whole within a bound.
    private func input() throws -> [UInt8] {
        var handle = FileHandle.standardInput
        if let file, file != "-" {
            guard FileManager.default.fileExists(atPath: file) else {
                throw failure(fr: "ce fichier n'existe pas.", en: "there is no such file.")
            }
            guard !FileManager.default.fileExists(atPath: file + "/.") else {
                throw failure(
                    fr: "c'est un dossier ; indiquer un fichier.", en: "this is a folder; name a file.")
            }
            guard let opened = FileHandle(forReadingAtPath: file) else {
                throw failure(
                    fr: "lecture refusée : voir ses permissions.",
                    en: "it may not be read: look at its permissions.")
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
                fr: "la lecture s'est interrompue : \(error.localizedDescription)",
                en: "it broke off while being read: \(error.localizedDescription)")
        }
        guard bytes.count <= limit else {
            throw failure(
                fr: "il dépasse \(limit >> 20) Mio ; aucun serveur n'en affiche autant.",
                en: "it is longer than \(limit >> 20) MiB; no node prints so much.")
        }
        guard !bytes.isEmpty else { throw failure(fr: "il est vide.", en: "it is empty.") }
        return bytes
    }

    private func failure(fr: LocalizedText.Wording, en: LocalizedText.Wording) -> StoreFailure {
        let what = LocalizedText(fr: fr, en: en)
        return StoreFailure(fr: "\(name) : \(what)", en: "\(name): \(what)")
    }

    private var name: String {
        guard let file, file != "-" else {
            return String(fr: "entrée standard", en: "standard input")
        }
        return file
    }

    /// With the file's name before it, harmless to a terminal.
    private func sentence(_ problem: LocalizedText) -> String {
        let text = problem[language]
        return SafeText.line(
            text.hasPrefix(name) ? text : String(fr: "\(name) : \(text)", en: "\(name): \(text)"),
            limit: 1000, language: language)
    }
}
