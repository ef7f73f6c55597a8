import GraderCore

/// What the board says about a lesson, in one language.
extension Sentences {
    /// What is being done about a student, in a few words; nil where nothing is.
    func activity(_ activity: LessonActivity) -> String? {
        switch activity {
        case .idle: nil
        case .waiting(let place): pick("En file : \(ordinal(place))", "Waiting: \(ordinal(place))")
        case .looking: pick("En cours", "Under way")
        case .drilling(let drill): pick("Exercice : \(drill.title)", "Drill: \(drill.title)")
        }
    }

    /// `1er`, `2e`; `1st`, `2nd`.
    func ordinal(_ place: Int) -> String {
        let isTeen = (11...13).contains(place % 100)
        let ending =
            switch place % 10 {
            case 1 where !isTeen: "st"
            case 2 where !isTeen: "nd"
            case 3 where !isTeen: "rd"
            default: "th"
            }
        return pick("\(place)\(place == 1 ? "er" : "e")", "\(place)\(ending)")
    }

    /// A drill's stage, by its word in `DrillEvent.stage`.
    func stage(_ stage: String?) -> String {
        switch stage {
        case "snapshot": pick("instantané des machines", "snapshot of the machines")
        case "baseline": pick("mesure avant l'incident", "measuring before the incident")
        case "perturbing": pick("l'incident a lieu", "the incident happens")
        case "watching": pick("observation", "watching")
        case "restoring": pick("remise en place", "giving back")
        case "comparing": pick("comparaison avec l'état d'avant", "comparing with the state before")
        case let other?: SafeText.line(other, limit: 60, language: language)
        case nil: pick("préparation", "preparing")
        }
    }

    /// What half a second came to.
    func moment(_ moment: ServiceMoment) -> String {
        switch moment {
        case .served: pick("répond", "answers")
        case .partly: pick("répond en partie", "answers in part")
        case .notServed: pick("ne répond pas", "does not answer")
        case .unknown: pick("pas encore connu", "not known yet")
        }
    }

    /// `web1 : identification refusée`.
    func refused(_ machine: MachineID, _ failure: TransportFailure) -> String {
        pick("\(machine) : \(failure.kind.words.what)", "\(machine): \(failure.kind.words.what)")
    }

    /// `accès refusé : web1, web2`.
    func refused(_ machines: [MachineID]) -> String {
        let names = machines.map(\.rawValue).joined(separator: ", ")
        return pick("Accès refusé : \(names)", "Access refused: \(names)")
    }

    /// `12 sur 30`.
    func count(_ part: Int, of all: Int) -> String { pick("\(part) sur \(all)", "\(part) of \(all)") }

    /// `4 → 17 sur 28`.
    func progress(from before: Int, to now: Int, of all: Int) -> String {
        pick("\(before) → \(now) sur \(all)", "\(before) → \(now) of \(all)")
    }

    /// Checks met and lost since the lesson began, question by question: `Q1 +2, Q3 −1`; nil where none.
    func gains(_ changes: [LessonChange]) -> String? {
        var first: [CheckID: Verdict] = [:]
        var last: [CheckID: Verdict] = [:]
        for change in changes {
            first[change.check] = first[change.check] ?? change.from
            last[change.check] = change.to
        }
        var sums: [QuestionID: (gained: Int, lost: Int)] = [:]
        for (check, from) in first {
            guard let to = last[check], (from == .met) != (to == .met) else { continue }
            if to == .met {
                sums[check.question, default: (0, 0)].gained += 1
            } else if Sign(to).isDecided {
                sums[check.question, default: (0, 0)].lost += 1
            }
        }
        let parts = sums.sorted { $0.key < $1.key }.map { question, sum in
            let name = SafeText.label(question.rawValue, limit: 12)
            let counts = [sum.gained > 0 ? "+\(sum.gained)" : nil, sum.lost > 0 ? "−\(sum.lost)" : nil]
            return "\(name)\u{A0}" + counts.compactMap(\.self).joined(separator: "\u{A0}")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// What a level of hints gives, for the teacher's buttons; nil: as the rubric says.
    func hintLevel(_ level: Int?) -> String {
        switch level {
        case nil: pick("selon le barème", "as the rubric says")
        case 0: pick("aucun", "none")
        case 1: pick("pourquoi", "why")
        case 2: pick("+ un indice", "+ a hint")
        default: pick("+ la commande", "+ the command")
        }
    }
}
