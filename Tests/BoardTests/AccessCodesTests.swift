import Testing

@testable import ClassRun

struct AccessCodesTests {
    @Test func aCodeIsReadAsPeopleTypeIt() throws {
        let code = try #require(AccessCodes().all.first?.code)
        #expect(code.utf8.count == 26)
        let grouped = code.uppercased().enumerated().map { $0 % 5 == 4 ? "\($1) - " : "\($1)" }.joined()
        #expect(AccessCodes.typed(grouped) == code)
        #expect(AccessCodes.typed("O" + code.dropFirst()) == "0" + code.dropFirst())
        #expect(AccessCodes.typed("l" + code.dropFirst()) == "1" + code.dropFirst())
    }

    @Test(arguments: ["", "abc", String(repeating: "u", count: 26), String(repeating: "0", count: 27)])
    func whatCannotBeACodeIsNone(text: String) { #expect(AccessCodes.typed(text) == nil) }

    @Test func noTwoAreAlike() {
        #expect(Set((0..<1000).map { _ in AccessCodes.newCode() }).count == 1000)
    }
}
