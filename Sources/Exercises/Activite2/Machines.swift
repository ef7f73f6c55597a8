import GraderCore

extension MachineID {
    /// The primary of the sheet.
    public static let serv1 = MachineID("serv1")
    /// The secondary.
    public static let serv2 = MachineID("serv2")
    /// Both, in the sheet's order.
    public static let pair = [serv1, serv2]

    /// The other one.
    public var peer: MachineID { self == .serv1 ? .serv2 : .serv1 }
}

extension Findings {
    /// The node for what one node is enough for: one that has the cluster's configuration, where there is any.
    var asked: MachineID? { reached.first { cibs[$0] != nil } ?? reached.first }
}
