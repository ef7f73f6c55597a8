import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import Reports

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
        try Inputs.reportingNow {
            var place = RunPlace(folder: folder, manifest: try folder.manifest(), theme: theme)
            if let lang { place.manifest.language = lang }
            let (results, failures) = try place.writeAgain()
            if pseudonyms { try place.writeProjectorPage(results, failures: failures) }
        }
        print(folder.path(pseudonyms ? "projector.html" : "index.html"))
    }
}

extension RunPlace {
    /// All pages of a run anew, from its results and the teacher's marks as they are now.
    /// - Parameter only: whose pages; nil: everybody's. The class page is always written.
    @discardableResult
    func writeAgain(
        only: String? = nil
    ) throws -> (results: [GradedResult], failures: [(student: StudentIdentity, sentence: LocalizedText)]) {
        folder.sweep()
        let there = manifest.students.filter { folder.hasResult(of: $0.id) }
        var results = try there.map { try folder.shownResult(of: $0.id) }
        // A copy of a run elsewhere keeps the answers that it holds.
        complainOfAnswers()
        if isInClassFolder { results = results.map { $0.answering(answers(of: $0.student.id)) } }
        if let marks = try marks(try sheet(results)) {
            results = results.map { $0.applying(marks.students[$0.student.id]) }
        }
        results = results.map(dated)
        for result in results where only == nil || only == result.student.id { try write(result) }
        let failures = manifest.students.filter { student in !there.contains { $0.id == student.id } }
            .map { (student: $0, sentence: absence(of: $0.id)) }
        try writeClassPage(results, failures: failures)
        return (results, failures)
    }
}
