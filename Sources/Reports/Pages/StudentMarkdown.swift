import GraderCore

/// The student's report in Markdown: the page's content in the page's order.
struct StudentMarkdown {
    var result: GradedResult
    var language: Language

    var words: Sentences { Sentences(language) }

    func safe(_ text: String, limit: Int = SafeText.defaultLimit) -> String {
        SafeText.markdown(text, limit: limit, language: language)
    }

    /// A label before a value: `**Attendu :** `.
    private func label(_ phrase: Phrase) -> String { label(phrase[language]) }
    func label(_ name: String) -> String { "**\(name)\(words.pick(" :", ":"))** " }

    func text() -> String {
        var lines = head() + notices() + machines() + overview() + drills()
        for question in result.questions { lines += section(question) }
        lines += exhibits() + vantageAndLegend() + provenance()
        return lines.joined(separator: "\n") + "\n"
    }

    private func head() -> [String] {
        let people = result.student.names.isEmpty ? [result.student.id] : result.student.names
        return [
            "# \(people.map { safe($0, limit: 200) }.joined(separator: ", "))",
            "",
            "\(safe(result.className, limit: 200)) · \(safe(result.exerciseTitle[language], limit: 300))  ",
            "\(Phrase.collectedOn[language]) \(DateText(result.collectedAt).formatted(language))",
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

    private func overview() -> [String] {
        var lines = ["## \(Phrase.overview[language])", ""]
        for question in result.questions {
            let sign = QuestionSign(question)
            lines.append(
                """
                - \(sign.symbol) **\(safe(question.id.rawValue, limit: 40))** \
                \(safe(question.title[language], limit: 300)) – \(words.questionScore(question.score))\
                 (\(words.tally(question.checks)))
                """)
        }
        if !result.lostChecks.isEmpty {
            lines += ["", "### \(Phrase.lostHeading[language])", ""]
            lines += result.lostChecks.map { check in
                """
                - **\(safe(check.result.id.question.rawValue, limit: 40))** \
                \(safe(CheckFacts(check, in: result, language: language).title, limit: 300))\
                 – \(words.lostPoints(check))
                """
            }
            lines += words.waitingPoints(result.waitingPoints).map { ["- \($0)"] } ?? []
        }
        let open = words.openPoints(result.questions)
        if !open.isEmpty {
            lines += ["", "### \(Phrase.stillOpen[language])", ""] + open.map { "- \($0)" }
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
        for check in question.checks { lines += self.check(check) }
        return lines
    }

    private func check(_ check: ScoredCheck) -> [String] {
        let sign = Sign(check.result.verdict)
        let facts = CheckFacts(check, in: result, language: language)
        var status = "\(sign.symbol) **\(sign.word[language])** · \(words.checkPoints(check))"
        if let reason = facts.reason { status += " · \(reason)" }
        var lines = ["### \(sign.symbol) \(safe(facts.title, limit: 300))", "", status, ""]
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

    private func vantageAndLegend() -> [String] {
        [
            "## \(Phrase.vantageHeading[language])", "",
            "\(words.vantage(result.networkVantage)) \(words.collectionTime(result.collectionSeconds))", "",
            "## \(Phrase.legendHeading[language])", "",
        ]
            + words.legend(result).map {
                "- \($0.symbol) **\($0.word[language])** – \($0.meaning[language])"
            }
            + [""]
    }

    private func provenance() -> [String] {
        [
            "## \(Phrase.provenanceHeading[language])", "",
            "- \(label(.graderVersion))\(safe(result.provenance.grader, limit: 200))",
            "- \(label(.rubricChecksum))\(SafeText.markdownCode(result.provenance.rubricSHA256, limit: 200, language: language))",
            "- \(label(.evidenceChecksum))\(SafeText.markdownCode(result.provenance.evidenceSHA256, limit: 200, language: language))",
        ]
    }
}
