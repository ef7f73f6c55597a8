import Foundation
import GraderCore
import Testing

@testable import NetworkProbes

/// What BIND 9.18 answered in a virtual class: `bascule resolve --json`.
struct RecordedAnswer: Decodable {
    var exchange: DNSExchange

    /// - Parameter name: of the file in `Fixtures/bind`, without its ending.
    init(_ name: String) throws {
        let root = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/bind")
        let data = try Data(contentsOf: root.appendingPathComponent(name + ".json"))
        self = try JSONDecoder().decode(Self.self, from: data)
    }

    static let all = [
        "a", "aaaa", "alias", "alias-elsewhere", "alias-loop", "cname", "long", "nodata", "ns", "nxdomain",
        "ptr",
        "referral", "refused", "servfail", "soa", "truncated",
    ]

    /// The message as it came.
    var wire: [UInt8] {
        get throws { try #require(exchange.response).wire.raw }
    }

    /// The same message in answer to another question of the same name and type.
    func wire(answering query: [UInt8]) throws -> [UInt8] { Array(query.prefix(2)) + (try wire.dropFirst(2)) }

    /// The request, put to another server.
    func request(to port: Int) -> DNSProbeRequest {
        var request = exchange.request
        request.server = "127.0.0.1"
        request.port = port
        return request
    }
}
