import Mustache

/// What a template is given: a struct, whose properties are the names that a template has for them.
///
/// A list, and what may be nil, is a section of its own; of both a template may also ask `hasName`, whether there is
/// anything, for what stands around a list.
protocol PageView: PageValue {}

/// What a property of a ``PageView`` may be: text, numbers, flags, other views; lists and optionals of them.
protocol PageValue: Decodable, Sendable {
    /// Any value: for ``PageShape``.
    static var blank: Self { get throws }
    static var shape: PageShape { get throws }
    /// As the library asks for it.
    var rendered: any Sendable { get }
    /// Of what may not be there; nil of what always is.
    var isThere: Bool? { get }
}

extension PageValue {
    var isThere: Bool? { nil }
}

extension PageView {
    static var blank: Self { get throws { try Self(from: PageNameReader()) } }

    static var shape: PageShape {
        get throws {
            let reader = PageNameReader()
            _ = try Self(from: reader)
            return .view(reader.names)
        }
    }

    var rendered: any Sendable { fields }

    var fields: PageFields {
        var fields = PageFields(values: [:])
        for case (let name?, let value as any PageValue) in Mirror(reflecting: self).children {
            fields.values[name] = value.rendered
            if let isThere = value.isThere { fields.values[PageFields.presence(of: name)] = isThere }
        }
        return fields
    }
}

/// A view as the library asks it. (Not a dictionary, whose conformance hangs on its keys' type and is looked for each
/// time.)
struct PageFields: MustacheParent, CustomStringConvertible, Sendable {
    var values: [String: any Sendable]
    var description: String { "" }
    func child(named name: String) -> Any? { values[name] }

    /// `hasName` for `name`.
    static func presence(of name: String) -> String { "has" + name.prefix(1).uppercased() + name.dropFirst() }
}

/// Text from anywhere. It is escaped here, by byte, and not by the template: no tag lets it through as it is. (The
/// library escapes by character, and a `<` behind U+0600 is part of one that it does not know.)
struct PageText: MustacheCustomRenderable, MustacheParent, CustomStringConvertible, Sendable {
    var text: String
    var renderText: String { HTMLText.escaped(text) }
    var isNull: Bool { false }
    var description: String { renderText }
    func child(named: String) -> Any? { nil }
}

/// What comes as it is: the page's own style and script.
struct PageCode: PageValue, MustacheCustomRenderable {
    var text: String
    static var blank: PageCode { PageCode(text: "") }
    static var shape: PageShape { .text }
    var rendered: any Sendable { self }
    var renderText: String { text }
    var isNull: Bool { false }
}

/// What is nil. It is there for the library, so that it does not look for the name further out.
private struct PageNothing: MustacheCustomRenderable, MustacheParent {
    var renderText: String { "" }
    var isNull: Bool { true }
    func child(named: String) -> Any? { nil }
}

extension String: PageValue {
    static var blank: String { "" }
    static var shape: PageShape { .text }
    var rendered: any Sendable { PageText(text: self) }
}

extension Int: PageValue {
    static var blank: Int { 0 }
    static var shape: PageShape { .text }
    var rendered: any Sendable { self }
}

extension Bool: PageValue {
    static var blank: Bool { false }
    static var shape: PageShape { .flag }
    var rendered: any Sendable { self }
}

extension Array: PageValue where Element: PageValue {
    static var blank: [Element] { [] }
    static var shape: PageShape { get throws { .list(try Element.shape) } }
    var rendered: any Sendable { map(\.rendered) }
    var isThere: Bool? { !isEmpty }
}

extension Optional: PageValue where Wrapped: PageValue {
    static var blank: Wrapped? { nil }
    static var shape: PageShape { get throws { try Wrapped.shape } }
    var rendered: any Sendable { self?.rendered ?? PageNothing() }
    var isThere: Bool? { self != nil }
}
