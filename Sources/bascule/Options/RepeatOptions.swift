import ArgumentParser
import ClassRun
import Foundation
import GraderCore

/// How `check --watch` goes about it.
struct WatchOptions: ParsableArguments {
    @Flag(
        name: .customLong("watch"),
        help: ArgumentHelp(
            fr: "Regarder encore et encore pendant le travail, jusqu'à Ctrl-C.",
            en: "Look again and again while you work, until Ctrl-C."))
    var isOn = false

    @Option(
        name: .customLong("watch-pause"),
        help: ArgumentHelp(
            fr: "Avec --watch : la pause entre deux regards, p. ex. 10s (de 5s à 10min).",
            en: "With --watch: the pause between two looks, e.g. 10s (5s to 10min).", valueName: "10s"))
    /// A look costs a node about half a second of its processor.
    var pause = Duration.seconds(10)

    @Option(
        name: .customLong("watch-looks"),
        help: ArgumentHelp(
            fr: "Avec --watch : finir après ce nombre de regards.",
            en: "With --watch: end after so many looks.",
            valueName: "number"))
    var mostLooks = 1000

    func validate() throws {
        let bounds = Duration.seconds(5)...Duration.seconds(600)
        try require(
            bounds.contains(pause),
            LocalizedText(fr: "--watch-pause va de 5s à 10min", en: "--watch-pause is from 5s to 10min"))
        try require(
            1...10_000 ~= mostLooks,
            LocalizedText(fr: "--watch-looks va de 1 à 10000", en: "--watch-looks is from 1 to 10000"))
    }
}

/// How `grade-all --every` goes about it.
struct RepeatOptions: ParsableArguments {
    @Option(
        name: .customLong("every"),
        help: ArgumentHelp(
            fr:
                "Regarder encore et encore pendant une séance, p. ex. toutes les 5m (de 10s à 24h), jusqu'à Ctrl-C ; en lecture seule.",
            en:
                "Look again and again during a lab session, e.g. every 5m (10s to 24h), until Ctrl-C; read-only.",
            valueName: "5m"))
    var every: Duration?

    @Option(
        name: .customLong("runs"),
        help: ArgumentHelp(
            fr: "Avec --every : finir après ce nombre de passages.",
            en: "With --every: end after so many runs.",
            valueName: "number"))
    var mostRuns: Int?

    @Option(
        name: .customLong("until"),
        help: ArgumentHelp(
            fr: "Avec --every : aucun passage ne commence après cette heure d'aujourd'hui.",
            en: "With --every: no run begins after this time of today.", valueName: "18:00"))
    var until: String?

    /// Nil: one run.
    /// - Throws: a usage error where the class's clocks have passed the time until which it is to go on.
    func rounds(of roster: Roster, now: Date = Date()) throws -> Rounds? {
        guard let every else { return nil }
        return Rounds(every: every, count: mostRuns, until: try Self.end(until, of: roster, now: now))
    }

    /// - Throws: `ValidationError` where that is no time, or past.
    static func end(_ until: String?, of roster: Roster, now: Date = Date()) throws -> Date? {
        guard let until else { return nil }
        let end = try ClockTime.today(until, of: roster, now: now)
        guard end > now else {
            throw ValidationError(
                fr: "--until : \(until) est déjà passé", en: "--until: it is past \(until) already")
        }
        return end
    }

    func validate() throws {
        let bounds = Duration.seconds(10)...Duration.seconds(86_400)
        try require(
            every.map { bounds.contains($0) } ?? true,
            LocalizedText(
                fr: "--every va de 10s à 24h, p. ex. 5m", en: "--every is from 10s to 24h, such as 5m"))
        try require(
            until == nil || every != nil,
            LocalizedText(
                fr: "--until met fin à ce que --every répète : donner les deux",
                en: "--until ends what --every repeats: give both"))
        if let mostRuns {
            try require(
                every != nil, LocalizedText(fr: "--runs ne va pas sans --every", en: "--runs needs --every"))
            try require(
                1...10_000 ~= mostRuns,
                LocalizedText(fr: "--runs va de 1 à 10000", en: "--runs is from 1 to 10000"))
        }
    }
}

/// How `grade-all --at deadline` goes about it.
struct DeadlineOptions: ParsableArguments {
    enum Moment: String, ExpressibleByArgument, CaseIterable { case deadline }

    @Option(
        name: .customLong("at"),
        help: ArgumentHelp(
            fr:
                "Attendre, et regarder chaque étudiant juste avant sa propre échéance de la liste de classe ; puis finir. Relancé, il continue ; ce qui a été manqué est regardé aussitôt, et dit en retard.",
            en:
                "Wait, and look at each student just before his own deadline in the roster; then end. Started again, it goes on; what it missed is looked at at once, and marked late.",
            valueName: "deadline"))
    var moment: Moment?

    @Option(
        name: .customLong("lead"),
        help: ArgumentHelp(
            fr:
                "Avec --at deadline : combien de temps avant elle le regard commence, p. ex. 2m (de 5s à 1h) ; une minute à défaut, plus pour une grande classe.",
            en:
                "With --at deadline: how long before it the look begins, e.g. 2m (5s to 1h); a minute, more for a large class.",
            valueName: "2m"))
    var lead: Duration?

    static let leads = Duration.seconds(5)...Duration.seconds(3600)

    func validate() throws {
        try require(
            lead == nil || moment != nil,
            LocalizedText(fr: "--lead ne va pas sans --at deadline", en: "--lead goes with --at deadline"))
        try require(
            lead.map(Self.leads.contains) ?? true,
            .leadBounds)
    }
}
