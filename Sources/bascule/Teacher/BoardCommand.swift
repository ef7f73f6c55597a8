import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import Reports

/// What `board` takes, whether or not this program was built with it.
struct BoardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "board",
        abstract: "The lesson, live: a page for the teacher, and one for each student to check himself.",
        discussion: """
            Students open their page with a personal code (--cards makes the cards to hand out), look at their own \
            report and have their pair looked at again; you see the class as results come. While it runs, the \
            board makes the class's runs: a grade-all beside it hands over its request. Ctrl-C ends it in an \
            orderly way; started again, it has the same links and the last results.
            Exit status: 0 or 130 ended; 65 the roster or the rubric is wrong; 74 something could not be written; \
            75 another Bascule makes the class's runs.
            """)

    @OptionGroup var rosterArgument: RosterArgument

    @OptionGroup var options: RunOptions
    @OptionGroup var pages: PageOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where to listen; another address than this machine's own is reached by whoever is in its network.",
            valueName: "address:port"))
    var listen = Self.usualAddress

    static let usualAddress = "127.0.0.1:8080"

    @Option(
        name: .long,
        help: "A round over the class so often, e.g. 5m (10s to 24h); none without it but when you ask.")
    var every: String?

    @Option(name: .long, help: ArgumentHelp("No round begins after this time of today.", valueName: "17:30"))
    var until: String?

    @Option(
        name: .customLong("students-may-drill"),
        help: ArgumentHelp("Drills that a student may run on his own pair.", valueName: "drill,drill"))
    var studentDrills: String?

    @Option(name: .long, help: "For TLS: the certificate's PEM file, with those that vouch for it behind it.")
    var certificate: String?

    @Option(name: .long, help: "For TLS: the PEM file of the certificate's key.")
    var key: String?

    @Option(
        name: .customLong("name"),
        help: ArgumentHelp(
            "A name by which people reach the board, for its links; several times.",
            valueName: "board.example.org"))
    var names: [String] = []

    @Option(name: .long, help: "Pairs looked at at once.")
    var jobs = 16

    @Flag(name: .long, help: "Write the sheet of cards with everybody's link and code, and end.")
    var cards = false

    @Option(
        name: .customLong("new-code"),
        help: ArgumentHelp(
            "Give this student (or teacher, or all) a new code, and end; the old one opens nothing from then on.",
            valueName: "student"))
    var newCode: [String] = []

    func validate() throws {
        let bounds = Duration.seconds(10)...Duration.seconds(86_400)
        try require(
            every == nil || interval.map(bounds.contains) ?? false, "--every is from 10s to 24h, such as 5m")
        try require(until == nil || every != nil, "--until ends what --every repeats: give both")
        try require((certificate == nil) == (key == nil), "--certificate and --key go together")
        try require(jobs >= 1, "--jobs takes a whole number from 1 on")
        try require(
            address != nil, "--listen takes an address and a port, such as 127.0.0.1:8080 or [::1]:8080")
        try require(options.questions.isEmpty, "a board shows the whole sheet: leave --question out")
    }

    var interval: Duration? { every.flatMap { DurationText.parse($0) } }

    /// Nil where it is none.
    var address: (host: String, port: Int)? {
        guard let url = URLComponents(string: "//\(listen)"), let host = url.host, !host.isEmpty,
            let port = url.port, (0...65_535).contains(port), url.path.isEmpty, url.user == nil
        else { return nil }
        let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        return bare == "localhost" || IPAddress(bare) != nil || bare.contains(":") ? (bare, port) : nil
    }

    func run() async throws {
        #if BOARD
            try await open()
        #else
            throw ValidationError(
                "this program was built without the board: build it with scripts/build, or take the one that comes in "
                    + "Bascule's packages")
        #endif
    }
}
