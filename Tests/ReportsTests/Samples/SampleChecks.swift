import GraderCore

/// Invented checks in the manner of the lab sheet's questions, for pages to be made of.
enum SampleChecks {
    static func check(
        _ id: String, _ points: Double, _ verdict: Verdict, title: LocalizedText, expected: LocalizedText,
        found: LocalizedText, why: LocalizedText = LocalizedText(fr: "", en: ""), see: String? = nil,
        hint: LocalizedText? = nil
    ) -> ScoredCheck {
        let worth = Points(points)
        // What was not seen is not described either; the sentence says why.
        var found = found
        if case .notAssessed = verdict {
            found = LocalizedText(
                fr: "aucun relevé de serv1 : la machine n'a pas répondu",
                en: "nothing collected from serv1: it did not answer")
        }
        return ScoredCheck(
            result: CheckResult(
                id: CheckID(id), title: title, verdict: verdict, expected: expected, found: found, why: why,
                seeYourself: see, hint: hint, sources: [ProbeID(.serv1, "cib")]),
            points: worth, earned: verdict.earned(of: worth))
    }

    static func question(_ id: String, _ title: LocalizedText, _ checks: [ScoredCheck]) -> QuestionResult {
        let score = checks.reduce(Tally()) { $0 + $1.score }
        return QuestionResult(id: QuestionID(id), title: title, checks: checks, score: score)
    }

    /// What becomes of the sample's checks.
    struct Outcome: Sendable {
        var exists: Verdict = .met
        var interval: Verdict = .met
        var timeouts: Verdict = .met
        var node: Verdict = .met
        var preference: Verdict = .met
        var web: Verdict = .met
        var webFound = LocalizedText(
            fr: "réponse 200 de 172.16.0.12, retrouvée dans le journal d'accès de serv1",
            en: "status 200 from 172.16.0.12, found again in serv1's access log")

        static let solved = Outcome()
        static let faulty = Outcome(
            interval: .notMet, timeouts: .partly(0.5), preference: .notMet,
            web: .blocked(by: CheckID("Q3.preference")),
            webFound: LocalizedText(
                fr: "aucune réponse de 172.16.0.12 : port 80 fermé",
                en: "no answer from 172.16.0.12: port 80 closed"))
        static func all(_ verdict: Verdict) -> Outcome {
            Outcome(
                exists: verdict, interval: verdict, timeouts: verdict, node: verdict, preference: verdict,
                web: verdict)
        }
    }

    static func questions(_ outcome: Outcome) -> [QuestionResult] {
        [q1(outcome), q2(outcome), q3(outcome), q4(outcome), q5, q6]
    }

    private static func q1(_ outcome: Outcome) -> QuestionResult {
        question(
            "Q1", LocalizedText(fr: "La ressource de l'adresse virtuelle", en: "The virtual IP resource"),
            [
                check(
                    "Q1.vip-resource", 2, outcome.exists,
                    title: LocalizedText(fr: "La ressource existe", en: "The resource exists"),
                    expected: LocalizedText(
                        fr: "une primitive ocf:heartbeat:IPaddr2 pour 172.16.0.12",
                        en: "an ocf:heartbeat:IPaddr2 primitive for 172.16.0.12"),
                    found: LocalizedText(
                        fr: "primitive IPFailover, ocf:heartbeat:IPaddr2, ip=172.16.0.12",
                        en: "primitive IPFailover, ocf:heartbeat:IPaddr2, ip=172.16.0.12"),
                    why: LocalizedText(
                        fr: "Sans elle, personne ne porte l'adresse que connaissent les clients.",
                        en: "Without it nobody carries the address that clients know."),
                    see: "crm configure show"),
                check(
                    "Q1.monitor-interval", 1, outcome.interval,
                    title: LocalizedText(
                        fr: "La ressource est surveillée toutes les 10 secondes",
                        en: "The resource is monitored every 10 seconds"),
                    expected: LocalizedText(
                        fr: "op monitor avec un intervalle de 10 s", en: "op monitor with an interval of 10 s"
                    ),
                    found: outcome.interval == .met
                        ? LocalizedText(fr: "intervalle de 10 s", en: "an interval of 10 s")
                        : LocalizedText(
                            fr:
                                "intervalle de 30 s : la panne peut passer inaperçue trois fois plus longtemps",
                            en: "an interval of 30 s: a failure can go unnoticed three times as long"),
                    why: LocalizedText(
                        fr: """
                            Le moniteur est ce qui permet à Pacemaker de s'apercevoir d'une panne ; son intervalle fixe \
                            le temps pendant lequel elle peut passer inaperçue.
                            """,
                        en:
                            "The monitor is how Pacemaker notices a failure; its interval is how long one can go unnoticed."
                    ),
                    see: "crm configure show IPFailover",
                    hint: LocalizedText(
                        fr: "Regardez la ligne « op monitor » : que vaut interval, et dans quelle unité ?",
                        en: "Look at the line “op monitor”: what is interval, and in which unit?")),
                check(
                    "Q1.timeouts", 1, outcome.timeouts,
                    title: LocalizedText(
                        fr: "Délais de démarrage et d'arrêt", en: "Time-outs for starting and stopping"),
                    expected: LocalizedText(
                        fr: "démarrage 30 s, arrêt 40 s", en: "start 30 s, stop 40 s"),
                    found: outcome.timeouts == .met
                        ? LocalizedText(fr: "démarrage 30 s, arrêt 40 s", en: "start 30 s, stop 40 s")
                        : LocalizedText(
                            fr: "démarrage 30 s ; aucun délai d'arrêt (la valeur par défaut est 20 s)",
                            en: "start 30 s; no time-out for stopping (the default is 20 s)"),
                    why: LocalizedText(
                        fr:
                            "Un arrêt qui n'aboutit pas à temps fait exclure le nœud, si le fencing est actif.",
                        en: "A stop that does not finish in time gets the node fenced, where fencing is on."),
                    see: "crm configure show IPFailover"),
            ])
    }

    private static func q2(_ outcome: Outcome) -> QuestionResult {
        question(
            "Q2",
            LocalizedText(fr: "Sur quel nœud la ressource tourne", en: "Which node the resource runs on"),
            [
                check(
                    "Q2.node-agrees", 2, outcome.node,
                    title: LocalizedText(
                        fr: "L'adresse est là où le cluster le dit",
                        en: "The address is where the cluster says"),
                    expected: LocalizedText(
                        fr: "crm_mon et ip addr désignent le même nœud",
                        en: "crm_mon and ip addr name the same node"),
                    found: LocalizedText(fr: "serv1 pour les deux", en: "serv1 for both"),
                    why: LocalizedText(
                        fr: "Ce que le cluster croit et ce que le noyau fait peuvent diverger.",
                        en: "What the cluster believes and what the kernel does can part ways."),
                    see: "crm_mon -1; ip addr show")
            ])
    }

    private static func q3(_ outcome: Outcome) -> QuestionResult {
        question(
            "Q3",
            LocalizedText(
                fr: "La préférence pour le nœud primaire", en: "The preference for the primary node"),
            [
                check(
                    "Q3.preference", 3, outcome.preference,
                    title: LocalizedText(
                        fr: "La ressource préfère serv1", en: "The resource prefers serv1"),
                    expected: LocalizedText(
                        fr: "une contrainte de localisation de score positif vers serv1",
                        en: "a location constraint with a positive score for serv1"),
                    found: outcome.preference == .met
                        ? LocalizedText(
                            fr: "location cli-prefer-IPFailover, score infini vers serv1",
                            en: "location cli-prefer-IPFailover, infinite score for serv1")
                        : LocalizedText(
                            fr: "location cli-ban-IPFailover-on-serv1 : la ressource est interdite sur serv1",
                            en: "location cli-ban-IPFailover-on-serv1: the resource is banned from serv1"),
                    why: LocalizedText(
                        fr: "C'est elle qui ramène l'adresse sur serv1 quand il revient.",
                        en: "It is what brings the address back to serv1 when it returns."),
                    see: "crm configure show | grep location",
                    hint: LocalizedText(
                        fr: "Qu'écrit « crm resource move » quand on ne lui donne pas de nœud ?",
                        en: "What does “crm resource move” write when it is given no node?"))
            ])
    }

    private static func q4(_ outcome: Outcome) -> QuestionResult {
        question(
            "Q4",
            LocalizedText(
                fr: "L'accès au site par l'adresse virtuelle", en: "The site through the virtual IP"),
            [
                check(
                    "Q4.http", 3, outcome.web,
                    title: LocalizedText(
                        fr: "Le site répond à l'adresse virtuelle", en: "The site answers at the virtual IP"),
                    expected: LocalizedText(
                        fr: "une page de cette paire à http://172.16.0.12/",
                        en: "a page from this pair at http://172.16.0.12/"),
                    found: outcome.webFound,
                    why: LocalizedText(
                        fr: "C'est la seule adresse que connaît l'utilisateur.",
                        en: "It is the only address users know."),
                    see: "curl -sI http://172.16.0.12/")
            ])
    }

    private static var q5: QuestionResult {
        question(
            "Q5", LocalizedText(fr: "Le DNS", en: "The DNS"),
            [
                check(
                    "Q5.answer", 3, .notRequested(.teachersMark),
                    title: LocalizedText(fr: "Réponse justifiée", en: "A reasoned answer"),
                    expected: LocalizedText(fr: "le nom du service, et pourquoi", en: "the service, and why"),
                    found: LocalizedText(fr: "", en: ""))
            ])
    }

    private static var q6: QuestionResult {
        question(
            "Q6", LocalizedText(fr: "Essai du basculement", en: "Trying the failover"),
            [
                check(
                    "Q6.standby", 5, .notRequested(.drill),
                    title: LocalizedText(
                        fr: "La mise en standby fait basculer l'adresse", en: "Standby moves the address"),
                    expected: LocalizedText(
                        fr: "l'adresse passe sur l'autre nœud", en: "the address moves to the other node"),
                    found: LocalizedText(fr: "", en: ""))
            ])
    }
}
