import GraderCore
import LinuxFacts
import Pacemaker

/// How well a primitive fits what a question asks for, where several of a kind are configured: a leftover of an earlier
/// try, stopped and never deleted, must not be judged for the one in use.
struct CandidateRank: Comparable {
    /// What it is by itself; the least is the best.
    var claim: Int
    /// `crm_mon` has it running.
    var isActive: Bool
    /// It is in a group.
    var isTied: Bool
    /// Somebody has stopped it (`target-role`).
    var isStopped: Bool

    private var order: (Int, Int, Int, Int) { (claim, isActive ? 0 : 1, isTied ? 0 : 1, isStopped ? 1 : 0) }

    static func < (left: CandidateRank, right: CandidateRank) -> Bool { left.order < right.order }

    static func == (left: CandidateRank, right: CandidateRank) -> Bool { left.order == right.order }

    /// The best first; of equals the first: the CIBs come first in `Findings.configurations`.
    static func sorted<Value>(_ candidates: [(rank: CandidateRank, value: Value)]) -> [Value] {
        candidates.enumerated().sorted {
            $0.element.rank != $1.element.rank
                ? $0.element.rank < $1.element.rank : $0.offset < $1.offset
        }.map(\.element.value)
    }
}

extension ClusterConfiguration {
    /// Whether somebody has stopped the resource or what encloses it (`crm resource stop`).
    func isStopped(_ resource: String) -> Bool {
        effectiveMeta("target-role", of: resource)?.lowercased() == "stopped"
    }
}
