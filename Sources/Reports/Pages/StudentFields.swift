import GraderCore

/// What the student's page template is given. Every string has passed ``SafeText``; the template escapes it.
extension StudentReport {
    private var words: Sentences { Sentences(language) }

    private func safe(_ text: String, limit: Int = SafeText.defaultLimit) -> String {
        SafeText.line(text, limit: limit, language: language)
    }

    func fields(_ templates: PageTemplates) -> [String: Any] {
        let names = result.student.names.map { safe($0, limit: 200) }
        let people = names.isEmpty ? safe(result.student.id, limit: 200) : names.joined(separator: ", ")
        let date = DateText(result.collectedAt)
        var fields: [String: Any] = [
            "t": Phrase.table(language),
            "lang": language.rawValue,
            "title": "\(people) – \(safe(result.exerciseTitle[language], limit: 200))",
            "className": safe(result.className, limit: 200),
            "exerciseTitle": safe(result.exerciseTitle[language], limit: 300),
            "people": people,
            "studentID": safe(result.student.id, limit: 200),
            "date": date.formatted(language),
            "machineDate": date.machineReadable,
            "collectionTime": words.collectionTime(result.collectionSeconds),
            "notices": notices,
            "overview": result.questions.map(overviewRow),
            "questions": result.questions.map(questionFields),
            "vantage": words.vantage(result.networkVantage),
            "legend": words.legend(result).map { mark in
                ["mark": markFields(mark), "meaning": words.pick(mark.meaning.fr, mark.meaning.en)]
                    as [String: Any]
            },
            "grader": safe(result.provenance.grader, limit: 200),
            "rubricChecksum": safe(result.provenance.rubricSHA256, limit: 200),
            "evidenceChecksum": safe(result.provenance.evidenceSHA256, limit: 200),
            "drawings": PairDrawing.Layout.allCases.map {
                PairDrawing(picture: result.picture, language: language, layout: $0).fields()
            },
            "pairSentences": pairSentences,
        ]
        fields.merge(scoreFields(result.score)) { _, new in new }
        fields.merge(lostFields) { _, new in new }
        fields.merge(configurationFields) { _, new in new }
        fields.merge(templates.frame(script: nil)) { _, new in new }
        fields.merge(teacherFields) { _, new in new }
        fields.merge(drillFields) { _, new in new }
        return fields
    }

    // MARK: Head

    private func scoreFields(_ score: Tally) -> [String: Any] {
        let open = words.openPoints(result.questions)
        return [
            "isAssessed": result.isAssessed,
            "earned": score.earned.formatted(language),
            "total": score.total.formatted(language),
            "markSentence": words.markSentence(score),
            "hasOpenPoints": !open.isEmpty,
            "open": open,
            "bar": ScoreBar(score).fields,
        ]
    }

    private var notices: [[String: Any]] {
        words.notices(result).map { notice in
            [
                "kind": notice.kind.rawValue,
                "title": safe(notice.title, limit: 300),
                "sentence": safe(notice.sentence),
                "hasDetail": notice.detail != nil,
                "detail": safe(notice.detail ?? ""),
            ]
        }
    }

    private func overviewRow(_ question: QuestionResult) -> [String: Any] {
        let mark = QuestionMark(question)
        return [
            "anchor": anchor(question.id.rawValue),
            "id": safe(question.id.rawValue, limit: 40),
            "title": safe(question.title[language], limit: 300),
            "mark": markFields(mark.mark),
            "isOpen": mark.isOpen,
            "signs": question.checks.map { markFields(Mark($0.result.verdict)) },
            "inWords": words.tally(question.checks),
            "score": words.questionScore(question.score),
        ]
    }

    func markFields(_ mark: Mark) -> [String: Any] {
        ["name": mark.rawValue, "word": mark.word[language]]
    }

    private var pairSentences: [String] {
        let nodes = result.picture.nodes.sorted { $0.role < $1.role }
        return (nodes.map(words.description) + [words.virtualIP(result.picture)]).map { safe($0) }
    }

    /// What the teacher says of the whole, and the members of a team whose marks differ.
    private var teacherFields: [String: Any] {
        let members = words.members(result)
        return [
            "isAbsent": result.isAbsent ?? false,
            "hasComment": result.comment != nil,
            "comment": safe(result.comment ?? ""),
            "hasMembers": !members.isEmpty,
            "members": members.map { member -> [String: Any] in
                [
                    "name": safe(member.name, limit: 200), "score": words.member(member),
                    "marks": words.ownMarks(member),
                ]
            },
        ]
    }

    // MARK: Questions

    private func questionFields(_ question: QuestionResult) -> [String: Any] {
        // The cluster's health stands before all questions, and what is well there is soon said.
        let folds = question.id == .prerequisites
        let folded = folds ? question.checks.filter { Mark($0.result.verdict) == .met } : []
        let open = folds ? question.checks.filter { Mark($0.result.verdict) != .met } : question.checks
        let teacher = words.teacher(question.teacher, of: question.score.total)
        return [
            "hasTeacher": teacher != nil,
            "teacher": teacher ?? "",
            "hasAnswer": question.writtenAnswer != nil,
            "answer": SafeText.block(question.writtenAnswer ?? "", limit: 20_000, language: language),
            "anchor": anchor(question.id.rawValue),
            "id": safe(question.id.rawValue, limit: 40),
            "title": safe(question.title[language], limit: 300),
            "score": words.questionScore(question.score),
            "checks": open.map(checkFields),
            "hasFolded": !folded.isEmpty,
            "foldedInWords": words.foldedChecks(folded.count, isAll: open.isEmpty),
            "folded": folded.map(checkFields),
        ]
    }

    /// What cost points, for the head of the page.
    private var lostFields: [String: Any] {
        let lost = result.lostChecks
        let waiting = words.waitingPoints(result.waitingPoints)
        return [
            "hasWaiting": waiting != nil,
            "waiting": waiting ?? "",
            "hasLost": !lost.isEmpty,
            "lost": lost.map { check -> [String: Any] in
                [
                    "anchor": anchor(check.result.id.rawValue),
                    "id": safe(check.result.id.question.rawValue, limit: 40),
                    "title": safe(
                        CheckFacts(check, in: result, language: language).title, limit: 300),
                    "points": words.lostPoints(check),
                ]
            },
        ]
    }

    private func checkFields(_ check: ScoredCheck) -> [String: Any] {
        let result = check.result
        let mark = Mark(result.verdict)
        // What there is to work on lies open, the rest is a click away.
        let isUnfolded = mark == .notMet || mark == .partly
        let facts = CheckFacts(check, in: self.result, language: language)
        return [
            "anchor": anchor(result.id.rawValue),
            "checkID": safe(result.id.rawValue, limit: 120),
            "title": safe(facts.title, limit: 300),
            "mark": markFields(mark),
            "points": words.checkPoints(check),
            "hasReason": facts.reason != nil,
            "reason": safe(facts.reason ?? ""),
            "hasBlocker": facts.blocker != nil,
            "blocker": safe(facts.blocker?.title ?? "", limit: 300),
            "hasBlockerLink": facts.blocker?.isOnPage ?? false,
            "blockerAnchor": anchor(facts.blocker?.id.rawValue ?? ""),
            "hasTeacher": facts.teacher != nil,
            "teacher": facts.teacher ?? "",
            "hasOverruled": facts.overruled != nil,
            "overruled": facts.overruled ?? "",
            "facts": facts.shown.map { ["name": $0.name, "value": safe($0.value)] },
            "isFolded": !isUnfolded && facts.hasExplanation,
            "isUnfolded": isUnfolded && facts.hasExplanation,
            "hasWhy": facts.why != nil,
            "why": safe(facts.why ?? ""),
            "hasCommand": facts.command != nil,
            "command": SafeText.block(facts.command ?? "", limit: SafeText.defaultLimit, language: language),
            "hasHint": facts.hint != nil,
            "hint": safe(facts.hint ?? ""),
        ]
    }

    /// An id for links within the page: letters, digits, `.`, `-`, `_` only, and never a digit first.
    func anchor(_ id: String) -> String {
        "c-"
            + String(
                id.unicodeScalars.prefix(120).map { scalar in
                    scalar.isASCII
                        && (scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value)
                            || ".-_".unicodeScalars.contains(scalar))
                        ? Character(scalar) : "_"
                })
    }
}
