import GraderCore

/// What the student's page template is given. Every string has passed ``SafeText``; the template escapes it.
extension StudentReport {
    var words: Sentences { Sentences(language, in: timeZone) }

    func safe(_ text: String, limit: Int = SafeText.defaultLimit) -> String {
        SafeText.line(text, limit: limit, language: language)
    }

    func fields(_ templates: PageTemplates) -> PageFields {
        let names = result.student.names.map { safe($0, limit: 200) }
        let people = names.isEmpty ? safe(result.student.id, limit: 200) : names.joined(separator: ", ")
        let date = DateText(result.collectedAt, in: timeZone)
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
            "isTeachers": isTeachers,
            "printsAll": theme?.printsAll ?? false,
            "parts": result.questions.map(part),
            "setbacks": result.setbacks.map(setbackFields),
            "hasSetbacks": !result.setbacks.isEmpty,
            "hasLost": !result.lostChecks.isEmpty,
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
            "isProvisional": !score.isComplete,
            "earned": score.earned.formatted(language),
            "total": score.total.formatted(language),
            // What is not decided yet is no part of what was missed.
            "soFar": words.outOf(score),
            "markSentence": score.isComplete || score.decided == .zero
                ? words.markSentence(score) : words.stillToCome(score),
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

    /// What the mark is made of: one question's part of it.
    private func part(_ question: QuestionResult) -> PageFields {
        let sign = QuestionSign(question)
        return [
            "anchor": anchor(question.id.rawValue),
            "id": safe(question.id.rawValue, limit: 40),
            "title": question.title[language],
            "name": sign.sign.rawValue,
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
