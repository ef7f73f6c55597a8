import GraderCore
import Testing

@testable import NetworkProbes

@Suite struct DNSCodecTests {
    @Test(arguments: [
        ("a", DNSExchange.Outcome.records), ("aaaa", .records), ("alias", .records), ("cname", .records),
        ("long", .records), ("ns", .records), ("ptr", .records), ("soa", .records), ("truncated", .records),
        ("nodata", .noData), ("alias-elsewhere", .noData), ("referral", .referral),
        ("nxdomain", .nameDoesNotExist), ("refused", .refused), ("servfail", .serverFailure),
        // BIND 9.18 gives up on names that are aliases of each other.
        ("alias-loop", .serverFailure),
    ])
    func outcomesAreToldApart(name: String, outcome: DNSExchange.Outcome) throws {
        #expect(try RecordedAnswer(name).exchange.outcome == outcome)
    }

    @Test(arguments: RecordedAnswer.all)
    func theRawBytesSayWhatWasKeptOfThem(name: String) throws {
        let exchange = try RecordedAnswer(name).exchange
        var kept = try #require(exchange.response)
        kept.tcpFailure = nil
        let id = try #require(DNSCodec.id(of: kept.wire.raw))
        let read = try DNSCodec.response(
            kept.wire.raw, to: exchange.request, id: id, over: kept.transport)
        #expect(read == kept)
    }

    @Test(arguments: [
        ("a", ["172.16.1.12"]), ("aaaa", ["2001:db8::12"]), ("alias", ["172.16.1.12"]),
        ("cname", ["www.etu1.lab."]), ("ns", ["dns.etu1.lab."]), ("ptr", ["www.etu1.lab."]), ("nodata", []),
    ])
    func recordsAreThoseAtTheEndOfTheAliases(name: String, data: [String]) throws {
        let records = try RecordedAnswer(name).exchange.records
        #expect(records.map(\.data) == data)
        #expect(records.allSatisfy { $0.timeToLive == .seconds(60) })
    }

    @Test func aStartOfAuthorityHasItsFields() throws {
        let record = try #require(try RecordedAnswer("soa").exchange.records.first)
        let expected = DNSRecord.StartOfAuthority(
            primaryServer: "dns.etu1.lab.", mailbox: "root.etu1.lab.", serial: 3, refresh: .seconds(3600),
            retry: .seconds(600), expire: .seconds(86400), minimum: .seconds(60))
        #expect(record.startOfAuthority == expected)
        #expect(record.data == "dns.etu1.lab. root.etu1.lab. 3 3600 600 86400 60")
    }

    /// RFC 1035, section 4.1: header, then the question `QNAME QTYPE QCLASS`.
    @Test func aQueryIsWrittenToTheLetter() throws {
        let request = DNSProbeRequest(
            server: "192.0.2.53", name: "www.lab", type: .aaaa, recursionDesired: true)
        let header: [UInt8] = [0xAB, 0xCD, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0]
        let question: [UInt8] = [3, 0x77, 0x77, 0x77, 3, 0x6C, 0x61, 0x62, 0, 0, 28, 0, 1]
        #expect(try DNSCodec.query(request, id: 0xABCD) == header + question)
    }

    @Test(arguments: ["", "a..b", "deux mots.lab", "nul\0.lab", String(repeating: "x", count: 64) + ".lab"])
    func whatIsNoNameIsNotAsked(name: String) {
        let request = DNSProbeRequest(server: "192.0.2.53", name: name, type: .a)
        #expect(throws: DNSCodec.Fault.self) { try DNSCodec.query(request, id: 1) }
    }

    @Test func whatDoesNotAnswerTheQuestionIsAFault() throws {
        let recorded = try RecordedAnswer("a")
        let wire = try recorded.wire
        let id = try #require(DNSCodec.id(of: wire))
        func reading(_ wire: [UInt8], as request: DNSProbeRequest, id: UInt16) throws -> DNSResponse {
            try DNSCodec.response(wire, to: request, id: id, over: .udp)
        }
        let request = recorded.exchange.request
        #expect {
            try reading(wire, as: request, id: id &+ 1)
        } throws: { ($0 as? DNSCodec.Fault)?.reason.en == "the id is not that of the question" }
        var other = request
        other.name = "serv1.etu1.lab"
        #expect {
            try reading(wire, as: other, id: id)
        } throws: { ($0 as? DNSCodec.Fault)?.reason.en == "it answers another question" }
        other = request
        other.type = .ns
        #expect {
            try reading(wire, as: other, id: id)
        } throws: { ($0 as? DNSCodec.Fault)?.reason.en == "it answers another question" }
        #expect {
            try reading(try DNSCodec.query(request, id: id), as: request, id: id)
        } throws: { ($0 as? DNSCodec.Fault)?.reason.en == "it is a question, not an answer to one" }
        // Case means nothing (RFC 4343).
        other = request
        other.name = "WWW.Etu1.LAB."
        #expect(try reading(wire, as: other, id: id).records(of: .a, for: other.name).count == 1)
    }

    @Test func anErrorMayLeaveTheQuestionOut() throws {
        let request = DNSProbeRequest(server: "192.0.2.53", name: "www.lab", type: .a)
        let formatError: [UInt8] = [0, 7, 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0]
        #expect(try DNSCodec.response(formatError, to: request, id: 7, over: .udp).code == .formatError)
        let noError: [UInt8] = [0, 7, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        #expect(throws: DNSCodec.Fault.self) {
            try DNSCodec.response(noError, to: request, id: 7, over: .udp)
        }
    }

    @Test func aliasesOfEachOtherLeadNowhere() {
        func alias(_ name: String, _ data: String) -> DNSRecord {
            DNSRecord(name: name, timeToLive: .zero, type: "CNAME", data: data)
        }
        let response = DNSResponse(
            wire: "", transport: .udp, code: .noError, isAuthoritative: true,
            answers: [alias("a.lab.", "B.lab."), alias("b.lab.", "a.lab.")])
        #expect(response.records(of: .a, for: "a.lab") == [])
        #expect(response.records(of: .cname, for: "A.LAB").map(\.data) == ["B.lab."])
    }

    @Test(arguments: [
        ("172.16.1.12", "12.1.16.172.in-addr.arpa."),
        (
            "2001:db8::1",
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa."
        ),
    ])
    func addressesHaveReverseNames(address: String, name: String) throws {
        #expect(try #require(IPAddress(address)).reverseName == name)
    }
}
