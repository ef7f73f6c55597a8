import GraderCore

/// What a reader has to know before anything else: a node that could not be examined, a pair that kept changing.
struct Notice: Sendable {
    enum Kind: String, Sendable { case problem, caution }
    var kind: Kind
    /// Our own words, with foreign ones in them: to be escaped like any foreign text.
    var title: String
    var sentence: String
    /// What the program found, more exactly; nil where there is no more to say.
    var detail: String?
}

extension Sentences {
    /// The notices at the head of a report, gravest first.
    func notices(_ result: GradedResult) -> [Notice] {
        handInNotices(result) + latenessNotices(result) + originNotices(result) + unreachableNotices(result)
            + instabilityNotices(result.instability)
            + exhibitNotices(result)
    }

    /// In one line, why a student could not be assessed or only in part; nil where there was nothing in the way.
    func obstacle(_ result: GradedResult) -> String? {
        let sentences =
            unreachableNotices(result).map(\.sentence)
            + instabilityNotices(result.instability).map(\.sentence)
        guard sentences.isEmpty else { return sentences.joined(separator: " ") }
        return result.isAssessed || result.isAbsent == true ? nil : whatMostChecksFound(result)
    }

    /// Of checks that could not be assessed; of several that as many found, the first.
    private func whatMostChecksFound(_ result: GradedResult) -> String? {
        var counts: [(found: LocalizedText, count: Int)] = []
        for check in result.questions.flatMap(\.checks).map(\.result) {
            // A declared lab's check may have found nothing that can be said.
            guard case .notAssessed = check.verdict, !check.found[language].isEmpty else { continue }
            if let index = counts.firstIndex(where: { $0.found == check.found }) {
                counts[index].count += 1
            } else {
                counts.append((check.found, 1))
            }
        }
        let most = counts.map(\.count).max()
        return counts.first { $0.count == most }?.found[language]
    }

    /// `name (172.16.0.10)`.
    private func machine(_ machine: MachineID, in result: GradedResult) -> String {
        guard let card = result.machines.first(where: { $0.machine == machine }), !card.address.isEmpty else {
            return machine.rawValue
        }
        return "\(machine.rawValue) (\(short(card.address)))"
    }

    private func exhibitNotices(_ result: GradedResult) -> [Notice] {
        result.exhibits.compactMap { exhibit in
            guard case .notice(let notices) = exhibit, let notice = notices.shown() else { return nil }
            return Notice(
                kind: .caution, title: notice.title[language],
                sentence: notice.sentences.map { $0[language] }.joined(separator: " "), detail: nil)
        }
    }

    /// One for all machines that have the same the matter with them.
    private func unreachableNotices(_ result: GradedResult) -> [Notice] {
        let roles = result.unreachable.keys.sorted()
        var kinds: [TransportFailure.Kind] = []
        for role in roles {
            if let kind = result.unreachable[role]?.kind, !kinds.contains(kind) { kinds.append(kind) }
        }
        return kinds.map { kind in
            let machines = roles.filter { result.unreachable[$0]?.kind == kind }
            let names = machines.map(\.rawValue).joined(separator: pick(" et ", " and "))
            let others = result.machines.count - roles.count
            let title =
                (machines.count > 1
                    ? pick("\(names) n'ont pas pu être examinés", "\(names) could not be examined")
                    : pick("\(names) n'a pas pu être examiné", "\(names) could not be examined"))
                + (roles.count > 1 || others != 1
                    ? "" : pick(" ; l'autre nœud l'a été", "; the other node was"))
            let who = machines.map { machine($0, in: result) }.joined(separator: ", ")
            let what = pick("\(who) : \(kind.words.what).", "\(who): \(kind.words.what).")
            return Notice(
                kind: .problem, title: title,
                sentence: [what, kind.words.advice?[language]].compactMap(\.self).joined(separator: " "),
                detail: machines.compactMap { result.unreachable[$0]?.sentence[language] }.joined(
                    separator: " "))
        }
    }

    private func instabilityNotices(_ instability: Instability?) -> [Notice] {
        guard let instability else { return [] }
        let title =
            switch instability.kind {
            case .lockSenseless: pick("Un nœud a répondu autre chose", "A node answered something else")
            case .partsApart: pick("Les machines vues à deux moments", "The machines seen at two moments")
            default: pick("La paire n'était pas stable", "The pair was not stable")
            }
        return [Notice(kind: .problem, title: title, sentence: instability.sentence[language], detail: nil)]
    }
}
