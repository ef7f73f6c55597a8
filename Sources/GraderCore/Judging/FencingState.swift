/// Whether fencing stands in the way of starting anything.
public enum FencingState: Sendable, Hashable {
    /// Switched off, as the lab's sheets have it.
    case off
    /// There is a device.
    case device(String)
    /// Switched on (the default) without a device: Pacemaker starts nothing (Pacemaker Explained, "Fencing").
    case onWithoutDevice
}

extension ClusterConfiguration {
    /// What `stonith-enabled` (true by default) and the fencing devices come to. Watchdog-only fencing counts as a
    /// device (`stonith-watchdog-timeout`).
    public var fencingState: FencingState {
        if let given = properties["stonith-enabled"], ClusterBoolean.parse(given) == false { return .off }
        let device = primitives.first { agent(of: $0).hasPrefix("stonith:") }
        if let device { return .device(device.id) }
        let watchdog = properties["stonith-watchdog-timeout"].flatMap { ClusterInterval.parse($0) }
        if let watchdog, watchdog > .zero { return .device("watchdog") }
        return .onWithoutDevice
    }
}

extension Findings {
    /// Whether fencing, left on, is why the resource is not started: the CIBs say that it is unsettled, or what is
    /// printed for people where no CIB could be read, and the resource runs nowhere. What was started before fencing
    /// was switched on goes on running.
    public func isHeldByFencing(_ resource: String?) -> Bool {
        let fromCIBs = configurations.filter(\.isCIB)
        let deciding = fromCIBs.isEmpty ? configurations : fromCIBs
        guard !deciding.isEmpty, !statuses.isEmpty,
            deciding.allSatisfy({ $0.configuration.fencingState == .onWithoutDevice })
        else { return false }
        guard let resource else { return true }
        return statuses.values.allSatisfy { $0.activeNodes(of: resource).isEmpty }
    }

    /// Whether the cluster has lost its quorum, as every view that there is says.
    public var isWithoutQuorum: Bool {
        !statuses.isEmpty && statuses.values.allSatisfy { $0.hasQuorum == false }
    }
}
