import ArgumentParser
import Foundation
import VirtualClass

/// `bascule lab shell`.
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
        try await reportingLabErrors {
            let arguments = try options.runningClass().shell(
                name, command, terminal: ProcessInfo.processInfo.environment["TERM"])
            if name == "teacher" { Self.putOnPath(OwnProgram.folder) }
            try replaceProgram(arguments)
        }
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
