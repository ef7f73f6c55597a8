import GraderCore

/// The Debian releases that machines can be raised on.
public enum Release: String, Sendable, Codable, CaseIterable {
    case bookworm, bullseye, trixie
}

/// One student (or team) of a virtual class, who owns one lab.
public struct VirtualStudent: Sendable, Codable, Hashable {
    /// Position in the class, from 1; it is in the addresses.
    public let number: Int
    /// The situation the lab is raised in: a name out of the situation library, or `off`.
    public var situation: String

    public init(number: Int, situation: String) {
        self.number = number
        self.situation = situation
    }

    /// `etu1`, `etu2`, …
    public var id: String { "etu\(number)" }

    /// A display name that belongs to nobody.
    public var name: String { InventedNames.name(number) }
}

/// What a class is made of: all that `lab up` is told.
public struct ClassSpecification: Sendable, Codable, Hashable {
    /// Name of the class: lower-case letters, digits and hyphens; folders and control groups bear it.
    public let name: String
    public let release: Release
    public let students: [VirtualStudent]
    /// Every student has the same lab addresses, on a network of its own, and is reached through forwarded ports.
    public let forwarded: Bool
    /// All machines are in one /24, as machines plugged into a classroom's own network are.
    public let onOneNetwork: Bool

    /// The most students a class can have: their number is a byte of their addresses.
    public static let mostStudents = 200
    /// On one network a student's number takes ten addresses of the /24.
    public static let mostStudentsOnOneNetwork = 25

    /// The name of the situation in which all machines of a student are switched off.
    public static let off = "off"
    /// The name of the situation that machines raised anew are brought to.
    static let fresh = "fresh"

    /// - Throws: ``LabError`` where the class's name cannot name a folder, or its students do not fit.
    public init(
        name: String, release: Release, students: [VirtualStudent], forwarded: Bool,
        onOneNetwork: Bool = false
    ) throws {
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        guard let first = name.first, first != "-", name.count <= 32, name.allSatisfy(allowed.contains) else {
            throw LabError(
                LocalizedText(
                    fr: """
                        Le nom de classe « \(name) » ne convient pas : prendre des minuscules sans accent, des chiffres \
                        et des tirets, 32 au plus.
                        """,
                    en: """
                        The class name “\(name)” cannot be used: take lower-case letters, digits and hyphens, 32 at most.
                        """))
        }
        guard !forwarded || !onOneNetwork else {
            throw LabError(
                LocalizedText(
                    fr: "Avec --forwarded, chaque paire a son propre réseau : retirer --one-network.",
                    en: "--forwarded gives every pair a network of its own: leave --one-network out."))
        }
        let most = onOneNetwork ? Self.mostStudentsOnOneNetwork : Self.mostStudents
        try require(
            (1...most).contains(students.count),
            LocalizedText(
                fr:
                    "Une telle classe a de 1 à \(most) étudiants, pas \(students.count) : modifier --students.",
                en: "Such a class has 1 to \(most) students, not \(students.count): change --students."))
        self.name = name
        self.release = release
        self.students = students
        self.forwarded = forwarded
        self.onOneNetwork = onOneNetwork
    }

    /// The student of that id; throws where the class has none.
    /// - Throws: ``LabError`` that names those there are.
    public func student(_ id: String) throws -> VirtualStudent {
        guard let student = students.first(where: { $0.id == id }) else {
            throw LabError(
                LocalizedText(
                    fr:
                        "La classe \(name) n'a pas d'étudiant « \(id) » : elle va de etu1 à etu\(students.count).",
                    en: "Class \(name) has no student “\(id)”: it has etu1 to etu\(students.count)."))
        }
        return student
    }
}
