import ClassRun
import Foundation
import GraderCore

/// A request as the board looks at it: whoever sent it is a stranger.
public struct BoardRequest: Sendable {
    /// Of HTTP; the board takes no other.
    public enum Method: String, Sendable { case get = "GET", post = "POST" }

    public var method: Method
    /// Without the query, as it was sent: `/student/etu1`.
    public var path: String
    public var query: [URLQueryItem] = []
    /// Of a form (`application/x-www-form-urlencoded`), in its order.
    public var form: [URLQueryItem] = []
    public var host: String?
    public var origin: String?
    /// Fetch Metadata: `same-origin`, `none`, `cross-site`…; nil from a browser that does not send it.
    public var fetchSite: String?
    public var cookies: [String: String] = [:]
    public var acceptLanguage: String?

    public init(_ method: Method, _ path: String) {
        self.method = method
        self.path = path
    }

    /// A field of the form; nil where it is not there.
    func field(_ name: String) -> String? { form.first { $0.name == name }?.value }

    func fields(_ name: String) -> [String] { form.filter { $0.name == name }.compactMap(\.value) }

    /// Of a form or a query; no page of the board's has as many.
    private static let mostFields = 200

    /// A body or a query as `a=1&b=2` (WHATWG URL, section 5.1); what cannot be decoded is left out, and what is beyond a
    /// number of fields. `URLComponents` ends the program where it is handed such text.
    static func items(_ text: String) -> [URLQueryItem] {
        func decoded(_ part: Substring) -> String? { part.replacing("+", with: " ").removingPercentEncoding }
        return text.split(separator: "&", maxSplits: mostFields).prefix(mostFields).compactMap { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let name = decoded(first),
                let value = decoded(parts.dropFirst().first ?? "")
            else { return nil }
            return URLQueryItem(name: name, value: value)
        }
    }

    /// `a=1; b=2` (RFC 6265, section 4.2.1). Of two with one name the first.
    static func cookies(_ header: String) -> [String: String] {
        let pairs = header.split(separator: ";").compactMap { pair -> (String, String)? in
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (
                parts[0].trimmingCharacters(in: .whitespaces), parts[1].trimmingCharacters(in: .whitespaces)
            )
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// The language that the browser's user likes best of ours (RFC 9110, section 12.5.4).
    func language(otherwise usual: Language) -> Language {
        var best: (language: Language, weight: Double)?
        for part in (acceptLanguage ?? "").prefix(500).split(separator: ",").prefix(20) {
            let words = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let tag = words.first?.lowercased().split(separator: "-").first,
                let language = Language(rawValue: String(tag))
            else { continue }
            let weight =
                words.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language ?? usual
    }
}

/// What the board answers.
public struct BoardAnswer: Sendable {
    /// What comes behind the headers.
    public enum Body: Sendable {
        case text(String, type: String)
        case none
        /// Server-sent events about what is watched, until somebody hangs up.
        case events(LessonView)
    }

    public var status: Int
    public var headers: [(name: String, value: String)] = []
    public var body: Body

    static func page(_ html: String, status: Int = 200) -> BoardAnswer {
        BoardAnswer(status: status, body: .text(html, type: "text/html; charset=utf-8"))
    }

    /// To another page, which is then fetched (RFC 9110, section 15.4.4).
    static func seeOther(_ path: String) -> BoardAnswer {
        BoardAnswer(status: 303, headers: [("Location", path)], body: .none)
    }
}
