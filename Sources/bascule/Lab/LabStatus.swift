import ArgumentParser
import VirtualClass

/// `bascule lab status`.
struct LabStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Lists the classes of this machine with their pairs.")

    @Flag(help: "Print only the path of the roster of the class given with --class, which has to be up.")
    var roster = false

    @OptionGroup var options: LabOptions

    func run() async throws {
        try await reportingLabErrors {
            if roster { return printLabProgress(try options.runningClass().rosterFiles.roster) }
            let places = options.places()
            let classes = try ClassInventory(base: places.stateBase).classes
            if classes.isEmpty { printLabProgress("there is no class on this machine") }
            for (name, condition) in classes.sorted(by: { $0.key < $1.key }) {
                switch condition {
                case .up: try printClass(.running(name, places: places))
                case .busy: printLabProgress("\(name): is just being raised or removed")
                case .leftOver:
                    printLabProgress("\(name): left over; remove it with `bascule lab down --class \(name)`")
                }
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
