import ArgumentParser
import Foundation
import GraderCore
import Reports

struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Prints as JSON what is understood of something that a node printed.",
        discussion: """
            crm: `crm configure show`, or the CIB (`cibadmin -Q`). mon: `crm_mon -1`, printed or as XML. ip: `ip addr`, \
            as text or as JSON. What is not understood is kept verbatim under "unknown"; what was read only in part \
            is under "problems" and on standard error.
            Exit status: 0 something was understood; 65 it cannot be read, or nothing of it was understood.
            """)

    /// What was printed.
    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case crm, mon, ip

        /// The commands that print it.
        var command: String {
            switch self {
            case .crm: "crm configure show"
            case .mon: "crm_mon -1"
            case .ip: "ip addr"
            }
        }
    }

    @Argument(help: "crm, mon or ip.")
    var subject: Subject

    @Argument(help: "The file; standard input where none is given, or for -.")
    var file: String?

    @Option(name: .long, help: "Language of this program's own lines: fr or en (default: by LANG).")
    var lang: Language?

    private var language: Language { lang ?? TerminalLanguage.current }

    func run() throws {
        let bytes: [UInt8]
        do {
            bytes = try BoundedInput.read(file, atMost: ParsingLimits.bytes)
        } catch {
            complain([error.sentence(language)])
            throw Exit.badInput
        }
        let (facts, problems, isUnderstood) = understood(bytes)
        print(try facts.json())
        complain(problems)
        guard !isUnderstood else { return }
        complain([
            language == .french
                ? "\(name): rien n'y ressemble à ce qu'affiche « \(subject.command) » ; est-ce le bon fichier ?"
                : "\(name): nothing in it is what \"\(subject.command)\" prints; is it the right file?"
        ])
        throw Exit.badInput
    }

    private var name: String { BoundedInput.name(of: file, language) }

    /// Sentences with the file's name before them, harmless to a terminal.
    private func complain(_ sentences: [String]) {
        for sentence in sentences {
            let text = sentence.hasPrefix(name) ? sentence : "\(name): \(sentence)"
            Inputs.complain(SafeText.line(text, limit: 1000, language: language))
        }
    }

    private func understood(_ bytes: [UInt8]) -> (FactsValue, problems: [String], isUnderstood: Bool) {
        let first = bytes.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
        switch subject {
        case .crm:
            var configuration: ClusterConfiguration
            var further: [String] = []
            if first == UInt8(ascii: "<") {
                let cib = CIBReader.read(bytes)
                (configuration, further) = (cib.configuration, cib.problems)
            } else {
                configuration = CrmShowReader.read(bytes)
            }
            // An empty configuration is one too, an empty file is none.
            var nothing = ClusterConfiguration()
            (nothing.unknown, nothing.problems) = (configuration.unknown, configuration.problems)
            return (
                ClusterFacts.withProblems(configuration, further), further + configuration.problems,
                configuration != nothing
            )
        case .mon:
            let status = ClusterStatusReader.read(anyForm: bytes)
            var nothing = ClusterStatus()
            (nothing.unknown, nothing.problems) = (status.unknown, status.problems)
            return (StatusFacts(status).value, status.problems, status != nothing)
        case .ip:
            let isJSON = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
            let interfaces =
                isJSON
                ? InterfaceAddresses.read(json: bytes)
                : InterfaceAddresses.read(text: String(decoding: bytes, as: UTF8.self))
            return (InterfaceFacts(interfaces).value, interfaces.problems, !interfaces.interfaces.isEmpty)
        }
    }
}
