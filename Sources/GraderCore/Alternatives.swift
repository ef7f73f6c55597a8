/// `a, b or c`
public func alternatives(_ words: [String]) -> LocalizedText {
    alternatives(words.map { LocalizedText(verbatim: $0) })
}

/// The same of what is said in both languages.
public func alternatives(_ words: [LocalizedText]) -> LocalizedText {
    guard words.count > 1, let last = words.last else { return words.joined() }
    let others = words.dropLast().joined(LocalizedText(verbatim: ", "))
    return LocalizedText(fr: "\(others) ou \(last)", en: "\(others) or \(last)")
}
