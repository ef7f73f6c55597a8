import ArgumentParser
import GraderCore
import VirtualClass

struct LabCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "check",
        LocalizedText(
            fr: "Dit si une classe peut être montée sur ce poste ; finit par 2 sinon.",
            en: "Says whether a class can be raised on this machine; ends with 2 where not."),
        examples: [
            (
                "bascule lab check && bascule lab up",
                LocalizedText(
                    fr: "monter une classe, si c'est possible", en: "raise a class, if that is possible")
            )
        ])

    @OptionGroup var voice: VoiceOptions

    func run() async throws {
        try await VirtualClass.checkHost()
        printLabProgress(
            LocalizedText(
                fr: "Une classe virtuelle peut être montée sur ce poste.",
                en: "A virtual class can be raised on this machine."))
    }
}

struct LabPrepare: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "prepare",
        LocalizedText(
            fr: "Construit le système de fichiers racine d'une version de Debian, s'il n'est pas en cache.",
            en: "Builds a release's root file system where the cache does not have it."),
        examples: [
            (
                "bascule lab prepare --release trixie",
                LocalizedText(
                    fr: "pour monter ensuite sans attendre", en: "so that a class is raised without waiting")
            )
        ])

    @OptionGroup var voice: VoiceOptions

    @Option(help: .release)
    var release = Release.bookworm

    @OptionGroup var options: LabOptions

    func run() async throws {
        try await VirtualClass.buildRootFileSystem(
            release, places: options.places(), progress: printLabProgress)
    }
}
