import ArgumentParser
import VirtualClass

/// `bascule lab apply`.
struct LabApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Brings a pair to a situation, or puts a fault or a variation into it.",
        discussion: """
            A pair that is on the way to the situation goes on from where it is; any other is started anew. What
            was done by hand is not known here: use `lab reset` after that.
            """)

    @OptionGroup var options: LabOptions

    @Argument(help: "The student, e.g. etu1.")
    var student: String

    @Argument(help: "fresh, after-q1 … after-q9, solved, off, a fault or a variation.")
    var situation: String

    func run() async throws {
        try await reportingLabErrors {
            try await options.runningClass().apply(situation, to: student, progress: printLabProgress)
        }
    }
}

/// `bascule lab reset`.
struct LabReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Throws a student's machines away and raises them anew, fresh.")

    @Flag(help: "Give the machines new SSH host keys, as a reinstalled machine has.")
    var newHostKeys = false

    @OptionGroup var options: LabOptions

    @Argument(help: "The student, e.g. etu1.")
    var student: String

    func run() async throws {
        try await reportingLabErrors {
            try await options.runningClass().reset(
                student, newHostKeys: newHostKeys, progress: printLabProgress)
        }
    }
}
