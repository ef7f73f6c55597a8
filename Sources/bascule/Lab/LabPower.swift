import ArgumentParser
import VirtualClass

extension VirtualClass.Power: ExpressibleByArgument {}

/// `bascule lab power`.
struct LabPower: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "power", abstract: "Switches a machine on, shuts it down, or pulls its plug.")

    @OptionGroup var options: LabOptions

    @Argument(help: "The machine, e.g. \(exampleMachines[0]).")
    var node: String

    @Argument(help: "on (and wait for the boot), off (clean shutdown), or loss (the plug is pulled).")
    var power: VirtualClass.Power

    func run() async throws {
        try await reportingLabErrors {
            try await options.runningClass().power(node, power)
            printLabProgress("\(node): \(power.rawValue)")
        }
    }
}
