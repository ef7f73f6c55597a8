import GraderCore
import InputFiles

/// A question's section as far as it could be read; what could not is reported.
struct RubricQuestionDraft {
    var id: QuestionID?
    var idPosition: InputPosition
    var question = RubricQuestion(
        id: .prerequisites, title: LocalizedText(verbatim: ""), checks: [], parameters: Parameters())
    /// Whether the checks are all there should be, so that adding them up says something.
    var isComplete = false
}

/// Reads one question's section against what the question declares, where Bascule judges it.
struct RubricQuestionReader {
    let exercise: any Exercise
    let mistakes: InputMistakes
    /// Whether checks may be left out: what students are handed in an exam.
    var mayLeaveOut = false

    /// Nil where the entry is no mapping, which is reported like everything that is left out of a draft.
    /// - Parameter isPrerequisites: whether it is the `prerequisites:` section, a question's without id and runs.
    func read(_ node: InputNode, isPrerequisites: Bool = false) -> RubricQuestionDraft? {
        let keys = ["id", "title", "hints", "runs", "show", "until", "parameters", "checks"]
            .filter { !isPrerequisites || $0 != "id" && $0 != "runs" }
        let prerequisites = LocalizedText.key("prerequisites")
        let what = isPrerequisites ? prerequisites : LocalizedText(fr: "une question", en: "a question")
        guard let reader = mistakes.mapping(node, what, keys: keys) else { return nil }
        let name =
            isPrerequisites ? prerequisites : LocalizedText(fr: "la question", en: "the question")
        var draft = RubricQuestionDraft(idPosition: node.position)
        if isPrerequisites {
            draft.id = .prerequisites
        } else if let id = reader.required("id", of: name, expected: .key("Q1")) {
            draft.idPosition = id.position
            draft.id = self.id(id, reader)
        }
        let title = reader.required("title", of: name, expected: .key(RubricValues.titleForm))
        if let title = title.flatMap({ RubricValues.title($0, "title", reader) }) {
            draft.question.title = title
        }
        if let node = reader.node("hints") {
            let levels = ["true": RubricQuestion.mostHints, "false": 0, "0": 0, "1": 1, "2": 2, "3": 3]
            draft.question.hintLevel = reader.choice(node, .key("hints"), levels) ?? draft.question.hintLevel
        }
        draft.question.counted = reader.choice("runs") ?? .last
        draft.question.visibility = RubricValues.visibility(reader)
        let checks = reader.required(
            "checks", of: name,
            expected: LocalizedText(
                fr: "ses vérifications avec leurs points", en: "its checks with their points"))
        // Without an id there is nothing to compare with.
        guard let id = draft.id else { return draft }
        draft.question.id = id
        let known = exercise.definitions[id]
        if let node = reader.node("parameters") {
            draft.question.parameters = parameters(node, of: id, known)
        }
        guard let checks else { return draft }
        guard case .mapping(let entries) = checks.content, !entries.isEmpty else {
            reader.wrong(
                checks, .key("checks"),
                expected: LocalizedText(
                    fr: "des lignes telles que \(id).quelque-chose: 0.5",
                    en: "a mapping such as \(id).something: 0.5"))
            return draft
        }
        draft.question.checks = entries.compactMap { check($0, question: id, known: known, reader) }
        draft.isComplete = draft.question.checks.count == entries.count
        let names = known?.checks.map(\.id.rawValue) ?? []
        let missing = names.filter { name in !entries.contains { $0.key == name } }
        // One that was misspelt is reported as that, and its points count in the sum all the same.
        let meant = entries.filter { !names.contains($0.key) }.compactMap { nearest(to: $0.key, in: names) }
        if missing.contains(where: { !meant.contains($0) }) { draft.isComplete = false }
        for name in missing where !meant.contains(name) && !mayLeaveOut {
            mistakes.add(
                checks.position,
                LocalizedText(
                    fr: "il manque la vérification \(name)", en: "the check \(name) is missing"),
                expected: LocalizedText(
                    fr: "ses points ; 0 n'en fait qu'un conseil", en: "its points; 0 makes it advice"),
                about: name)
        }
        return draft
    }

    private func id(_ node: InputNode, _ reader: MappingReader) -> QuestionID? {
        let expected = LocalizedText(
            fr: "Q et un nombre, par exemple Q1", en: "Q and a number, such as Q1")
        return reader.value(node, .key("id"), expected: expected) { text in
            guard let number = decimal(text.dropFirst()), text == "Q\(number)" else { return nil }
            return QuestionID(text)
        }
    }

    private func check(
        _ entry: InputEntry, question: QuestionID, known: QuestionDefinition?, _ outer: MappingReader
    ) -> RubricCheck? {
        let id = CheckID(entry.key)
        let isJudged = known?.check(id) != nil
        guard isJudged || isName(entry.key, of: question) else {
            let name = LocalizedText.key(entry.key)
            let rest =
                SafeName.isValid(entry.key)
                ? name : LocalizedText(fr: "quelque-chose", en: "something")
            mistakes.add(
                entry.keyPosition,
                LocalizedText(
                    fr: "la vérification \(quoted(entry.key)) n'est pas de \(question)",
                    en: "the check \(quoted(entry.key)) does not belong to \(question)"),
                expected: LocalizedText(
                    fr: "un nom tel que \(question).\(rest)", en: "a name such as \(question).\(rest)"))
            return nil
        }
        var line: RubricCheck?
        var byTeacher = false
        if case .mapping = entry.value.content {
            (line, byTeacher) = longForm(entry, id, isJudged: isJudged, isKnown: known != nil)
        } else {
            line = RubricValues.points(entry.value, "\(id)", outer).map { RubricCheck(id: id, points: $0) }
            if known == nil {
                mistakes.add(
                    entry.keyPosition,
                    LocalizedText(
                        fr: "\(id) n'a pas d'intitulé, et Bascule ne juge pas encore \(question)",
                        en: "\(id) has no title, and Bascule does not judge \(question) yet"),
                    expected: .key("{points: 1, title: \(RubricValues.titleForm)}"))
            }
        }
        if let known, !isJudged, !byTeacher {
            let names = known.checks.map(\.id.rawValue)
            let near = suggestion(for: entry.key, in: names)
            mistakes.add(
                entry.keyPosition,
                LocalizedText(
                    fr: "\(question) n'a pas de vérification \(quoted(entry.key))\(near)",
                    en: "\(question) has no check \(quoted(entry.key))\(near)"),
                expected: LocalizedText(
                    fr: "\(names.joined(separator: ", ")), ou by: teacher",
                    en: "\(names.joined(separator: ", ")), or by: teacher"))
        }
        return line
    }

    /// `{points: 1, by: teacher, title: …}`
    private func longForm(
        _ entry: InputEntry, _ id: CheckID, isJudged: Bool, isKnown: Bool
    ) -> (RubricCheck?, byTeacher: Bool) {
        let usual = ["points", "by", "title", "answer", "show", "until"]
        let keys = usual + exercise.ownRubricKeys.check.filter { !usual.contains($0) }
        guard let reader = mistakes.mapping(entry.value, .key(id.rawValue), keys: keys) else {
            return (nil, false)
        }
        let number = LocalizedText(fr: "un nombre tel que 0.5", en: "a number such as 0.5")
        let points = reader.required("points", of: .key(id.rawValue), expected: number)
            .flatMap { RubricValues.points($0, "points", reader) }
        let byTeacher =
            reader.node("by").flatMap { reader.choice($0, .key("by"), ["teacher": true, "bascule": false]) }
            ?? false
        if byTeacher, isJudged, let node = reader.node("by") {
            mistakes.add(
                node.position, LocalizedText(fr: "Bascule juge \(id)", en: "\(id) is judged by Bascule"),
                expected: LocalizedText(
                    fr: "by: bascule, ou une vérification d'un autre nom pour la note de l'enseignant",
                    en: "by: bascule, or a check of another name for the teacher's mark"))
        }
        let title = reader.node("title").flatMap { RubricValues.title($0, "title", reader) }
        if reader.node("title") == nil, byTeacher || !isKnown {
            mistakes.add(
                reader.position, LocalizedText(fr: "\(id) n'a pas d'intitulé", en: "\(id) has no title"),
                expected: .key("title: \(RubricValues.titleForm)"), about: "title")
        }
        if let node = reader.node("answer"), !byTeacher {
            mistakes.add(
                node.position,
                LocalizedText(
                    fr: "\(id) a une règle pour les réponses écrites, et Bascule la juge",
                    en: "\(id) has a rule for written answers, and Bascule judges it"),
                expected: LocalizedText(
                    fr: "answer: seulement avec by: teacher", en: "answer: only with by: teacher"))
        }
        let answer = byTeacher ? reader.node("answer").flatMap { answerRule($0, of: id) } : nil
        let visibility = RubricValues.visibility(reader)
        let line = points.map {
            RubricCheck(
                id: id, points: $0, byTeacher: byTeacher, title: title, answer: answer, visibility: visibility
            )
        }
        return (line, byTeacher)
    }

    private func isName(_ key: String, of question: QuestionID) -> Bool {
        SafeName.isValid(key) && key.hasPrefix("\(question).") && key != "\(question)."
    }
}
