import GraderCore

/// All exercises; one line for each lab sheet.
public enum Catalog {
    public static let exercises: [any Exercise] = [
        Activite2()
    ]

    /// The one that is meant where nobody names one.
    public static var usual: any Exercise { exercises[0] }

    /// Everything that `bascule parse` reads; of two of one name the first exercise's.
    public static var readers: [PrintedReader] {
        exercises.flatMap(\.readers).reduce(into: []) { readers, reader in
            if !readers.contains(where: { $0.name == reader.name }) { readers.append(reader) }
        }
    }

    /// The exercise of this id; nil where there is none.
    public static func exercise(_ id: String) -> (any Exercise)? { exercises.first { $0.id == id } }

    /// Of every exercise's drills, for a command's help.
    public static var drillNames: String {
        var names: [String] = []
        for drill in exercises.flatMap(\.drills) where !names.contains(drill.kind.rawValue) {
            names.append(drill.kind.rawValue)
        }
        return names.joined(separator: ", ")
    }
}
