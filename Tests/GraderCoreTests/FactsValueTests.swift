import Foundation
import Testing

@testable import GraderCore

/// JSON of free shape, and a lab in it, as a student may hand it in.
struct FactsValueTests {
    private func read(_ text: String) throws -> FactsValue {
        try JSONDecoder().decode(FactsValue.self, from: Data(text.utf8))
    }

    private func nested(_ levels: Int, _ inner: String = "1") -> String {
        String(repeating: "[", count: levels) + inner + String(repeating: "]", count: levels)
    }

    @Test func everyKindIsReadAsItIs() throws {
        let text = #"{"a": null, "b": [true, 1, -7, "x", {}, []], "c": {"d": "é\n"}, "e": "null"}"#
        let value: FactsValue = [
            "a": .null, "b": [.bool(true), 1, -7, "x", [:], .array([])], "c": ["d": "é\n"], "e": "null",
        ]
        #expect(try read(text) == value)
        #expect(try read(value.json()) == value)
        #expect(throws: DecodingError.self) { try read("1.5") }
    }

    /// Each level, and each value in it, costs: a page of brackets would hold an import for a minute.
    @Test func depthAndNumberAreBounded() throws {
        #expect(try read(nested(FactsValue.mostLevels)).list?.count == 1)
        #expect(throws: DecodingError.self) { try read(nested(FactsValue.mostLevels + 1)) }
        let many = String(repeating: "1,", count: FactsValue.mostValues)
        #expect(throws: DecodingError.self) { try read("[\(many)1]") }
        // Not in one list, but in all.
        let lists = String(repeating: "[1,1],", count: FactsValue.mostValues / 3)
        #expect(throws: DecodingError.self) { try read("[\(lists)[1,1]]") }
        #expect(try read("[\(String(repeating: "1,", count: FactsValue.mostValues - 2))1]").list != nil)
    }

    @Test func aLabIsBoundedAsAWhole() throws {
        func lab(_ text: String) throws -> LabValues {
            try JSONDecoder().decode(LabValues.self, from: Data(text.utf8))
        }
        let small = try lab(#"{"addresses": {"web1": "10.0.0.1"}, "vip": "10.0.0.2", "ports": [80]}"#)
        #expect(small.addresses == [MachineID("web1"): "10.0.0.1"])
        #expect(small.values == ["vip": "10.0.0.2", "ports": [80]])
        #expect(try lab("{}") == LabValues(addresses: [:]))
        func machines(_ count: Int) -> String {
            (0..<count).map { "\"m\($0)\": \"10.0.0.1\"" }.joined(separator: ",")
        }
        #expect(try lab("{\"addresses\": {\(machines(100))}}").machines.count == 100)
        for text in [
            "[]", #"{"addresses": {"web1": 1}}"#, "{\"addresses\": {\(machines(101))}}",
            "{\"extra\": \(nested(400))}",
        ] {
            #expect(throws: DecodingError.self) { try lab(text) }
        }
    }
}
