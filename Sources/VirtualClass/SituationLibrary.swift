import Foundation
import GraderCore

/// The situations, faults and variations of one exercise: the files in its folders of these names.
public struct SituationLibrary: Sendable {
    /// Every script by its name.
    public let scripts: [String: SituationScript]

    /// - Throws: `LabError` where two bear the same name or one goes on from one that is not there.
    public init(_ scripts: [SituationScript]) throws {
        var byName: [String: SituationScript] = [:]
        for script in scripts {
            try require(
                script.name != ClassSpecification.off
                    && byName.updateValue(script, forKey: script.name) == nil,
                LocalizedText(
                    fr:
                        "Deux situations, fautes ou variantes s'appellent « \(script.name) » : en renommer une.",
                    en: "There are two situations, faults or variations called “\(script.name)”: rename one.")
            )
        }
        self.scripts = byName
        for script in scripts { _ = try chain(to: script.name) }
    }

    /// Reads the scripts in an exercise's folder.
    /// - Parameter places: where a section can run.
    init(folder: String, places: [String]) throws {
        var found: [SituationScript] = []
        for kind in SituationScript.Kind.allCases {
            let path = "\(folder)/\(kind.folder)"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            for name in names.sorted() where name.hasSuffix(".sh") {
                let file = "\(path)/\(name)"
                guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                    throw LabError(
                        LocalizedText(
                            fr:
                                "\(file) ne se lit pas comme texte UTF-8 : vérifier ses droits et son encodage.",
                            en: "\(file) cannot be read as UTF-8 text: check its permissions and encoding."))
                }
                found.append(
                    try SituationScript(
                        name: String(name.dropLast(3)), kind: kind, text: text, file: file, places: places))
            }
        }
        try require(
            !found.isEmpty,
            LocalizedText(
                fr: "Aucune situation dans \(folder) : donner le dossier de l'exercice avec --exercise.",
                en: "No situation was found below \(folder): give the exercise's folder with --exercise."))
        try self.init(found)
    }

    /// The scripts to run, in order, to bring a freshly raised lab to the state `name`.
    /// - Throws: ``LabError`` where there is no such state, or it starts from itself.
    public func chain(to name: String) throws -> [SituationScript] {
        var chain: [SituationScript] = []
        var next: String? = name
        while let current = next {
            guard let script = scripts[current] else {
                throw unknown(current)
            }
            try require(
                !chain.contains(script),
                LocalizedText(
                    fr: "La situation « \(name) » part d'elle-même : corriger ses lignes « # starts-from: ».",
                    en: "The situation “\(name)” goes on from itself: mend its “# starts-from:” lines."))
            chain.insert(script, at: 0)
            next = script.startsFrom
        }
        return chain
    }

    /// Names the nearest and the situations; faults and variations are too many to be read.
    private func unknown(_ name: String) -> LabError {
        let known = scripts.keys.sorted()
        let hint =
            nearest(to: name, in: known) == nil
            ? LocalizedText(verbatim: ".") : suggestion(for: name, in: known)
        func names(of kind: SituationScript.Kind) -> [String] {
            scripts.values.filter { $0.kind == kind }.map(\.name).sorted()
        }
        let situations = ([ClassSpecification.off] + names(of: .situation)).joined(separator: ", ")
        let (faults, variations) = (names(of: .fault).count, names(of: .variation).count)
        return LabError(
            LocalizedText(
                fr: """
                    Il n'y a pas de situation, de faute ni de variante « \(name) »\(hint) Situations : \(situations) ; \
                    les fautes (\(faults)) et les variantes (\(variations)) portent le nom de leur fichier dans le dossier \
                    de l'exercice.
                    """,
                en: """
                    There is no situation, fault or variation “\(name)”\(hint) Situations: \(situations); the faults \
                    (\(faults)) and variations (\(variations)) have the names of their files in the exercise's folder.
                    """))
    }

    /// What is left to run on a lab to which `applied` was applied, in that order; nil where it has to be reset first.
    /// A situation goes on from any earlier one on its way, a fault or variation also beside another on the same base.
    /// - Throws: ``LabError`` where there is no such state, or it starts from itself.
    public func remaining(to name: String, applied: [String]) throws -> [SituationScript]? {
        let chain = try chain(to: name)
        let names = chain.map(\.name)
        if names.starts(with: applied) { return Array(chain.dropFirst(applied.count)) }
        guard let last = chain.last, last.kind != .situation, !applied.contains(name) else { return nil }
        let base = names.dropLast()
        let others = applied.dropFirst(base.count)
        guard applied.starts(with: base), others.allSatisfy(isAddition) else { return nil }
        return [last]
    }

    /// What was applied, in short: the last situation on the way, and the faults and variations after it.
    func label(_ applied: [String]) -> LocalizedText {
        let faults = applied.filter(isAddition)
        let situation = applied.last { !isAddition($0) }.map { LocalizedText(verbatim: $0) }
        let nothing = LocalizedText(fr: "rien d'appliqué", en: "nothing applied")
        return ([situation ?? nothing] + faults.map { LocalizedText(verbatim: $0) })
            .joined(LocalizedText(verbatim: " + "))
    }

    private func isAddition(_ name: String) -> Bool { scripts[name].map { $0.kind != .situation } ?? false }
}
