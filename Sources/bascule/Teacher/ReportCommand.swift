import ArgumentParser
import ClassRun
import GraderCore

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "report",
        LocalizedText(
            fr:
                "Réécrit les pages d'un passage à partir de ses résultats, par exemple dans une autre langue.",
            en: "Writes the pages of an earlier run again from its results, e.g. in another language."),
        LocalizedText(
            fr: """
                Tient compte de marks.yaml tel qu'il est maintenant. Avec --pseudonyms, la page de la classe est écrite une \
                seconde fois, dans projector.html, sans noms, liens ni adresses.
                """,
            en: """
                Takes marks.yaml as it is now into the results. With --pseudonyms the class page is written a second \
                time, as projector.html, without names, links and addresses.
                """),
        examples: [
            (
                "bascule report --lang en",
                LocalizedText(
                    fr: "Les pages du dernier passage, en anglais.", en: "The latest run's pages, in English."
                )
            ),
            (
                "bascule report --pseudonyms",
                LocalizedText(
                    fr: "Une page de la classe à projeter.", en: "A class page to show to everybody.")
            ),
        ])

    @OptionGroup var chosenRun: RunArgument

    @Option(name: .long, help: .reportsFolder)
    var reports = "reports"

    @OptionGroup var voice: VoiceOptions

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Écrire aussi projector.html : d'autres noms pour tous.",
            en: "Write projector.html too: other names for everybody."))
    var pseudonyms = false

    @OptionGroup var pages: PageOptions

    func run() throws {
        let folder = try chosenRun.folder(in: reports)
        let theme = try pages.pageTheme()
        var place = try folder.place(theme: theme, remark: Inputs.complain(_:))
        if let lang = voice.lang { place.manifest.language = lang }
        let outcome = try place.writeAgain()
        if pseudonyms { try place.writeProjectorPage(outcome) }
        print(folder.path(pseudonyms ? "projector.html" : "index.html"))
    }
}
