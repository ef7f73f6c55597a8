import GraderCore
import TestSheets
import Synchronization

@testable import ClassRun

/// A log-in to a node of stored evidence: a command brings back what it brought back then; what was not asked then
/// cannot be answered.
final class ReplaySession: NodeSession {
    private let node: MachineID
    private let student: String
    /// By argument vector, in the order in which they were made.
    private let results: [[String]: [CommandResult]]
    /// How often each was asked for.
    private let asked = Mutex<[[String]: Int]>([:])

    /// - Throws: what the log-in to this node failed with then.
    init(_ evidence: Evidence, node: MachineID) throws(TransportFailure) {
        if let failure = evidence.unreachable[node] { throw failure }
        self.node = node
        student = evidence.student
        var results: [[String]: [CommandResult]] = [:]
        for observation in evidence.observations.sorted(by: { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) })
        where observation.vantage == .node(node) {
            guard case .command(let result) = observation.outcome else { continue }
            results[result.arguments, default: []].append(result)
        }
        self.results = results
    }

    /// The first answer first; what is asked more often than it was then gets the last one again.
    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        guard let answers = results[command.arguments], let last = answers.last else {
            throw TransportFailure(
                .connectionLost,
                LocalizedText(
                    verbatim:
                        "\(student)/\(node.rawValue): the stored evidence has no answer to “\(command.arguments.first ?? "")”; collect again."
                ))
        }
        let turn = asked.withLock { asked in
            defer { asked[command.arguments, default: 0] += 1 }
            return asked[command.arguments, default: 0]
        }
        return turn < answers.count ? answers[turn] : last
    }

    /// Leads nowhere: replay touches no network.
    var dialer: any StreamDialer { NoDialer() }
    var hostKey: String? { nil }
    func close() async {}
}

/// What the network showed then.
struct ReplayProber: NetworkProber {
    private let evidence: Evidence

    init(_ evidence: Evidence) { self.evidence = evidence }

    func port(address: String, port: Int, timeLimit: Duration) async -> Observation.Outcome {
        for case .port(let result) in outcomes where result.address == address && result.port == port {
            return .port(result)
        }
        return .failed(missing)
    }

    func http(
        _ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int
    ) async -> Observation.Outcome {
        for case .http(let exchange) in outcomes where exchange.request == request { return .http(exchange) }
        return .failed(missing)
    }

    func dns(_ request: DNSProbeRequest, timeLimit: Duration) async -> Observation.Outcome {
        for case .dns(let exchange) in outcomes where exchange.request == request { return .dns(exchange) }
        return .failed(missing)
    }

    private var missing: TransportFailure {
        TransportFailure(
            .connectionLost,
            LocalizedText(
                verbatim:
                    "\(evidence.student): the stored evidence has no such probe; collect again with this version."
            ))
    }

    func neighbours() async -> Bytes? {
        for case .neighbours(let table) in outcomes { return table }
        return nil
    }

    private var outcomes: [Observation.Outcome] { evidence.observations.map(\.outcome) }
}

extension PairCollector.Access {
    /// The ways to a pair as it was; touches no machine.
    static func replaying(_ evidence: Evidence) -> PairCollector.Access {
        let prober = ReplayProber(evidence)
        return PairCollector.Access(
            connect: { role throws(TransportFailure) in try ReplaySession(evidence, node: role) },
            directProber: evidence.networkVantage == .grader ? prober : nil, prober: { _ in prober })
    }
}
