import GraderCore

/// What the class page's template is given. Every string has passed ``SafeText``; the template escapes it.
extension ClassPage {
    var words: Sentences { Sentences(language, in: timeZone) }

    func safe(_ text: String, limit: Int = 300) -> String {
        SafeText.line(text, limit: limit, language: language)
    }

    func fields(_ templates: PageTemplates) -> PageFields {
        let date = DateText(ranAt, in: timeZone)
        let missed = MissedCheck.ranked(results).prefix(12)
        let heading = title.isEmpty ? exerciseTitle[language] : title
        var fields: PageFields = [
            "lang": language.rawValue,
            "title": "\(safe(className)) – \(safe(heading))",
            "className": safe(className),
            "exerciseTitle": exerciseTitle[language],
            "heading": safe(heading),
            "hasHeading": !title.isEmpty,
            "date": date.formatted(language),
            "machineDate": date.machineReadable,
            "figures": figures,
            "absent": absentees,
            "hasAbsent": !absentees.isEmpty,
            "partial": partlyAssessed,
            "hasPartial": !partlyAssessed.isEmpty,
            "missed": missed.map(missedRow),
            "hasMissed": !missed.isEmpty,
        ]
        fields.merge(templates.frame(script: PageTemplates.sortScript))
        fields.merge(tableFields)
        fields.merge(progressFields)
        fields.merge(chartFields)
        fields.merge(drillTableFields)
        fields.merge(anomalyFields)
        return fields
    }

    private var chartFields: PageFields {
        let marks = Histogram.marks(results, words: words)
        let fields: PageFields = [
            "hasMarks": marks != nil, "marks": [marks].compactMap { $0?.fields(words) },
        ]
        return fields.merging(OutageStrips(drillOutages).fields(words))
    }

    // MARK: Figures

    var assessed: [GradedResult] { results.filter(\.isAssessed) }

    private var figures: [PageFields] {
        var figures: [PageFields] = [
            ["name": Phrase.assessedCount[language], "value": "\(assessed.count)"],
            [
                "name": Phrase.notAssessedCount[language],
                "value": "\(results.count - assessed.count + notAssessed.count)",
            ],
        ]
        if let median { figures.append(median) }
        return figures
    }

    /// Of an even number the mean of the two in the middle. While points are open, by what was marked of each.
    private var median: PageFields? {
        func median(_ numbers: [Int]) -> Int? {
            let sorted = numbers.sorted()
            guard !sorted.isEmpty else { return nil }
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }
        let scores = assessed.map(\.score)
        guard scores.contains(where: { !$0.isComplete }) else {
            guard let earned = median(scores.map(\.earned.thousandths)), let total = scores.first?.total
            else { return nil }
            return [
                "name": words.pick("Médiane", "Median"),
                "value": "\(Points(thousandths: earned).formatted(language)) / \(total.formatted(language))",
            ]
        }
        let shares = scores.filter { $0.decided > .zero }.map {
            $0.earned.thousandths * 1000 / $0.decided.thousandths
        }
        return median(shares).map { share in
            let percent = (share + 5) / 10
            return [
                "name": words.pick(
                    "Médiane provisoire, des points notés", "Provisional median, of what is marked"),
                "value": words.pick("\(percent)\u{A0}%", "\(percent)%"),
            ]
        }
    }

    // MARK: Who

    func identity(_ student: StudentIdentity) -> PageFields {
        let names = student.names.map { safe($0, limit: 120) }.joined(separator: ", ")
        return [
            // A pseudonym is its own id.
            "studentID": hasPseudonyms ? "" : safe(student.id, limit: 60),
            "names": names.isEmpty ? safe(student.id, limit: 60) : names,
            "path": "students/\(ClassPage.pathComponent(student.id))",
            "page": concealed.contains(student.id) ? "teacher.html" : "report.html",
        ]
    }

    /// An id as one component of a relative link (RFC 3986: everything but the unreserved characters encoded).
    static func pathComponent(_ id: String) -> String {
        let hex = Array("0123456789ABCDEF")
        return id.utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
            }
        }
    }

    // MARK: Who is missing, and what

    private var absentees: [PageFields] {
        results.filter { !$0.isAssessed && $0.isAbsent != true }.map { result in
            var fields = identity(result.student)
            fields["hasReport"] = !hasPseudonyms
            fields["reason"] = safe(words.obstacle(result) ?? words.markSentence(result.score), limit: 1_000)
            return fields
        }
            + notAssessed.map { absent in
                var fields = identity(absent.student)
                fields["hasReport"] = false
                fields["reason"] = absent.reason[language]
                return fields
            }
    }

    private var partlyAssessed: [PageFields] {
        assessed.compactMap { result in
            guard let obstacle = words.obstacle(result) else { return nil }
            var fields = identity(result.student)
            fields["hasReport"] = !hasPseudonyms
            fields["reason"] = safe(obstacle, limit: 1_000)
            return fields
        }
    }

    private func missedRow(_ missed: MissedCheck) -> PageFields {
        let share = missed.decided > 0 ? missed.missedBy.count * 1000 / missed.decided : 0
        return [
            "question": safe(missed.id.question.rawValue, limit: 40),
            "checkTitle": missed.title[language].isEmpty ? safe(missed.id.rawValue) : missed.title[language],
            "count": words.pick(
                "\(missed.missedBy.count) sur \(missed.decided)",
                "\(missed.missedBy.count) of \(missed.decided)"),
            "share": share,
            "who": missed.missedBy.map { student in
                identity(student).merging(["hasReport": !hasPseudonyms])
            },
        ]
    }
}
