import Foundation
import GraderCore

/// The pages' own sentences, in one language; moments in one zone.
struct Sentences: Sendable {
    let language: Language
    let zone: TimeZone

    init(_ language: Language, in zone: TimeZone = .gmt) {
        self.language = language
        self.zone = zone
    }

    func date(_ date: Date) -> String { DateText(date, in: zone).formatted(language) }

    func pick(_ fr: LocalizedText.Wording, _ en: LocalizedText.Wording) -> String {
        language.pick(fr, en)
    }

    // MARK: Points

    /// `12,5 points`; French counts in the plural from two on, English everything but one.
    func points(_ points: Points) -> String {
        let number = points.formatted(language)
        return pick(
            "\(number) point\(abs(points.thousandths) >= 2000 ? "s" : "")",
            "\(number) point\(points.thousandths == 1000 ? "" : "s")")
    }

    /// `18,5 / 20`; `provisoire, 12,5 sur 17 notés, 3 à venir` while points are open; `non évalué` where all are.
    func shortScore(_ score: Tally) -> String {
        guard score.decided > .zero || score.total == .zero else { return Sign.notAssessed.word[language] }
        guard !score.isComplete else {
            return "\(score.earned.formatted(language)) / \(score.total.formatted(language))"
        }
        return Phrase.provisional[language] + ", " + soFar(score) + ", " + toCome(score)
    }

    /// `12,5 sur 17 notés`.
    func soFar(_ score: Tally) -> String { "\(score.earned.formatted(language)) \(outOf(score))" }

    /// `sur 17 notés`.
    func outOf(_ score: Tally) -> String {
        let plural = abs(score.decided.thousandths) >= 2000 ? "s" : ""
        return pick(
            "sur \(score.decided.formatted(language)) noté\(plural)",
            "out of \(score.decided.formatted(language)) marked")
    }

    /// `3,25 à venir`.
    func toCome(_ score: Tally) -> String {
        let open = (score.total - score.decided).formatted(language)
        return pick("\(open) à venir", "\(open) to come")
    }

    /// What the mark is made of, as a sentence.
    func markSentence(_ score: Tally) -> String {
        let total = score.total.formatted(language)
        guard score.decided > .zero else {
            return pick(
                "Aucun des \(total) points du barème n'a pu être décidé : il n'y a donc pas de note, pas même zéro.",
                "None of the rubric's \(total) points could be decided: so there is no mark, not even zero."
            )
        }
        guard !score.isComplete else {
            return pick(
                "\(points(score.earned)) sur \(total) ; tout est décidé.",
                "\(points(score.earned)) out of \(total); everything is decided.")
        }
        return Phrase.provisionalMark[language] + pick(" : ", ": ") + soFar(score) + pick(" ; ", "; ")
            + stillToCome(score)
    }

    /// `3,25 à venir, sur les 20 du barème.`
    func stillToCome(_ score: Tally) -> String {
        toCome(score)
            + pick(
                ", sur les \(score.total.formatted(language)) du barème.",
                ", of the rubric's \(score.total.formatted(language)).")
    }

    /// Why points are still open, most first: `3 points : à noter par l'enseignant (Q2, Q6)`.
    func openPoints(_ questions: [QuestionResult]) -> [String] {
        var sums: [(verdict: Verdict, points: Points, questions: [QuestionID])] = []
        // Points that the teacher gave for a question decide all of it.
        for question in questions where question.teacher?.points == nil {
            for check in question.checks where check.earned == nil && check.points > .zero {
                let key = check.result.verdict
                let index = sums.firstIndex { $0.verdict == key } ?? sums.endIndex
                if index == sums.endIndex { sums.append((key, .zero, [])) }
                sums[index].points = sums[index].points + check.points
                if sums[index].questions.last != question.id { sums[index].questions.append(question.id) }
            }
        }
        // A stable order: by size, then in the order of the sheet.
        let ordered = sums.enumerated().sorted {
            ($1.element.points, $0.offset) < ($0.element.points, $1.offset)
        }
        return ordered.map(\.element).map { sum in
            let named = sum.questions.map { SafeText.line($0.rawValue, limit: 40, language: language) }
            let all = questions.count { $0.score.total > .zero }
            return points(sum.points) + pick(" : ", ": ") + reason(sum.verdict)
                + (named.count > 3 && named.count == all ? "" : " (\(named.joined(separator: ", ")))")
        }
    }

    // MARK: Verdicts

    /// Why a check is not decided; empty where it is.
    func reason(_ verdict: Verdict) -> String {
        switch verdict {
        case .blocked(let check) where check.question == .prerequisites:
            pick(
                "un prérequis manque (\(check)) ; à l'enseignant d'en décider",
                "a prerequisite is missing (\(check)); for the teacher to decide")
        case .met, .partly, .notMet, .blocked: ""
        case .notAssessed(let reason): sentence(for: reason)
        case .notRequested(let reason): sentence(for: reason)
        }
    }

    /// `attend d'abord « La ressource existe »`.
    func blocked(by title: String) -> String {
        pick("attend d'abord « ", "waiting for “") + title + pick(" »", "”")
    }

    private func sentence(for reason: NotAssessedReason) -> String {
        switch reason {
        case .unreachable:
            pick(
                "la machine qu'il fallait regarder n'a pas pu être jointe",
                "the machine to look at could not be reached")
        case .refused:
            pick("la connexion ou les droits root ont été refusés", "the log-in, or root, was refused")
        case .timedOut: pick("la réponse n'est pas venue à temps", "no answer came in time")
        case .overloaded: pick("le correcteur était surchargé", "the grader was overloaded")
        case .unstable:
            pick(
                "la paire changeait pendant qu'on la regardait",
                "the pair was changing while it was looked at")
        case .noEvidence:
            pick(
                "le relevé ne contient rien d'exploitable à ce sujet",
                "nothing usable about it could be collected")
        case .contradiction:
            pick(
                "les sources se contredisent et aucune ne l'emporte",
                "the sources contradict each other, and neither proves the other wrong")
        case .outOfSight:
            pick(
                "cela ne se voit pas depuis l'endroit où le correcteur a tourné",
                "it cannot be seen from where the grader ran")
        }
    }

    private func sentence(for reason: NotRequestedReason) -> String {
        switch reason {
        case .drill:
            pick(
                "l'exercice de bascule n'a pas été demandé cette fois",
                "the failover drill was not asked for this time")
        case .teachersMark: pick("à noter par l'enseignant", "for the teacher to mark")
        case .noModule:
            pick(
                "cette version du correcteur ne sait pas encore l'évaluer",
                "this version of the grader cannot assess it yet")
        case .removed:
            pick("ce TP ne le comporte pas", "not part of this lab")
        case .otherQuestions:
            pick("ce passage portait sur d'autres questions", "this run was about other questions")
        case .notShown:
            pick("des vérifications qui ne sont pas montrées", "checks that are not shown")
        }
    }

    // MARK: Vantage

    func vantage(_ vantage: Vantage?) -> String {
        switch vantage {
        case .grader:
            pick(
                """
                Les essais réseau (ports, page Web) ont été faits depuis la machine du correcteur, comme les ferait un \
                client du réseau.
                """,
                """
                The network probes (ports, web page) were made from the grader's machine, as any client on the network \
                would make them.
                """)
        case .tunnel(let node):
            pick(
                """
                Les essais réseau (ports, page Web) sont passés par la connexion SSH de \(node.rawValue) : on a vu ce que \
                \(node.rawValue) atteint, avec son adresse à lui. Le chemin d'un client extérieur n'a pas été éprouvé.
                """,
                """
                The network probes (ports, web page) went through the SSH connection of \(node.rawValue): they saw what \
                \(node.rawValue) reaches, from its own address. The way of a client from outside was not tried.
                """
            )
        case .node(let node):
            pick(
                """
                Les essais réseau ont été faits sur \(node.rawValue) même, par des commandes : ce qu'un client extérieur \
                verrait n'a pas été éprouvé.
                """,
                """
                The network probes were made on \(node.rawValue) itself, by commands: what a client from outside would \
                see was not tried.
                """)
        case nil:
            pick("Aucun essai réseau n'a été fait.", "No network probe was made.")
        }
    }

    /// `Relevé en 0,8 s.`
    func collectionTime(_ seconds: Double) -> String {
        pick("Relevé en \(seconds, digits: 1) s.", "Collected in \(seconds, digits: 1) s.")
    }
}
