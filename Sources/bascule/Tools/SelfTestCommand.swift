import ArgumentParser
import GraderCore
import NIOPosix
import NetworkProbes

/// What the program as it was built cannot be asked otherwise: whether its results stay with what they answer. A
/// compiler once exchanged them (scripts/compiler-fault).
struct SelfTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "self-test",
        abstract: "Runs harmless commands on this machine and makes sure that each has its own answer.",
        discussion:
            "Exit status: 0 every answer is its command's; 70 one is not, and nothing this program says holds."
    )

    @Option(name: .long, help: "How many commands, at most 500 at once.")
    var commands = 200

    func validate() throws { try require(1...500 ~= commands, "--commands takes 1 to 500") }

    func run() async throws {
        let session = LocalSession(
            dialer: DirectDialer(eventLoopGroup: MultiThreadedEventLoopGroup.singleton))
        let asked = (1...commands).map { RemoteCommand(["printf", "%s", "\($0)"], asRoot: false) }
        let brief = await session.run(brief: asked)
        let alone = await session.runAlone(asked)
        for results in [brief, alone] {
            for command in asked {
                let result = try results[command]?.get().answering(command)
                guard result?.standardOutput.text == command.arguments.last else {
                    throw ProgramFault(
                        "This is a bug in Bascule as it was built: the answer to one command came as another's; do "
                            + "not grade with it.")
                }
            }
        }
        print("\(commands) commands, one after the other and all at once: each answer is its command's.")
    }
}
