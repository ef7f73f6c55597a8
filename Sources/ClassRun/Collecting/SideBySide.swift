extension Sequence where Element: Sendable {
    /// Does something for each, all side by side; tells of each as it comes.
    @discardableResult
    func sideBySide<Value: Sendable>(
        _ work: @escaping @Sendable (Element) async -> Value, onEach: (Value) -> Void = { _ in }
    ) async -> [Value] {
        await withTaskGroup(of: Value.self) { group in
            for element in self { group.addTask { await work(element) } }
            var values: [Value] = []
            for await value in group {
                onEach(value)
                values.append(value)
            }
            return values
        }
    }
}
