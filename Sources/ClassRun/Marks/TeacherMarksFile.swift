import Foundation
import GraderCore
import InputFiles

/// `reports/<class>/marks.yaml`: what the teacher decides by hand, by student.
///
///     class: bts-sio-2
///     students:
///       dupont:
///         Q2.written: 0.5
///         Q6: {points: 1.5, comment: "La différence est bien vue."}
///         comment: Bon travail.
///         members:
///           Camille Dupont: {Q2.written: 0.25}
///           Alex Martin: {absent: true}
enum TeacherMarksFile {
    /// In bytes: a thousand comments of the greatest length that a table may have, and still read within a second.
    static let sizeLimit = 4 << 20

    /// - Parameter students: those of the class; a name that is none of theirs is a mistake.
    /// - Returns: nil where there is no such file.
    /// - Throws: every mistake in it at once.
    static func read(
        file: String, className: String, sheet: MarkableSheet, students: [StudentIdentity]
    ) throws(InputErrors) -> TeacherMarks? {
        guard mayBeThere(file) else { return nil }
        return try read(try text(file), className: className, sheet: sheet, students: students)
    }

    static func text(_ file: String) throws(InputErrors) -> InputText {
        try InputText(file: file, limit: sizeLimit)
    }

    static func read(
        _ input: InputText, className: String, sheet: MarkableSheet, students: [StudentIdentity]
    ) throws(InputErrors) -> TeacherMarks {
        try YAMLDocument.read(input, as: LocalizedText(fr: "des notes", en: "marks")) { root, mistakes in
            TeacherMarksReader(className: className, sheet: sheet, students: students, mistakes: mistakes)
                .read(root)
        }
    }

    /// To be asked before it is written: what is refused afterwards would keep every mark of the class from counting.
    static func refuseTooLong(_ text: String, _ file: String) throws(StoreFailure) {
        guard text.utf8.count > sizeLimit else { return }
        throw StoreFailure(
            fr: """
                \(file) ferait plus de \(sizeLimit >> 20) Mio et ne se lirait plus ; rien n'y est écrit : raccourcir les \
                commentaires.
                """,
            en: """
                \(file) would have more than \(sizeLimit >> 20) MiB, and could not be read again; nothing is written to \
                it: shorten the comments.
                """)
    }
}

private struct TeacherMarksReader {
    let className: String
    let sheet: MarkableSheet
    let students: [StudentIdentity]
    let mistakes: InputMistakes

    func read(_ root: InputNode) -> TeacherMarks {
        let what = LocalizedText(fr: "les notes", en: "the marks")
        guard let reader = mistakes.mapping(root, what, keys: ["class", "students"]) else {
            return TeacherMarks()
        }
        let file = LocalizedText(fr: "le fichier des notes", en: "the file of marks")
        if let node = reader.required("class", of: file, expected: .key(className)),
            let name = reader.text(node, .key("class"), expected: .key(className)), name != className
        {
            reader.wrong(node, .key("class"), expected: .key(className))
        }
        guard let node = reader.node("students"), !node.isNull else { return TeacherMarks() }
        guard let entries = mistakes.mapping(node, .key("students"), keys: students.map(\.id)) else {
            return TeacherMarks()
        }
        var marks = TeacherMarks()
        for entry in entries.all {
            guard let student = students.first(where: { $0.id == entry.key }) else { continue }
            marks.students[student.id] = self.marks(entry.value, of: student)
        }
        return marks
    }

    private func marks(_ node: InputNode, of student: StudentIdentity) -> StudentMarks {
        var marks = own(node, Self.marks(of: student.id), others: ["members"])
        let section = node.entries.first { $0.key == "members" }
        guard let section, !section.value.isNull else { return marks }
        if student.names.count < 2 {
            mistakes.add(
                section.keyPosition,
                LocalizedText(fr: "\(student.id) n'est pas une équipe", en: "\(student.id) is no team"),
                expected: LocalizedText(
                    fr: "les notes elles-mêmes, sans members", en: "the marks themselves, without members"))
            return marks
        }
        let what = LocalizedText(fr: "members de \(student.id)", en: "members of \(student.id)")
        guard let reader = mistakes.mapping(section.value, what, keys: student.names)
        else { return marks }
        for entry in reader.all where student.names.contains(entry.key) {
            marks.members[entry.key] = own(entry.value, Self.marks(of: entry.key), others: [])
        }
        return marks
    }

    private static func marks(of whom: String) -> LocalizedText {
        LocalizedText(fr: "les notes de \(whom)", en: "the marks of \(whom)")
    }

    private func own(_ node: InputNode, _ what: LocalizedText, others: [String]) -> StudentMarks {
        var marks = StudentMarks()
        if node.isNull { return marks }
        let keys = sheet.names + ["comment", "absent"] + others + unknownSubjects(node)
        guard let reader = mistakes.mapping(node, what, keys: keys) else { return marks }
        marks.comment = reader.text("comment")
        marks.isAbsent = reader.flag("absent") ?? false
        for entry in reader.all {
            guard !(["comment", "absent"] + others).contains(entry.key), keys.contains(entry.key) else {
                continue
            }
            let subject = MarkSubject(entry.key)
            marks.marks[subject] = mark(entry.value, entry.key, worth: sheet.points(of: subject), reader)
        }
        return marks
    }

    /// Keys in the form of a question or check that a sheet which may lack some does not have: no mistakes.
    private func unknownSubjects(_ node: InputNode) -> [String] {
        if sheet.isWhole { return [] }
        return node.entries.map(\.key).filter { key in
            let parts = key.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count <= 2 && parts.allSatisfy { SafeName.isValid(String($0)) }
                && key.first?.isUppercase == true
        }
    }

    /// `0.5`, or `{points: 0.5, comment: …}` with at least one of the two.
    private func mark(
        _ node: InputNode, _ name: String, worth: Points?, _ outer: MappingReader
    ) -> TeacherMark? {
        guard case .mapping = node.content else {
            return points(node, name, worth: worth, outer).map { TeacherMark(points: $0) }
        }
        guard let reader = mistakes.mapping(node, .key(name), keys: ["points", "comment"]) else { return nil }
        let mark = TeacherMark(
            points: reader.node("points").flatMap { points($0, "points", worth: worth, reader) },
            comment: reader.text("comment"))
        if reader.all.isEmpty {
            reader.wrong(
                node, .key(name),
                expected: LocalizedText(
                    fr: "points, comment ou les deux", en: "points, a comment or both"))
        }
        return mark
    }

    private func points(
        _ node: InputNode, _ name: String, worth: Points?, _ reader: MappingReader
    ) -> Points? {
        // With a point in both languages, as in the file.
        let most = worth?.formatted(.english)
        let expected =
            if let most {
                LocalizedText(
                    fr: "un nombre de 0 à \(most), trois décimales au plus",
                    en: "a number from 0 to \(most), with at most three decimals")
            } else {
                LocalizedText(
                    fr: "un nombre à partir de 0, trois décimales au plus",
                    en: "a number from 0 on, with at most three decimals")
            }
        return reader.value(node, .key(name), expected: expected) { text in
            Points(decimal: text).flatMap { points in worth.map { points <= $0 } ?? true ? points : nil }
        }
    }
}

extension InputNode {
    /// Of a mapping; none of anything else.
    var entries: [InputEntry] { if case .mapping(let entries) = content { entries } else { [] } }

    /// Whether nothing was written there.
    var isNull: Bool { if case .scalar(_, isNull: true) = content { true } else { false } }

    /// The last line of the file on which something of it begins.
    var lastLine: Int {
        switch content {
        case .scalar: position.line
        case .sequence(let nodes): max(position.line, nodes.map(\.lastLine).max() ?? 0)
        case .mapping(let entries):
            max(position.line, entries.map { max($0.keyPosition.line, $0.value.lastLine) }.max() ?? 0)
        }
    }
}
