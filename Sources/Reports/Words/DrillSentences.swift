import GraderCore

/// What the pages say about drills.
extension Sentences {
    func client(_ span: DrillTimeline.Span, _ timeline: DrillTimeline) -> String {
        switch span.state {
        case .served:
            guard let node = span.by.map({ short(timeline.name($0)) }) else {
                return pick("le service répond", "the service answers")
            }
            return pick("le service répond, par \(node)", "the service answers, from \(node)")
        default: return inAWord(span.state)
        }
    }

    func inAWord(_ state: DrillTimeline.Span.State) -> String {
        switch state {
        case .served: pick("répond", "answers")
        case .refused: pick("connexion refusée", "connection refused")
        case .silent: pick("aucune réponse", "no answer")
        case .acceptedWithoutAnswer: pick("connexion sans réponse", "connection without an answer")
        }
    }

    // MARK: figures

    /// `0,66 s`; three digits below a second, where they are known.
    func seconds(_ time: Duration) -> String {
        "\(language.number(time / .seconds(1), digits: 2))\u{A0}s"
    }

    func milliseconds(_ time: Duration) -> String {
        "\(language.number(time / .milliseconds(1), digits: time < .milliseconds(10) ? 1 : 0))\u{A0}ms"
    }

    /// A moment of the time line, to the millisecond: `−0,120 s`.
    func moment(_ time: Duration) -> String {
        "\(language.number(time / .seconds(1), digits: 3))\u{A0}s"
    }

    /// One way's outages in a sentence.
    func interruption(_ interruption: DrillTimeline.Interruption) -> String {
        guard interruption.count > 0 else { return pick("aucune interruption vue", "no outage seen") }
        let failed = pick(
            "\(interruption.failedConnects) connexions et \(interruption.failedRequests) requêtes en échec",
            "\(interruption.failedConnects) connections and \(interruption.failedRequests) requests failed")
        guard interruption.hasEnded else {
            return pick(
                "le service n'était pas revenu à la fin de l'observation, \(seconds(interruption.total)) après ; \(failed)",
                "the service was not back when the watching ended, \(seconds(interruption.total)) later; \(failed)"
            )
        }
        let times =
            interruption.count > 1
            ? pick(", en \(interruption.count) fois", ", in \(interruption.count) parts") : ""
        return pick(
            "\(seconds(interruption.total)) (± \(milliseconds(interruption.uncertainty)))\(times) ; \(failed)",
            "\(seconds(interruption.total)) (± \(milliseconds(interruption.uncertainty)))\(times); \(failed)")
    }

    /// How it was measured, and what the sampler itself did not manage.
    func sampling(_ sampling: DrillTimeline.Sampling) -> String {
        let rate = pick(
            """
            \(sampling.connectsPerSecond) connexions et \(sampling.requestsPerSecond) requêtes par seconde, \
            \(sampling.attempts) essais en tout ; partis avec un retard d'au plus \(milliseconds(sampling.lateP99)) \
            pour 99 sur 100 d'entre eux, de \(milliseconds(sampling.lateWorst)) au pire.
            """,
            """
            \(sampling.connectsPerSecond) connections and \(sampling.requestsPerSecond) requests a second, \
            \(sampling.attempts) attempts in all; 99 of 100 left at most \(milliseconds(sampling.lateP99)) late, \
            the worst \(milliseconds(sampling.lateWorst)).
            """)
        let missed = sampling.missedSlots
        guard missed > 0 else { return rate + vantage(sampling) }
        return rate + vantage(sampling) + " "
            + pick(
                """
                La mesure elle-même était en retard : \(missed == 1 ? "1 essai n’a" : "\(missed) essais n’ont") pas été \
                \(missed == 1 ? "fait" : "faits"). L'incertitude indiquée en tient compte.
                """,
                """
                The sampler itself was late: \(missed) \(missed == 1 ? "attempt was" : "attempts were") not made. \
                The uncertainty given accounts for that.
                """)
    }

    /// Who asked where it was not the grader, and what that leaves open; empty otherwise.
    private func vantage(_ sampling: DrillTimeline.Sampling) -> String {
        guard let from = sampling.seenFrom else { return "" }
        let node = from.node.rawValue
        return " "
            + pick(
                """
                Les essais ont été faits par \(node), car le correcteur n'est pas dans le réseau de la paire ; après la \
                bascule, \(node) se parle donc à lui-même. Le moment d'une coupure est connu à \
                \(milliseconds(from.clockUncertainty)) près ; sa durée n'en dépend pas.
                """,
                """
                The attempts were made by \(node), since the grader is not in the pair's network; after the failover \
                \(node) thus talks to itself. When an outage was is known within \
                \(milliseconds(from.clockUncertainty)); its length does not depend on that.
                """)
    }
}
