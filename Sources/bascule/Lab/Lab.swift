import ArgumentParser
import Exercises
import Foundation
import VirtualClass

/// `bascule lab`: real pairs in namespaces on this machine.
struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab", abstract: "A virtual class: real two-node clusters on this machine (root only).",
        discussion: """
            \(Catalog.usual.virtualLab?.summary ?? "") `lab shell teacher COMMAND` runs a command of this machine \
            inside that network.
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

    @Option(help: "The exercise's id, or its folder with situations, faults and variations.")
    var exercise: String?

    func places() -> VirtualClass.Places {
        let choice = LabChoice(asked: exercise)
        return VirtualClass.Places(
            environment: ProcessInfo.processInfo.environment, exercise: { try choice.lab(of: $0) })
    }

    func runningClass() throws -> VirtualClass { try .running(className, places: places()) }
}

/// A machine as the subcommands take it, for their help.
let exampleMachines = Catalog.usual.machines.map { "etu1/\($0)" }

/// One line of progress, at once, on standard output.
@Sendable func printLabProgress(_ line: String) {
    FileHandle.standardOutput.say("\(line)\n")
}
