import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles

/// The roster as its file is at the moment: somebody may be given extra time while deadlines are waited for.
struct WatchedRoster {
    private(set) var roster: Roster
    private(set) var secrets: [SecretSource: Secret]
    private let file: String
    private var stamp: [FileAttributeKey: AnyHashable]

    init(file: String, roster: Roster, secrets: [SecretSource: Secret]) {
        self.file = file
        self.roster = roster
        self.secrets = secrets
        stamp = Self.stamp(of: file)
    }

    /// - Throws: the file's mistakes, once for each change of it: until they are mended the roster stays as it was.
    mutating func readAgain() throws {
        let now = Self.stamp(of: file)
        guard now != stamp else { return }
        stamp = now
        let new = try Roster.read(file: file, exercises: Sheets.all)
        guard new.className == roster.className, new.exercise == roster.exercise else {
            throw StoreFailure(
                fr: "\(file) est d'une autre classe, ou d'un autre TP, qu'au lancement : relancer pour elle.",
                en:
                    "\(file) is another class's, or another exercise's, than when this was started: start again for it."
            )
        }
        // Nobody is there to be asked for another password.
        let known = secrets
        if new.students.flatMap(\.secretSources).contains(where: { known[$0] == nil }) {
            secrets = try Composition.secrets(new.students)
        }
        roster = new
    }

    private static func stamp(of file: String) -> [FileAttributeKey: AnyHashable] {
        let attributes = (try? FileManager.default.attributesOfItem(atPath: file)) ?? [:]
        return [.modificationDate, .size, .systemFileNumber].reduce(into: [:]) { stamp, key in
            stamp[key] = attributes[key] as? AnyHashable
        }
    }
}
