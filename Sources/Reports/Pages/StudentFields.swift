import GraderCore

/// What the student's page template is given. Every string has passed ``SafeText``; the template escapes it.
extension StudentReport {
    private var words: Sentences { Sentences(language) }

    private func safe(_ text: String, limit: Int = SafeText.defaultLimit) -> String {
        SafeText.line(text, limit: limit, language: language)
    }

    func fields(_ templates: PageTemplates) -> PageFields {
        let names = result.student.names.map { safe($0, limit: 200) }
        let people = names.isEmpty ? safe(result.student.id, limit: 200) : names.joined(separator: ", ")
        let date = DateText(result.collectedAt)
        var fields: PageFields = [
            "lang": language.rawValue,
            "title": "\(people) – \(result.exerciseTitle[language])",
            "className": safe(result.className, limit: 200),
            "exerciseTitle": result.exerciseTitle[language],
            "people": people,
            "studentID": safe(result.student.id, limit: 200),
            "date": date.formatted(language),
            "machineDate": date.machineReadable,
            "collectionTime": words.collectionTime(result.collectionSeconds),
            "notices": notices,
            "overview": result.questions.map(overviewRow),
            "questions": result.questions.map(questionFields),
            "vantage": words.vantage(result.networkVantage),
            "legend": words.legend(result).map { sign in
                ["mark": sign.fields(language), "meaning": sign.meaning[language]]
                    as PageFields
            },
            "grader": safe(result.provenance.grader, limit: 200),
            "rubricChecksum": safe(result.provenance.rubricSHA256, limit: 200),
            "evidenceChecksum": safe(result.provenance.evidenceSHA256, limit: 200),
        ]
        fields.merge(scoreFields(result.score))
        fields.merge(lostFields)
        fields.merge(exhibitFields)
        fields.merge(templates.frame(script: nil))
        fields.merge(teacherFields)
        fields.merge(drillFields)
        return fields
    }

    // MARK: Head

    private func scoreFields(_ score: Tally) -> PageFields {
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

    private var notices: [PageFields] {
        words.notices(result).map { notice in
            [
                "kind": notice.kind.rawValue,
                "title": notice.title,
                "sentence": notice.sentence,
                "hasDetail": notice.detail != nil,
                "detail": safe(notice.detail ?? ""),
            ]
        }
    }

    private func overviewRow(_ question: QuestionResult) -> PageFields {
        let sign = QuestionSign(question)
        return [
            "anchor": anchor(question.id.rawValue),
            "id": safe(question.id.rawValue, limit: 40),
            "title": question.title[language],
            "mark": sign.sign.fields(language),
            "isOpen": sign.isOpen,
            "signs": question.checks.map { Sign($0.result.verdict).fields(language) },
            "inWords": words.tally(question.checks),
            "score": words.questionScore(question.score),
        ]
    }

    /// What the teacher says of the whole, and the members of a team whose marks differ.
    private var teacherFields: PageFields {
        let members = words.members(result)
        return [
            "isAbsent": result.isAbsent ?? false,
            "hasComment": result.comment != nil,
            "comment": safe(result.comment ?? ""),
            "hasMembers": !members.isEmpty,
            "members": members.map { member -> PageFields in
                [
                    "name": safe(member.name, limit: 200), "score": words.member(member),
                    "marks": words.ownMarks(member),
                ]
            },
        ]
    }

    // MARK: Questions

    private func questionFields(_ question: QuestionResult) -> PageFields {
        // What is well before all questions is soon said.
        let folds = question.id == .prerequisites
        let folded = folds ? question.checks.filter { Sign($0.result.verdict) == .met } : []
        let open = folds ? question.checks.filter { Sign($0.result.verdict) != .met } : question.checks
        let teacher = words.teacher(question.teacher, of: question.score.total)
        return [
            "hasTeacher": teacher != nil,
            "teacher": teacher ?? "",
            "hasAnswer": question.writtenAnswer != nil,
            "answer": SafeText.block(question.writtenAnswer ?? "", limit: 20_000, language: language),
            "anchor": anchor(question.id.rawValue),
            "id": safe(question.id.rawValue, limit: 40),
            "title": question.title[language],
            "score": words.questionScore(question.score),
            "checks": open.map(checkFields),
            "hasFolded": !folded.isEmpty,
            "foldedInWords": words.foldedChecks(folded.count, isAll: open.isEmpty),
            "folded": folded.map(checkFields),
        ]
    }

    /// What cost points, for the head of the page.
    private var lostFields: PageFields {
        let lost = result.lostChecks
        let waiting = words.waitingPoints(result.waitingPoints)
        return [
            "hasWaiting": waiting != nil,
            "waiting": waiting ?? "",
            "hasLost": !lost.isEmpty,
            "lost": lost.map { check -> PageFields in
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

    private func checkFields(_ check: ScoredCheck) -> PageFields {
        let result = check.result
        let sign = Sign(result.verdict)
        // What there is to work on lies open, the rest is a click away.
        let isUnfolded = sign == .notMet || sign == .partly
        let facts = CheckFacts(check, in: self.result, language: language)
        return [
            "anchor": anchor(result.id.rawValue),
            "title": facts.title,
            "mark": sign.fields(language),
            "points": words.checkPoints(check),
            "reason": facts.reason,
            "blocker": facts.blocker.map { blocker -> PageFields in
                [
                    "title": blocker.title,
                    "anchor": blocker.isOnPage ? anchor(blocker.id.rawValue) : nil,
                ]
            },
            "teacher": facts.teacher,
            "overruled": facts.overruled,
            "facts": facts.shown.map { ["name": $0.name, "value": $0.value] as PageFields },
            "isFolded": !isUnfolded && facts.hasExplanation,
            "isUnfolded": isUnfolded && facts.hasExplanation,
            "why": facts.why,
            "command": facts.command.map {
                SafeText.block($0, limit: SafeText.defaultLimit, language: language)
            },
            "hint": facts.hint,
        ]
    }

    /// An id for links within the page: letters, digits, `.`, `-`, `_` only, and never a digit first.
    func anchor(_ id: String) -> String {
        var anchor = "c-"
        for scalar in id.unicodeScalars.prefix(120) {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_": anchor.unicodeScalars.append(scalar)
            default: anchor.append("_")
            }
        }
        return anchor
    }
}

extension Sign {
    /// As the templates draw it.
    func fields(_ language: Language) -> PageFields { Sign.fields[language]?[self] ?? [:] }

    private static let fields = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { language in
            let signs = allCases.map { sign -> (Sign, PageFields) in
                (sign, ["name": sign.rawValue, "word": sign.word[language]])
            }
            return (language, Dictionary(uniqueKeysWithValues: signs))
        })
}
