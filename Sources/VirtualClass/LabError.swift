import GraderCore

/// Why the virtual class could not do what was asked: one sentence that says who, what, and what to do next.
public struct LabError: Error, Sendable, Equatable, CustomStringConvertible {
    public let sentence: LocalizedText

    public init(_ sentence: LocalizedText) { self.sentence = sentence }

    public var message: String { sentence[.current] }

    public var description: String { message }
}

func require(_ isSo: Bool, _ sentence: @autoclosure () -> LocalizedText) throws(LabError) {
    if !isSo { throw LabError(sentence()) }
}

/// Looks every `interval` until `condition` holds: for what nobody reports.
/// - Throws: `LabError` naming what was waited for, once `limit` has passed.
func waiting(
    _ limit: Duration, for what: LocalizedText, every interval: Duration = .milliseconds(50),
    until condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    let seconds = limit.wholeSeconds
    while try await !condition() {
        try require(
            ContinuousClock.now < end,
            LocalizedText(
                fr: "Attendu en vain pendant \(seconds) s : \(what).",
                en: "Waited \(seconds) s in vain for \(what)."))
        try await Task.sleep(for: interval)
    }
}
