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
    /// As it is now.
    var sheet: () throws -> MarkingSheet
    var language = Language.current

    /// What has been given, to be taken back.
    private struct Step {
        var index: Int
        var before: TeacherMark?
        var given: TeacherMark
    }

    func run() throws {
        var entries = try sheet().entries
        var open = entries.indices.filter { entries[$0].mark?.points == nil }[...]
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
        show(entries[first], first, of: entries.count)
        while let line = ask() {
            let words = line.trimmingCharacters(in: .whitespaces)
            switch (words.lowercased(), index) {
            case ("q", _), ("", nil): return end(steps.count)
            case ("u", _):
                guard let last = steps.popLast() else {
                    print(pick("Rien à annuler.", "Nothing to take back."))
                    continue
                }
                var given = entries[last.index]
                given.mark = last.given
                if try set(last.before, for: given) { open.insert(last.index, at: open.startIndex) }
            case ("", _): open.removeFirst()
            case (_, let index?):
                let entry = entries[index]
                guard let mark = mark(words, entry) else { continue }
                open.removeFirst()
                if try set(mark, for: entry) {
                    steps.append(Step(index: index, before: entry.mark, given: mark))
                } else {
                    let authors = Set(entry.authors.map(\.student.id))
                    let others = try sheet().entries.filter { other in
                        other.check == entry.check && other.mark?.points == nil
                            && other.authors.contains { authors.contains($0.student.id) }
                    }
                    open.insert(contentsOf: entries.count..<entries.count + others.count, at: open.startIndex)
                    entries += others
                }
            case (_, nil): break
            }
            index = open.first
            if let index {
                show(entries[index], index, of: entries.count)
            } else {
                print(
                    pick(
                        "C'était la dernière. Entrée : finir ; u : annuler.",
                        "That was the last. Enter: end; u: take back."))
            }
        }
        end(steps.count)
    }

    private func show(_ entry: MarkingSheet.Entry, _ index: Int, of count: Int) {
        let names = entry.authors.map(\.student).map { student in
            isAnonymous
                ? reports.pseudonym(of: student.id, in: className)
                : ([student.id] + student.names.map { "(\($0))" }).joined(separator: " ")
        }
        print()
        print(
            "\(index + 1)/\(count)  \(entry.check)  "
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

    /// False where it is no longer what was read.
    private func set(_ mark: TeacherMark?, for entry: MarkingSheet.Entry) throws -> Bool {
        let others = try reports.set(
            [(entry, mark)], in: className, theme: theme, remark: Inputs.complain(_:))
        guard others.isEmpty else {
            print(
                pick(
                    "Réponse ou note changée entre-temps : rien n'a été donné ni repris.",
                    "The answer or its mark has changed meanwhile: nothing was given or taken back."))
            return false
        }
        return true
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
