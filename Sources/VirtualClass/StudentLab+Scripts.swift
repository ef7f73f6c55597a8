import GraderCore

/// Running situation scripts.
extension StudentLab {
    /// A section may wait for the machines to settle twice or thrice, each time at most two minutes.
    private static let sectionLimit = Duration.seconds(420)

    /// What every section can use: addresses and names, and the recipe's functions.
    var prelude: String {
        let plan = plan.lab
        var environment = recipe.environment(plan)
        environment["STUDENT"] = plan.student
        for (machine, address) in plan.machines { environment[Self.variable(machine.rawValue)] = address }
        for (service, address) in plan.services { environment[Self.variable(service)] = address }
        if let address = plan.nameServer, let nameServer = recipe.nameServer {
            environment["DNS"] = address
            environment["ZONE"] = plan.zone
            environment["ZONE_FILE"] = nameServer.zoneFile
        }
        let lines = environment.sorted { $0.key < $1.key }.map { "\($0)=\(ShellWord.quoted($1))" }
        return (lines + [recipe.functions, ""]).joined(separator: "\n")
    }

    private static func variable(_ name: String) -> String { name.uppercased().replacing("-", with: "_") }

    /// Runs the sections of one script, in order.
    func run(_ script: SituationScript) async throws {
        for section in script.sections {
            let command = ["sh", "-euc", prelude + section.script]
            let outcome =
                if section.place == NameServer.place, let nameServer {
                    try await nameServer.run(command, timeLimit: Self.sectionLimit)
                } else {
                    try await machine(MachineID(section.place)).run(command, timeLimit: Self.sectionLimit)
                }
            try require(
                outcome.succeeded,
                LocalizedText(
                    fr: """
                        \(script.name) a échoué sur \(student.id)/\(section.place) (code de retour \(outcome.status)) : \
                        \(outcome.complaint). Repartir de zéro avec `bascule lab reset \(student.id)`.
                        """,
                    en: """
                        \(script.name) failed on \(student.id)/\(section.place) (exit status \(outcome.status)): \
                        \(outcome.complaint). Start again with `bascule lab reset \(student.id)`.
                        """))
        }
    }
}
