import Foundation
import GraderCore
import Testing

/// Numbers as files and machines may say them: none ends the program, each of which did.
@Suite struct ForeignNumberTests {
    private struct Told: Codable { @SecondsCoded var at: Duration }

    @Test(arguments: ["1e300", "-1e300", "9223372036854775808e3", "1e20", "-1e19", "9223372036854775808"])
    func aDurationBeyondAllIsRefused(_ number: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Told.self, from: Data("{\"at\": \(number)}".utf8))
        }
    }

    @Test(arguments: ["1e18", "-4e18", "0.000001"])
    func whatIsReadCanBeAddedToldAndWritten(_ number: String) throws {
        let at = try JSONDecoder().decode(Told.self, from: Data("{\"at\": \(number)}".utf8)).at
        let sum = at + at + at
        #expect(sum.wholeSeconds.magnitude >= at.wholeSeconds.magnitude)
        #expect(sum.wholeMilliseconds.magnitude >= at.wholeMilliseconds.magnitude)
        #expect(sum.wholeMicroseconds.magnitude >= at.wholeMicroseconds.magnitude)
        let written = try JSONEncoder().encode(Told(at: at))
        let again = try JSONDecoder().decode(Told.self, from: written).at
        #expect(abs((again - at) / .seconds(1)) <= abs(at / .seconds(1)) * 1e-12)
    }

    @Test func wholePartsAreCutOffAndSaturate() {
        #expect(Duration.milliseconds(-1500).wholeSeconds == -1)
        #expect(Duration.microseconds(-1500).wholeMilliseconds == -1)
        #expect((Duration.seconds(2) + .nanoseconds(1999)).wholeMicroseconds == 2_000_001)
        let long = Duration.seconds(Int64.max) + .seconds(Int64.max)
        #expect(long.wholeSeconds == .max && (.zero - long).wholeSeconds == .min)
        #expect(long.wholeMilliseconds == .max && (.zero - long).wholeMicroseconds == .min)
    }

    @Test func numbersOfAnySizeAreConverted() {
        #expect(Int(saturating: 1e300) == .max && Int(saturating: -.infinity) == .min)
        #expect(Int(saturating: .nan) == 0 && Int(saturating: -2.9) == -2)
        #expect(
            Int64(saturating: 0x1p63) == .max && UInt8(saturating: -1) == 0 && UInt8(saturating: 300) == 255)
        #expect([Int.max, 1, Int.max].sumOfCounts == .max && [2, 3].sumOfCounts == 5)
        let parts = Array(repeating: Duration.seconds(Int64.max), count: 100)
        #expect(parts.sum(eachAtMost: .seconds(60)) == .seconds(6000))
        #expect(Duration(foreignSeconds: .nan) == nil && Duration(foreignSeconds: .infinity) == nil)
    }

    @Test(arguments: [Int.max, Int.min, 1_000_000_000_001])
    func pointsBeyondAllAreRefused(_ number: Int) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Points].self, from: Data("[\(number)]".utf8))
        }
        let points = Points(thousandths: number)
        #expect((points + points - .zero).times(1e300).formatted(.english).isEmpty == false)
        #expect(Points(1e300).formatted(.french) == "1000000000")
    }

    @Test func aLineIsReadFromTheLeft() {
        var scanner = LineScanner("12 été-noir: reste")
        #expect(scanner.digits() == "12" && scanner.take(" "))
        #expect(!scanner.take("eté") && scanner.upTo("; ") == nil)
        #expect(scanner.word() == "été-noir:" && scanner.word() == nil)
        scanner.skipBlanks()
        #expect(scanner.rest == "reste" && !scanner.isAtEnd)
        #expect(scanner.takeOne(of: ["ab", "re"]) == "re" && scanner.upTo("t") == "s" && scanner.rest == "e")
        var number = LineScanner("2026x")
        #expect(number.number(ofDigits: 5) == nil)
        let twice = "a) at b) at c"[...]
        #expect(twice.lastRange(of: ") at ").map { twice[$0.upperBound...] } == "c")
        #expect("abc"[...].lastRange(of: "abcd") == nil)
    }

    @Test(arguments: [
        ("a (b (c) d)", ["a (b ", "[c]", " d)"]), ("()", ["[]"]), (")((x", [")((x"]),
        ("(é)(ü)", ["[é]", "[ü]"]), ("", []),
    ])
    func innermostBracketsAreFound(_ text: String, _ parts: [String]) {
        let found = text.parts(between: "(", and: ")").map { part in
            switch part {
            case .plain(let text): String(text)
            case .inside(let text, _): "[\(text)]"
            }
        }
        #expect(found == parts)
        #expect(text.parts(between: "(", and: ")").map(\.whole).joined() == text)
    }
}
