import GraderCore

/// Looks up every name that a page's templates ask for in its view, through sections and partials, before anything is
/// rendered: the library leaves out what it does not find.
struct PageTemplateCheck {
    private let templates: [String: PageTags]
    /// Where to look for a mistake first: in what is not Bascule's own.
    private let foreign: Set<String>
    /// The innermost last.
    private var contexts: [PageShape]
    /// The partial tags that lead here.
    private var places: [PageTags.Tag] = []
    private var path: [String] = []
    private var left = limit

    /// Partials within partials can multiply. Bascule's own pages have a tenth of it.
    private static let limit = 5_000

    /// - Parameters:
    ///   - templates: all, by name.
    ///   - foreign: names of those that are a theme's.
    ///   - view: of the page.
    init(_ templates: [String: PageTags], foreign: Set<String> = [], view: PageShape) {
        self.templates = templates
        self.foreign = foreign
        contexts = [view]
    }

    /// - Parameter name: the page's own template.
    /// - Throws: the first name that is not there, a partial that is not there or comes back to itself.
    mutating func check(_ name: String) throws(PageTemplateError) {
        path.append(name)
        defer { path.removeLast() }
        var outside: [Int] = []
        for tag in templates[name]?.tags ?? [] {
            left -= 1
            guard left > 0 else {
                throw problem(
                    tag,
                    LocalizedText(
                        fr: "les modèles s'appellent trop souvent l'un l'autre, en enlever",
                        en: "the templates name one another too often, take some out"))
            }
            switch tag.kind {
            case .value:
                switch try shape(tag) {
                case .text, .flag: break
                case .list, .view:
                    let section = "{{#\(tag.name)}}…{{/\(tag.name)}}"
                    throw problem(
                        tag,
                        LocalizedText(
                            fr: "{{\(tag.name)}} n'est pas un texte : \(section)",
                            en: "{{\(tag.name)}} is no text: \(section)"))
                }
            case .section:
                outside.append(contexts.count)
                switch try shape(tag) {
                case .flag: break
                case .list(let element): contexts.append(element)
                case let inside: contexts.append(inside)
                }
            case .inverted:
                outside.append(contexts.count)
                _ = try shape(tag)
            // bounded: what was outside is no longer
            case .end: contexts.removeLast(contexts.count - (outside.popLast() ?? contexts.count))
            case .partial:
                guard templates[tag.name] != nil else {
                    let known = list(templates.keys)
                    throw problem(
                        tag,
                        LocalizedText(
                            fr: "{{> \(tag.name)}} ne nomme aucun modèle ; il y a : \(known)",
                            en: "{{> \(tag.name)}} names no template; there is: \(known)"))
                }
                guard !path.contains(tag.name) else {
                    throw problem(
                        tag,
                        LocalizedText(
                            fr:
                                "\(tag.name).mustache revient à lui-même par les modèles qu'il appelle, en enlever un",
                            en: "\(tag.name).mustache comes back to itself by its partials, take one out"))
                }
                places.append(tag)
                try check(tag.name)
                places.removeLast()
            }
        }
    }

    /// What the tag's name stands for where it is, as the library looks it up.
    private func shape(_ tag: PageTags.Tag) throws(PageTemplateError) -> PageShape {
        var parts = tag.name.split(separator: ".").map(String.init)[...]
        var found = contexts.last ?? .text
        if let first = parts.first, !tag.name.hasPrefix(".") {
            guard let outer = contexts.last(where: { $0.names[first] != nil }) else {
                throw missing(tag, first, contexts.last { !$0.names.isEmpty }?.names ?? [:])
            }
            found = outer
        }
        while let part = parts.popFirst() {
            guard let inside = found.names[part] else { throw missing(tag, part, found.names) }
            found = inside
        }
        return found
    }

    /// - Parameter names: those that there are in the place of `part`.
    private func missing(
        _ tag: PageTags.Tag, _ part: String, _ names: [String: PageShape]
    ) -> PageTemplateError {
        var near = names.keys.filter { $0.hasPrefix("has") == part.hasPrefix("has") }
        // Of the phrases there are more than fit into a sentence.
        if near.count > 40 { near = near.filter { $0.first == part.first } }
        let lack = LocalizedText(
            fr: "il n'y a pas de {{\(tag.name)}} ici", en: "there is no {{\(tag.name)}} here")
        guard !near.isEmpty else { return problem(tag, lack) }
        return problem(
            tag, LocalizedText(fr: "\(lack) ; il y a : \(list(near))", en: "\(lack); there is: \(list(near))")
        )
    }

    private func list(_ names: some Sequence<String>) -> String { names.sorted().joined(separator: ", ") }

    /// Said of the innermost template that is not Bascule's own, where there is one.
    private func problem(_ tag: PageTags.Tag, _ problem: LocalizedText) -> PageTemplateError {
        let tags = places + [tag]
        let place = path.lastIndex(where: foreign.contains) ?? path.count - 1
        var problem = problem
        if place < path.count - 1 {
            let asking = "\(path.last ?? "").mustache"
            problem = LocalizedText(
                fr: "\(problem) (demandé par \(asking))", en: "\(problem) (asked for by \(asking))")
        }
        return PageTemplateError(template: path[place], line: tags[place].line, problem: problem)
    }
}
