import Foundation
import GraderCore

/// The roster of a virtual class with its key and passwords, ready for `bascule grade-all`.
public struct LabRoster: Sendable {
    public let folder: String

    /// Root by key.
    public var roster: String { "\(folder)/class.yaml" }
    private var key: String { "\(folder)/id_ed25519" }

    /// Writes all of them, over those of an earlier class. Returns the teacher's public key.
    func write(
        _ specification: ClassSpecification, of exercise: ExerciseLab, userPassword: String,
        rootPassword: String
    ) async throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try require(
            isOurs,
            LocalizedText(
                fr: "\(roster) n'a pas été écrit par `bascule lab` : donner un autre dossier avec --out.",
                en: "\(roster) was not written by `bascule lab`: give another folder with --out."))
        try remove()
        try await HostCommand(
            arguments: [
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bascule lab \(specification.name)",
                "-f", key,
            ]
        ).checked(
            LocalizedText(
                fr: "La clé de l'enseignant n'a pas pu être créée", en: "The teacher's key could not be made")
        )
        try write("\(userPassword)\n", to: "etudiant.password", mode: 0o600)
        try write("\(rootPassword)\n", to: "root.password", mode: 0o600)
        try write(Self.text(specification, of: exercise, throughSu: false), to: "class.yaml", mode: 0o644)
        // The same class by way of `etudiant`'s password and `su`.
        try write(Self.text(specification, of: exercise, throughSu: true), to: "class-su.yaml", mode: 0o644)
        return try String(contentsOfFile: "\(key).pub", encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    /// Removes what `write` wrote, and what the grader pinned about machines that are no more.
    func remove() throws {
        guard isOurs else { return }
        for name in [
            "class.yaml", "class-su.yaml", "id_ed25519", "id_ed25519.pub", "etudiant.password",
            "root.password", "known_hosts",
        ] where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    /// False where somebody's own roster is in the way.
    private var isOurs: Bool {
        guard let data = FileManager.default.contents(atPath: roster) else { return true }
        let text = String(decoding: data, as: UTF8.self)
        return Language.allCases.contains { text.hasPrefix(Self.mark[$0]) }
    }

    /// In the language of whoever raised the class; known by either.
    private static let mark = LocalizedText(
        fr: "# Écrit par `bascule lab up`, supprimé par `bascule lab down`.",
        en: "# Written by `bascule lab up`, removed by `bascule lab down`.")

    /// The mode is set while the file is still empty.
    private func write(_ text: String, to name: String, mode: Int) throws {
        let file = "\(folder)/\(name)"
        guard
            FileManager.default.createFile(
                atPath: file, contents: nil, attributes: [.posixPermissions: mode]),
            let handle = FileHandle(forWritingAtPath: file)
        else {
            throw LabError(
                LocalizedText(
                    fr: "\(file) ne peut pas être écrit : vérifier les droits du dossier.",
                    en: "\(file) cannot be written: check the folder's permissions."))
        }
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    /// - Parameter program: quoted for YAML: the hooks of the roster call it.
    static func text(
        _ specification: ClassSpecification, of exercise: ExerciseLab, throughSu: Bool,
        program: String = "'\(OwnProgram.path.replacing("'", with: "''"))'"
    ) -> String {
        let access =
            throughSu
            ? """
                user: \(ClassLayer.user)
                passwordFile: etudiant.password
                become: {method: su, passwordFile: root.password}
            """
            : """
                user: root
                identityFile: id_ed25519
            """
        let students = specification.students.map { student in
            let plan = AddressPlan(exercise.recipe, student, in: specification)
            let lab = plan.lab
            let machines = exercise.recipe.machines.map { machine in
                let login = plan.login(machine).map { ", login: \"\($0)\"" } ?? ""
                return "\(machine): {address: \(lab[machine])\(login)}"
            }
            let lines = (machines + exercise.recipe.roster(lab)).map { "    \($0)" }
            return """
                  - id: \(student.id)
                    name: "\(student.name)"
                \(lines.joined(separator: "\n"))
                """
        }
        return """
            \(mark[.current])
            class: \(specification.name)
            exercise: \(exercise.id)
            defaults:
              ssh:
            \(access)
                knownHosts: known_hosts
              hooks:
                powerOn: [\(program), lab, power, --class, \(specification.name), "{student}/{node}", "on"]
                powerLoss: [\(program), lab, power, --class, \(specification.name), "{student}/{node}", "loss"]
            students:
            \(students.joined(separator: "\n"))

            """
    }
}
