import ArgumentParser
import GraderCore

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "version",
        LocalizedText(
            fr: "Dit de quelle version est bascule, et ce que sa libssh2 ne sait pas faire.",
            en: "Says which version this is, and what its libssh2 cannot do."),
        examples: [
            (
                "bascule version",
                LocalizedText(fr: "à joindre à ce que l'on signale", en: "goes along with what is reported")
            )
        ])

    @OptionGroup var voice: VoiceOptions

    func run() { print(VersionReport.text(in: voice.language)) }
}
