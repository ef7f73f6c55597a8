public struct NeighbourTable: Sendable {
    public struct Entry: Sendable {
        public var address: IPAddress
        public var macAddress: MACAddress?
        public var isReachable: Bool
    }
    public var entries: [Entry] = []
    public static func read(ipNeigh: String) -> NeighbourTable { NeighbourTable() }
    public static func read(procNetARP: String) -> NeighbourTable { NeighbourTable() }
}
