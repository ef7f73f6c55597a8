import Foundation
import Mustache

/// The pages' templates and their stylesheet, embedded in the program at build time.
///
/// swift-mustache escapes `{{…}}` by grapheme cluster: in `"\u{0600}<"` the `<` hides behind a character that
/// extends over the next one and is let through. Every template is therefore given an escaping of our own, by scalar.
struct PageTemplates: Sendable {
    private let library: MustacheLibrary
    let style: String

    /// The templates of this build. Parsed once; an error in one of them is our own mistake.
    static func embedded() throws -> PageTemplates { try parsed.get() }

    private static let parsed: Result<PageTemplates, any Error> = Result { try PageTemplates() }

    private init() throws {
        MustacheContentTypes.register(ScalarHTML(), named: ScalarHTML.name)
        var library = MustacheLibrary()
        for (name, bytes) in PageTemplates.sources {
            try library.register(
                "{{% CONTENT_TYPE:\(ScalarHTML.name)}}" + String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
        self.style = String(decoding: PackageResources.style_css, as: UTF8.self)
    }

    /// Every template file by the name that `{{> name}}` has for it.
    private static let sources: [(String, [UInt8])] = [
        ("student", PackageResources.student_mustache),
        ("class", PackageResources.class_mustache),
        ("head", PackageResources.head_mustache),
        ("signs", PackageResources.signs_mustache),
        ("mark", PackageResources.mark_mustache),
        ("check", PackageResources.check_mustache),
        ("drawing", PackageResources.drawing_mustache),
        ("junit", PackageResources.junit_mustache),
    ]

    /// - Throws: ``PageError`` where there is no such template.
    func render(_ name: String, _ fields: [String: Any]) throws -> String {
        guard let page = library.render(fields, withTemplate: name) else { throw PageError.noTemplate(name) }
        return page
    }
}

/// A mistake of ours in the templates.
enum PageError: Error, CustomStringConvertible {
    case noTemplate(String)

    var description: String {
        switch self {
        case .noTemplate(let name): "There is no page template named \(name): rebuild Bascule."
        }
    }
}

/// HTML escaping by Unicode scalar, for text and for attribute values in quotes.
struct ScalarHTML: MustacheContentType {
    static let name = "BASCULE_HTML"

    func escapeText(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "&"): out.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "\""): out.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): out.append(contentsOf: "&#39;".utf8)
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
