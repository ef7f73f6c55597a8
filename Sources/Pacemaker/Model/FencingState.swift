import GraderCore

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
        let watchdog = properties["stonith-watchdog-timeout"].flatMap { DurationText.parse($0) }
        if let watchdog, watchdog > .zero { return .device("watchdog") }
        return .onWithoutDevice
    }
}
