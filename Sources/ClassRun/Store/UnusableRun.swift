import Foundation
import GraderCore
import InputFiles

/// Folders that are called as runs are and cannot be used as one: a program was killed, a disk was full or died, somebody
/// emptied them. They are passed over and named, and only `purge` takes them away, since they may hold evidence.
extension RunFolder {
    /// Why it cannot be read as a run; nil where it can.
    var flaw: LocalizedText? {
        do throws(StoreFailure) {
            _ = try manifest()
            return nil
        } catch {
            return hasManifest
                ? error.sentence
                : LocalizedText(fr: "\(path) n'a pas de run.json.", en: "\(path) has no run.json.")
        }
    }

    /// Whether its `run.json` can be read by us, and not as what it should be.
    var isDamaged: Bool { access(path("run.json"), R_OK) == 0 && flaw != nil }

    /// Whether nothing is left of what its students' machines showed: no evidence and no result of anybody.
    var isEmptied: Bool {
        guard let manifest = try? manifest(), !manifest.students.isEmpty else { return false }
        return !manifest.students.contains {
            manifest.notSeen?[$0.id] != nil || wasLookedAt($0.id) || hasResult(of: $0.id)
        }
    }

    /// Whether the machines of all its students were looked at, as far as they were to be.
    fileprivate var hasLookedAtAll: Bool {
        guard let manifest = try? manifest() else { return false }
        return manifest.students.allSatisfy { manifest.notSeen?[$0.id] != nil || wasLookedAt($0.id) }
    }

    /// Refuses a run that has nobody's result to show, with what can be done about it.
    /// - Throws: ``StoreFailure`` where nobody has a result, though machines were to be had.
    func requireResults(_ manifest: RunManifest) throws(StoreFailure) {
        let wanted = manifest.students.map(\.id).filter { manifest.notSeen?[$0] == nil }
        guard !wanted.isEmpty, !wanted.contains(where: hasResult) else { return }
        throw wanted.contains(where: wasLookedAt)
            ? StoreFailure(
                fr:
                    "\(path) a des observations et encore aucun résultat : « bascule score \(path) » les juge.",
                en: "\(path) has evidence and no result yet: `bascule score \(path)` judges it.")
            : StoreFailure(
                fr: """
                    \(path) n'a ni observation ni résultat, le passage a été interrompu ou vidé : noter de nouveau, ou nommer \
                    un autre passage.
                    """,
                en: """
                    \(path) has no evidence and no result, the run was interrupted or emptied: grade again, or name \
                    another run.
                    """)
    }

    /// Refuses a folder of the run that is a symbolic link: what is written to it would be written elsewhere, and what
    /// is read from it might be another student's.
    func refuseLinks(of student: String) throws(StoreFailure) {
        for folder in [path("students"), path("students/\(student)")] { try Self.refuseLink(folder) }
    }

    /// - Throws: ``StoreFailure`` where there is a symbolic link of that path.
    static func refuseLink(_ path: String) throws(StoreFailure) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return }
        throw StoreFailure(
            fr:
                "\(path) est un lien symbolique, et il y faut un dossier : supprimer le lien, puis recommencer.",
            en: "\(path) is a symbolic link where a folder has to be: remove the link, then try again.",
            .notWritten)
    }

    /// Refuses what lies in a student's folder and is another's.
    /// - Parameter name: of the file that it was read from.
    func refuse(_ name: String, of owner: String, as student: String) throws(StoreFailure) {
        guard owner != student else { return }
        let file = try path(name, student: student)
        throw StoreFailure(
            fr: """
                \(file) est de l'étudiant \(quoted(owner)), pas de \(student) : le remettre dans son dossier, ou \
                regarder \(student) de nouveau.
                """,
            en: """
                \(file) is of the student \(quoted(owner)), not of \(student): put it back into its own folder, or \
                look at \(student) again.
                """)
    }
}

extension ReportsFolder {
    /// All runs of a class that can be read, by name: the oldest first.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder, or its folder cannot be read.
    public func runs(of className: String) throws(StoreFailure) -> [RunFolder] {
        try runFolders(of: className).filter { $0.flaw == nil }
    }

    /// Folders that hold something and are no run that can be read.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder, or its folder cannot be read.
    func unreadableRuns(of className: String) throws(StoreFailure) -> [RunFolder] {
        try runFolders(of: className).filter { $0.flaw != nil && $0.holdsSomething }
    }

    /// Those, and runs that never came to their end or of which nothing is left: what `purge --unfinished` takes away. What
    /// holds evidence of everybody is none of them: `collect` makes no page, and `score` judges it.
    func unfinishedRuns(of className: String) throws(StoreFailure) -> [RunFolder] {
        try runFolders(of: className).filter { run in
            run.flaw != nil || run.isEmptied || !(run.isFinished || run.hasLookedAtAll)
        }
    }

    /// A sentence on each folder that is passed over, on a `latest` that leads nowhere, and on who else could write here.
    public func remarksOnUnfinished(_ className: String, but others: [RunFolder] = []) -> [LocalizedText] {
        let runs = (try? unreadableRuns(of: className)) ?? []
        let passedOver = runs.filter { !others.contains($0) }.map { run in
            let flaw = run.flaw ?? LocalizedText(verbatim: run.path)
            return LocalizedText(
                fr: """
                    \(flaw) Ce passage est laissé de côté, tel qu'il est ; \
                    « bascule purge --class \(className) --unfinished » l'efface.
                    """,
                en: """
                    \(flaw) This run is passed over and stays as it is; \
                    `bascule purge --class \(className) --unfinished` removes it.
                    """)
        }
        return passedOver + [remarkOnLatest(className), remarkOnWriters(className)].compactMap { $0 }
    }

    private func remarkOnLatest(_ className: String) -> LocalizedText? {
        guard let folder = try? folder(of: className), let taken = try? latestRun(of: className) else {
            return nil
        }
        guard let name = Self.latestName(in: folder) else {
            return LocalizedText(
                fr: "\(folder)/latest n'est pas là : \(taken.name), le dernier passage entier, est pris.",
                en: "\(folder)/latest is not there: \(taken.name), the last whole run, is taken.")
        }
        guard taken.name != name else { return nil }
        let run = RunFolder(path: "\(folder)/\(name)")
        let flaw =
            if !FileManager.default.fileExists(atPath: run.path) {
                LocalizedText(fr: "ce passage n'est plus là", en: "that run is gone")
            } else if run.flaw != nil {
                LocalizedText(fr: "son run.json ne peut pas être lu", en: "its run.json cannot be read")
            } else {
                LocalizedText(
                    fr: "il n'y reste ni observation ni résultat",
                    en: "no evidence and no result is left in it")
            }
        return LocalizedText(
            fr:
                "\(folder)/latest mène à \(name), mais \(flaw) : \(taken.name), le dernier entier, est pris à sa place.",
            en:
                "\(folder)/latest leads to \(name), but \(flaw): \(taken.name), the last whole one, is taken instead."
        )
    }

    /// Told and not refused: graders may share a group. Whoever can write here can replace evidence and marks.
    private func remarkOnWriters(_ className: String) -> LocalizedText? {
        guard let folder = try? folder(of: className) else { return nil }
        for place in [path, folder] {
            var status = stat()
            guard stat(place, &status) == 0 else { continue }
            let isOthers = status.st_uid != geteuid() && status.st_uid != 0
            // In a sticky folder others can add names, and change none that is there.
            let isOpen = status.st_mode & (S_IWGRP | S_IWOTH) != 0 && status.st_mode & S_ISVTX == 0
            guard isOthers || isOpen else { continue }
            return LocalizedText(
                fr: """
                    D'autres utilisateurs peuvent écrire dans \(place), et y changer observations et notes : \
                    « chmod go-w \(place) », ou en être propriétaire.
                    """,
                en: """
                    Other users can write to \(place), and change evidence and marks there: `chmod go-w \(place)`, or \
                    own it.
                    """)
        }
        return nil
    }

    /// - Throws: ``StoreFailure`` where the reports folder is there and cannot be read: that is not the same as no class.
    public func checkReadable() throws(StoreFailure) { _ = try Self.names(in: path) }

    static func latestName(in folder: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/latest")
    }
}
