import GraderCore
import InputFiles

extension Fact {
    /// Whether a matcher can be asked of it.
    func takes(_ matcher: String) -> Bool {
        switch form {
        case .text: true
        case .number: ["equals", "oneOf", "number"].contains(matcher)
        case .permissions: ["equals", "oneOf"].contains(matcher)
        case .lines: ["equals", "oneOf", "lines", "matches"].contains(matcher)
        case .flag, .headers: false
        }
    }
}

extension Fact.Form {
    var expected: LocalizedText {
        switch self {
        case .text:
            LocalizedText(
                fr: "un texte, ou des clés parmi equals, oneOf, matches, …",
                en: "a text, or a mapping with equals, oneOf, matches, …")
        case .number:
            LocalizedText(
                fr: "un nombre, {atLeast:, atMost:} ou oneOf", en: "a number, {atLeast:, atMost:} or oneOf")
        case .permissions:
            LocalizedText(
                fr: "des droits tels que \"0640\", ou oneOf", en: "permissions such as \"0640\", or oneOf")
        case .lines:
            LocalizedText(
                fr: "un texte, ou des clés parmi include, exclude, count, equals et matches",
                en: "a text, or a mapping with include, exclude, count, equals or matches")
        case .flag: alternatives(["true", "false"])
        case .headers:
            LocalizedText(
                fr: "le nom d'un en-tête et ce qu'il doit être", en: "a header's name and what it has to be")
        }
    }
}

extension Fact {
    /// The words that are all it can be; nil where it can be anything.
    func words(of template: Template) -> [String]? {
        guard template.variables.isEmpty else { return nil }
        return switch name {
        case "state": ["open", "closed", "filtered", "host-unreachable"]
        case "kind": ["file", "directory", "link", "other"]
        case "code": (0...10).map { DNSResponseCode(rawValue: $0).description }
        default: nil
        }
    }

    /// The numbers that it can be; nil where it can be any.
    var possible: ClosedRange<Double>? {
        switch name {
        case "exit": 0...125
        case "status": 100...599
        default: nil
        }
    }
}
