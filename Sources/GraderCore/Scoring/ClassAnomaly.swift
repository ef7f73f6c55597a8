/// Something that students of a class have in common and that should be each one's own. Listed for the teacher, who
/// knows the reasons; never scored, and never shown to students.
public struct ClassAnomaly: Sendable, Hashable, Encodable {
    /// Whose, and of which machine.
    public struct Owner: Sendable, Hashable, Encodable {
        public var student: String
        /// nil where it is of no one machine.
        public var node: MachineID?

        public init(_ student: String, _ node: MachineID? = nil) {
            self.student = student
            self.node = node
        }
    }

    /// An ``IdentityMark``'s, `writtenAnswer` or `password`.
    public var kind: String
    /// The fingerprint or address; the question of a written answer; nil where it is nothing to be shown.
    public var value: String?
    /// At least two students, in the order of the class.
    public var owners: [Owner]
    /// What is said of it; foreign words may be in it.
    public var title: LocalizedText

    private enum CodingKeys: String, CodingKey { case kind, value, owners }

    public init(_ kind: String, _ value: String?, owners: [Owner], title: LocalizedText) {
        self.kind = kind
        self.value = value
        self.owners = owners
        self.title = title
    }
}

extension ClassAnomaly {
    /// What results of one run have in common. Pure; in the order of the kinds, and then of the students.
    ///
    /// - Parameter sharedPasswords: students whose machines one password opened, as far as the run could tell.
    public static func all(in results: [GradedResult], sharedPasswords: [[String]] = []) -> [ClassAnomaly] {
        let order = Dictionary(
            results.enumerated().map { ($1.student.id, $0) }, uniquingKeysWith: { first, _ in first })
        let passwords = sharedPasswords.map { group in
            ClassAnomaly(
                "password", nil,
                owners: group.filter { order[$0] != nil }
                    .sorted { order[$0, default: 0] < order[$1, default: 0] }.map { Owner($0) },
                title: LocalizedText(
                    fr: "Un même mot de passe ouvre leurs machines",
                    en: "One and the same password opens their machines"))
        }.filter { $0.owners.count > 1 }
        return kinds(results).flatMap { marks(of: $0, results) } + writtenAnswers(results) + passwords
    }

    /// All kinds of marks, in an order in which every result has its own.
    private static func kinds(_ results: [GradedResult]) -> [String] {
        var kinds: [String] = []
        for result in results {
            var place = 0
            for mark in result.identityMarks ?? [] {
                if let known = kinds.firstIndex(of: mark.kind) {
                    place = max(place, known + 1)
                } else {
                    kinds.insert(mark.kind, at: place)
                    place += 1
                }
            }
        }
        return kinds
    }

    /// Marks of one kind that more than one student has.
    private static func marks(of kind: String, _ results: [GradedResult]) -> [ClassAnomaly] {
        var owners: [String: [Owner]] = [:]
        var titles: [(value: String, title: LocalizedText)] = []
        var networks: [String: [Set<String>]] = [:]
        for result in results {
            for mark in result.identityMarks ?? [] where mark.kind == kind {
                let network = Set(mark.network)
                guard networks[mark.value, default: []].allSatisfy({ $0.isDisjoint(with: network) }) else {
                    continue
                }
                if owners[mark.value] == nil { titles.append((mark.value, mark.title)) }
                owners[mark.value, default: []].append(Owner(result.student.id, mark.machine))
                networks[mark.value, default: []].append(network)
            }
        }
        return shared(kind, owners, titles)
    }

    /// Too few words may be the same by chance.
    static let fewestWords = 8

    /// The same words in the same order; how they are spaced and broken into lines is no difference.
    private static func writtenAnswers(_ results: [GradedResult]) -> [ClassAnomaly] {
        var anomalies: [ClassAnomaly] = []
        var seen: Set<QuestionID> = []
        let questions = results.flatMap(\.questions).map(\.id).filter { seen.insert($0).inserted }.sorted()
        for question in questions {
            var owners: [String: [Owner]] = [:]
            var order: [(value: String, title: LocalizedText)] = []
            let title = LocalizedText(
                fr: "Réponse écrite à \(question.rawValue) identique mot pour mot",
                en: "Word-for-word the same written answer to \(question.rawValue)")
            for result in results {
                guard let answer = result.questions.first(where: { $0.id == question })?.writtenAnswer else {
                    continue
                }
                let words = answer.split(whereSeparator: \.isWhitespace)
                guard words.count >= fewestWords else { continue }
                let text = words.joined(separator: " ")
                if owners[text] == nil { order.append((text, title)) }
                owners[text, default: []].append(Owner(result.student.id))
            }
            // Which words they are is nothing to be shown.
            anomalies += shared("writtenAnswer", owners, order).map { anomaly in
                ClassAnomaly(anomaly.kind, question.rawValue, owners: anomaly.owners, title: title)
            }
        }
        return anomalies
    }

    private static func shared(
        _ kind: String, _ owners: [String: [Owner]], _ order: [(value: String, title: LocalizedText)]
    ) -> [ClassAnomaly] {
        order.compactMap { value, title in
            let those = owners[value] ?? []
            guard Set(those.map(\.student)).count > 1 else { return nil }
            return ClassAnomaly(kind, value, owners: those, title: title)
        }
    }
}
