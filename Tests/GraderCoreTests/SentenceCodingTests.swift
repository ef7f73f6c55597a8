import Foundation
import GraderCore
import Testing

/// Evidence and results hold a sentence in English where it always stood, and in both languages beside it.
@Suite struct SentenceCodingTests {
    private static func coded<Value: Codable>(_ value: Value) throws -> (Value, [String: Any]) {
        let data = try JSONEncoder().encode(value)
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return (try JSONDecoder().decode(Value.self, from: data), object ?? [:])
    }

    private static func read<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    @Test func aTransportFailureStaysReadableForOlderPrograms() throws {
        let failure = TransportFailure(.timedOut, fr: "pas de réponse", en: "no answer")
        let (again, object) = try Self.coded(failure)
        #expect(again == failure)
        #expect(object["message"] as? String == "no answer")
        let old: TransportFailure = try Self.read(#"{"kind": "timedOut", "message": "no answer"}"#)
        #expect(old == TransportFailure(.timedOut, LocalizedText(verbatim: "no answer")))
    }

    @Test func aDialFailureStaysReadableForOlderPrograms() throws {
        let failure = DialFailure(.refused, fr: "connexion refusée", en: "connection refused")
        let (again, object) = try Self.coded(failure)
        #expect(again == failure)
        #expect(object["message"] as? String == "connection refused")
        let old: DialFailure = try Self.read(#"{"kind": "refused", "message": "connection refused"}"#)
        #expect(old.message.fr == "connection refused")
    }

    @Test func anExchangeThatIsNotWhole() throws {
        let late = HTTPExchange.Incomplete(
            LocalizedText(fr: "pas un octet en 5 s", en: "not a byte within 5 s"), ranOutOfTime: true)
        #expect(try Self.coded(late).0 == late)
        let answer = DNSExchange.Answer.malformed(
            Bytes([1]), reason: LocalizedText(fr: "une autre question", en: "another question"))
        #expect(try Self.coded(answer).0 == answer)
        let old: HTTPExchange.Incomplete = try Self.read(#"{"sentence": "why", "ranOutOfTime": false}"#)
        #expect(old.sentence.en == "why")
    }

    @Test func whatIsTheSameInBothLanguagesIsKeptOnce() throws {
        let (_, object) = try Self.coded(DialFailure(.other, LocalizedText(verbatim: "strace")))
        #expect(Set(object.keys) == ["kind", "message"])
    }
}
