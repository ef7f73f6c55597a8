import ArgumentParser
import ClassRun
import Exercises
import GraderCore
import InputFiles
import Reports

struct TryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Tries declared checks on one student's machines and shows what each part of them saw.",
        discussion: """
            On machines of a roster: try FILE --roster class.yaml --student etu1. On others: try FILE --on 172.16.1.10, or \
            --on web=172.16.1.10 --on db=172.16.1.11, with --user and --identity or --password-file.
            Exit status: 0 all are met; 1 one is not; 2 one could not be assessed; 65 the file or the roster is wrong.
            """)

    @Argument(help: "An exercise (exercise.yaml) or a rubric with declared checks.")
    var file: String

    @Option(name: .customLong("check"), help: "Only this check, e.g. Q1.site; may be given several times.")
    var only: [String] = []

    @Option(help: ArgumentHelp("ADDRESS, or MACHINE=ADDRESS for each.", valueName: "machine"))
    var on: [String] = []

    @Option(help: ArgumentHelp("What a roster would say: KEY=VALUE.", valueName: "key=value"))
    var value: [String] = []

    @Option(help: "The account to log in to.")
    var user = "root"

    @Option(help: "A private key.")
    var identity: String?

    @Option(help: "A file with the account's password.")
    var passwordFile: String?

    @Option(help: "A roster to take a student's machines from.")
    var roster: String?

    @Option(help: "That student; not needed where the roster has only one.")
    var student: String?

    @OptionGroup var voice: VoiceOptions

    private var language: Language { voice.language }

    func validate() throws {
        try require(
            (roster == nil) != on.isEmpty, "give the machines, by --roster class.yaml or by --on ADDRESS")
    }

    func run() async throws {
        let exercise = try exercise()
        let declared = Declaration.declared(in: exercise)
        let wanted = try only.isEmpty ? declared.map(\.id) : only.map { try check($0, among: declared) }
        try require(!wanted.isEmpty, "\(file) declares no check")
        let roster =
            try self.roster.map { try Roster.read(file: $0, exercises: [exercise]) } ?? ownRoster(exercise)
        let students = try roster.students([student].compactMap(\.self))
        guard let student = students.first, students.count == 1 else {
            throw ValidationError("say which student: --student \(students.first?.identity.id ?? "etu1")")
        }
        let secrets = try Composition.secrets([student])
        let collector = PairCollector(
            exercise: exercise, questions: Set(wanted.map(\.question)), collector: basculeVersion)
        let (evidence, wasInterrupted) = try await Composition.working { group in
            let ways = try await Transports.ssh(group, secrets).open([student])
            return await collector.collect(
                student: student.identity.id, lab: student.lab, access: ways(student))
        }
        if wasInterrupted { throw Exit.interrupted }
        let trials = wanted.compactMap { id in
            Declaration.trial(of: id, in: exercise, on: evidence).map { (id, $0) }
        }
        for (id, trial) in trials { for line in lines(id, trial, evidence) { print(line) } }
        let verdicts = trials.map(\.1.judgement.verdict)
        if verdicts.contains(where: \.isOpen) { throw Exit.notAssessed }
        if verdicts.contains(where: { $0 != .met }) { throw Exit.notMet }
    }

    private func exercise() throws -> any Exercise {
        let head = try Declaration.head(of: file)
        if head.isWhole { return try Declaration.exercise(file: file).sound() }
        return try Declaration.exercise(Sheets.named(head.exercise ?? Catalog.usual.id), extendedBy: file)
            .sound()
    }

    private func check(_ name: String, among declared: [CheckDefinition]) throws -> CheckID {
        let known = declared.map(\.id.rawValue)
        guard known.contains(name) else {
            throw ValidationError(
                "\(file) declares no check \(name)\(suggestion(for: name, in: known)); it declares: "
                    + known.joined(separator: ", "))
        }
        return CheckID(name)
    }

    /// Read as the same lines in a roster are.
    private func ownRoster(_ exercise: any Exercise) throws -> Roster {
        func pair(_ text: String, _ option: String) throws -> (String, String) {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { return (parts[0], parts[1]) }
            guard option == "on", exercise.machines.count == 1 else {
                throw ValidationError(
                    "--\(option) \(text): expected NAME=VALUE"
                        + (option == "on"
                            ? ", with \(exercise.machines.map(\.rawValue).joined(separator: ", "))" : ""))
            }
            return (exercise.machines[0].rawValue, text)
        }
        let login = [
            "user: \(YAMLScalar.quoted(user))", identity.map { "identityFile: \(YAMLScalar.quoted($0))" },
            passwordFile.map { "passwordFile: \(YAMLScalar.quoted($0))" },
        ].compactMap(\.self)
        let lines = try (on.map { try pair($0, "on") } + value.map { try pair($0, "value") })
            .map { "    \($0.0): \(YAMLScalar.quoted($0.1))" }
        let text = """
            class: try
            exercise: \(exercise.id)
            defaults: {ssh: {\(login.joined(separator: ", "))}}
            students:
              - id: try
                name: try
            \(lines.joined(separator: "\n"))
            """
        do {
            return try Roster.read(InputText(text: text, file: "try"), exercises: [exercise])
        } catch {
            throw ValidationError(error.mistakes.map(\.message).joined(separator: "\n"))
        }
    }

    private func lines(_ id: CheckID, _ trial: CheckTrial, _ evidence: Evidence) -> [String] {
        let verdict = trial.judgement.verdict
        var lines = [
            "\(VerdictWord.symbol(verdict)) \(id) \(trial.title[language]) – \(VerdictWord.text(verdict)[language])"
        ]
        lines.append("  " + language.pick("attendu : ", "expected: ") + trial.expected[language])
        lines.append("  " + language.pick("constaté : ", "found: ") + trial.judgement.found[language])
        if !trial.requires.isEmpty {
            lines.append(
                "  "
                    + language.pick("bloqué tant que ne sont pas obtenus : ", "blocked until these are met: ")
                    + trial.requires.map(\.rawValue).joined(separator: ", "))
        }
        for look in trial.looks {
            for source in look.sources {
                lines += evidence[source].map { $0.lines(language).map { "  " + $0 } } ?? []
            }
            for part in look.parts {
                let sign = part.isMet.map { $0 ? "✓" : "✗" } ?? "?"
                let blanks = String(repeating: "  ", count: part.depth + 2)
                lines.append("\(blanks)\(sign) \(part.wanted[language]) → \(part.saw[language])")
            }
        }
        return lines
    }
}

extension Verdict {
    fileprivate var isOpen: Bool { if case .notAssessed = self { true } else { false } }
}

extension Observation {
    /// What was asked, and the beginning of what came.
    fileprivate func lines(_ language: Language) -> [String] {
        switch outcome {
        case .command(let result):
            let output = [result.standardOutput, result.standardError].flatMap {
                $0.text.cut(to: 4_000).split(separator: "\n").prefix(8).map {
                    SafeText.label(String($0), limit: 160)
                }
            }
            let ending =
                switch result.ending {
                case .exited(let status): language.pick("code \(status)", "status \(status)")
                case .timedOut: language.pick("délai dépassé", "timed out")
                case .signalled(let name): "SIG\(name)"
                case .unknown: language.pick("fin inconnue", "ending unknown")
                }
            let command = SafeText.line(ShellWord.line(result.arguments), limit: 200, language: language)
            return ["\(id): \(command) (\(ending))"] + output.map { "  | \($0)" }
        case .port(let result):
            return ["\(id): \(result.address) port \(result.port): \(result.state.rawValue)"]
        case .http(let exchange):
            guard case .response(let response) = exchange.answer else {
                return ["\(id): \(exchange.request.host)"]
            }
            return ["\(id): \(exchange.request.host)\(exchange.request.target): HTTP \(response.status)"]
        case .dns(let exchange):
            return [
                "\(id): \(exchange.request.name) \(exchange.request.type.rawValue): \(exchange.records.map(\.data).joined(separator: ", "))"
            ]
        case .neighbours: return []
        case .failed(let failure): return ["\(id): \(failure.message)"]
        }
    }
}
