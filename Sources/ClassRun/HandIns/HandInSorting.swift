import Foundation
import GraderCore

/// What came in, sorted: whose is taken, and what is not, and why. One student's files change nothing for another.
struct HandInSorting: Sendable {
    /// By student and machine.
    private(set) var taken: [String: [MachineID: HandInFile]] = [:]
    /// Students all of whose files were taken in an earlier import.
    private(set) var known: Set<String> = []
    /// A sentence for each file that is not taken.
    private(set) var refusals: [LocalizedText] = []

    private struct Candidate {
        var name: String
        var isNamed: Bool
        var participant: Int?
        var file: HandInFile
    }

    /// - Parameter latest: who looked at a student last; nil where nobody did whom a hand-in should not replace.
    init(
        _ received: [ReceivedFile], by rules: HandInRules, latest: (String) throws -> LatestLook?
    ) rethrows {
        var byStudent: [String: [Candidate]] = [:]
        for file in received.sorted(by: { $0.name < $1.name }) {
            do throws(HandInRefusal) {
                let (student, content) = try rules.owner(file)
                byStudent[student.identity.id, default: []].append(
                    Candidate(
                        name: file.name, isNamed: file.owner != nil, participant: file.participant,
                        file: content))
            } catch {
                refuse(file.name, error)
            }
        }
        for student in rules.roster.students.map(\.identity.id) {
            guard let candidates = byStudent[student] else { continue }
            // Everybody chooses what he is called on Moodle.
            let numbers = Set(candidates.compactMap(\.participant)).sorted()
            guard numbers.count <= max(rules.roster[student]?.identity.names.count ?? 1, 1) else {
                for candidate in candidates { refuse(candidate.name, .severalParticipants(student, numbers)) }
                continue
            }
            let chosen = choose(named(candidates, student), student, rules)
            guard !chosen.isEmpty else { continue }
            settle(chosen, student, rules, try latest(student))
        }
    }

    private mutating func refuse(_ name: String, _ refusal: HandInRefusal) {
        refusals.append(refusal.sentence(name))
    }

    /// Those that somebody put the student's name to, where there are any: what a file says of itself anybody can write.
    private mutating func named(_ candidates: [Candidate], _ student: String) -> [Candidate] {
        let named = candidates.filter(\.isNamed)
        guard !named.isEmpty else { return candidates }
        for other in candidates where !other.isNamed {
            guard !named.contains(where: { $0.file.sha256 == other.file.sha256 }) else { continue }
            refuse(other.name, .unnamed(student))
        }
        return named
    }

    /// One file of each machine.
    private mutating func choose(
        _ candidates: [Candidate], _ student: String, _ rules: HandInRules
    ) -> [Candidate] {
        Dictionary(grouping: candidates, by: \.file.machine).sorted { $0.key < $1.key }.compactMap { _, all in
            guard var best = all.first else { return nil }
            for other in all.dropFirst() {
                do throws(HandInRefusal) {
                    let newer = try rules.newer(best.file, other.file, of: student)
                    if newer.sha256 != best.file.sha256 { best = other }
                } catch {
                    refuse(other.name, error)
                    return nil
                }
            }
            return best
        }
    }

    /// Against what is there already.
    private mutating func settle(
        _ chosen: [Candidate], _ student: String, _ rules: HandInRules, _ latest: LatestLook?
    ) {
        var files = Dictionary(
            chosen.map { ($0.file.machine, $0.file) }, uniquingKeysWith: { first, _ in first })
        switch latest {
        case nil: break
        case .byGrader:
            guard rules.replaceLive.contains(student) else {
                for candidate in chosen { refuse(candidate.name, .live(student)) }
                return
            }
        case .handedIn(let parts):
            if files.allSatisfy({ parts[$0.key]?.sha256 == $0.value.sha256 }) {
                known.insert(student)
                return
            }
            for candidate in chosen {
                let file = candidate.file
                if let part = parts[file.machine], part.collectedAt > file.evidence.startedAt {
                    refuse(candidate.name, .older(rules.date(file.evidence.startedAt)))
                    files[file.machine] = nil
                }
            }
            if let missing = parts.keys.sorted().first(where: { files[$0] == nil }) {
                for candidate in chosen where files[candidate.file.machine] != nil {
                    refuse(candidate.name, .part(of: missing))
                }
                return
            }
        }
        taken[student] = files
    }
}

/// By whom a student's machines were looked at in the latest run.
enum LatestLook: Sendable {
    /// At least one of them was reached.
    case byGrader
    case handedIn([MachineID: HandIn.Part])
}

extension RunFolder {
    /// The same; where nobody saw the machines in this run, what a grader saw in an earlier one still is what he saw. What was
    /// handed in before may then be handed in again.
    /// - Parameter runs: the oldest first.
    func latestLook(of student: String, after runs: [RunFolder]) throws(StoreFailure) -> LatestLook? {
        if let look = try latestLook(of: student) { return look }
        for run in runs.reversed() {
            // One of long ago that may not be read keeps nobody else's hand-in out: it is taken for a grader's.
            let look = Result { () throws(StoreFailure) in try run.latestLook(of: student) }
            switch look {
            case .success(nil): continue
            case .success(.handedIn): return nil
            case .success(.byGrader), .failure: return .byGrader
            }
        }
        return nil
    }

    /// Nil where nobody saw the student's machines.
    func latestLook(of student: String) throws(StoreFailure) -> LatestLook? {
        guard hasResult(of: student), wasLookedAt(student) else { return nil }
        let evidence: Evidence
        do throws(StoreFailure) { evidence = try self.evidence(of: student) } catch {
            // What may not be read is not damaged. Of what is, the result still says whose look it was: a hand-in takes the
            // place of another, and never by itself that of a grader's.
            guard access(try path("evidence.json", student: student), R_OK) == 0 else { throw error }
            let result = try? self.result(of: student)
            return result.map { $0.handIn == nil } == true ? .byGrader : nil
        }
        if let handIn = evidence.handIn { return .handedIn(handIn.parts) }
        return evidence.reached.isEmpty ? nil : .byGrader
    }
}
