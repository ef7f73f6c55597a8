import GraderCore

/// One drill in words, for the page and for Markdown: figures first, then everything in the order of time.
struct DrillStory {
    struct Row {
        enum Teller: String { case grader, client, machine }
        var teller: Teller
        var at: Duration
        /// Of a machine's event: its number in the drawing.
        var number: Int?
        var who: String
        var what: String
        /// How long it lasted; nil for what is a moment.
        var length: Duration?
    }

    private static let longest = 90

    var account: DrillAccount
    var words: Sentences

    init(_ account: DrillAccount, _ language: Language) {
        self.account = account
        words = Sentences(language)
    }

    var title: String { account.title[words.language] }

    /// Why there is nothing to show, or not all of it; nil for a drill that went through.
    var obstacle: String? {
        switch account.outcome {
        case .performed: nil
        case .refused(let refusal):
            words.pick("Pas fait : ", "Not done: ") + refusal.sentence[words.language]
        case .abandoned(let sentence):
            words.pick("Interrompu : ", "Broken off: ") + sentence[words.language]
        }
    }

    /// How it was measured: what a sheet of paper leaves out.
    var measurement: String { words.pick("Mesure", "Measurement") }

    /// Names and values.
    var facts: [(name: String, value: String)] {
        guard let timeline = account.timeline else { return [] }
        var facts = [
            (words.pick("À la bascule", "At the failover"), words.interruption(timeline.failover)),
            (words.pick("Au retour", "On the way back"), words.interruption(timeline.failback)),
            (measurement, words.sampling(timeline.sampling)),
        ]
        if account.differences.isEmpty {
            if timeline.time(.settled) != nil {
                facts.append(
                    (
                        words.pick("Remise en place", "Given back"),
                        account.wayBack.map {
                            $0[words.language]
                                + words.pick(
                                    " Pour le reste, tout est comme avant.",
                                    " Otherwise everything is as it was.")
                        } ?? words.pick("tout est comme avant", "everything is as it was")
                    ))
            }
        } else {
            let list = account.differences.prefix(8).map { $0.sentence[words.language] }
            let more = account.differences.count - list.count
            facts.append(
                (
                    words.pick("Ce qui est resté différent", "What is still different"),
                    list.joined(separator: words.pick(" ; ", "; "))
                        + (more > 0 ? words.pick(" ; et \(more) de plus", "; and \(more) more") : "")
                ))
            if let wayBack = account.wayBack {
                let heading = words.pick("Où tout tourne", "Where everything runs")
                facts.append((heading, wayBack[words.language]))
            }
        }
        return facts.map { (name: $0.0, value: $0.1) }
    }

    /// What the grader did, what a client saw and what the machines said, in the order of time.
    var rows: [Row] {
        guard let timeline = account.timeline else { return [] }
        let active = words.short(timeline.name(timeline.active))
        let grader = words.pick("correcteur", "grader")
        let incident = account.incident ?? account.title
        var rows: [Row] = [
            Row(teller: .grader, at: .zero, who: grader, what: incident[words.language])
        ]
        if let powering = timeline.time(.poweringOn) {
            rows.append(
                Row(
                    teller: .grader, at: powering, who: grader,
                    what: words.pick("rend le courant à \(active)", "gives \(active) its power back")))
        }
        if let restoring = timeline.time(.restoring) {
            rows.append(
                Row(
                    teller: .grader, at: restoring, who: grader,
                    what: words.pick("commence la remise en place", "begins to give back")))
        }
        rows += timeline.spans.map { span in
            Row(
                teller: .client, at: span.start, who: words.pick("client", "client"),
                what: words.client(span, timeline), length: span.end - span.start)
        }
        rows += timeline.events.enumerated().map { index, event in
            Row(
                teller: .machine, at: event.at, number: index + 1,
                who: words.short(timeline.name(event.seenBy)),
                what: event.what[words.language])
        }
        // Of one moment: first who did it.
        let order: [Row.Teller] = [.grader, .machine, .client]
        let sorted = rows.enumerated().sorted { left, right in
            (left.element.at, order.firstIndex(of: left.element.teller) ?? 0, left.offset)
                < (right.element.at, order.firstIndex(of: right.element.teller) ?? 0, right.offset)
        }
        return Array(sorted.map(\.element).prefix(Self.longest))
    }

    /// The drawing's text alternative.
    func description(_ panel: DrillPanel.Way) -> String {
        guard let timeline = account.timeline else { return "" }
        let interruption = panel == .failover ? timeline.failover : timeline.failback
        return title + words.pick(" : ", ": ") + words.interruption(interruption) + "."
    }
}
