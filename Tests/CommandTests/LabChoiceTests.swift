import Foundation
import GraderCore
import Testing
import VirtualClass

@testable import bascule

/// Which lab `bascule lab` raises.
struct LabChoiceTests {
    private func choice(_ asked: String?) -> LabChoice {
        let lab = { (name: String) in VirtualLab(summary: name, machines: [MachineID("web")]) }
        return LabChoice(
            asked: asked,
            exercises: [("activite-2", lab("usual")), ("other", lab("other")), ("paper", nil)])
    }

    @Test func nobodyHasToChoose() throws {
        let lab = try choice(nil).lab(of: nil)
        #expect(lab.id == "activite-2" && lab.recipe.summary == "usual")
        #expect(lab.folder.hasSuffix("exercises/activite-2"))
    }

    @Test(arguments: ["other", "exercises/other", "/somewhere/other/"])
    func anExerciseIsNamedByItsIdOrItsFolder(_ asked: String) throws {
        let lab = try choice(asked).lab(of: nil)
        #expect(lab.id == "other" && lab.recipe.summary == "other")
        #expect(lab.folder == (asked == "other" ? "exercises/other" : asked))
    }

    @Test func aFolderOfAnotherNameHoldsScriptsForTheUsualOne() throws {
        let folder = try Program.temporaryFolder().path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let lab = try choice(folder).lab(of: nil)
        #expect(lab.id == "activite-2" && lab.folder == folder)
    }

    @Test func aClassThatIsUpKeepsItsExercise() throws {
        #expect(try choice(nil).lab(of: "other").id == "other")
        #expect(try choice("exercises/other").lab(of: "other").folder == "exercises/other")
        #expect(throws: LabError("The class is of activite-2, not of other: leave --exercise out.")) {
            try choice("other").lab(of: "activite-2")
        }
    }

    @Test func whatHasNoLabIsSaidWithWhatHas() {
        #expect(throws: LabError("paper has no virtual lab: activite-2, other have one.")) {
            try choice("paper").lab(of: nil)
        }
        #expect(throws: LabError("There is no exercise “activite-3”: activite-2, other have a virtual lab."))
        {
            try choice("activite-3").lab(of: nil)
        }
        #expect(throws: LabError("gone has no virtual lab: activite-2, other have one.")) {
            try choice(nil).lab(of: "gone")
        }
    }
}
