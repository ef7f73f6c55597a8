import Foundation

/// That evidence is the student's own: collected on the machines by who is root there, and seen by no grader. It says of
/// itself what it is; nothing in it can be proof.
public struct HandIn: Sendable, Hashable, Codable {
    /// What was handed in of one machine.
    public struct Part: Sendable, Hashable, Codable {
        /// When the machine was looked at, by its own clock.
        public var collectedAt: Date
        /// Of the file's content, in hexadecimal.
        public var sha256: String

        public init(collectedAt: Date, sha256: String) {
            self.collectedAt = collectedAt
            self.sha256 = sha256
        }
    }

    public var parts: [MachineID: Part]
    /// When the teacher's side put the parts together, by its clock.
    public var importedAt: Date

    public init(parts: [MachineID: Part], importedAt: Date) {
        self.parts = parts
        self.importedAt = importedAt
    }
}
