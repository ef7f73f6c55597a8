extension Int {
    /// The letter that makes a plural of a word behind this number: French has it from two on, English everywhere but
    /// behind one.
    public func plural(_ language: Language) -> String {
        language.pick("\(magnitude < 2 ? "" : "s")", "\(self == 1 ? "" : "s")")
    }
}
