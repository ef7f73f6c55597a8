import ArgumentParser
import VirtualClass

/// `bascule lab check`.
struct LabCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says whether a class can be raised on this machine; ends with 2 where not.")

    func run() async throws {
        try await reportingLabErrors { try await VirtualClass.checkHost() }
    }
}

/// `bascule lab prepare`.
struct LabPrepare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Builds a release's root file system where the cache does not have it.")

    @Option(help: "Debian release: bookworm, bullseye or trixie.")
    var release = Release.bookworm

    @OptionGroup var options: LabOptions

    func run() async throws {
        try await reportingLabErrors {
            try await VirtualClass.buildRootFileSystem(
                release, places: options.places(), progress: printLabProgress)
        }
    }
}
