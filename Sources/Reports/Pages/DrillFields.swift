import GraderCore

/// The student's page about failover drills. Every string has passed ``SafeText``; the template escapes it.
extension StudentReport {
    var drillFields: PageFields {
        let stories = (result.drills ?? []).prefix(10).map { DrillStory($0, language) }
        let words = Sentences(language)
        return [
            "hasDrills": !stories.isEmpty,
            "hasTimelines": stories.contains { $0.account.timeline != nil },
            "drills": stories.enumerated().map { fields($0.element, $0.offset, words) },
            "states": DrillTimeline.Span.State.allCases.map { state -> PageFields in
                [
                    "state": state.rawValue, "meaning": words.inAWord(state),
                    "pattern": state == .refused
                        ? "M3 1V15M8 1V15M13 1V15M18 1V15M23 1V15"
                        : state == .acceptedWithoutAnswer ? "M1 4H27M1 8H27M1 12H27" : "",
                ]
            },
        ]
    }

    private func fields(_ story: DrillStory, _ index: Int, _ words: Sentences) -> PageFields {
        let panels = DrillPanel.Way.allCases.compactMap { panel(story, index, $0, words) }
        let rows = story.rows
        return [
            "anchor": "drill-\(index)", "heading": story.title, "kind": story.account.kind.rawValue,
            "hasObstacle": story.obstacle != nil, "obstacle": story.obstacle ?? "",
            "hasFacts": !story.facts.isEmpty,
            "facts": story.facts.map { fact -> PageFields in
                [
                    "name": fact.name, "value": fact.value,
                    "isMeasurement": fact.name == story.measurement,
                ]
            },
            "isLeft": !story.account.differences.isEmpty,
            "panels": panels,
            "hasRows": !rows.isEmpty,
            "rows": rows.map { row in
                [
                    "teller": row.teller.rawValue, "moment": words.moment(row.at),
                    "hasNumber": row.number != nil, "number": row.number ?? 0, "who": row.who,
                    "what": row.what, "length": row.length.map(words.moment) ?? "",
                ] as PageFields
            },
        ]
    }

    private func panel(
        _ story: DrillStory, _ index: Int, _ way: DrillPanel.Way, _ words: Sentences
    ) -> PageFields? {
        guard let timeline = story.account.timeline else { return nil }
        let heading =
            way == .failover
            ? words.pick("La bascule", "The failover") : words.pick("Le retour", "The way back")
        let drawings = DrillPanel.Layout.allCases.compactMap { layout in
            DrillPanel(
                timeline: timeline, way: way, layout: layout, words: words,
                name: "\(index)-\(way.rawValue)-\(layout.rawValue)",
                drawingTitle: "\(heading)\(words.pick(" : ", ": "))\(story.title)",
                description: story.description(way)
            ).fields()
        }
        return drawings.isEmpty ? nil : ["heading": heading, "drawings": drawings]
    }
}
