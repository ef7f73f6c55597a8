import ClassRun
import Foundation
import GraderCore
import Reports

/// Goes through the answers of a question one by one, at a terminal: shows each, takes points and a comment, and takes
/// them back where asked to.
struct MarkingDialogue {
    var reports: ReportsFolder
    var className: String
    var theme: PageTheme?
    /// Whether a code stands in the place of each student's id.
    var isAnonymous: Bool
    var language = Language.current

    /// What has been given, to be taken back.
    private struct Step {
        var index: Int
        var before: TeacherMark?
    }

    func run(_ sheet: MarkingSheet) throws {
        var open = sheet.entries.indices.filter { sheet.entries[$0].mark?.points == nil }[...]
        guard let first = open.first else {
            return print(pick("Tout est déjà noté.", "Everything has its points already."))
        }
        print(
            pick(
                """
                Points, puis un commentaire si l'on veut. = : la proposition ; Entrée seule : suivante ; u : annuler ; \
                q : finir.
                """,
                "Points, then a comment if you like. =: the proposal; Enter alone: next; u: take back; q: end."
            ))
        var steps: [Step] = []
        /// Nil behind the last one, where what was given can still be taken back.
        var index: Int? = first
        show(sheet.entries[first], first, of: sheet)
        while let line = ask() {
            let words = line.trimmingCharacters(in: .whitespaces)
            switch (words.lowercased(), index) {
            case ("q", _), ("", nil): return end(steps.count)
            case ("u", _):
                guard let last = steps.popLast() else {
                    print(pick("Rien à annuler.", "Nothing to take back."))
                    continue
                }
                try set(last.before, for: sheet.entries[last.index])
                open.insert(last.index, at: open.startIndex)
            case ("", _): open.removeFirst()
            case (_, let index?):
                guard let mark = mark(words, sheet.entries[index]) else { continue }
                try set(mark, for: sheet.entries[index])
                steps.append(Step(index: index, before: sheet.entries[index].mark))
                open.removeFirst()
            case (_, nil): break
            }
            index = open.first
            if let index {
                show(sheet.entries[index], index, of: sheet)
            } else {
                print(
                    pick(
                        "C'était la dernière. Entrée : finir ; u : annuler.",
                        "That was the last. Enter: end; u: take back."))
            }
        }
        end(steps.count)
    }

    private func show(_ entry: MarkingSheet.Entry, _ index: Int, of sheet: MarkingSheet) {
        let names = entry.authors.map(\.student).map { student in
            isAnonymous
                ? reports.pseudonym(of: student.id, in: className)
                : ([student.id] + student.names.map { "(\($0))" }).joined(separator: " ")
        }
        print()
        print(
            "\(index + 1)/\(sheet.entries.count)  \(entry.check)  "
                + SafeText.line(names.joined(separator: ", "), language: language))
        print(entry.title[language])
        let answer = entry.answer.map { SafeText.block($0, limit: 20_000, language: language) }
        let none = pick("(rien n'a été rendu)", "(nothing was handed in)")
        for line in (answer ?? none).split(separator: "\n", omittingEmptySubsequences: false) {
            print("  │ \(line)")
        }
        for text in Set(entry.authors.map { $0.proofs.joined()[language] }).sorted() where !text.isEmpty {
            print("  " + SafeText.line(text, language: language))
        }
        if let proposal = entry.proposal {
            let points = proposal.points?.formatted(language) ?? pick("à lire", "to be read")
            let certain = proposal.isCertain ? pick(" (certaine)", " (certain)") : ""
            let why = SafeText.line(proposal.reason[language], language: language)
            print(
                pick("Proposition : \(points)\(certain) – \(why)", "Proposal: \(points)\(certain) – \(why)"))
        }
        if let comment = entry.mark?.comment {
            let said = SafeText.line(comment, language: language)
            print(pick("Commentaire : \(said)", "Comment: \(said)"))
        }
    }

    private func ask() -> String? {
        StandardOutput.say("> ")
        return readLine()
    }

    /// `0,5 Bien vu.`, `=`
    private func mark(_ words: String, _ entry: MarkingSheet.Entry) -> TeacherMark? {
        let parts = words.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        let comment = parts.count > 1 ? String(parts[1]) : entry.mark?.comment
        let given = parts.first.flatMap { $0 == "=" ? entry.proposal?.points : Points(decimal: String($0)) }
        guard let points = given, points <= entry.worth,
            (comment?.utf8.count ?? 0) <= TeacherMark.commentLimit
        else {
            let most = entry.worth.formatted(language)
            print(
                pick(
                    "Des points de 0 à \(most), puis un commentaire de \(TeacherMark.commentLimit) octets au plus.",
                    "Points from 0 to \(most), then a comment of \(TeacherMark.commentLimit) bytes at most."))
            return nil
        }
        return TeacherMark(points: points, comment: comment)
    }

    private func set(_ mark: TeacherMark?, for entry: MarkingSheet.Entry) throws {
        try reports.set(
            [entry.marks(mark)], in: className, theme: theme, remark: Inputs.complain(_:))
    }

    private func end(_ count: Int) {
        print(
            pick(
                "\(count) ligne\(count.plural(.french)) notée\(count.plural(.french)).",
                "\(count) row\(count.plural(.english)) marked."))
    }

    private func pick(_ french: LocalizedText.Wording, _ english: LocalizedText.Wording) -> String {
        language.pick(french, english)
    }
}
