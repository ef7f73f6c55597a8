import ArgumentParser
import Reports

/// What every command that writes pages takes.
struct PageOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "A folder with logo.svg, title.txt, style.css and templates/ of your own, for all pages.")
    var theme: String?

    /// - Throws: a sentence where the theme cannot be used, before anything is done.
    func pageTheme() throws -> PageTheme? {
        try theme.map { try PageTheme(folder: $0) }
    }
}
