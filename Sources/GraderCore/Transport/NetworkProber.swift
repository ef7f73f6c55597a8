/// Looks at a pair from the network. Every outcome is a value.
public protocol NetworkProber: Sendable {
    func port(address: String, port: Int, timeLimit: Duration) async -> PortProbeResult
    func http(_ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int) async -> HTTPExchange
    /// The kernel's neighbour table here, as text; nil where there is none to be read.
    func neighbours() async -> Bytes?
}
