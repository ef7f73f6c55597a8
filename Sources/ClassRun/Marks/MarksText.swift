import GraderCore
import InputFiles

/// The lines of `marks.yaml`, with what they say.
struct MarksText {
    private let lines: [String]
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

    /// Lines in the place of others, or between two.
    struct Edit {
        fileprivate var range: Range<Int>
        fileprivate var lines: [String]
        /// How many keys of its path were there.
        fileprivate var depth: Int
    }

    /// Whether there is a place for anybody's.
    var hasStudents: Bool { root.entries.contains { $0.key == "students" } }

    /// Sets the entry at the end of this path, or takes it away where `mark` is nil; nil: there is nothing to take away. Right
    /// for block style with one entry on a line; for anything else the caller finds out by reading what came of it.
    func edit(_ path: [String], to mark: TeacherMark?) -> Edit? {
        var node = root
        var column = 1
        for (depth, key) in path.enumerated() {
            guard let entry = node.entries.first(where: { $0.key == key }) else {
                guard let mark else { return nil }
                if let first = node.entries.first { column = first.keyPosition.column }
                let line = min(node.lastLine, lines.count)
                return Edit(
                    range: line..<line, lines: Self.new(Array(path[depth...]), mark, at: column), depth: depth
                )
            }
            if depth == path.count - 1 {
                let start = entry.keyPosition.line - 1
                let indent = String(repeating: " ", count: entry.keyPosition.column - 1)
                return Edit(
                    range: start..<max(entry.value.lastLine, start + 1),
                    lines: mark.map { ["\(indent)\(MarksYAML.key(entry.key)): \(MarksYAML.value($0))"] }
                        ?? [],
                    depth: depth)
            }
            // Where nothing is written below it, its entries would stand two columns further in.
            column = entry.keyPosition.column + 2
            node = entry.value
            if node.isNull { node.position.line = entry.keyPosition.line }
        }
        return nil
    }

    /// The text with all of these in it; nil where they are of the same lines.
    func with(_ edits: [Edit]) -> String? {
        var (changed, next) = ([String](), 0)
        // Between two lines, what belongs to the one above comes first.
        let ordered = edits.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            return (one.range.lowerBound, one.range.count, -one.depth, left.offset)
                < (other.range.lowerBound, other.range.count, -other.depth, right.offset)
        }
        for edit in ordered.map(\.element) {
            guard next <= edit.range.lowerBound, edit.range.upperBound <= lines.count else { return nil }
            changed += lines[next..<edit.range.lowerBound] + edit.lines
            next = edit.range.upperBound
        }
        return (changed + lines[next...]).joined(separator: "\n")
    }

    private static func new(_ path: [String], _ mark: TeacherMark, at column: Int) -> [String] {
        path.enumerated().map { depth, key in
            String(repeating: " ", count: column - 1 + 2 * depth) + MarksYAML.key(key)
                + (depth == path.count - 1 ? ": \(MarksYAML.value(mark))" : ":")
        }
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
