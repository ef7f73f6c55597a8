/// Something that students of a class have in common and that should be each one's own. Listed for the teacher, who
/// knows the reasons; never scored, and never shown to students.
public struct ClassAnomaly: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case hostKey, machineID, hardwareAddress, virtualIP, writtenAnswer, password
    }

    /// Whose, and of which machine.
    public struct Owner: Sendable, Hashable, Codable {
        public var student: String
        /// nil where it is the pair's as a whole.
        public var node: NodeRole?

        public init(_ student: String, _ node: NodeRole? = nil) {
            self.student = student
            self.node = node
        }
    }

    public var kind: Kind
    /// The fingerprint or address; the question of a written answer; nil where it is nothing to be shown.
    public var value: String?
    /// At least two students, in the order of the class.
    public var owners: [Owner]

    public init(_ kind: Kind, _ value: String?, owners: [Owner]) {
        self.kind = kind
        self.value = value
        self.owners = owners
    }
}

extension ClassAnomaly {
    /// What results of one run have in common. Pure; in the order of the kinds, and then of the students.
    ///
    /// - Parameter sharedPasswords: students whose machines one password opened, as far as the run could tell.
    public static func all(in results: [GradedResult], sharedPasswords: [[String]] = []) -> [ClassAnomaly] {
        let order = Dictionary(
            results.enumerated().map { ($1.student.id, $0) }, uniquingKeysWith: { first, _ in first })
        let machines =
            perNode(.hostKey, results) { $0.hostKeys.mapValues { [$0] } }
            + perNode(.machineID, results) { $0.machineIDs.mapValues { [$0] } }
            + perNode(.hardwareAddress, results, \.hardwareAddresses)
        let passwords = sharedPasswords.map { group in
            ClassAnomaly(
                .password, nil,
                owners: group.filter { order[$0] != nil }
                    .sorted { order[$0, default: 0] < order[$1, default: 0] }.map { Owner($0) })
        }.filter { $0.owners.count > 1 }
        return machines + virtualIPs(results) + writtenAnswers(results) + passwords
    }

    /// Groups of values that machines of more than one student have.
    private static func perNode(
        _ kind: Kind, _ results: [GradedResult], _ values: (PairIdentity) -> [NodeRole: [String]]
    ) -> [ClassAnomaly] {
        var owners: [String: [Owner]] = [:]
        var order: [String] = []
        for result in results {
            guard let own = result.identity.map(values) else { continue }
            for role in NodeRole.allCases {
                for value in Set(own[role] ?? []).sorted() {
                    if owners[value] == nil { order.append(value) }
                    owners[value, default: []].append(Owner(result.student.id, role))
                }
            }
        }
        return shared(kind, owners, order: order)
    }

    /// One virtual IP for pairs that are on one network. Where two pairs have the same lab addresses too, they are on
    /// networks of their own, behind forwarded ports, and it is as it should be.
    private static func virtualIPs(_ results: [GradedResult]) -> [ClassAnomaly] {
        var owners: [String: [Owner]] = [:]
        var order: [String] = []
        var addresses: [String: [Set<String>]] = [:]
        for result in results {
            guard let vip = result.identity?.virtualIP else { continue }
            let lab = Set(result.machines.map(\.address).filter { !$0.isEmpty })
            guard addresses[vip, default: []].allSatisfy({ $0.isDisjoint(with: lab) }) else { continue }
            if owners[vip] == nil { order.append(vip) }
            owners[vip, default: []].append(Owner(result.student.id))
            addresses[vip, default: []].append(lab)
        }
        return shared(.virtualIP, owners, order: order)
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
            var order: [String] = []
            for result in results {
                guard let answer = result.questions.first(where: { $0.id == question })?.writtenAnswer else {
                    continue
                }
                let words = answer.split(whereSeparator: \.isWhitespace)
                guard words.count >= fewestWords else { continue }
                let text = words.joined(separator: " ")
                if owners[text] == nil { order.append(text) }
                owners[text, default: []].append(Owner(result.student.id))
            }
            anomalies += shared(.writtenAnswer, owners, order: order).map { anomaly in
                ClassAnomaly(.writtenAnswer, question.rawValue, owners: anomaly.owners)
            }
        }
        return anomalies
    }

    private static func shared(
        _ kind: Kind, _ owners: [String: [Owner]], order: [String]
    ) -> [ClassAnomaly] {
        order.compactMap { value in
            let those = owners[value] ?? []
            guard Set(those.map(\.student)).count > 1 else { return nil }
            return ClassAnomaly(kind, value, owners: those)
        }
    }
}
