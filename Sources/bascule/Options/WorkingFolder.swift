import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles

/// The folder of a class (`bascule init` makes one): what stands in it need not be named.
enum WorkingFolder {
    static let roster = "class.yaml"
    static let rubric = "rubric.yaml"

    /// What a class is called that was not named: like the folder that `bascule init` made for it.
    static var className: String {
        guard mayBeThere(rubric) else { return "class" }
        return URL(filePath: ".").standardizedFileURL.lastPathComponent
    }

    static var hasRoster: Bool { mayBeThere(roster) }
}

/// The roster: named, or `class.yaml` of the working folder.
struct RosterArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            fr: "La liste de classe ; class.yaml de ce dossier, à défaut.",
            en: "The roster; class.yaml of this folder where none is given.", valueName: "class.yaml"))
    var given: String?

    /// - Throws: a usage error where none is given and there is none here.
    func file() throws -> String {
        if let given { return given }
        try require(
            WorkingFolder.hasRoster,
            LocalizedText(
                fr:
                    "il n'y a pas de \(WorkingFolder.roster) ici : nommer une liste de classe, ou en faire une par « bascule init », puis « bascule discover »",
                en:
                    "there is no \(WorkingFolder.roster) here: give a roster, or make one with `bascule init`, then `bascule discover`"
            ))
        return WorkingFolder.roster
    }

    /// - Throws: every mistake in it, or that there is none.
    func read() throws -> Roster { try Roster.read(file: file(), exercises: Sheets.all) }
}

/// Which class of the reports folder: named, or that of the roster here, or the only one that there is.
struct ClassOptions: ParsableArguments {
    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            fr: "La classe ; celle de class.yaml ici, ou la seule des comptes rendus, à défaut.",
            en: "The class; that of class.yaml here, or the only one there is, where none is given.",
            valueName: "name"))
    var given: String?

    @Option(name: .long, help: .reportsFolder)
    var reports = "reports"

    var folder: ReportsFolder { ReportsFolder(reports) }

    /// - Throws: the roster's mistakes, or a usage error where several classes could be meant.
    /// Says besides what of the class is passed over.
    func name() throws -> String {
        let name = try quietName()
        folder.tellOfUnfinished(name)
        return name
    }

    /// - Throws: the same.
    func quietName() throws -> String { try WorkingFolder.className(given, in: folder) }
}

extension WorkingFolder {
    /// The class of the reports folder that is meant.
    /// - Throws: where there is no such class, or several could be meant.
    static func className(_ given: String?, in reports: ReportsFolder) throws -> String {
        try reports.checkReadable()
        let known = reports.classNames
        if let name = try given
            ?? (hasRoster ? Roster.read(file: roster, exercises: Sheets.all).className : nil)
        {
            guard known.contains(name) else { throw noClass(name, known, reports) }
            return name
        }
        if known.count == 1, let only = known.first { return only }
        throw known.isEmpty
            ? ValidationError(
                fr:
                    "quelle classe ? --class NOM la nomme ; il n'y a ni \(roster) ici ni compte rendu dans \(reports.path)",
                en:
                    "which class? --class NAME says it; there is no \(roster) here and no run in \(reports.path)"
            )
            : ValidationError(
                fr: "quelle classe ? --class dit laquelle de \(alternatives(known))",
                en: "which class? --class says which of \(alternatives(known))")
    }

    private static func noClass(_ name: String, _ known: [String], _ reports: ReportsFolder) -> StoreFailure {
        let none = LocalizedText(
            fr: "Il n'y a pas de classe \(name) dans \(reports.path)",
            en: "There is no class \(name) in \(reports.path)")
        guard known.isEmpty else {
            return StoreFailure(unknownName(name, in: known, none) + LocalizedText(verbatim: "."))
        }
        return StoreFailure(
            fr:
                "\(none) : « bascule grade-all » en fait le premier passage, --reports donne un autre dossier.",
            en: "\(none): `bascule grade-all` makes its first run, --reports names another folder.")
    }
}

/// A run: its folder, or the latest of the class.
struct RunArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            fr:
                "Le dossier d'un passage, p. ex. reports/bts-sio-2/latest ; le dernier de la classe, à défaut.",
            en: "The folder of a run, e.g. reports/bts-sio-2/latest; the class's latest where none is given.",
            valueName: "run"))
    var given: String?

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            fr: "La classe dont le dernier passage est pris.", en: "The class whose latest run is taken.",
            valueName: "name"))
    var className: String?

    func validate() throws {
        try require(
            given == nil || className == nil,
            LocalizedText(
                fr: "un passage est d'une classe : donner l'un ou l'autre, pas --class en plus",
                en: "a run is of one class: give one of the two, not --class as well"))
    }

    /// - Throws: a usage error where no class is meant, and a sentence where the class has no run.
    func folder(in reports: String) throws -> RunFolder {
        if let given { return RunFolder(path: given) }
        let folder = ReportsFolder(reports)
        let name = try WorkingFolder.className(className, in: folder)
        folder.tellOfUnfinished(name)
        if let latest = try folder.latestRun(of: name) { return latest }
        throw StoreFailure(
            fr:
                "\(folder.path)/\(name) n'a aucun passage arrivé à son terme : « bascule grade-all » en fait un.",
            en: "\(folder.path)/\(name) has no run that came to its end: `bascule grade-all` makes one.")
    }
}

/// Whose history, bundle, …: the class need not be named where only one has the student.
struct StudentOptions: ParsableArguments {
    @Option(name: .long, help: .student)
    var student: String

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            fr: "La classe, si plusieurs ont un étudiant de cet identifiant.",
            en: "The class, where several have a student of this id.", valueName: "name"))
    var className: String?

    @Option(name: .long, help: .reportsFolder)
    var reports = "reports"

    var folder: ReportsFolder { ReportsFolder(reports) }

    /// - Throws: a sentence where no class, or more than one, has the student.
    func theClass() throws -> String {
        let name = try folder.theClass(of: student, named: className)
        folder.tellOfUnfinished(name)
        return name
    }
}

extension ReportsFolder {
    /// Says on standard error what of a class is passed over, and why.
    func tellOfUnfinished(_ className: String) {
        for remark in remarksOnUnfinished(className) { Inputs.complain(remark) }
    }
}
