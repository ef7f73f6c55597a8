import GraderCore

/// What the runner says of a drill that was not begun or not brought to its end.
enum DrillEndings {
    static let interrupted = LocalizedText(
        fr: "Interrompu par le correcteur.", en: "Interrupted by the grader.")

    /// Of a node that a drill has taken down, when the other is looked at.
    static let notAsked = TransportFailure(
        .unreachable, fr: "arrêté par l'exercice de bascule : pas interrogé",
        en: "taken down by the drill: not asked")

    static let noJournal = LocalizedText(
        fr: "Le correcteur n'a pas pu noter sur son disque ce qui serait à remettre en place.",
        en: "The grader could not note on its disk what would have to be given back.")

    static func failed(_ error: any Error) -> LocalizedText {
        switch error {
        case let failure as StepFailure: failure.sentence
        case let failure as DialFailure: LocalizedText(fr: "\(failure.message)", en: "\(failure.message)")
        default: LocalizedText(explaining: error)
        }
    }

    static func earlierLeftSomething(_ kind: DrillKind) -> DrillRefusal {
        DrillRefusal(
            .notPossible,
            LocalizedText(
                fr: "L'exercice \(kind.rawValue) n'a pas tout remis en place : rien d'autre n'est tenté.",
                en: "Drill \(kind.rawValue) did not give everything back: nothing more is tried."))
    }

    /// The grader is not in the pair's network, and the node that would have to ask in its place cannot.
    static func noSampler(_ node: String) -> DrillRefusal {
        DrillRefusal(
            .notPossible,
            LocalizedText(
                fr: """
                    Le correcteur n'est pas dans le réseau de la paire, et python3, avec lequel \(node) mesurerait la \
                    bascule à sa place, n'y fonctionne pas.
                    """,
                en: """
                    The grader is not in the pair's network, and python3, with which \(node) would measure the \
                    failover in its place, does not run there.
                    """))
    }

    static func somebodyElses(_ node: String, _ address: IPAddress) -> DrillRefusal {
        DrillRefusal(
            .notPossible,
            LocalizedText(
                fr: """
                    Ce qui répond pour \(node) a l'adresse \(address), celle d'une machine d'un autre élève : voir à qui \
                    elle est.
                    """,
                en: """
                    What answers for \(node) has the address \(address), which is another student's machine's: see whose \
                    it is.
                    """))
    }

    static func held(_ node: String, _ owner: String) -> DrillRefusal {
        let owner = String(owner.prefix(200))
        return DrillRefusal(
            .inUse,
            LocalizedText(
                fr: "La paire est déjà prise (\(node)) : \(owner).",
                en: "The pair is already held (\(node)): \(owner)."))
    }

    static func notArmed(_ node: String, _ said: LocalizedText) -> DrillRefusal {
        DrillRefusal(
            .notPossible,
            LocalizedText(
                fr: "La remise en place automatique n'a pas pu être armée sur \(node) (\(said)).",
                en: "The automatic undo could not be armed on \(node) (\(said))."))
    }

    static func unreliable(_ failed: Int, of all: Int, perSecond: Int) -> DrillRefusal {
        DrillRefusal(
            .unreliable,
            LocalizedText(
                fr: """
                    Le service ne répond pas de façon fiable avant même la bascule : \
                    \(failed) échecs sur \(all) essais à \(perSecond) par seconde.
                    """,
                en: """
                    The service does not answer reliably even before the failover: \
                    \(failed) of \(all) attempts failed at \(perSecond) a second.
                    """))
    }
}

struct StepFailure: Error {
    var sentence: LocalizedText

    init(_ step: DrillStep, _ said: LocalizedText) {
        func short(_ text: String) -> String {
            String(text.prefix(300)).split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        sentence = LocalizedText(
            fr: "L'étape « \(step.name) » a échoué (\(short(said.fr))).",
            en: "Step “\(step.name)” failed (\(short(said.en))).")
    }

    init(sentence: LocalizedText) { self.sentence = sentence }

    /// The grader's machine was suspended, or had no time for its work.
    static func stoodStill(seconds: Int64) -> StepFailure {
        StepFailure(
            sentence: LocalizedText(
                fr: """
                    Le poste du correcteur n'a rien mesuré pendant \(seconds) s au milieu de la bascule (mis en veille, ou \
                    trop chargé) : l'exercice est à refaire.
                    """,
                en: """
                    The grader's machine measured nothing for \(seconds) s in mid-failover (suspended, or overloaded): \
                    run the drill again.
                    """))
    }

    /// The nodes heard nothing of the grader for their whole lease.
    static let givenBackByTimer = StepFailure(
        sentence: LocalizedText(
            fr:
                "Les nœuds, sans nouvelles du correcteur, ont tout remis en place d'eux-mêmes : l'exercice est à refaire.",
            en:
                "Having heard nothing of the grader, the nodes gave everything back themselves: run the drill again."
        ))
}

extension LocalizedText {
    /// Of a node whose answer took so long.
    static func slow(seconds: Int64) -> LocalizedText {
        LocalizedText(fr: "pas de réponse pendant \(seconds) s", en: "no answer for \(seconds) s")
    }
}
