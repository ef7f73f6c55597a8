/// The forms that the names of observations have, and nowhere else: stored evidence and recordings hold them.
extension ProbeID {
    /// The same thing observed again for a reason of its own, e.g. `net/http-site` after a redirect:
    /// `net/http-site-hop-1`.
    public func again(_ reason: String) -> ProbeID { ProbeID("\(rawValue)-\(reason)") }

    /// The same thing observed once more when everything else had been, by which it is told whether the lab held still.
    public var closing: ProbeID { again("closing") }

    /// The same thing as a drill's evidence has it, observed in one of its stages: `moved/web1/clock`.
    public func staged(_ stage: DrillStage) -> ProbeID { ProbeID(Self.prefix(stage) + rawValue) }

    /// Back from ``staged(_:)``; nil where it was not of that stage.
    public func unstaged(_ stage: DrillStage) -> ProbeID? {
        let prefix = Self.prefix(stage)
        return rawValue.hasPrefix(prefix) ? ProbeID(String(rawValue.dropFirst(prefix.count))) : nil
    }

    private static func prefix(_ stage: DrillStage) -> String { "\(stage.rawValue)/" }
}

extension Observation {
    /// The same observation under another name.
    public func named(_ id: ProbeID) -> Observation {
        var named = self
        named.id = id
        return named
    }
}
