import Testing

@testable import Pacemaker

/// Patterns of location constraints, which regcomp(3) and regexec(3) match.
@Suite struct ResourcePatternTests {
    @Test(arguments: [
        ("^IPFailover$", true), ("!^IPFailover$", false),
        ("^(serviceWeb|IPFailover)+$", true),
        ("^[[:alnum:]_-]+$", true), ("^IP[A-Z][a-z]{3,}er$", true),
        ("^.{1,10}$", true), ("^.{11,16}$", false),
        ("(Web|DNS)", false), ("!Web+|DNS+|DHCP+", true), (#"^IP\+"#, false),
    ])
    func whatPeopleWriteIsMatched(pattern: String, answer: Bool) {
        #expect(ResourcePattern(pattern)?.matches("IPFailover") == answer)
    }

    /// Each is written out by glibc in hundreds of megabytes, or takes seconds (found by fuzzing, and its kind by hand).
    @Test(arguments: [
        "2" + String(repeating: "+", count: 30),
        String(repeating: "(", count: 20) + "a" + String(repeating: "+)", count: 20),
        "a" + String(repeating: "{1,}", count: 20),
        "(" + String(repeating: ".?", count: 120) + "){1,255}",
        "(" + String(repeating: ".*", count: 120) + "){9}", "a{200}{200}", "a{2,}{3,}{4,}{5,}", "a{32767}",
        String(repeating: "(a*)+", count: 50), #"(a)\1"#, "a\0b", String(repeating: "a", count: 257),
    ])
    func whatTakesAllMemoryIsNotMatched(pattern: String) {
        #expect(ResourcePattern(pattern)?.matches("aaaaaaaa") == nil)
    }

    @Test func whatIsNoExpressionOrNoIDIsNotAnswered() {
        #expect(ResourcePattern("(")?.matches("a") == nil)
        #expect(ResourcePattern("a{99999999999999999999}")?.matches("a") == nil)
        #expect(ResourcePattern("a")?.matches(String(repeating: "a", count: 129)) == nil)
    }
}
