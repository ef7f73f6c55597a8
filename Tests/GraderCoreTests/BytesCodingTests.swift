import Foundation
import GraderCore
import Testing

/// What was bounded as it came stays so in the file.
@Suite struct BytesCodingTests {
    private func coded(_ bytes: Bytes) throws -> (file: Data, back: Bytes) {
        let file = try JSONEncoder().encode([bytes])
        return (file, try #require(try JSONDecoder().decode([Bytes].self, from: file).first))
    }

    @Test(arguments: ["", "eth0: <UP>\n\tinet 172.16.0.10\n", "\u{1B}[31mrouge\u{1B}[0m : épine"])
    func textIsReadByAPerson(_ text: String) throws {
        let (file, back) = try coded(Bytes(text))
        #expect(back == Bytes(text))
        #expect(!String(decoding: file, as: UTF8.self).contains("base64"))
    }

    /// Six bytes of JSON for each of a flood's.
    @Test(arguments: [0x01, 0x1B, 0x0D] as [UInt8])
    func controlCharactersTakeNoMoreThanTheyAre(_ byte: UInt8) throws {
        let flood = Bytes(Array(repeating: byte, count: 100_000))
        let (file, back) = try coded(flood)
        #expect(back == flood)
        #expect(file.count < flood.raw.count * 2)
    }
}
