import Foundation
import GraderCore
import Testing
import VirtualClass

@testable import bascule

/// Which lab `bascule lab` raises.
struct LabChoiceTests {
    private func choice(_ asked: String?) -> LabChoice {
        let lab = { (name: String) in
            VirtualLab(summary: LocalizedText(verbatim: name), machines: [MachineID("web")])
        }
        return LabChoice(
            asked: asked,
            exercises: [("activite-2", lab("usual")), ("other", lab("other")), ("paper", nil)])
    }

    @Test func nobodyHasToChoose() throws {
        let lab = try choice(nil).lab(of: nil)
        #expect(lab.id == "activite-2" && lab.recipe.summary.en == "usual")
        #expect(lab.folder.hasSuffix("exercises/activite-2"))
    }

    @Test(arguments: ["other", "exercises/other", "/somewhere/other/"])
    func anExerciseIsNamedByItsIdOrItsFolder(_ asked: String) throws {
        let lab = try choice(asked).lab(of: nil)
        #expect(lab.id == "other" && lab.recipe.summary.en == "other")
        #expect(lab.folder == (asked == "other" ? "exercises/other" : asked))
    }

    @Test func aFolderOfAnotherNameHoldsScriptsForTheUsualOne() throws {
        let folder = try Program.temporaryFolder().path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let lab = try choice(folder).lab(of: nil)
        #expect(lab.id == "activite-2" && lab.folder == folder)
    }

    /// By position or by `--student`, once.
    @Test(arguments: [
        ["apply", "etu1"], ["apply", "--student", "etu1"], ["apply", "--student", "etu1", "etu2", "solved"],
        ["reset"], ["reset", "--student", "etu1", "etu2"],
    ])
    func aStudentIsSaidOnce(_ arguments: [String]) async throws {
        let outcome = try await Program.run(["lab"] + arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome.complaints)")
    }

    /// There is no such class, or nobody but root may ask: either is no mistake of typing.
    @Test(arguments: [
        ["apply", "etu1", "solved"], ["apply", "--student", "etu1", "solved"], ["reset", "etu1"],
        ["reset", "--student", "etu1"],
    ])
    func aStudentIsSaidEitherWay(_ arguments: [String]) async throws {
        let outcome = try await Program.run(["lab"] + arguments + ["--class", "none-such"])
        #expect(outcome.status == 2 && outcome.complaints.hasPrefix("bascule lab: "), "\(outcome.complaints)")
    }

    @Test func aClassThatIsUpKeepsItsExercise() throws {
        #expect(try choice(nil).lab(of: "other").id == "other")
        #expect(try choice("exercises/other").lab(of: "other").folder == "exercises/other")
        #expect {
            try choice("other").lab(of: "activite-2")
        } throws: {
            ($0 as? LabError)?.sentence.en
                == "The class is of activite-2, not of other: leave --exercise out."
        }
    }

    @Test func whatHasNoLabIsSaidWithWhatHas() {
        #expect {
            try choice("paper").lab(of: nil)
        } throws: {
            ($0 as? LabError)?.sentence.en == "paper has no virtual lab: activite-2, other have one."
        }
        #expect {
            try choice("activite-3").lab(of: nil)
        } throws: {
            ($0 as? LabError)?.sentence.en
                == "There is no exercise “activite-3”, did you mean “activite-2”? There is a virtual lab for activite-2, other."
        }
        #expect {
            try choice(nil).lab(of: "gone")
        } throws: {
            ($0 as? LabError)?.sentence.en == "gone has no virtual lab: activite-2, other have one."
        }
    }
}
