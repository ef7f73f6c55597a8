import ArgumentParser
import Foundation
import VirtualClass

/// `bascule lab`: real pairs in namespaces on this machine.
struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab", abstract: "A virtual class: real two-node clusters on this machine (root only).",
        discussion: """
            Every pair is two Debian machines with systemd, Corosync, Pacemaker, crmsh, Apache and sshd, with a name
            server beside them, on a network that leads nowhere. `lab shell teacher COMMAND` runs a command of
            this machine inside that network.
            """,
        subcommands: [
            LabUp.self, LabDown.self, LabStatus.self, LabShell.self, LabApply.self, LabReset.self,
            LabPower.self, LabMatrix.self, LabPrepare.self, LabCheck.self,
        ])
}

/// What every subcommand can be told.
struct LabOptions: ParsableArguments {
    @Option(name: .customLong("class"), help: "The name of the class.")
    var className = "demo"

    @Option(help: "The exercise's folder, with situations, faults and variations.")
    var exercise: String?

    /// Where things are; the exercise is the working folder's own, or the one that came with this program.
    func places() -> VirtualClass.Places {
        let name = "exercises/activite-2"
        return VirtualClass.Places(
            environment: ProcessInfo.processInfo.environment,
            exercise: exercise ?? ShippedFiles.find(name) ?? name)
    }

    func runningClass() throws -> VirtualClass { try .running(className, places: places()) }
}

/// Says in one line on standard error why the laboratory could not do it, and ends with 2.
func reportingLabErrors(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let error as LabError {
        FileHandle.standardError.say("bascule lab: \(error.message)\n")
        throw ExitCode(2)
    }
}

/// One line of progress, at once, on standard output.
@Sendable func printLabProgress(_ line: String) {
    FileHandle.standardOutput.say("\(line)\n")
}
