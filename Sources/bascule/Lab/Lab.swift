import ArgumentParser
import Exercises
import Foundation
import VirtualClass

/// `bascule lab`: real pairs in namespaces on this machine.
struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab", abstract: "A virtual class: real machines on this one (root only).",
        discussion: """
            \(Catalog.usual.virtualLab?.summary ?? "") `lab shell teacher COMMAND` runs a command of this machine \
            inside that network.
            """,
        subcommands: [
            LabUp.self, LabDown.self, LabStatus.self, LabShell.self, LabApply.self, LabReset.self,
            LabPower.self, LabPrepare.self, LabCheck.self,
        ])
}

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
@Sendable func printLabProgress(_ line: String) { FileHandle.standardOutput.say("\(line)\n") }

extension Release: ExpressibleByArgument {}

struct LabUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Raises a class and writes its roster, key and passwords.")

    @Option(help: "How many students, each with a pair.")
    var students = 1

    @Option(help: "Debian release: bookworm, bullseye or trixie.")
    var release = Release.bookworm

    @Option(help: "Situation of every pair: fresh, after-q1 … after-q9, solved, a fault, or off.")
    var situation = "fresh"

    @Option(
        name: .customLong("situation-of"), parsing: .upToNextOption,
        help: "Situations that differ, e.g. etu2=after-q7 etu5=off.")
    var situationsOf: [String] = []

    @Flag(help: "The same lab addresses for everybody, behind forwarded SSH ports, as with VirtualBox.")
    var forwarded = false

    @Flag(name: .customLong("one-network"), help: "All pairs in one /24 (25 at most), as in a classroom.")
    var onOneNetwork = false

    @Option(help: "The folder for roster, key and passwords; by default the class's own.")
    var out: String?

    @OptionGroup var options: LabOptions

    func run() async throws {
        var members = (0..<max(students, 0)).map { VirtualStudent(number: $0 + 1, situation: situation) }
        for text in situationsOf {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let index = members.firstIndex(where: { $0.id == parts[0] }) else {
                throw LabError(
                    "--situation-of \(text): expected STUDENT=SITUATION with a student of this class.")
            }
            members[index].situation = parts[1]
        }
        let specification = try ClassSpecification(
            name: options.className, release: release, students: members, forwarded: forwarded,
            onOneNetwork: onOneNetwork)
        let folder = out.map { URL(filePath: $0).standardizedFileURL.path() }
        let began = ContinuousClock.now
        let raised = try await VirtualClass.up(
            specification, places: options.places(), rosterFolder: folder, progress: printLabProgress)
        printLabProgress(
            "class \(specification.name) is up (\((ContinuousClock.now - began).components.seconds) s)")
        printLabProgress("roster: \(raised.rosterFiles.roster)")
    }
}

struct LabDown: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Removes a class, also one that was cut off while it was raised.")

    @Flag(help: "Every class on this machine.")
    var all = false

    @OptionGroup var options: LabOptions

    func run() async throws {
        let places = options.places()
        let names =
            all ? try ClassInventory(base: places.stateBase).classes.keys.sorted() : [options.className]
        for name in names {
            let removed = try await VirtualClass.down(name, places: places)
            printLabProgress(removed ? "class \(name) is gone" : "there is no class \(name)")
        }
    }
}

struct LabCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says whether a class can be raised on this machine; ends with 2 where not.")

    func run() async throws { try await VirtualClass.checkHost() }
}

struct LabPrepare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Builds a release's root file system where the cache does not have it.")

    @Option(help: "Debian release: bookworm, bullseye or trixie.")
    var release = Release.bookworm

    @OptionGroup var options: LabOptions

    func run() async throws {
        try await VirtualClass.buildRootFileSystem(
            release, places: options.places(), progress: printLabProgress)
    }
}
