import Foundation
import GraderCore
import InputFiles

/// What lies in a class's folder beside its runs, and what the runs say together.
extension ReportsFolder {
    /// `<reports>/<class>`.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func folder(of className: String) throws(StoreFailure) -> String {
        guard SafeName.isValid(className) else {
            throw StoreFailure(
                fr:
                    "La classe \(quoted(className)) ne peut pas nommer un dossier : prendre \(SafeName.rule).",
                en: "The class \(quoted(className)) cannot name a folder: use \(SafeName.rule).")
        }
        return "\(path)/\(className)"
    }

    /// Where the teacher's marks are.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    func marksFile(of className: String) throws(StoreFailure) -> String {
        "\(try folder(of: className))/marks.yaml"
    }

    /// Where the scores of all runs are.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func historyFile(of className: String) throws(StoreFailure) -> String {
        "\(try folder(of: className))/history.sqlite"
    }

    /// The classes that have a folder, by name.
    public var classNames: [String] {
        Sweep.names(in: path).filter { SafeName.isValid($0) && Sweep.isFolder("\(path)/\($0)") }.sorted()
    }

    /// Every folder that is called as runs are, by name: the oldest first.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder, or its folder cannot be read: that is not
    ///   the same as no run.
    func runFolders(of className: String) throws(StoreFailure) -> [RunFolder] {
        let folder = try folder(of: className)
        return try Self.names(in: folder).filter { SafeName.isValid($0) && isRun("\(folder)/\($0)") }
            .sorted { RunFolder.order($0) < RunFolder.order($1) }
            .map { RunFolder(path: "\(folder)/\($0)") }
    }

    /// What is in a folder; nothing where there is none.
    static func names(in folder: String) throws(StoreFailure) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            var status = stat()
            if lstat(folder, &status) != 0, errno == ENOENT { return [] }
            let reason = opendir(folder).map { closedir($0) } == nil ? errno : EIO
            if [EMFILE, ENFILE].contains(reason) { throw StoreFailure(writing: folder, reason) }
            throw StoreFailure(
                fr:
                    "\(folder) ne peut pas être lu (\(systemMessage(reason))) : vérifier à qui est ce dossier.",
                en: "\(folder) cannot be read (\(systemMessage(reason))): check whose folder it is.")
        }
    }

    /// Everybody whom a run of the class was about, each once; a student's later names count.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func knownStudents(of className: String) throws(StoreFailure) -> [StudentIdentity] {
        var order: [String] = []
        var byID: [String: StudentIdentity] = [:]
        // A run that cannot be read names nobody; whoever needs it will say so.
        for student in try runs(of: className).compactMap({ try? $0.manifest() }).flatMap(\.students) {
            if byID.updateValue(student, forKey: student.id) == nil { order.append(student.id) }
        }
        return order.compactMap { byID[$0] }
    }

    /// The one class that has the student; throws where none has, or more than one.
    /// - Throws: ``StoreFailure`` where no class has the student, or several.
    public func theClass(of student: String, named className: String? = nil) throws(StoreFailure) -> String {
        try checkReadable()
        var found: [String] = []
        var ids: Set<String> = []
        for name in className.map({ [$0] }) ?? classNames {
            let known = try knownStudents(of: name).map(\.id)
            if known.contains(student) { found.append(name) }
            ids.formUnion(known)
        }
        guard let first = found.first else {
            let place = path + (className.map { "/\($0)" } ?? "")
            let hint = suggestion(for: student, in: ids.sorted())
            throw nearest(to: student, in: ids.sorted()) == nil
                ? StoreFailure(
                    fr: "Aucun passage de \(place) n'a d'étudiant \(student) : vérifier l'identifiant.",
                    en: "No run in \(place) has a student \(student): check the id.")
                : StoreFailure(
                    fr: "Aucun passage de \(place) n'a d'étudiant \(student)\(hint)",
                    en: "No run in \(place) has a student \(student)\(hint)")
        }
        guard found.count == 1 else {
            throw StoreFailure(
                fr: "\(student) est dans plusieurs classes : préciser --class \(alternatives(found)).",
                en: "\(student) is in several classes: say --class \(alternatives(found)).")
        }
        return first
    }

    /// Takes a run away with everything in it, and `latest` with it where that was the run. Interrupted, it goes on
    /// where the class is swept.
    /// - Throws: ``StoreFailure`` where it cannot be removed; what is left of it is no run any more.
    public func remove(_ run: RunFolder, of className: String) throws(StoreFailure) {
        let folder = try folder(of: className)
        let hold = FolderHold(folder)
        defer { hold.end() }
        let link = "\(folder)/latest"
        do {
            if try latestRun(of: className)?.name == run.name {
                let left = try runs(of: className).filter { $0.name != run.name }
                if let newest = left.last(where: \.isFinished) ?? left.last {
                    try pointLatest(at: newest)
                } else if Self.latestName(in: folder) != nil {
                    try FileManager.default.removeItem(atPath: link)
                }
            }
            let going = TemporaryName.going(from: run.path)
            guard rename(run.path, going) == 0 else { throw StoreFailure(writing: run.path, errno) }
            try FileManager.default.removeItem(atPath: going)
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw StoreFailure(fileOperation: error)
                ?? StoreFailure(
                    fr: "\(run.path) n'a pas pu être supprimé (\(error.localizedDescription)).",
                    en: "\(run.path) could not be removed (\(error.localizedDescription)).", .notWritten)
        }
    }

    // Links (`latest`) are not followed.
    private func isRun(_ path: String) -> Bool {
        Sweep.isFolder(path) && RunFolder(path: path).startByName != nil
    }
}

extension RunFolder {
    /// The run's own name, e.g. `2026-11-22T141530Z`, also where it was found through `latest`.
    public var name: String { URL(filePath: path).resolvingSymlinksInPath().lastPathComponent }

    /// The folder of the class that it lies in.
    public var classFolder: String {
        URL(filePath: path).standardizedFileURL.deletingLastPathComponent().path(percentEncoded: false)
    }

    /// When the run began, by its name; nil where the name is none that Bascule gives.
    public var startByName: Date? {
        let stem = name.prefix { $0 != "Z" } + "Z"
        return try? Date(String(stem), strategy: Date.ISO8601FormatStyle(timeSeparator: .omitted))
    }

    /// `…Z-10` comes after `…Z-2`, and both after `…Z`.
    static func order(_ name: String) -> String {
        let parts = name.split(separator: "Z", maxSplits: 1)
        let number = parts.count == 2 ? Int(parts[1].dropFirst()) ?? 0 : 1
        return "\(parts.first ?? "")\(100_000 + min(max(number, 0), 99_999))"
    }
}
