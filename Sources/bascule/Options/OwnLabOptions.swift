import ArgumentParser
import ClassRun
import Exercises
import GraderCore
import InputFiles

/// A student's own machines in options, where there is no roster: what `check --local` has to know of them. Which
/// options there are, the exercises say; `spelledOut` makes one of them all.
struct OwnLabOptions: ParsableArguments {
    @Option(name: .customLong("lab"), parsing: .unconditionalSingleValue, help: .hidden)
    var values: [String] = []

    private static var all: [OwnLabOption] {
        Sheets.all.flatMap(\.ownLabOptions).reduce(into: []) { all, option in
            if !all.contains(where: { $0.name == option.name }) { all.append(option) }
        }
    }

    /// For a command's help, a line each.
    static var help: LocalizedText {
        let lines = all.map {
            LocalizedText(
                fr: "  --\($0.name) <\($0.name)> : \($0.help).",
                en: "  --\($0.name) <\($0.name)>: \($0.help).")
        }
        return lines.joined(LocalizedText(fr: "\n", en: "\n"))
    }

    /// What has to be given, with values to show how.
    static var example: String {
        Catalog.usual.ownLabOptions.compactMap { option in
            option.example.map { "--\(option.name) \(ShellWord.quoted($0))" }
        }.joined(separator: " ")
    }

    static var fewNames: String { all.prefix(3).map { "--\($0.name)" }.joined(separator: ", ") }

    /// Arguments with `--lab NAME=VALUE` in the place of `--NAME VALUE` and `--NAME=VALUE`.
    static func spelledOut(_ arguments: [String]) -> [String] {
        guard arguments.first == "check" else { return arguments }
        var spelled: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first?.dropFirst(2), argument.hasPrefix("--"),
                all.contains(where: { $0.name == name })
            else {
                spelled.append(argument)
                continue
            }
            let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() ?? ""
            spelled += ["--lab", "\(name)=\(value)"]
        }
        return spelled
    }

    var isGiven: Bool { !values.isEmpty }

    func validate() throws {
        var seen: Set<String> = []
        for (option, value) in try given() {
            try require(
                !value.isEmpty,
                LocalizedText(
                    fr: "il manque une valeur à « --\(option.name) <\(option.name)> »",
                    en: "Missing value for '--\(option.name) <\(option.name)>'"))
            let isFirst = seen.insert(option.name).inserted
            try require(
                isFirst || option.isList,
                LocalizedText(
                    fr: "--\(option.name) est donné deux fois", en: "--\(option.name) is given twice"))
        }
    }

    private func given() throws -> [(option: OwnLabOption, value: String)] {
        try values.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let option = Self.all.first(where: { $0.name == parts[0] }) else {
                let names = Self.all.map(\.name).joined(separator: ", ")
                throw ValidationError(fr: "--lab prend l'un de \(names)", en: "--lab takes one of \(names)")
            }
            return (option, String(parts[1]))
        }
    }

    /// Read as the same lines in a roster are; a usage error names what is wrong or missing.
    func roster() throws -> Roster {
        let given = try given()
        let names = Set(given.map(\.option.name))
        let exercise =
            Sheets.all.first { names.isSubset(of: $0.ownLabOptions.map(\.name)) } ?? Catalog.usual
        do {
            return try Roster.read(
                InputText(text: Self.lines(given).joined(separator: "\n"), file: "check"),
                exercises: Sheets.all, ownOf: exercise.id)
        } catch {
            throw ValidationError(error.mistakes.map { $0.message[.current] }.joined(separator: "\n"))
        }
    }

    /// `key: "value"`, or `key: {inner: "value", list: ["one", "two"]}`.
    private static func lines(_ given: [(option: OwnLabOption, value: String)]) -> [String] {
        func value(_ option: OwnLabOption) -> String {
            let values = given.filter { $0.option == option }.map { YAMLScalar.quoted($0.value) }
            return option.isList ? "[\(values.joined(separator: ", "))]" : values.first ?? ""
        }
        let options = all.filter { option in given.contains { $0.option == option } }
        var keys: [String] = []
        for key in options.compactMap(\.path.first) where !keys.contains(key) { keys.append(key) }
        return keys.map { key in
            let own = options.filter { $0.path.first == key }
            if let plain = own.first(where: { $0.path.count == 1 }) { return "\(key): \(value(plain))" }
            let inner = own.map { "\($0.path.last ?? ""): \(value($0))" }
            return "\(key): {\(inner.joined(separator: ", "))}"
        }
    }
}
