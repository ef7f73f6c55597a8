import GraderCore

extension StudentMarkdown {
    /// Each drill: its figures, and a table in the order of time that says what the page's drawing shows.
    func drills() -> [String] {
        let stories = (result.drills ?? []).prefix(10).map { DrillStory($0, language) }
        guard !stories.isEmpty else { return [] }
        return ["## \(Phrase.drillsHeading[language])", "", Phrase.drillsLeadMarkdown[language], ""]
            + stories.flatMap(section)
    }

    private func section(_ story: DrillStory) -> [String] {
        let words = Sentences(language)
        var lines = ["### \(story.title) (`\(story.account.kind.rawValue)`)", ""]
        if let obstacle = story.obstacle { lines += [SafeText.markdown(obstacle, language: language), ""] }
        let facts = story.facts.map { fact in
            "- **\(fact.name)\(words.pick(" :", ":"))** \(SafeText.markdown(fact.value, language: language))"
        }
        if !facts.isEmpty { lines += facts + [""] }
        let rows = story.rows
        guard !rows.isEmpty else { return lines }
        func cell(_ text: String) -> String { SafeText.markdownCell(text, limit: 300, language: language) }
        let headings = [Phrase.moment, .theirs, .whatHappened, .lasted].map { $0[language] }
        lines += ["| \(headings.joined(separator: " | ")) |", "| ---: | --- | --- | ---: |"]
        lines += rows.map { row in
            let length = row.length.map(words.moment) ?? ""
            return "| \(words.moment(row.at)) | \(cell(row.who)) | \(cell(row.what)) | \(length) |"
        }
        return lines + [""]
    }
}
