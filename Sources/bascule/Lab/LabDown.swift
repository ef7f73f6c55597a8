import ArgumentParser
import VirtualClass

/// `bascule lab down`.
struct LabDown: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Removes a class, also one that was cut off while it was raised.")

    @Flag(help: "Every class on this machine.")
    var all = false

    @OptionGroup var options: LabOptions

    func run() async throws {
        try await reportingLabErrors {
            let places = options.places()
            let names =
                all ? try ClassInventory(base: places.stateBase).classes.keys.sorted() : [options.className]
            for name in names {
                let removed = try await VirtualClass.down(name, places: places)
                printLabProgress(removed ? "class \(name) is gone" : "there is no class \(name)")
            }
        }
    }
}
