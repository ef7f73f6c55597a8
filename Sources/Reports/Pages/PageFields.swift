import Mustache

/// What a template is given: values by the names that it has for them, as a dictionary literal says them. What is
/// nil is not there: a section of that name is left out.
///
/// The library takes any value and asks it at run time what it is: for a dictionary, whose conformance hangs on its
/// keys' type, and for a `String`, which is printed like any other value, that is most of the time that a page takes.
/// A type that conforms by itself, and a text that says so, are answered at once.
struct PageFields: MustacheParent, Sendable, ExpressibleByDictionaryLiteral {
    private var values: [String: any Sendable]

    init(dictionaryLiteral elements: (String, (any Sendable)?)...) { self.init(elements) }

    init(_ elements: [(String, (any Sendable)?)]) {
        values = Dictionary(minimumCapacity: elements.count)
        for (name, value) in elements { self[name] = value }
    }

    subscript(name: String) -> (any Sendable)? {
        get { values[name] }
        set { values[name] = (newValue as? String).map(PageText.init) ?? newValue }
    }

    /// Later fields stand in front of earlier ones of the same name.
    mutating func merge(_ other: PageFields) {
        values.merge(other.values) { _, new in new }
    }

    func merging(_ other: PageFields) -> PageFields {
        var merged = self
        merged.merge(other)
        return merged
    }

    func child(named name: String) -> Any? { self[name] }
}

/// A text in ``PageFields``.
private struct PageText: MustacheCustomRenderable, MustacheParent, Sendable {
    var renderText: String
    var isNull: Bool { false }
    func child(named: String) -> Any? { nil }
}
