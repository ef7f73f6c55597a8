import Foundation
import Testing

@testable import ClassRun

@Suite struct TracesTests {
    @Test func wordsAreFoundAsAWholeOnly() {
        let traces = Traces(["172.16.1.1", "etu1", "Zoé Dupont", "www.etu1.lab"])
        #expect(traces.found(in: "172.16.1.12 10.172.16.1.1 172.16.1.1.5 etu12 Zoé Duponté").isEmpty)
        #expect(traces.found(in: "ping 172.16.1.1.") == ["172.16.1.1"])
        #expect(traces.found(in: "172.16.1.1:80 (etu1)") == ["172.16.1.1", "etu1"])
        #expect(traces.found(in: "<td>Zoé Dupont</td>") == ["Zoé Dupont"])
        #expect(traces.found(in: "http://www.etu1.lab/") == ["www.etu1.lab"])
    }

    /// In the bytes of a JSON file the `n` of `\n` would stand before the word.
    @Test func inJSONTheTextsCount() {
        let bytes = Array(#"{"a": ["x\n172.16.1.1\ty"], "etu1": 1}"#.utf8)
        #expect(Traces(["172.16.1.1", "etu1"]).found(inFile: bytes) == ["172.16.1.1", "etu1"])
        #expect(Traces(["etu1"]).found(inFile: Array("not JSON: etu1".utf8)) == ["etu1"])
    }

    @Test func aLineWithATraceIsHiddenAsAWhole() {
        let table = "IP  MAC\n172.16.1.1  02:00:00:00:00:01\n172.16.1.12  02:00:00:00:00:02\n"
        #expect(
            Traces(["172.16.1.1"]).hidden(in: table) == "IP  MAC\n[…]\n172.16.1.12  02:00:00:00:00:02\n")
    }

    @Test func whatOthersHaveTooSaysNothing() {
        #expect(Traces(["a", "172.16.0.10"]).without(Traces(["172.16.0.10"])).words == ["a"])
        #expect(Traces(["", "a"]).words == ["a"])
    }
}
