import GraderCore

/// A run as it goes on, for a terminal: students as rows, questions as columns. Pure: what it shows is told, and it
/// comes out as lines that fit.
///
///     3/5  12 s, encore env. 8 s
///                                   note   H0  Q1  Q2  Q3
///     etu1  Alizée Mésange     16,75 / 20  ✓   ✓   ✓   ◐
///     etu2  Basile Cormoran    …
///     etu3  Capucine Bouvreuil
public struct LiveGrid: Sendable {
    private enum State: Sendable {
        case waiting
        case underWay
        case graded(GradedResult)
        case failed(String)

        var isOver: Bool {
            switch self {
            case .waiting, .underWay: false
            case .graded, .failed: true
            }
        }
    }

    private let students: [StudentIdentity]
    private let questions: [QuestionID]
    private let language: Language
    private let places: [String: Int]
    private var states: [State]
    /// Who is finished, in that order.
    private var finished: [Int] = []

    public init(students: [StudentIdentity], questions: [QuestionID], language: Language) {
        self.students = students
        self.questions = questions
        self.language = language
        places = Dictionary(
            students.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        states = students.map { _ in .waiting }
    }

    private var words: Sentences { Sentences(language) }

    // MARK: What happens

    /// Somebody's machines are being looked at.
    public mutating func begin(_ student: String) { set(.underWay, student) }

    /// Somebody's result is there.
    public mutating func finish(_ result: GradedResult) { set(.graded(result), result.student.id) }

    /// - Parameter sentence: why there is no result.
    public mutating func fail(_ student: String, _ sentence: String) { set(.failed(sentence), student) }

    private mutating func set(_ state: State, _ student: String) {
        guard let place = places[student] else { return }
        states[place] = state
        finished.removeAll { $0 == place }
        if state.isOver { finished.append(place) }
    }

    // MARK: What is seen

    /// At most `height` lines of at most `width` columns; none of them empty of meaning, none broken.
    /// - Parameter elapsed: since the run began.
    public func lines(width: Int, height: Int, elapsed: Duration, colour: Bool) -> [String] {
        let terminal = TerminalText(colour: colour, width: width)
        let layout = Layout(students: students, questions: questions, width: max(1, width))
        var lines = [cut(summary(elapsed), to: width)]
        guard height > 2 else { return Array(lines.prefix(max(0, height))) }
        lines.append(terminal.styled(cut(layout.head(words.pick("note", "mark")), to: width), .faint))
        let shown = visible(room: height - 2)
        lines += shown.places.map { row($0, layout, terminal) }
        if shown.hidden > 0 {
            lines.append(
                terminal.styled(
                    cut(
                        words.pick("… et \(shown.hidden) autres", "… and \(shown.hidden) more"), to: width),
                    .faint))
        }
        return lines
    }

    /// Everybody where there is room; else those under way, then who came last, then who is next.
    private func visible(room: Int) -> (places: [Int], hidden: Int) {
        guard students.count > room else { return (Array(students.indices), 0) }
        let underWay = states.indices.filter { if case .underWay = states[$0] { true } else { false } }
        let waiting = states.indices.filter { if case .waiting = states[$0] { true } else { false } }
        let places = Array((underWay + finished.reversed() + waiting).prefix(max(0, room - 1)))
        return (places, students.count - places.count)
    }

    private func summary(_ elapsed: Duration) -> String {
        let done = finished.count
        let seconds = elapsed / .seconds(1)
        var text = "\(done)/\(students.count)  \(Int(saturating: seconds)) s"
        if done > 0, done < students.count {
            // As quick as until now; nobody's own time is known before.
            let left = Int(saturating: (seconds / Double(done) * Double(students.count - done)).rounded(.up))
            text += words.pick(", encore env. \(left) s", ", about \(left) s more")
        }
        return text
    }

    private func row(_ place: Int, _ layout: Layout, _ terminal: TerminalText) -> String {
        let student = students[place]
        let identity = layout.identity(student)
        switch states[place] {
        case .waiting: return terminal.styled(cut(identity, to: layout.width), .faint)
        case .underWay: return cut(identity + "…", to: layout.width)
        case .failed(let sentence): return cut(identity, terminal, missing, sentence, layout)
        case .graded(let result):
            guard result.isAssessed else {
                return cut(identity, terminal, missing, words.obstacle(result) ?? "", layout)
            }
            let full = words.shortScore(result.score)
            let short = result.score.isComplete ? full : words.soFar(result.score) + "…"
            let said = TerminalText.columns(full) < layout.score ? full : short
            let score = TerminalText.padded(cut(said, to: layout.score - 1), to: layout.score)
            var text = identity + score
            guard TerminalText.columns(text) <= layout.width else { return cut(text, to: layout.width) }
            for question in questions.prefix(layout.columns) {
                guard let found = result.questions.first(where: { $0.id == question }) else {
                    text += String(repeating: " ", count: layout.column)
                    continue
                }
                let sign = QuestionSign(found)
                let symbol = sign.symbol
                text +=
                    terminal.styled(symbol, sign.sign.terminalStyle)
                    + String(repeating: " ", count: max(0, layout.column - TerminalText.columns(symbol)))
            }
            return text
        }
    }

    private var missing: String { Sign.notAssessed.word[language] }

    private func cut(
        _ identity: String, _ terminal: TerminalText, _ word: String, _ sentence: String, _ layout: Layout
    ) -> String {
        let head = cut(identity, to: layout.width)
        let rest = layout.width - TerminalText.columns(head)
        let safe = SafeText.line(sentence, limit: 400, language: language)
        return head
            + terminal.styled(
                cut(word + (safe.isEmpty ? "" : words.pick(" : ", ": ") + safe), to: rest), .yellow)
    }

    /// The text up to so many columns.
    private func cut(_ text: String, to width: Int) -> String {
        guard TerminalText.columns(text) > width else { return text }
        var used = 0
        var result = ""
        for character in text {
            let size = TerminalText.columns(String(character))
            guard used + size < width else { break }
            used += size
            result.append(character)
        }
        return width > 0 ? result + "…" : ""
    }
}

/// How wide the grid's columns are: what is not needed to tell students apart goes first.
private struct Layout {
    let width: Int
    let id: Int
    let names: Int
    let score: Int
    /// Of one question, with the blank behind it.
    let column: Int
    /// How many questions there is room for.
    let columns: Int
    let questions: [QuestionID]

    init(students: [StudentIdentity], questions: [QuestionID], width: Int) {
        self.width = width
        self.questions = questions
        id = min(students.map { TerminalText.columns(Self.id($0)) }.max() ?? 0, max(4, width / 3))
        column = (questions.map { $0.rawValue.count }.max() ?? 2) + 1
        let full = students.map { TerminalText.columns(Self.names($0)) }.max() ?? 0
        let fixed = id + 2
        // `12,5 / 20 (17 décidés)`; where that is too much, the end is cut off with the questions.
        let room = width - fixed - column * questions.count
        score = min(24, max(8, room >= 24 + 2 ? 24 : room))
        names = min(full, 30, max(0, room - score - 2))
        columns = max(0, min(questions.count, (width - fixed - (names > 0 ? names + 2 : 0) - score) / column))
    }

    func identity(_ student: StudentIdentity) -> String {
        let id = TerminalText.padded(Self.id(student), to: id) + "  "
        return names > 0 ? id + TerminalText.padded(clipped(Self.names(student)), to: names) + "  " : id
    }

    func head(_ mark: String) -> String {
        let start = String(repeating: " ", count: id + 2 + (names > 0 ? names + 2 : 0))
        return start + TerminalText.padded(mark, to: score)
            + questions.prefix(columns).map {
                TerminalText.padded(SafeText.label($0.rawValue, limit: 8), to: column)
            }
            .joined()
    }

    private func clipped(_ text: String) -> String {
        var used = 0
        return String(
            text.prefix { character in
                used += TerminalText.columns(String(character))
                return used <= names
            })
    }

    private static func id(_ student: StudentIdentity) -> String { SafeText.label(student.id, limit: 24) }
    private static func names(_ student: StudentIdentity) -> String {
        SafeText.label(student.names.joined(separator: ", "), limit: 40)
    }
}
