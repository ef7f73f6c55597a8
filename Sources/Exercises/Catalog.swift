import GraderCore

/// All exercises; one line for each lab sheet.
public enum Catalog {
    public static let exercises: [Exercise] = [
        .activite2
    ]

    /// The exercise of this id; nil where there is none.
    public static func exercise(_ id: String) -> Exercise? { exercises.first { $0.id == id } }

    /// Of every exercise's drills, for a command's help.
    public static var drillNames: String {
        var names: [String] = []
        for drill in exercises.flatMap(\.drills) where !names.contains(drill.kind.rawValue) {
            names.append(drill.kind.rawValue)
        }
        return names.joined(separator: ", ")
    }
}
