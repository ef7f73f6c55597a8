import ArgumentParser
import Foundation
import VirtualClass

struct LabStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Lists the classes of this machine with their labs.")

    @Flag(help: "Print only the path of the roster of the class given with --class, which has to be up.")
    var roster = false

    @OptionGroup var options: LabOptions

    func run() async throws {
        if roster { return printLabProgress(try options.runningClass().rosterFiles.roster) }
        let places = options.places()
        let classes = try ClassInventory(base: places.stateBase).classes
        if classes.isEmpty { printLabProgress("there is no class on this machine") }
        for (name, condition) in classes.sorted(by: { $0.key < $1.key }) {
            switch condition {
            case .up:
                // One may be of an exercise that lies in another folder.
                do {
                    try printClass(.running(name, places: places))
                } catch let error as LabError {
                    printLabProgress("\(name): \(error)")
                }
            case .busy: printLabProgress("\(name): is just being raised or removed")
            case .leftOver:
                printLabProgress("\(name): left over; remove it with `bascule lab down --class \(name)`")
            }
        }
    }

    private func printClass(_ found: VirtualClass) throws {
        let specification = found.specification
        printLabProgress(
            "\(specification.name): \(specification.release.rawValue)\(specification.forwarded ? ", forwarded ports" : "")\(specification.onOneNetwork ? ", one network" : "")"
        )
        printLabProgress("  roster \(found.rosterFiles.roster)")
        for lab in try found.status() {
            let power = lab.power.map { "\($0.machine) \($0.state)" }.joined(separator: ", ")
            printLabProgress("  \(lab.student.id)  \(power)  \(lab.situation)  (\(lab.student.name))")
        }
    }
}

struct LabShell: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell", abstract: "Opens a shell in a part of the class, or runs a command there.",
        discussion: """
            NAME is \(exampleMachines.joined(separator: ", ")), etu1/dns, teacher or switch. The command's input, output and exit
            status are this command's own. In `teacher`, commands are this machine's, with the class's network, and
            `bascule` is this program.
            Give --class before NAME.
            """)

    @OptionGroup var options: LabOptions

    @Argument(help: "\(exampleMachines[0]), etu1/dns, teacher, …")
    var name: String

    @Argument(parsing: .captureForPassthrough, help: "The command; without one, a shell.")
    var command: [String] = []

    func run() async throws {
        let arguments = try options.runningClass().shell(
            name, command, terminal: ProcessInfo.processInfo.environment["TERM"])
        if name == "teacher" { Self.putOnPath(OwnProgram.folder) }
        try replaceProgram(arguments)
    }

    /// Commands there name this program as its user does, also where sudo has replaced PATH.
    private static func putOnPath(_ folder: String) {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        guard !path.split(separator: ":").contains(folder[...]) else { return }
        setenv("PATH", path.isEmpty ? folder : "\(folder):\(path)", 1)
    }

    /// Becomes the command, so that terminal, signals and exit status are its own (execvp(3)).
    private func replaceProgram(_ arguments: [String]) throws {
        guard let program = arguments.first else { throw LabError("There is no command to start.") }
        var pointers = arguments.map { strdup($0) }
        defer { pointers.forEach { free($0) } }
        pointers.append(nil)
        execvp(program, pointers)
        throw LabError("\(program) could not be started: \(String(cString: strerror(errno))).")
    }
}

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
        try await options.runningClass().apply(situation, to: student, progress: printLabProgress)
    }
}

struct LabReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Throws a student's machines away and raises them anew, fresh.")

    @Flag(help: "Give the machines new SSH host keys, as a reinstalled machine has.")
    var newHostKeys = false

    @OptionGroup var options: LabOptions

    @Argument(help: "The student, e.g. etu1.")
    var student: String

    func run() async throws {
        try await options.runningClass().reset(student, newHostKeys: newHostKeys, progress: printLabProgress)
    }
}

extension VirtualClass.Power: ExpressibleByArgument {}

struct LabPower: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "power", abstract: "Switches a machine on, shuts it down, or pulls its plug.")

    @OptionGroup var options: LabOptions

    @Argument(help: "The machine, e.g. \(exampleMachines[0]).")
    var node: String

    @Argument(help: "on (and wait for the boot), off (clean shutdown), or loss (the plug is pulled).")
    var power: VirtualClass.Power

    func run() async throws {
        try await options.runningClass().power(node, power)
        printLabProgress("\(node): \(power.rawValue)")
    }
}
