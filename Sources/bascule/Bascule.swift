import ArgumentParser

@main
struct Bascule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bascule", abstract: "Grades a two-node Pacemaker lab.")
}
