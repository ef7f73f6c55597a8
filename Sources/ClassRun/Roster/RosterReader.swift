import Foundation
import GraderCore
import InputFiles

extension Roster {
    /// Reads `class.yaml`, under the name that messages give it; paths in it are relative to its folder.
    /// - Throws: every mistake in it at once.
    public static func read(file: String, exercises: [any Exercise]) throws(InputErrors) -> Roster {
        try read(InputText(file: file), exercises: exercises)
    }

    /// Touches no machine and reads no secret; looks whether the files named in it are there.
    /// - Parameter exercise: where it is what `check --local` is to look at: a roster, whose keys and passwords need
    ///   not be here, or the few lines of one student's machines (what a student has in a roster, with `exercise`);
    ///   that of lines which name none.
    /// - Throws: ``InputErrors`` with all mistakes of the file, in its order.
    public static func read(
        _ input: InputText, exercises: [any Exercise], ownOf exercise: String? = nil
    ) throws(InputErrors) -> Roster {
        let what = LocalizedText(fr: "une liste de classe", en: "a class")
        var roster = try YAMLDocument.read(input, as: what) { root, mistakes -> Roster? in
            let reader = RosterReader(
                files: RosterFiles(rosterFile: input.file, areNeeded: exercise == nil), exercises: exercises,
                mistakes: mistakes)
            if let exercise, reader.isOwn(root) { return reader.readOwn(root, of: exercise) }
            return reader.read(root)
        }
        roster.checksum = SHA256Digest.hexadecimal(of: input.bytes)
        return roster
    }
}

private struct RosterReader {
    let files: RosterFiles
    let exercises: [any Exercise]
    let mistakes: InputMistakes

    private static let name = LocalizedText(fr: "la liste de classe", en: "the roster")

    func read(_ root: InputNode) -> Roster? {
        let head = ["class", "exercise", "title", "language", "exam", "deadline", "timeZone"]
        let keys = head + ["defaults", "students", "pattern"]
        guard let reader = mistakes.mapping(root, Self.name, keys: keys) else { return nil }
        let shortName = LocalizedText(
            fr: "un nom court tel que bts-sio-2", en: "a short name such as bts-sio-2")
        let className = reader.required("class", of: Self.name, expected: shortName)
            .flatMap { StudentReader.safeName($0, "class", reader) }
        let exercise = self.exercise(reader)
        let title = reader.text("title")
        let language: Language? = reader.choice("language")
        // With one lab sheet only there is no doubt about what else is wrong.
        let sheet = exercise ?? (exercises.count == 1 ? exercises.first : nil)
        let timeZone = reader.timeZone("timeZone")
        let students = sheet.map { self.students(reader, $0, timeZone) } ?? []
        guard let className, let exercise else { return nil }
        return Roster(
            className: className, exercise: exercise.id, title: title ?? className,
            language: language ?? .french, isExam: reader.flag("exam") ?? false, students: students,
            timeZone: timeZone)
    }

    /// Whether these are the lines of one student's machines and not a roster's.
    func isOwn(_ root: InputNode) -> Bool {
        let own = exercises.flatMap { $0.machines.map(\.rawValue) + $0.labKeys.map(\.name) }
        return !root.entries.contains { ["class", "students", "pattern"].contains($0.key) }
            && root.entries.contains { own.contains($0.key) }
    }

    func readOwn(_ root: InputNode, of usual: String) -> Roster? {
        let named = root.entries.first { $0.key == "exercise" }?.value
        let wanted = named ?? InputNode(position: root.position, content: .scalar(usual, isNull: false))
        guard
            let exercise = self.exercise(wanted, MappingReader(position: root.position, mistakes: mistakes)),
            let reader = mistakes.mapping(
                root, StudentReader.pair, keys: StudentReader.keys(exercise) + ["exercise"])
        else { return nil }
        let student = StudentReader(
            exercise: exercise, defaults: RosterDefaults(), ssh: SSHReader(files: files, mistakes: mistakes),
            knownHosts: files.path("known_hosts"), mistakes: mistakes
        ).readPair(reader).student(of: exercise, isShared: false)
        guard let student else { return nil }
        return Roster(
            className: Roster.ownClassName, exercise: exercise.id, title: Roster.ownClassName,
            language: .french, students: [student])
    }

    private func exercise(_ reader: MappingReader) -> (any Exercise)? {
        let usual =
            exercises.first.map { LocalizedText.key($0.id) }
            ?? LocalizedText(fr: "le nom de son dossier", en: "the folder's name")
        return reader.required(
            "exercise", of: Self.name,
            expected: LocalizedText(
                fr: "un exercice tel que \(usual)", en: "a lab sheet such as \(usual)")
        ).flatMap { self.exercise($0, reader) }
    }

    private func exercise(_ node: InputNode, _ reader: MappingReader) -> (any Exercise)? {
        guard let id = StudentReader.safeName(node, "exercise", reader) else { return nil }
        if let exercise = exercises.first(where: { $0.id == id }) { return exercise }
        let known = exercises.map(\.id)
        let hint = suggestion(for: id, in: known)
        mistakes.add(
            node.position,
            LocalizedText(
                fr: "il n'y a pas d'exercice \(quoted(id))\(hint)",
                en: "there is no exercise \(quoted(id))\(hint)"),
            expected: .key(known.sorted().joined(separator: ", ")))
        return nil
    }

    private func students(
        _ reader: MappingReader, _ exercise: any Exercise, _ timeZone: TimeZone?
    ) -> [RosterStudent] {
        let ssh = SSHReader(files: files, mistakes: mistakes)
        var defaults =
            reader.node("defaults").map {
                RosterDefaults(
                    $0, ssh: ssh, lab: LabReader(keys: exercise.labKeys, mistakes: mistakes),
                    mistakes: mistakes)
            } ?? RosterDefaults()
        if let timeZone { defaults.timeZone = timeZone }
        defaults.deadline = reader.moment("deadline", in: defaults.timeZone)
        let studentReader = StudentReader(
            exercise: exercise, defaults: defaults, ssh: ssh, knownHosts: files.path("known_hosts"),
            mistakes: mistakes)
        var drafts: [StudentDraft] = []
        if let node = reader.node("students") {
            if case .sequence(let entries) = node.content, !entries.isEmpty {
                drafts += entries.compactMap { studentReader.read($0) }
            } else {
                reader.wrong(
                    node, .key("students"),
                    expected: LocalizedText(
                        fr: "une liste avec une entrée par étudiant",
                        en: "a list with an entry for each student"))
            }
        }
        if let node = reader.node("pattern"),
            let pattern = RosterPattern(node, keys: StudentReader.keys(exercise), mistakes: mistakes)
        {
            let owner = LocalizedText(
                fr: " pour les étudiants de la section pattern", en: " for the students of the pattern")
            drafts += pattern.entries().compactMap { studentReader.read($0, owner: owner) }
        }
        if reader.node("students") == nil, reader.node("pattern") == nil {
            mistakes.add(
                reader.position,
                LocalizedText(
                    fr: "la liste de classe n'a pas d'étudiants", en: "the roster has no students"),
                expected: LocalizedText(fr: "students: ou pattern:", en: "students: or pattern:"),
                about: "students")
        }
        checkIdentifiers(drafts)
        checkLogins(drafts, exercise)
        drafts.checkMachineNames(exercise, mistakes)
        let services = Dictionary(grouping: drafts.flatMap(\.services)) { $0.address }
        return drafts.compactMap { draft in
            draft.student(
                of: exercise,
                isShared: draft.services.contains { services[$0.address, default: []].count > 1 })
        }
    }
}

/// What has to differ between students.
extension RosterReader {
    /// Ids name folders, and some file systems do not tell case apart.
    private func checkIdentifiers(_ drafts: [StudentDraft]) {
        var lines: [String: Int] = [:]
        for draft in drafts {
            guard let id = draft.id else { continue }
            if let line = lines[id.lowercased()] {
                mistakes.add(
                    draft.idPosition,
                    LocalizedText(
                        fr: "l'id \(quoted(id)) est déjà ligne \(line)",
                        en: "the id \(quoted(id)) is already on line \(line)"),
                    expected: LocalizedText(
                        fr: "un autre par étudiant (les majuscules ne comptent pas)",
                        en: "a different one for each student (capitals do not count)"))
            } else {
                lines[id.lowercased()] = draft.idPosition.line
            }
        }
    }

    /// Two machines cannot be behind one port. The same lab address for several students is normal.
    private func checkLogins(_ drafts: [StudentDraft], _ exercise: any Exercise) {
        var lines: [[String]: Int] = [:]
        for draft in drafts {
            for role in exercise.machines {
                guard let login = draft.logins[role], let position = draft.loginPositions[role] else {
                    continue
                }
                // The mistake is the address, and it is reported.
                let isTwice = exercise.machines.prefix { $0 != role }.contains {
                    draft.addresses[$0] == draft.addresses[role]
                }
                if isTwice, draft.loginPositions[role] == draft.addressPositions[role] { continue }
                let way = (login.jumps + [login]).map { "\($0.host.lowercased()):\($0.port)" }
                if let line = lines[way] {
                    mistakes.add(
                        position,
                        LocalizedText(
                            fr: "\(way.last ?? "") est déjà l'accès d'une autre machine, ligne \(line)",
                            en: "the login \(way.last ?? "") is already that of another node, on line \(line)"
                        ),
                        expected: LocalizedText(
                            fr: "un hôte et un port par machine", en: "one host and port for each node"),
                        about: "login")
                } else {
                    lines[way] = position.line
                }
            }
        }
    }
}
