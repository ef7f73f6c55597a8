/// Keys that an exercise itself reads of a file that is a rubric as well: what a teacher declares beside the points.
public struct OwnRubricKeys: Sendable, Hashable {
    /// Of the file.
    public var file: [String]
    /// Of one check.
    public var check: [String]

    public init(file: [String] = [], check: [String] = []) {
        self.file = file
        self.check = check
    }
}
