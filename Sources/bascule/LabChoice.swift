import Exercises
import Foundation
import GraderCore
import InputFiles
import VirtualClass

/// Which exercise's lab is meant.
struct LabChoice: Sendable {
    /// An exercise's id or folder, as `--exercise` gives it; nil where nobody chose.
    var asked: String?
    var exercises: [(id: String, recipe: VirtualLab?)] = Sheets.all.map { ($0.id, $0.virtualLab) }

    /// The lab with its scripts: in the folder that was asked for, in the working folder's own, or in the one that came
    /// with this program. A folder that bears no exercise's id holds scripts for the usual one.
    /// - Parameter id: of the exercise that a class is of; nil for the one that was asked for.
    func lab(of id: String?) throws -> ExerciseLab {
        let named = asked.map { URL(filePath: $0).lastPathComponent }
            .flatMap { name in exercises.first { $0.id == name } }
        if let asked, named == nil, !asked.contains("/"), !Self.isFolder(asked) {
            let ids = exercises.map(\.id)
            let (hint, isNear) = (suggestion(for: asked, in: ids), nearest(to: asked, in: ids) != nil)
            throw LabError(
                isNear
                    ? LocalizedText(
                        fr:
                            "Il n'y a pas de TP « \(asked) »\(hint) Une classe virtuelle existe pour \(known).",
                        en: "There is no exercise “\(asked)”\(hint) There is a virtual lab for \(known).")
                    : LocalizedText(
                        fr: "Il n'y a pas de TP « \(asked) » : une classe virtuelle existe pour \(known).",
                        en: "There is no exercise “\(asked)”: \(those) a virtual lab."))
        }
        if let id, let named, named.id != id {
            throw LabError(
                LocalizedText(
                    fr: "La classe est du TP \(id), pas du TP \(named.id) : ne pas donner --exercise.",
                    en: "The class is of \(id), not of \(named.id): leave --exercise out."))
        }
        let meant = id ?? named?.id ?? exercises.first?.id ?? ""
        guard let exercise = exercises.first(where: { $0.id == meant }), let recipe = exercise.recipe
        else {
            throw LabError(
                LocalizedText(
                    fr: "Le TP \(meant) n'a pas de classe virtuelle : il en existe une pour \(known).",
                    en: "\(meant) has no virtual lab: \(those) one."))
        }
        let name = "exercises/\(exercise.id)"
        let own = asked.flatMap { $0.contains("/") || Self.isFolder($0) ? $0 : nil }
        return ExerciseLab(id: exercise.id, recipe: recipe, folder: own ?? ShippedFiles.find(name) ?? name)
    }

    private var withLab: [String] { exercises.filter { $0.recipe != nil }.map(\.id) }
    private var known: String { withLab.joined(separator: ", ") }

    /// `this has`, or `this, that have`
    private var those: String { "\(known) \(withLab.count == 1 ? "has" : "have")" }

    private static func isFolder(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/.")
    }
}
