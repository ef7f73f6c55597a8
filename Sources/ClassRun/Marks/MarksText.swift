import GraderCore
import InputFiles

/// The lines of `marks.yaml`, with what they say.
struct MarksText {
    private var lines: [String]
    private let root: InputNode

    /// Nil where it is no YAML.
    init?(_ text: String) {
        let mistakes = InputMistakes(file: "")
        guard let root = YAMLDocument.read(InputText(file: "", text: text), mistakes: mistakes) else {
            return nil
        }
        self.root = root
        // An editor of Windows ends lines with CR and LF, which are one character.
        lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    }

    /// The text with the entry at the end of this path set, or taken away where `mark` is nil. Right for block style
    /// with one entry on a line; for anything else the caller finds out by reading what came of it.
    func setting(_ path: [String], to mark: TeacherMark?) -> String? {
        var copy = self
        var node = root
        var column = 1
        for (depth, key) in path.enumerated() {
            guard let entry = node.entries.first(where: { $0.key == key }) else {
                guard mark != nil else { return lines.joined(separator: "\n") }
                if let first = node.entries.first { column = first.keyPosition.column }
                copy.insert(Array(path[depth...]), mark, at: column, after: node.lastLine)
                return copy.lines.joined(separator: "\n")
            }
            if depth == path.count - 1 {
                copy.replace(entry, mark)
                return copy.lines.joined(separator: "\n")
            }
            // Where nothing is written below it, its entries would stand two columns further in.
            column = entry.keyPosition.column + 2
            node = entry.value
            if node.isNull { node.position.line = entry.keyPosition.line }
        }
        return nil
    }

    private mutating func replace(_ entry: InputEntry, _ mark: TeacherMark?) {
        let range = entry.keyPosition.line - 1..<max(entry.value.lastLine, entry.keyPosition.line)
        guard range.upperBound <= lines.count else { return }
        let indent = String(repeating: " ", count: entry.keyPosition.column - 1)
        lines.replaceSubrange(
            range, with: mark.map { ["\(indent)\(MarksYAML.key(entry.key)): \(MarksYAML.value($0))"] } ?? [])
    }

    private mutating func insert(_ path: [String], _ mark: TeacherMark?, at column: Int, after line: Int) {
        guard let mark else { return }
        let new = path.enumerated().map { depth, key in
            String(repeating: " ", count: column - 1 + 2 * depth) + MarksYAML.key(key)
                + (depth == path.count - 1 ? ": \(MarksYAML.value(mark))" : ":")
        }
        lines.insert(contentsOf: new, at: min(line, lines.count))
    }
}

enum MarksYAML {
    /// All marks, as a file of Bascule's own making.
    static func text(_ marks: TeacherMarks, className: String) -> String {
        var lines = ["class: \(key(className))", "students:"]
        for (id, student) in marks.students.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(key(id)):")
            lines += entries(student, indent: 4)
            if student.members.isEmpty { continue }
            lines.append("    members:")
            for (name, member) in student.members.sorted(by: { $0.key < $1.key }) {
                lines.append("      \(key(name)):")
                lines += entries(member, indent: 8)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func entries(_ marks: StudentMarks, indent: Int) -> [String] {
        var lines = marks.marks.map { "\(key($0.key.description)): \(value($0.value))" }.sorted()
        if let comment = marks.comment { lines.append("comment: \(YAMLScalar.quoted(comment))") }
        if marks.isAbsent { lines.append("absent: true") }
        return lines.map { String(repeating: " ", count: indent) + $0 }
    }

    static func value(_ mark: TeacherMark) -> String {
        let points = mark.points?.formatted(.english)
        guard let comment = mark.comment else { return points ?? "{}" }
        return "{" + (points.map { "points: \($0), " } ?? "") + "comment: \(YAMLScalar.quoted(comment))}"
    }

    static func key(_ key: String) -> String {
        SafeName.isValid(key) && Int(key) == nil ? key : YAMLScalar.quoted(key)
    }
}
