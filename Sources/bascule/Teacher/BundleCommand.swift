import ArgumentParser
import ClassRun

struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Puts everything about one student, and nothing about anybody else, into a folder.",
        discussion: """
            For a student who asks what is kept: evidence, results, reports, marks and history of every run. What \
            others could be recognised by (in a table of neighbours, in a log line) is taken out.
            """)

    @OptionGroup var options: StudentOptions
    @OptionGroup var voice: VoiceOptions

    @Option(name: .shortAndLong, help: "The folder to make; STUDENT-bundle in the working folder by default.")
    var output: String?

    func run() throws {
        let path = output ?? "\(options.student)-bundle"
        try StudentBundle(
            reports: options.folder, className: try options.theClass(), student: options.student
        ).write(to: path)
        print(path)
    }
}
