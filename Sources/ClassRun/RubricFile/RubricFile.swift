import GraderCore
import InputFiles

/// Reads rubrics: YAML, checked against the questions of the exercise that it is for.
public enum RubricFile {
    /// - Parameter exercise: what checks and parameters there are.
    /// - Throws: every mistake in it at once.
    public static func read(file: String, exercise: any Exercise) throws(InputErrors) -> Rubric {
        try read(InputText(file: file), exercise: exercise)
    }

    static func read(_ input: InputText, exercise: any Exercise) throws(InputErrors) -> Rubric {
        try YAMLDocument.read(input, as: LocalizedText(fr: "un barème", en: "a rubric")) { root, mistakes in
            RubricReader(exercise: exercise, mistakes: mistakes)
                .read(root, checksum: SHA256Digest(of: input.bytes).description)
        }
    }
}

private struct RubricReader {
    let exercise: any Exercise
    let mistakes: InputMistakes

    private static let name = LocalizedText(fr: "le barème", en: "the rubric")

    func read(_ root: InputNode, checksum: String) -> Rubric? {
        let keys =
            ["exercise", "title", "total", "exam", "prerequisites", "questions"] + exercise.ownRubricKeys.file
        guard let reader = mistakes.mapping(root, Self.name, keys: keys) else { return nil }
        let expected = LocalizedText.key(exercise.id)
        if let node = reader.required("exercise", of: Self.name, expected: expected),
            let id = reader.text(node, .key("exercise"), expected: expected), id != exercise.id
        {
            reader.wrong(node, .key("exercise"), expected: expected)
        }
        let title = reader.required("title", of: Self.name, expected: .key(RubricValues.titleForm))
            .flatMap { RubricValues.title($0, "title", reader) }
        let totalNode = reader.required(
            "total", of: Self.name,
            expected: LocalizedText(
                fr: "la somme de tous les points, par exemple 20", en: "the sum of all points, such as 20"))
        let total = totalNode.flatMap { RubricValues.points($0, "total", reader) }
        let isExam = reader.flag("exam") ?? false
        guard let entries = entries(reader, isExam: isExam) else { return nil }
        let questionReader = RubricQuestionReader(exercise: exercise, mistakes: mistakes, mayLeaveOut: isExam)
        let drafts = entries.compactMap { questionReader.read($0) }
        checkOrder(drafts)
        let known = exercise.questionDefinitions.flatMap { $0.checks.map(\.id) }
        let named = Set(drafts.flatMap { $0.question.checks.map(\.id) })
        let isExcerpt = isExam && !known.allSatisfy(named.contains)
        if !isExcerpt { checkCompleteness(drafts, reader.position) }
        let section = reader.node("prerequisites")
        let prerequisites = section.flatMap { questionReader.read($0, isPrerequisites: true) }
        let all = [prerequisites].compactMap(\.self) + drafts
        let isWhole = drafts.count == entries.count && (section == nil) == (prerequisites == nil)
        if let total, let totalNode, isWhole, !isExcerpt, all.allSatisfy(\.isComplete) {
            checkSum(of: all, total: total, at: totalNode.position)
        }
        guard let title, let total else { return nil }
        let first =
            prerequisites?.question ?? exercise.prerequisitesDefinition.map { RubricQuestion(advice: $0) }
        return Rubric(
            exercise: exercise.id, title: title, total: total,
            questions: [first].compactMap(\.self) + drafts.map(\.question), isExam: isExam,
            isExcerpt: isExcerpt, checksum: checksum)
    }

    /// The list of questions; an exam's rubric may do without.
    private func entries(_ reader: MappingReader, isExam: Bool) -> [InputNode]? {
        if isExam, reader.node("questions") == nil { return [] }
        let list = LocalizedText(fr: "une liste de questions", en: "a list of questions")
        guard let node = reader.required("questions", of: Self.name, expected: list) else { return nil }
        guard case .sequence(let entries) = node.content, !entries.isEmpty || isExam else {
            reader.wrong(
                node, .key("questions"),
                expected: LocalizedText(
                    fr: "une liste avec une entrée par question",
                    en: "a list with an entry for each question"))
            return nil
        }
        return entries
    }

    /// In the order of the sheet, each once.
    private func checkOrder(_ drafts: [RubricQuestionDraft]) {
        var previous: RubricQuestionDraft?
        var lines: [QuestionID: Int] = [:]
        for draft in drafts {
            guard let id = draft.id else { continue }
            if let line = lines[id] {
                mistakes.add(
                    draft.idPosition,
                    LocalizedText(
                        fr: "la question \(id) est déjà ligne \(line)",
                        en: "question \(id) is already on line \(line)"),
                    expected: LocalizedText(
                        fr: "chaque question une seule fois", en: "each question once"))
                continue
            }
            lines[id] = draft.idPosition.line
            if let before = previous?.id, id < before {
                mistakes.add(
                    draft.idPosition,
                    LocalizedText(
                        fr: "la question \(id) vient après \(before)",
                        en: "question \(id) stands after \(before)"),
                    expected: LocalizedText(
                        fr: "les questions dans l'ordre de la fiche",
                        en: "the questions in the order of the sheet"))
            }
            previous = draft
        }
    }

    private func checkCompleteness(_ drafts: [RubricQuestionDraft], _ position: InputPosition) {
        // An entry whose id cannot be read may be the one that seems missing.
        guard drafts.allSatisfy({ $0.id != nil }) else { return }
        for question in exercise.questionDefinitions where !drafts.contains(where: { $0.id == question.id }) {
            mistakes.add(
                position,
                LocalizedText(
                    fr: "le barème n'a rien pour la question \(question.id)",
                    en: "the rubric has no section for question \(question.id)"),
                expected: LocalizedText(
                    fr:
                        "toutes les questions que Bascule juge (0 point : la vérification n'est qu'un conseil)",
                    en: "all questions that Bascule judges (points of 0 make a check advice)"),
                about: question.id.rawValue)
        }
    }

    private func checkSum(of drafts: [RubricQuestionDraft], total: Points, at position: InputPosition) {
        let sum = drafts.flatMap(\.question.checks).reduce(Points.zero) { $0 + $1.points }
        guard sum != total else { return }
        // With a point in both languages: so it has to stand in the file.
        let written = sum.formatted(.english)
        mistakes.add(
            position,
            LocalizedText(
                fr:
                    "les points de toutes les vérifications font \(written) et non \(total.formatted(.english))",
                en: "the points of all checks add up to \(written), not \(total.formatted(.english))"),
            expected: LocalizedText(
                fr: "total: \(written), ou d'autres points", en: "total: \(written), or other points"))
    }
}

extension RubricQuestion {
    /// Where a rubric has no section for the prerequisites they are shown all the same, as advice.
    fileprivate init(advice question: QuestionDefinition) {
        self.init(
            id: question.id, title: LocalizedText(fr: "Prérequis", en: "Prerequisites"),
            checks: question.checks.map { RubricCheck(id: $0.id, points: .zero) }, parameters: Parameters())
    }
}
