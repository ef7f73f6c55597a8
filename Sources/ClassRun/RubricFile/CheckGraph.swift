import GraderCore

/// What the checks of an exercise wait for, drawn from their declarations: `docs/checks.md`.
public struct CheckGraph: Sendable {
    private let exercise: String
    private let questions: [QuestionDefinition]

    public init(_ exercise: any Exercise) {
        self.exercise = exercise.id
        questions = exercise.definitions
    }

    /// A page of Markdown with a Mermaid graph and, below it, all of it in words.
    public func text(_ language: Language = .english) -> String {
        """
        # \(Self.heading(exercise)[language])

        \(Self.origin(exercise)[language])

        \(Self.explanation[language])

        ```mermaid
        flowchart RL
        \(graph.joined(separator: "\n"))
        ```

        \(Self.columns[language])
        | --- | --- | --- | --- |
        \(rows(language).joined(separator: "\n"))

        """
    }

    private var graph: [String] {
        let boxes = questions.flatMap { question in
            ["  subgraph \(question.id)"] + question.checks.map { "    \(node($0.id))[\"\($0.id)\"]" } + [
                "  end"
            ]
        }
        let lines = questions.flatMap(\.checks).flatMap { check in
            subject(check).map { "  \(node(check.id)) --> \(node($0))" }
                + others(check).map { "  \(node(check.id)) -.-> \(node($0))" }
        }
        return boxes + lines
    }

    private static func heading(_ exercise: String) -> LocalizedText {
        LocalizedText(
            fr: "Ce que les vérifications de \(exercise) attendent",
            en: "What the checks of \(exercise) wait for")
    }

    private static func origin(_ exercise: String) -> LocalizedText {
        LocalizedText(
            fr: """
                Fait par `bascule rubric graph \(exercise)` d'après ce que les vérifications déclarent ; un test compare la \
                page anglaise avec lui.
                """,
            en: """
                Made by `bascule rubric graph \(exercise)` from what the checks declare; a test holds this page against it.
                """)
    }

    private static let explanation = LocalizedText(
        fr: """
            Une vérification n'en attend une autre que là où elle est impossible sans elle, pour qu'une erreur ne se paie \
            qu'une fois.
            Une flèche va d'une vérification à celle qui demande ce dont elle parle : là où cela manque, la vérification est \
            *bloquée par* elle.
            Une flèche en pointillé va à une vérification qu'elle peut attendre en outre, quand son juge y trouve la cause.
            Avec `--question`, ce que les vérifications de la question peuvent attendre est sondé aussi.
            """,
        en: """
            A check waits for another only where it is impossible without it, so that one mistake is paid for once. A line
            leads from a check to the one that asks for what it is about: where that is absent, the check is *blocked by* it.
            A broken line leads to a check that it may wait for besides, where its judge finds that one to be the cause. With
            `--question` the probes of all that a question's checks may wait for are made too.
            """)

    private static let columns = LocalizedText(
        fr: "| vérification | ce qu'elle demande | son objet est demandé par | peut attendre en outre |",
        en: "| check | what it asks | about what is asked for by | may wait for besides |")

    private func rows(_ language: Language) -> [String] {
        questions.flatMap(\.checks).map { check in
            let cells = [subject(check), others(check)].map { $0.map(\.rawValue).joined(separator: ", ") }
            return "| \(check.id) | \(check.title[language]) | \(cells.joined(separator: " | ")) |"
        }
    }

    /// Mermaid's names have neither dots nor hyphens.
    private func node(_ id: CheckID) -> String {
        String(id.rawValue.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    /// The checks that ask for what a check is about, without those that one of them rests on itself.
    private func subject(_ check: CheckDefinition) -> [CheckID] {
        let declaring = check.declaredBy.filter { $0 != check.id }
        return declaring.filter { id in
            !declaring.contains {
                questions[$0.question]?.check($0)?.declaredBy.contains(id) == true && $0 != id
            }
        }
    }

    private func others(_ check: CheckDefinition) -> [CheckID] {
        check.needs.filter { !check.declaredBy.contains($0) }
    }
}

extension Rubric {
    /// Checks that bring points and wait for some that the rubric leaves out, as an exam's may: whoever loses those is
    /// not told why.
    public func checksLeftWaiting(of exercise: any Exercise) -> [(check: CheckID, leftOut: [CheckID])] {
        let definitions = exercise.definitions
        let lines = questions.flatMap(\.checks)
        let known = Set(lines.map(\.id))
        return lines.compactMap { line in
            guard line.points > .zero,
                let definition = definitions[line.id.question]?.check(line.id)
            else { return nil }
            let leftOut = definition.needs.filter { !known.contains($0) }
            return leftOut.isEmpty ? nil : (line.id, leftOut)
        }
    }
}
