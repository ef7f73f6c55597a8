/// Looks at a pair from the network. Every outcome is a value.
public protocol NetworkProber: Sendable {
    /// `.port`, or `.failed` where the trouble is the grader's own (no descriptor left, the tunnel broken).
    func port(address: String, port: Int, timeLimit: Duration) async -> Observation.Outcome
    /// `.http`, or `.failed` likewise.
    func http(
        _ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int
    ) async -> Observation.Outcome
    /// `.dns`, or `.failed` likewise.
    func dns(_ request: DNSProbeRequest, timeLimit: Duration) async -> Observation.Outcome
    /// The kernel's neighbour table here, as text; nil where there is none to be read.
    func neighbours() async -> Bytes?
}
