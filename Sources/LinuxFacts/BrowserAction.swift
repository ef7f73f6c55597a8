import GraderCore

/// What a browser does with a page by itself, so that a reader sees something else than the words it was sent with.
public enum BrowserAction: Sendable {
    /// It goes on to another page.
    case goesOn
    /// It shows other pages within this one.
    case frames
    /// Whatever it shows, a script makes.
    case script
}

extension HTTPExchange.Response {
    /// Nil of a page that stays as it came. It is not asked where a refresh, a frame or a script leads.
    public var browserAction: BrowserAction? {
        let refresh = headers.first { $0.name.lowercased() == "refresh" }?.value
        if refresh.map(Self.isSoon) == true { return .goesOn }
        var reader = MarkupReader(ShownText.decoded(body.raw))
        var (hasScript, showsText) = (false, false)
        while let piece = reader.next() {
            switch piece {
            case .text(let scalar):
                if !scalar.properties.isWhitespace, scalar != "\u{FEFF}" { showsText = true }
            case .tag(let tag) where !tag.isEnd:
                switch tag.name {
                case "frame", "frameset", "iframe": return .frames
                case "meta":
                    let attributes = tag.attributes
                    if attributes["http-equiv"]?.lowercased() == "refresh",
                        attributes["content"].map(Self.isSoon) == true
                    {
                        return .goesOn
                    }
                case "script", "body":
                    let script =
                        tag.name == "script"
                        ? String(String.UnicodeScalarView(reader.content(of: "script")))
                        : tag.attributes["onload"]
                    if script.map(Self.leaves) == true { return .goesOn }
                    hasScript = hasScript || script != nil
                // A browser that runs scripts shows none of what these hold.
                case "style", "title", "noscript": _ = reader.content(of: tag.name)
                default: break
                }
            case .tag: break
            }
        }
        return hasScript && !showsText ? .script : nil
    }

    /// Who waits longer has seen the page that is there.
    private static let mostSeconds = 10

    /// `0; url=/intralab/`: soon, and elsewhere. Without a place the same page comes again.
    private static func isSoon(_ refresh: String) -> Bool {
        let words = refresh.drop(while: \.isWhitespace)
        let seconds = words.prefix { ("0"..."9").contains($0) }
        guard let count = Int(seconds), count <= mostSeconds else { return false }
        return words.contains { !$0.isWhitespace && !"0123456789.;,".contains($0) }
    }

    /// Whether a script has the browser go elsewhere, be it on some occasion only: which, is not looked at.
    private static func leaves(_ script: String) -> Bool {
        let script = String(script.filter { !$0.isWhitespace }).lowercased()
        return ["location=", "location.href=", "location.replace(", "location.assign("].contains {
            script.contains($0)
        }
    }
}
