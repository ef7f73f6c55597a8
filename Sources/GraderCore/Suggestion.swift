/// The known name that was probably meant: the nearest by edits (insert, delete, replace, swap two
/// neighbours), where it is near enough to be no guess.
public func nearest(to name: String, in known: [String]) -> String? {
    // Longer than any name in use; keeps the work bounded.
    guard name.count <= 64 else { return nil }
    let limit = max(1, name.count / 3)
    return known.map { (distance: editDistance(name.lowercased(), $0.lowercased()), name: $0) }.filter {
        $0.distance <= limit
    }.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
}

/// `, did you mean “monitor”?`; empty where no known name is near.
public func suggestion(for name: String, in known: [String]) -> LocalizedText {
    nearest(to: name, in: known).map {
        LocalizedText(fr: ", vouliez-vous dire « \($0) » ?", en: ", did you mean “\($0)”?")
    } ?? LocalizedText(verbatim: "")
}

/// The "optimal string alignment" distance.
private func editDistance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var older = [Int](repeating: 0, count: right.count + 1)
    var old = Array(0...right.count)
    for row in left.indices {
        var new = [row + 1] + [Int](repeating: 0, count: right.count)
        for column in right.indices {
            let replaced = old[column] + (left[row] == right[column] ? 0 : 1)
            // bounded: one longer than the columns
            new[column + 1] = min(replaced, old[column + 1] + 1, new[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                // bounded: one longer than the columns
                new[column + 1] = min(new[column + 1], older[column - 1] + 1)
            }
        }
        (older, old) = (old, new)
    }
    return old[right.count]
}
