import GraderCore
import InputFiles

/// Reads the questions of a declared exercise, or what a rubric declares beside an exercise's own checks.
struct SheetReader {
    let machines: [MachineID]
    let labKeys: [LabKey]
    /// The exercise's own, which a rubric adds to.
    let own: [QuestionDefinition]
    let folder: String
    let mistakes: InputMistakes

    /// A question's declared checks.
    struct DeclaredQuestion {
        var id: QuestionID
        var checks: [DeclaredCheck] = []
    }

    /// - Parameter isSheet: whether every check has to be declared, or be marked by the teacher: there are no others.
    func read(_ questions: InputNode?, isSheet: Bool) -> [DeclaredQuestion] {
        guard case .sequence(let entries)? = questions?.content else { return [] }
        var drafts: [CheckReader.Draft] = []
        var marked: Set<CheckID> = []
        var read: [DeclaredQuestion] = []
        let reader = CheckReader(
            machines: machines, known: LookValues.names(machines: machines, labKeys: labKeys), folder: folder,
            mistakes: mistakes)
        for entry in entries {
            guard case .mapping(let question) = entry.content,
                case .scalar(let id, false)? = question.first(where: { $0.key == "id" })?.value.content,
                case .mapping(let checks)? = question.first(where: { $0.key == "checks" })?.value.content
            else { continue }
            var declared = DeclaredQuestion(id: QuestionID(id))
            for check in checks {
                guard CheckReader.declares(check) else {
                    let isKnown = own.contains { $0.check(CheckID(check.key)) != nil }
                    if !isKnown, check.isMarkedByTeacher { marked.insert(CheckID(check.key)) }
                    if isSheet, !check.isMarkedByTeacher { _ = reader.read(check) }
                    continue
                }
                if own.contains(where: { $0.check(CheckID(check.key)) != nil }) {
                    mistakes.add(
                        check.keyPosition,
                        LocalizedText(
                            fr: "\(quoted(check.key)) est un contrôle de l'exercice lui-même",
                            en: "\(quoted(check.key)) is a check of the exercise's own"),
                        expected: LocalizedText(fr: "un autre nom", en: "another name"))
                    continue
                }
                guard check.key.hasPrefix("\(id)."), check.key.count > id.count + 1 else {
                    mistakes.add(
                        check.keyPosition,
                        LocalizedText(
                            fr: "le contrôle \(quoted(check.key)) n'appartient pas à \(id)",
                            en: "the check \(quoted(check.key)) does not belong to \(id)"),
                        expected: LocalizedText(
                            fr: "un nom tel que \(id).quelque-chose", en: "a name such as \(id).something"))
                    continue
                }
                let draft = reader.read(check)
                drafts.append(draft)
                declared.checks.append(draft.check)
            }
            if !declared.checks.isEmpty { read.append(declared) }
        }
        hold(drafts, marked)
        return read
    }

    /// What is needed has to be there, has to be judged, and must not come back to itself.
    private func hold(_ drafts: [CheckReader.Draft], _ marked: Set<CheckID>) {
        let declared = Dictionary(drafts.map { ($0.check.definition.id, $0) }) { first, _ in first }
        let known = own.flatMap { $0.checks.map(\.id) } + drafts.map(\.check.definition.id)
        for draft in drafts {
            let id = draft.check.definition.id
            for need in draft.needs where !known.contains(need.id) {
                let (name, hint) = (
                    quoted(need.id.rawValue), suggestion(for: need.id.rawValue, in: known.map(\.rawValue))
                )
                mistakes.add(
                    need.position,
                    marked.contains(need.id)
                        ? LocalizedText(
                            fr: "\(id) dépend de \(need.id), qui est noté à la main",
                            en: "\(id) needs \(need.id), which is marked by hand")
                        : LocalizedText(
                            fr: "\(id) dépend de \(name), qui n'existe pas\(hint)",
                            en: "\(id) needs \(name), which there is not\(hint)"),
                    expected: LocalizedText(
                        fr: "un contrôle que Bascule juge", en: "a check that Bascule judges"),
                    about: need.id.rawValue)
            }
            if let circle = circle(from: id, declared),
                let first = draft.needs.first(where: { circle.contains($0.id) || $0.id == id })
            {
                let way = (circle + [id]).map { LocalizedText.key($0.rawValue) }
                    .joined(LocalizedText(fr: ", qui dépend de ", en: ", which needs "))
                mistakes.add(
                    first.position,
                    LocalizedText(
                        fr: "\(id) dépend de \(way) : personne ne peut l'obtenir",
                        en: "\(id) needs \(way): nobody can reach it"),
                    expected: LocalizedText(
                        fr: "aucun contrôle qui dépende de lui-même", en: "no check that needs itself"),
                    about: "circle")
            }
        }
    }

    /// The checks on the way from one back to itself; nil where there is no way.
    private func circle(from id: CheckID, _ declared: [CheckID: CheckReader.Draft]) -> [CheckID]? {
        var open: [[CheckID]] = (declared[id]?.needs ?? []).map { [$0.id] }
        var seen: Set<CheckID> = []
        while let way = open.popLast(), let last = way.last {
            if last == id { return Array(way.dropLast()) }
            guard seen.insert(last).inserted else { continue }
            open += (declared[last]?.needs ?? []).map { way + [$0.id] }
        }
        return nil
    }
}

extension InputEntry {
    /// `by: teacher`
    fileprivate var isMarkedByTeacher: Bool {
        guard case .mapping(let inner) = value.content else { return false }
        return inner.contains {
            guard $0.key == "by", case .scalar("teacher", false) = $0.value.content else { return false }
            return true
        }
    }
}
