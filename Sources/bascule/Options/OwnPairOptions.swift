import ArgumentParser
import ClassRun
import Exercises
import Exercises
import InputFiles

/// A student's own pair in options, where there is no roster: what `check --local` has to know of it.
struct OwnPairOptions: ParsableArguments {
    @Option(name: .long, help: "The primary's address.")
    var serv1: String?

    @Option(name: .long, help: "The secondary's address.")
    var serv2: String?

    @Option(name: .long, help: "The virtual IP, as 172.16.0.12/24.")
    var vip: String?

    @Option(
        name: .customLong("dns-server"), help: "The name server's address; without it names are left out.")
    var nameServer: String?

    @Option(name: .customLong("dns-name"), help: "A name that has to lead to the virtual IP; several times.")
    var names: [String] = []

    @Option(name: .long, help: "The site; http://<vip>/ where none is given.")
    var url: String?

    @Option(name: .long, help: "A text that the site's page has to show.")
    var expect: String?

    var isGiven: Bool {
        [serv1, serv2, vip, nameServer, url, expect].contains { $0 != nil } || !names.isEmpty
    }

    /// Read as the same lines in a roster are.
    /// - Throws: a usage error that names what is wrong or missing.
    func roster(exercise: String) throws -> Roster {
        func line(_ key: String, _ value: String?) -> String? {
            value.map { "\(key): \(YAMLScalar.quoted($0))" }
        }
        let site = [line("url", url), line("expect", expect)].compactMap(\.self)
        let lookUps =
            [line("server", nameServer)].compactMap(\.self)
            + (names.isEmpty ? [] : ["names: [\(names.map(YAMLScalar.quoted).joined(separator: ", "))]"])
        let lines =
            [line("serv1", serv1), line("serv2", serv2), line("vip", vip)].compactMap(\.self)
            + [
                "web: {\(site.joined(separator: ", "))}",
                lookUps.isEmpty ? "dns: none" : "dns: {\(lookUps.joined(separator: ", "))}",
            ]
        do {
            return try Roster.readOnOwnMachine(
                text: lines.joined(separator: "\n"), file: "check", exercises: Catalog.exercises,
                exercise: exercise)
        } catch {
            throw ValidationError(error.mistakes.map(\.message).joined(separator: "\n"))
        }
    }
}
