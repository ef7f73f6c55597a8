import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import NetworkProbes
import Reports

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "doctor",
        LocalizedText(
            fr:
                "Dit ce qui manque à cette machine pour corriger, et comment l'obtenir ; ne touche à aucune autre.",
            en: "Says what this machine lacks for grading, and how to get it; touches no other machine."),
        LocalizedText(
            fr: """
                ✓ en ordre ; ! à savoir, rien n'en dépend pour corriger ; ✗ manque.
                État de sortie : 0 rien d'essentiel ne manque ; 65 la liste de classe ou le barème a une erreur ; 69 \
                quelque chose manque.
                """,
            en: """
                ✓ in order; ! worth knowing, grading does not hang on it; ✗ is missing.
                Exit status: 0 nothing essential is missing; 65 the roster or the rubric has a mistake; 69 something \
                is missing.
                """),
        examples: [
            (
                "bascule doctor",
                LocalizedText(fr: "dans le dossier d'une classe", en: "in the folder of a class")
            )
        ])

    @OptionGroup var rosterArgument: RosterArgument

    @Flag(name: .long, help: ArgumentHelp(fr: "En JSON.", en: "As JSON."))
    var json = false

    @OptionGroup var voice: VoiceOptions

    func run() async throws {
        let findings = await HostExamination(rosterFile: rosterFile).findings()
        if json {
            print(try PrintedJSON.text(findings.map(Row.init)))
        } else {
            let width = findings.map { $0.subject[voice.language].count }.max() ?? 0
            for finding in findings where finding.state != .inOrder || !Voice.current.isQuiet {
                let subject = finding.subject[voice.language].padding(
                    toLength: width, withPad: " ", startingAt: 0)
                print("\(finding.state.sign) \(subject)  \(finding.said[voice.language])")
            }
        }
        if findings.contains(where: { $0.state == .wrong }) { throw Exit.badInput }
        if findings.contains(where: { $0.state == .missing }) { throw Exit.unavailable }
    }

    private var rosterFile: String? {
        rosterArgument.given ?? (WorkingFolder.hasRoster ? WorkingFolder.roster : nil)
    }

    private struct Row: Encodable {
        var id: String
        var state: String
        var sentence: LocalizedText

        init(_ finding: HostFinding) {
            id = finding.id
            state = finding.state.rawValue
            sentence = finding.said
        }
    }
}

/// One thing that was looked at on this machine.
struct HostFinding {
    enum State: String {
        case inOrder = "ok"
        case worthKnowing = "note"
        case missing, wrong

        var sign: String {
            switch self {
            case .inOrder: "✓"
            case .worthKnowing: "!"
            case .missing, .wrong: "✗"
            }
        }
    }

    /// For programs; stays the same.
    var id: String
    var subject: LocalizedText
    var state: State
    /// What was found, and what to do where something is missing.
    var said: LocalizedText
}
