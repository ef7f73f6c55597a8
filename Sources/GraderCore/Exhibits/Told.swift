/// A value with the checks that it tells of: where students are not shown one of these, they are not shown the value.
///
/// Where something can be said in more than one way, the ways stand one after the other, the most telling first, and
/// shown is the first that is left: the last tells of nothing, and is the same whatever the others said.
public struct Told<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
    public var value: Value
    public var tellsOf: [CheckID]

    public init(_ value: Value, tellsOf: [CheckID] = []) {
        self.value = value
        self.tellsOf = tellsOf
    }

    func tells(ofAnyOf checks: Set<CheckID>) -> Bool { tellsOf.contains { checks.contains($0) } }
}

extension Array {
    /// Without those that tell of these checks.
    func without<Value>(_ checks: Set<CheckID>) -> [Element] where Element == Told<Value> {
        filter { !$0.tells(ofAnyOf: checks) }
    }

    /// The one that is shown; nil where nothing may be said.
    public func shown<Value>() -> Value? where Element == Told<Value> { first?.value }
}

/// How much an exhibit holds at most: what comes from a student's machine may be a flood.
enum ExhibitLimit {
    /// Unicode scalars of a name, label or sentence.
    static let text = 4_000
    /// The same, of a listing.
    static let listing = 1 << 20
    /// Parts of one kind.
    static let parts = 500
    static let lines = 5_000
}

extension String {
    /// At most so many Unicode scalars, an ellipsis in the place of the rest.
    public func cut(to limit: Int) -> String {
        // A scalar is a byte or more, and bytes are counted at once.
        guard utf8.count > limit, unicodeScalars.dropFirst(limit).isEmpty == false else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.prefix(limit))) + "…"
    }

    var bounded: String { cut(to: ExhibitLimit.text) }
}

extension Array {
    var bounded: [Element] { count > ExhibitLimit.parts ? Array(prefix(ExhibitLimit.parts)) : self }
}
