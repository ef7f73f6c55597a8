import GraderCore
import Subprocess

/// One command of the host, run to its end with its output kept. Always an argument vector. A non-zero exit is a
/// value; `checked(_:)` is for the commands of which the class cannot do without.
struct HostCommand: Sendable {
    struct Outcome: Sendable, Equatable {
        /// Exit status; 128 + signal where a signal ended it, as a shell counts (124 is `timeout`'s).
        let status: Int
        let output: String
        let error: String

        var succeeded: Bool { status == 0 }

        /// The last lines of what the command said, error output first, for a message.
        var complaint: String {
            let said = error.isEmpty ? output : error
            return said.split(separator: "\n").suffix(4).joined(separator: " / ")
        }
    }

    /// Bytes kept of each output; more than any command used here prints.
    private static let outputLimit = 4 << 20

    let arguments: [String]
    var input = ""
    var timeLimit = Duration.seconds(60)

    /// Throws where the command could not be started or printed far too much.
    func run() async throws -> Outcome {
        // `timeout` ends the command's whole process group, which cancelling a child process would not.
        let bounded = ["-k", "5", String(timeLimit.wholeSeconds)] + arguments
        do {
            let result = try await Subprocess.run(
                .name("timeout"), arguments: Arguments(bounded),
                environment: .inherit.updating([
                    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "LC_ALL": "C.UTF-8",
                ]), input: .string(input), output: .bytes(limit: Self.outputLimit),
                error: .bytes(limit: Self.outputLimit))
            let status =
                switch result.terminationStatus {
                case .exited(let code): Int(code)  // bounded: widened
                case .signaled(let signal): 128 + Int(signal)  // bounded: widened
                }
            return Outcome(
                status: status, output: String(decoding: result.standardOutput, as: UTF8.self),
                error: String(decoding: result.standardError, as: UTF8.self))
        } catch let error as SubprocessError {
            let command = arguments.first ?? ""
            throw LabError(
                LocalizedText(
                    fr: "La commande `\(command)` n'a pas pu être lancée sur cette machine : « \(error) »",
                    en: "\(command) could not be run on this machine: \(error)"))
        }
    }

    /// Its standard output; throws where it does not succeed.
    /// - Parameter purpose: what it was for, as the start of a sentence (`"the bridge could not be made"`).
    @discardableResult
    func checked(_ purpose: LocalizedText) async throws -> String {
        let outcome = try await run()
        let (said, status) = (outcome.complaint, outcome.status)
        try require(
            outcome.succeeded,
            LocalizedText(
                fr: "\(purpose) : \(said) (code de retour \(status))",
                en: "\(purpose): \(said) (exit status \(status))"))
        return outcome.output
    }
}
