import ArgumentParser
import ClassRun
import GraderCore

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes the pages of an earlier run again from its results, e.g. in another language.",
        discussion: """
            Takes marks.yaml as it is now into the results. With --pseudonyms the class page is written a second \
            time, as projector.html, without names, links and addresses.
            """)

    @OptionGroup var run: RunArgument

    @Option(name: .long, help: .reportsFolder)
    var reports = "reports"

    @OptionGroup var voice: VoiceOptions

    @Flag(name: .long, help: "Write projector.html too: other names for everybody.")
    var pseudonyms = false

    @OptionGroup var pages: PageOptions

    func run() throws {
        let folder = try run.folder(in: reports)
        let theme = try pages.pageTheme()
        var place = try folder.place(theme: theme, remark: Inputs.complain(_:))
        if let lang = voice.lang { place.manifest.language = lang }
        let outcome = try place.writeAgain()
        if pseudonyms { try place.writeProjectorPage(outcome) }
        print(folder.path(pseudonyms ? "projector.html" : "index.html"))
    }
}
