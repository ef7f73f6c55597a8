/// What a template is given: values by the names that it has for them, as a dictionary literal says them. What is
/// nil is not there: a section of that name is left out.
struct PageFields: Sendable, ExpressibleByDictionaryLiteral {
    private var values: [String: PageValue]

    init(dictionaryLiteral elements: (String, (any PageValueConvertible)?)...) {
        values = Dictionary(minimumCapacity: elements.count)
        for (name, value) in elements { values[name] = value?.pageValue }
    }

    subscript(name: String) -> (any PageValueConvertible)? {
        get { values[name] }
        set { values[name] = newValue?.pageValue }
    }

    func value(_ name: String) -> PageValue? { values[name] }

    /// Later fields stand in front of earlier ones of the same name.
    mutating func merge(_ other: PageFields) {
        values.merge(other.values) { _, new in new }
    }

    func merging(_ other: PageFields) -> PageFields {
        var merged = self
        merged.merge(other)
        return merged
    }
}

/// A value of ``PageFields``.
enum PageValue: Sendable {
    case text(String)
    case flag(Bool)
    case list([PageValue])
    case fields(PageFields)
}

/// What may stand in ``PageFields``.
protocol PageValueConvertible: Sendable {
    var pageValue: PageValue { get }
}

extension PageValue: PageValueConvertible {
    var pageValue: PageValue { self }
}

extension String: PageValueConvertible {
    var pageValue: PageValue { .text(self) }
}

extension Int: PageValueConvertible {
    var pageValue: PageValue { .text(String(self)) }
}

extension Bool: PageValueConvertible {
    var pageValue: PageValue { .flag(self) }
}

extension PageFields: PageValueConvertible {
    var pageValue: PageValue { .fields(self) }
}

extension Array: PageValueConvertible where Element: PageValueConvertible {
    var pageValue: PageValue { .list(map(\.pageValue)) }
}
