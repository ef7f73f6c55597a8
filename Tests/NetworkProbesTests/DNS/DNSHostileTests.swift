import GraderCore
import Testing

@testable import NetworkProbes

/// Answers that no honest server sends: each is either read or refused, and what is kept is bounded.
@Suite struct DNSHostileTests {
    /// SplitMix64: the same mutations in every run.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }

    /// True where it was read.
    private func read(_ wire: [UInt8], _ request: DNSProbeRequest) -> Bool {
        guard let id = DNSCodec.id(of: wire) else { return false }
        guard let response = try? DNSCodec.response(wire, to: request, id: id, over: .udp) else {
            return false
        }
        let records = response.answers + response.authority + response.additional
        #expect(records.count <= DNSCodec.recordLimit)
        // No control character reaches a terminal.
        #expect(
            records.allSatisfy { record in
                (record.name + record.type + record.data).unicodeScalars.allSatisfy {
                    $0.value >= 0x20 && $0.value != 0x7F
                }
            })
        return true
    }

    @Test(arguments: RecordedAnswer.all)
    func mutatedAnswersAreReadOrRefused(name: String) throws {
        let recorded = try RecordedAnswer(name)
        let original = try recorded.wire
        var dice = Dice(state: UInt64(original.count))
        var wasRead = 0
        var wasRefused = 0
        for _ in 0..<3000 {
            var wire = original
            for _ in 0..<Int.random(in: 1...6, using: &dice) where !wire.isEmpty {
                let place = Int.random(in: 0..<wire.count, using: &dice)
                switch Int.random(in: 0..<6, using: &dice) {
                case 0: wire[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
                case 1: wire[place] = .random(in: .min ... .max, using: &dice)
                case 2: wire.removeLast(wire.count - place)
                case 3: wire.insert(contentsOf: original.suffix(place), at: place)
                case 4: wire[place] = 0xC0
                default: wire.remove(at: place)
                }
            }
            if read(wire, recorded.exchange.request) { wasRead += 1 } else { wasRefused += 1 }
        }
        // The mutations are neither all harmless nor all ruinous.
        #expect(wasRead > 0 && wasRefused > 0)
    }

    private let request = DNSProbeRequest(server: "192.0.2.53", name: "a.lab", type: .a)
    private func header(answers: UInt16) -> [UInt8] {
        [0, 7, 0x84, 0, 0, 1, UInt8(answers >> 8), UInt8(answers & 0xFF), 0, 0, 0, 0]
    }
    private let question: [UInt8] = [1, 0x61, 3, 0x6C, 0x61, 0x62, 0, 0, 1, 0, 1]

    /// RFC 1035, section 4.1.4: a pointer leads to an *earlier* name; nothing makes it do so.
    @Test func pointersThatGoRoundInCirclesAreRefused() {
        let record: [UInt8] = [0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]
        // To itself, to one that leads back, and past the end.
        for pointer: [UInt8] in [[0xC0, 23], [0xC0, 25, 0xC0, 23], [0xFF, 0xFF]] {
            #expect(!read(header(answers: 1) + question + pointer + record, request))
        }
    }

    @Test func countsThatPromiseTooMuchAreRefused() {
        #expect(!read(header(answers: .max) + question, request))
        #expect(!read(Array(header(answers: 0).prefix(11)), request))
        #expect(!read([], request))
    }

    @Test func aMessageAsLongAsCanBeIsReadInPart() throws {
        // As many records as fit, each owned by the longest name there is, by a pointer.
        let label: [UInt8] = [63] + Array(repeating: 7, count: 63)
        let longName = label + label + label + [60] + Array(repeating: 7, count: 60) + [0]
        var records = longName + [0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]
        let pointer: [UInt8] = [0xC0, 23, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]
        var count = 1
        while records.count + pointer.count + 23 <= 65_535 {
            records += pointer
            count += 1
        }
        let wire = header(answers: UInt16(count)) + question + records
        let response = try DNSCodec.response(wire, to: request, id: 7, over: .tcp)
        #expect(response.answers.count == DNSCodec.recordLimit)
        #expect(response.omittedRecords == count - DNSCodec.recordLimit)
        #expect(read(wire, request))
    }

    @Test func typesThatNobodyAsksForAreNotInterpreted() throws {
        // A TXT record of 300 bytes.
        let text: [UInt8] =
            [255] + Array(repeating: 0x1B, count: 255) + [43] + Array(repeating: 0x41, count: 43)
        let record: [UInt8] = [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 1, 44] + text
        let response = try DNSCodec.response(
            header(answers: 1) + question + record, to: request, id: 7, over: .udp)
        let data = try #require(response.answers.first).data
        #expect(data.hasPrefix("\\# 300 FF1B1B"))
        #expect(data.utf8.count < 600)
    }
}
