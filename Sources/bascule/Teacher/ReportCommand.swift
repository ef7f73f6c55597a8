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

    @Argument(help: ArgumentHelp("The folder of a run, e.g. reports/bts-sio-2/latest.", valueName: "run"))
    var runFolder: String

    @Option(name: .long, help: "Language of the pages: fr or en; as before where none is given.")
    var lang: Language?

    @Flag(name: .long, help: "Write projector.html too: other names for everybody.")
    var pseudonyms = false

    @OptionGroup var pages: PageOptions

    func run() throws {
        let folder = RunFolder(path: runFolder)
        let theme = try pages.pageTheme()
        var place = try folder.place(theme: theme, remark: Inputs.complain(_:))
        if let lang { place.manifest.language = lang }
        let outcome = try place.writeAgain()
        if pseudonyms { try place.writeProjectorPage(outcome) }
        print(folder.path(pseudonyms ? "projector.html" : "index.html"))
    }
}
