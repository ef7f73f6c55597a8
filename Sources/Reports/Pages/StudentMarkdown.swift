import Foundation
import GraderCore

/// The student's report in Markdown: the page's content in the page's order.
struct StudentMarkdown {
    var result: GradedResult
    var language: Language

    var timeZone = TimeZone.gmt

    var words: Sentences { Sentences(language, in: timeZone) }

    func safe(_ text: String, limit: Int = SafeText.defaultLimit) -> String {
        SafeText.markdown(text, limit: limit, language: language)
    }

    /// A label before a value: `**Attendu :** `.
    private func label(_ phrase: Phrase) -> String { label(phrase[language]) }
    func label(_ name: String) -> String { "**\(name)\(words.pick(" :", ":"))** " }

    func text() -> String {
        var lines = head() + notices() + setbacks() + machines() + drills() + questions() + legend()
        lines += ["## \(Phrase.allChecks[language])", ""]
        for question in result.questions { lines += section(question) }
        lines += exhibits() + vantage() + provenance()
        return lines.joined(separator: "\n") + "\n"
    }

    private func head() -> [String] {
        let people = result.student.names.isEmpty ? [result.student.id] : result.student.names
        return [
            "# \(people.map { safe($0, limit: 200) }.joined(separator: ", "))",
            "",
            "\(safe(result.className, limit: 200)) · \(safe(result.exerciseTitle[language], limit: 300))  ",
            "\(Phrase.collectedOn[language]) \(words.date(result.collectedAt))",
            "",
            label(.mark)
                + (result.isAssessed ? words.shortScore(result.score) : Phrase.notAssessed[language]),
            "",
            words.markSentence(result.score),
            "",
        ] + teacher()
    }

    private func teacher() -> [String] {
        var lines: [String] = []
        if result.isAbsent ?? false { lines += ["**\(Phrase.absent[language])**", ""] }
        if let comment = result.comment { lines += ["\(label(.teacherComment))\(safe(comment))", ""] }
        let members = words.members(result)
        if members.isEmpty { return lines }
        lines += ["### \(Phrase.members[language])", ""]
        for member in members {
            lines.append("- \(label(safe(member.name, limit: 200)))\(words.member(member))")
            lines += words.ownMarks(member).map { "  - \(safe($0))" }
        }
        return lines + [""]
    }

    private func notices() -> [String] {
        words.notices(result).flatMap { notice -> [String] in
            var lines = ["> **\(safe(notice.title, limit: 300))**", ">", "> \(safe(notice.sentence))"]
            if let detail = notice.detail {
                lines += [
                    ">",
                    "> \(Phrase.technicalDetail[language])\(words.pick(" :", ":")) "
                        + SafeText.markdownCode(detail, language: language),
                ]
            }
            return lines + [""]
        }
    }

    /// What cost points, in full, with what waits for it; then what is left to do.
    private func setbacks() -> [String] {
        var lines: [String] = []
        let setbacks = result.setbacks
        if !setbacks.isEmpty {
            let heading = result.lostChecks.isEmpty ? Phrase.blockingHeading : .lostHeading
            lines += ["## \(heading[language])", ""]
        }
        for setback in setbacks {
            if let check = setback.check {
                let isLost = check.earned.map { $0 < check.points } ?? false
                lines += self.check(
                    check, title: "\(safe(setback.id.question.rawValue, limit: 40)) ",
                    points: isLost ? words.lostPoints(check) : words.checkPoints(check))
            } else {
                lines += ["### \(safe(setback.id.rawValue, limit: 60))", ""]
            }
            if !setback.waiting.isEmpty {
                lines += [words.waiting(setback), ""]
                lines += setback.waiting.map { check in
                    let title = CheckFacts(check, in: result, words).title
                    return
                        "- \(safe(check.result.id.question.rawValue, limit: 40)) \(safe(title, limit: 300))"
                }
                lines.append("")
            }
        }
        let open = words.openPoints(result.questions)
        if !open.isEmpty {
            lines += ["## \(Phrase.stillOpen[language])", ""] + open.map { "- \(safe($0))" } + [""]
        }
        return lines
    }

    /// One line per question, and one per check.
    private func questions() -> [String] {
        var lines = ["## \(Phrase.questionsHeading[language])", ""]
        for question in result.questions {
            lines.append(
                """
                - \(QuestionSign(question).symbol) **\(safe(question.id.rawValue, limit: 40))** \
                \(safe(question.title[language], limit: 300)) – \(words.questionScore(question.score))\
                 (\(words.tally(question.checks)))
                """)
            let silent = question.checks.filter { Sign($0.result.verdict).isSaidForAll }
            let folded = Dictionary(grouping: silent) { Sign($0.result.verdict) }.filter {
                $0.value.count > 1
            }
            lines += question.checks.filter { folded[Sign($0.result.verdict)] == nil }.map { check in
                let title = CheckFacts(check, in: result, words).title
                return
                    "  - \(Sign(check.result.verdict).symbol) \(safe(title, limit: 300)) – \(words.shortPoints(check))"
            }
            for sign in Sign.allCases {
                guard let checks = folded[sign] else { continue }
                lines.append("  - \(sign.symbol) \(words.foldedChecks(checks.count, sign))")
            }
        }
        return lines + [""]
    }

    private func section(_ question: QuestionResult) -> [String] {
        var lines = [
            "## \(safe(question.id.rawValue, limit: 40)) \(safe(question.title[language], limit: 300))", "",
            label(.points) + words.questionScore(question.score), "",
        ]
        if let teacher = words.teacher(question.teacher, of: question.score.total) {
            lines += ["\(label(.teacher))\(safe(teacher))", ""]
        }
        if let answer = question.writtenAnswer {
            lines += [
                label(.writtenAnswer), "", SafeText.markdownBlock(answer, limit: 20_000, language: language),
                "",
            ]
        }
        let told = Set(result.setbacks.map(\.id))
        for check in question.checks {
            guard !told.contains(check.result.id) else {
                let title = CheckFacts(check, in: result, words).title
                lines += [
                    "### \(Sign(check.result.verdict).symbol) \(safe(title, limit: 300))", "",
                    Phrase.seenAbove[language], "",
                ]
                continue
            }
            lines += self.check(check, points: words.checkPoints(check))
        }
        return lines
    }

    /// - Parameter title: what goes before the check's own.
    private func check(_ check: ScoredCheck, title: String = "", points: String) -> [String] {
        let sign = Sign(check.result.verdict)
        let facts = CheckFacts(check, in: result, words)
        var status = "\(sign.symbol) **\(sign.word[language])** · \(points)"
        if let reason = facts.reason { status += " · \(reason)" }
        var lines = ["### \(sign.symbol) \(title)\(safe(facts.title, limit: 300))", "", status, ""]
        if let blocker = facts.blocker {
            lines.append("- \(label(.blockedBy))\(safe(blocker.title, limit: 300))")
        }
        lines += facts.shown.map { "- \(label($0.name))\(safe($0.value))" }
        for said in [facts.teacher, facts.overruled].compactMap({ $0 }) {
            lines.append("- \(label(.teacher))\(safe(said))")
        }
        if let why = facts.why { lines.append("- \(label(.why))\(safe(why))") }
        if let hint = facts.hint { lines.append("- \(label(.hint))\(safe(hint))") }
        if let command = facts.command {
            lines += [
                "", label(.seeYourself), "",
                SafeText.markdownBlock(command, limit: SafeText.defaultLimit, language: language),
            ]
        }
        return lines + [""]
    }

    private func legend() -> [String] {
        let signs = words.legend(result).map {
            "- \($0.symbol) **\($0.word[language])** – \($0.meaning[language])"
        }
        return ["### \(Phrase.legendMeaning[language])", ""] + signs + [""]
    }

    private func vantage() -> [String] {
        [
            "## \(Phrase.vantageHeading[language])", "",
            "\(words.vantage(of: result)) \(words.collectionTime(result.collectionSeconds))", "",
        ]
    }

    private func provenance() -> [String] {
        [
            "## \(Phrase.provenanceHeading[language])", "",
            result.origin.map { "- \(label(.originOfLook))\(safe(words.run($0.standing), limit: 200))" },
            "- \(label(.graderVersion))\(safe(result.provenance.grader, limit: 200))",
            "- \(label(.rubricChecksum))\(SafeText.markdownCode(result.provenance.rubricSHA256, limit: 200, language: language))",
            "- \(label(.evidenceChecksum))\(SafeText.markdownCode(result.provenance.evidenceSHA256, limit: 200, language: language))",
        ].compactMap(\.self)
    }
}
