/// `a, b or c`
public func alternatives(_ words: [String]) -> LocalizedText {
    guard words.count > 1, let last = words.last else { return LocalizedText(verbatim: words.joined()) }
    let others = words.dropLast().joined(separator: ", ")
    return LocalizedText(fr: "\(others) ou \(last)", en: "\(others) or \(last)")
}
