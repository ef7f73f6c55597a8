import Foundation
import Testing

@testable import VirtualClass

@Suite struct SituationScriptTests {
    private func parse(_ text: String, kind: SituationScript.Kind = .situation) throws -> SituationScript {
        try SituationScript(
            name: "x", kind: kind, text: text, file: "x.sh", places: ["serv1", "serv2", "dns"])
    }

    @Test func headerAndSectionsAreRead() throws {
        let script = try parse(
            """
            # A mistake.
            # starts-from: solved
            # loses: Q1.netmask, Q4.answers
            # why: because.
            ## on serv2
            echo one
            # a comment of the shell's
            ## on dns
            echo two
            """, kind: .fault)
        #expect(script.summary == "A mistake.")
        #expect(script.startsFrom == "solved")
        #expect(script.loses == ["Q1.netmask", "Q4.answers"])
        #expect(script.why == "because.")
        #expect(
            script.sections == [
                .init(place: "serv2", script: "echo one\n# a comment of the shell's"),
                .init(place: "dns", script: "echo two"),
            ])
    }

    @Test(arguments: [
        ("# a\n## on serv3\n", "x.sh:2"), ("# a\n\ncrm status\n", "x.sh:3"),
        ("## on serv1\ntrue\n", "x.sh:1"),
        ("# a\n## serv1\n", "x.sh:2"),
    ])
    func aMistakeIsReportedWithItsLine(_ text: String, _ place: String) {
        #expect { try parse(text) } throws: { ($0 as? LabError)?.sentence.en.hasPrefix(place) == true }
    }

    @Test func aPlaceThatTheLabHasNotIsNamedWithThoseItHas() {
        let wrong = "# a\n## on dns\n"
        for (places, known) in [
            (["web"], "“## on web”"), (["a", "b"], "“## on a” or “## on b”"),
            (["a", "b", "c"], "“## on a”, “## on b” or “## on c”"),
        ] {
            #expect {
                try SituationScript(name: "x", kind: .situation, text: wrong, file: "x.sh", places: places)
            } throws: {
                ($0 as? LabError)?.sentence.en == "x.sh:2: expected \(known)."
            }
        }
    }

    @Test func aFaultHasToSayWhatItCosts() {
        #expect(throws: LabError.self) { try parse("# a\n## on serv1\ntrue\n", kind: .fault) }
    }

    @Test func aVariationMustNotCostAnything() throws {
        #expect(try parse("# a\n# loses:\n", kind: .variation).loses == [])
        #expect(throws: LabError.self) { try parse("# a\n# loses: Q1.netmask\n", kind: .variation) }
        #expect(throws: LabError.self) { try parse("# a\n", kind: .variation) }
    }

    @Test func continuousIntegrationTriesWhatIsMarked() throws {
        #expect(try parse("# a\n# ci: yes\n").isForCI)
        #expect(try !parse("# a\n# ci: no\n").isForCI)
    }

    @Test func whatHaltsTheClusterComesLastOfTwo() throws {
        let halting = try parse("# a\n# halts: yes\n")
        let other = try parse("# b\n")
        #expect(halting.isHalting && !other.isHalting)
        #expect(SituationScript.ordered(halting, other).map(\.summary) == ["b", "a"])
        #expect(SituationScript.ordered(other, halting).map(\.summary) == ["b", "a"])
        #expect(SituationScript.ordered(other, other).count == 2)
    }
}

@Suite struct SituationLibraryTests {
    private func script(
        _ name: String, _ startsFrom: String?, _ kind: SituationScript.Kind = .situation
    ) throws -> SituationScript {
        let from = startsFrom.map { "# starts-from: \($0)\n" } ?? ""
        return try SituationScript(
            name: name, kind: kind, text: "# a\n# loses: Q\n" + from, file: name, places: [])
    }

    private func library() throws -> SituationLibrary {
        try SituationLibrary([
            script("fresh", nil), script("one", "fresh"), script("two", "one"), script("bad", "two", .fault),
            script("worse", "two", .fault), script("early", "one", .fault),
        ])
    }

    @Test func theWayToASituationIsTheChainBeforeIt() throws {
        #expect(try library().chain(to: "bad").map(\.name) == ["fresh", "one", "two", "bad"])
    }

    @Test(arguments: [
        ("two", [], ["fresh", "one", "two"]), ("two", ["fresh"], ["one", "two"]),
        ("two", ["fresh", "one", "two"], []),
        ("bad", ["fresh", "one"], ["two", "bad"]), ("worse", ["fresh", "one", "two", "bad"], ["worse"]),
    ])
    func aPairOnTheWayGoesOnFromWhereItIs(_ name: String, _ applied: [String], _ expected: [String]) throws {
        #expect(try library().remaining(to: name, applied: applied)?.map(\.name) == expected)
    }

    @Test(arguments: [
        ("one", ["fresh", "one", "two"]), ("two", ["fresh", "one", "two", "bad"]),
        ("early", ["fresh", "one", "two"]),
        ("bad", ["off"]),
        ("bad", ["fresh", "one", "two", "bad"].dropLast() + ["worse", "bad", "broken-off"]),
    ])
    func anyOtherIsStartedAnew(_ name: String, _ applied: [String]) throws {
        #expect(try library().remaining(to: name, applied: applied) == nil)
    }

    @Test func circlesAndUnknownNamesAreRefused() throws {
        #expect(throws: LabError.self) { try SituationLibrary([script("a", "b"), script("b", "a")]) }
        #expect(throws: LabError.self) { try SituationLibrary([script("a", "nowhere")]) }
        #expect(throws: LabError.self) { try SituationLibrary([script("off", nil)]) }
        #expect(throws: LabError.self) { try library().chain(to: "three") }
    }

    /// The scripts of the exercise itself, and that each is a program for sh.
    @Test func theExercisesOwnScriptsAreSound() throws {
        let library = try TestRecipes.activite2().library()
        for name in ["fresh", "solved"] + (1...9).map({ "after-q\($0)" }) {
            #expect(library.scripts[name]?.kind == .situation, "\(name)")
        }
        #expect(try library.chain(to: "solved").count == 11)
        let faults = library.scripts.values.filter { $0.kind == .fault }
        #expect(faults.count >= 60)
        #expect(faults.count { $0.isForCI } == 12)
        let variations = library.scripts.values.filter { $0.kind == .variation }
        #expect(variations.count >= 20)
        #expect((faults + variations).allSatisfy { $0.why?.isEmpty == false && $0.startsFrom != nil })
    }
}
