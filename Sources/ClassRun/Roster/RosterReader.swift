import Foundation
import GraderCore

extension Roster {
    /// Reads `class.yaml`. Touches no machine and reads no secret; looks whether the files named in it are there.
    ///
    /// - Parameters:
    ///   - file: its path; messages name it like that, and paths in it are relative to its folder.
    ///   - knownExercises: the ids there are; where empty, any is accepted.
    /// - Throws: every mistake in it at once.
    public static func read(file: String, knownExercises: [String] = []) throws(InputErrors) -> Roster {
        try read(InputText(file: file), knownExercises: knownExercises)
    }

    /// Reads what `check --local` is to look at: a roster, whose keys and passwords need not be here, or the few lines
    /// of one pair (`serv1`, `serv2`, `vip` and what else a student has in a roster, with `exercise`).
    ///
    /// - Parameter exercise: of a pair whose lines name none.
    public static func readOnOwnMachine(file: String, exercise: String) throws(InputErrors) -> Roster {
        try read(InputText(file: file), knownExercises: [], pairOf: exercise)
    }

    /// The same from a text that is in no file.
    public static func readOnOwnMachine(
        text: String, file: String, exercise: String
    ) throws(InputErrors) -> Roster {
        try read(InputText(text: text, file: file), knownExercises: [], pairOf: exercise)
    }

    /// Reads a roster that is in no file yet.
    ///
    /// - Parameter file: the name that it is going to have.
    public static func read(text: String, file: String) throws(InputErrors) -> Roster {
        try read(InputText(text: text, file: file), knownExercises: [])
    }

    private static func read(
        _ input: InputText, knownExercises: [String], pairOf exercise: String? = nil
    ) throws(InputErrors) -> Roster {
        let file = input.file
        let mistakes = InputMistakes(file: file)
        let roster = YAMLDocument.read(input, mistakes: mistakes).flatMap { root in
            let reader = RosterReader(
                files: RosterFiles(rosterFile: file, areNeeded: exercise == nil), mistakes: mistakes)
            if let exercise, RosterReader.isOnePair(root) { return reader.readPair(root, of: exercise) }
            return reader.read(root, knownExercises: knownExercises)
        }
        try mistakes.check()
        guard let roster else {
            // Cannot be: what is missing was reported. Said rather than trapped.
            throw InputErrors([
                InputMistake(file: file, message: "could not be read: expected a class (a bug in Bascule)")
            ])
        }
        return roster
    }
}

/// Reads the file from the top.
private struct RosterReader {
    let files: RosterFiles
    let mistakes: InputMistakes

    func read(_ root: InputNode, knownExercises: [String]) -> Roster? {
        let keys = [
            "class", "exercise", "title", "language", "exam", "deadline", "defaults", "students", "pattern",
        ]
        guard let reader = MappingReader(root, "the roster", keys: keys, mistakes: mistakes) else {
            return nil
        }
        let className = reader.required("class", of: "the roster", expected: "a short name such as bts-sio-2")
            .flatMap { StudentReader.safeName($0, "class", reader) }
        let exercise = exercise(reader, known: knownExercises)
        let title = reader.text("title")
        let languages = Language.allCases.map { ($0.rawValue, $0) }
        let language = reader.node("language").flatMap {
            reader.choice($0, "language", Dictionary(uniqueKeysWithValues: languages))
        }
        let students = students(reader)
        guard let className, let exercise else { return nil }
        return Roster(
            className: className, exercise: exercise, title: title ?? className,
            language: language ?? .french, isExam: reader.flag("exam") ?? false, students: students)
    }

    /// Whether these are the lines of one pair and not a roster's.
    static func isOnePair(_ root: InputNode) -> Bool {
        guard case .mapping(let entries) = root.content else { return false }
        return !entries.contains { ["class", "students", "pattern"].contains($0.key) }
            && entries.contains { NodeRole.allCases.map(\.rawValue).contains($0.key) || $0.key == "vip" }
    }

    func readPair(_ root: InputNode, of exercise: String) -> Roster? {
        guard
            let reader = MappingReader(
                root, "the pair", keys: StudentReader.keys + ["exercise"], mistakes: mistakes)
        else { return nil }
        let student = StudentReader(
            defaults: RosterDefaults(), ssh: SSHReader(files: files, mistakes: mistakes),
            knownHosts: files.path("known_hosts"), mistakes: mistakes
        ).readPair(reader).student(vipIsShared: false)
        let named = reader.node("exercise").map { StudentReader.safeName($0, "exercise", reader) } ?? exercise
        guard let student, let named else { return nil }
        return Roster(
            className: "local", exercise: named, title: "local", language: .french, students: [student])
    }

    private func exercise(_ reader: MappingReader, known: [String]) -> String? {
        guard
            let node = reader.required(
                "exercise", of: "the roster", expected: "a lab sheet such as activite-2"),
            let exercise = StudentReader.safeName(node, "exercise", reader)
        else { return nil }
        if known.isEmpty || known.contains(exercise) { return exercise }
        let hint = nearest(to: exercise, in: known).map { ", did you mean “\($0)”?" } ?? ""
        mistakes.add(
            node.position, "there is no exercise \(quoted(exercise))\(hint)",
            expected: known.sorted().joined(separator: ", "))
        return nil
    }

    private func students(_ reader: MappingReader) -> [RosterStudent] {
        let ssh = SSHReader(files: files, mistakes: mistakes)
        var defaults =
            reader.node("defaults").map { RosterDefaults($0, ssh: ssh, mistakes: mistakes) }
            ?? RosterDefaults()
        defaults.deadline = reader.moment("deadline")
        let studentReader = StudentReader(
            defaults: defaults, ssh: ssh, knownHosts: files.path("known_hosts"),
            mistakes: mistakes)
        var drafts: [StudentDraft] = []
        if let node = reader.node("students") {
            if case .sequence(let entries) = node.content, !entries.isEmpty {
                drafts += entries.compactMap { studentReader.read($0) }
            } else {
                reader.wrong(node, "students", expected: "a list with an entry for each student")
            }
        }
        if let node = reader.node("pattern"), let pattern = RosterPattern(node, mistakes: mistakes) {
            drafts += pattern.entries().compactMap {
                studentReader.read($0, owner: " for the students of the pattern")
            }
        }
        if reader.node("students") == nil, reader.node("pattern") == nil {
            mistakes.add(
                reader.position, "the roster has no students", expected: "students: or pattern:",
                about: "students")
        }
        ClassConsistency(drafts: drafts, mistakes: mistakes).check()
        let vips = Dictionary(grouping: drafts.compactMap(\.vip)) { $0 }
        return drafts.compactMap { draft in
            draft.student(vipIsShared: draft.vip.map { vips[$0, default: []].count > 1 } ?? false)
        }
    }
}

/// What has to differ between students.
private struct ClassConsistency {
    let drafts: [StudentDraft]
    let mistakes: InputMistakes

    func check() {
        checkIdentifiers()
        checkLogins()
    }

    /// Ids name folders, and some file systems do not tell case apart.
    private func checkIdentifiers() {
        var lines: [String: Int] = [:]
        for draft in drafts {
            guard let id = draft.id else { continue }
            if let line = lines[id.lowercased()] {
                mistakes.add(
                    draft.idPosition, "the id \(quoted(id)) is already on line \(line)",
                    expected: "a different one for each student (capitals do not count)")
            } else {
                lines[id.lowercased()] = draft.idPosition.line
            }
        }
    }

    /// Two machines cannot be behind one port. The same lab address for several students is normal.
    private func checkLogins() {
        var lines: [[String]: Int] = [:]
        for draft in drafts {
            for role in NodeRole.allCases {
                guard let login = draft.logins[role], let position = draft.loginPositions[role] else {
                    continue
                }
                // The mistake is the address, and it is reported.
                if role == .secondary, draft.addresses[.primary] == draft.addresses[.secondary],
                    draft.loginPositions[role] == draft.addressPositions[role]
                {
                    continue
                }
                let way = (login.jumps + [login]).map { "\($0.host.lowercased()):\($0.port)" }
                if let line = lines[way] {
                    mistakes.add(
                        position,
                        "the login \(way.last ?? "") is already that of another node, on line \(line)",
                        expected: "one host and port for each node", about: "login")
                } else {
                    lines[way] = position.line
                }
            }
        }
    }
}
