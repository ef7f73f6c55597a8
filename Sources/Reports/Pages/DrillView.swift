import GraderCore

/// One drill on the student's page.
struct DrillView: PageView {
    var anchor: String
    var heading: String
    var kind: String
    var obstacle: String?
    var facts: [Fact]
    /// Whether something was not as before when it was over.
    var isLeft: Bool
    var panels: [Panel]
    var rows: [Row]

    struct Fact: PageView {
        var name: String
        var value: String
        var isMeasurement: Bool
    }

    /// One way, there or back: a drawing for wide screens and one for narrow ones.
    struct Panel: PageView {
        var heading: String
        var drawings: [DrillPanel.View]
    }

    struct Row: PageView {
        var teller: String
        var moment: String
        /// In the drawing.
        var number: Int?
        var who: String
        var what: String
        var length: String
    }

    /// What a sign in the drawing means.
    struct State: PageView {
        var state: String
        var meaning: String
        var pattern: String
    }
}

/// The student's page about failover drills. Every string has passed ``SafeText``; rendering escapes it.
extension StudentReport {
    var drillStories: [DrillStory] { (result.drills ?? []).prefix(10).map { DrillStory($0, language) } }

    var drillStates: [DrillView.State] {
        DrillTimeline.Span.State.allCases.map { state in
            DrillView.State(
                state: state.rawValue, meaning: Sentences(language).inAWord(state),
                pattern: state == .refused
                    ? "M3 1V15M8 1V15M13 1V15M18 1V15M23 1V15"
                    : state == .acceptedWithoutAnswer ? "M1 4H27M1 8H27M1 12H27" : "")
        }
    }

    func drill(_ story: DrillStory, at index: Int) -> DrillView {
        let words = Sentences(language)
        return DrillView(
            anchor: "drill-\(index)", heading: story.title, kind: story.account.kind.rawValue,
            obstacle: story.obstacle,
            facts: story.facts.map {
                DrillView.Fact(
                    name: $0.name, value: $0.value, isMeasurement: $0.name == story.measurement)
            },
            isLeft: !story.account.differences.isEmpty,
            panels: DrillPanel.Way.allCases.compactMap { panel(story, index, $0, words) },
            rows: story.rows.map { row in
                DrillView.Row(
                    teller: row.teller.rawValue, moment: words.moment(row.at), number: row.number,
                    who: row.who, what: row.what, length: row.length.map(words.moment) ?? "")
            })
    }

    private func panel(
        _ story: DrillStory, _ index: Int, _ way: DrillPanel.Way, _ words: Sentences
    ) -> DrillView.Panel? {
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
            ).view
        }
        return drawings.isEmpty ? nil : DrillView.Panel(heading: heading, drawings: drawings)
    }
}
