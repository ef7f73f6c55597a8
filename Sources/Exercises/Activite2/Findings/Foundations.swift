import GraderCore
import Pacemaker

extension Findings {
    /// Whether fencing, left on, is why the resource is not started: the CIBs say that it is unsettled, or what is
    /// printed for people where no CIB could be read, and the resource runs nowhere. What was started before fencing
    /// was switched on goes on running.
    func isHeldByFencing(_ resource: String?) -> Bool {
        let fromCIBs = configurations.filter(\.isCIB)
        let deciding = fromCIBs.isEmpty ? configurations : fromCIBs
        guard !deciding.isEmpty, !statuses.isEmpty,
            deciding.allSatisfy({ $0.configuration.fencingState == .onWithoutDevice })
        else { return false }
        guard let resource else { return true }
        return statuses.values.allSatisfy { $0.activeNodes(of: resource).isEmpty }
    }

    /// Whether the cluster has lost its quorum, as every view that there is says.
    var isWithoutQuorum: Bool {
        !statuses.isEmpty && statuses.values.allSatisfy { $0.hasQuorum == false }
    }
}
