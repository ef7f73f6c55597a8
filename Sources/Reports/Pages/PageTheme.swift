import Foundation
import GraderCore

/// A school's own dress for the pages: `--theme DIR`.
///
///     logo.svg (or .png, .jpg, .webp)   at the head of every page, at most 200 kB
///     title.txt                         one line, above the title
///     style.css                         after Bascule's own stylesheet
///     templates/*.mustache              in the place of Bascule's own, by name
///
/// How much goes on paper is a matter of dress too. Templates are read whole first (``PageTags``,
/// ``PageTemplateCheck``): one that asks for text unescaped, or for a name that its page does not have, is refused.
public struct PageTheme: Sendable, Hashable {
    /// What stands for it where its parsed templates are kept: it may be of hundreds of kilobytes.
    private var id = UUID()
    /// As a `data:` URI.
    var logo: String?
    var title: String?
    var style: String
    var templates: [String: String]
    /// Whether paper shows all that a screen can unfold; otherwise what matters, on two sheets.
    public var printsAll = false

    public static func == (one: PageTheme, other: PageTheme) -> Bool { one.id == other.id }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// Bascule's own dress.
    public static let none = PageTheme(logo: nil, title: nil, style: "", templates: [:])
    private static let logoLimit = 200_000
    private static let textLimit = 200_000

    private init(logo: String?, title: String?, style: String, templates: [String: String]) {
        self.logo = logo
        self.title = title
        self.style = style
        self.templates = templates
    }

    /// - Throws: ``PageThemeError`` with a sentence that names the file.
    public init(folder: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue
        else {
            throw PageThemeError(
                fr:
                    "\(folder) n'est pas un dossier : --theme en attend un, avec logo, titre, style ou modèles.",
                en: "\(folder) is no folder: --theme takes one with logo, title, style or templates.")
        }
        self = .none
        id = UUID()
        for (name, type) in [
            ("logo.svg", "image/svg+xml"), ("logo.png", "image/png"), ("logo.jpg", "image/jpeg"),
            ("logo.webp", "image/webp"),
        ] where logo == nil {
            guard let data = try PageTheme.data("\(folder)/\(name)", limit: PageTheme.logoLimit) else {
                continue
            }
            logo = "data:\(type);base64,\(data.base64EncodedString())"
        }
        title = try PageTheme.text("\(folder)/title.txt")?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        style = try PageTheme.text("\(folder)/style.css") ?? ""
        // It stands between <style> and </style>, as it is.
        if style.lowercased().contains("</") {
            throw PageThemeError(
                fr:
                    "\(folder)/style.css contient « </ », ce qui terminerait la feuille de style : l'enlever.",
                en: "\(folder)/style.css holds “</”, which would end the stylesheet: take it out.")
        }
        let own = "\(folder)/templates"
        for file in (try? FileManager.default.contentsOfDirectory(atPath: own).sorted()) ?? []
        where file.hasSuffix(".mustache") {
            let name = String(file.dropLast(".mustache".count))
            guard PageTemplates.names.contains(name) else {
                let known = PageTemplates.names.sorted().joined(separator: ", ")
                throw PageThemeError(
                    fr: "\(own)/\(file) ne remplace aucun modèle ; il y a : \(known).",
                    en: "\(own)/\(file) replaces no template; there is: \(known).")
            }
            guard let text = try PageTheme.text("\(own)/\(file)") else { continue }
            templates[name] = text
        }
        guard !templates.isEmpty else { return }
        do {
            try PageTemplates.check(templates)
        } catch let error as PageTemplateError {
            throw PageThemeError(fr: "\(own)/\(error.sentence).", en: "\(own)/\(error.sentence).")
        }
    }

    private static func text(_ path: String) throws -> String? {
        guard let data = try data(path, limit: textLimit) else { return nil }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw PageThemeError(
                fr: "\(path) n'est pas du texte UTF-8 : l'enregistrer comme tel.",
                en: "\(path) is not UTF-8 text: save it as such.")
        }
        return text
    }

    private static func data(_ path: String, limit: Int) throws -> Data? {
        guard (try? FileManager.default.attributesOfItem(atPath: path)) != nil else { return nil }
        switch BoundedFile.read(path, limit: limit) {
        case .success(let bytes): return Data(bytes)
        case .failure(.tooLarge(let size)):
            throw PageThemeError(
                fr: "\(path) fait \(size) octets : chaque page en reçoit \(limit) au plus.",
                en: "\(path) has \(size) bytes: at most \(limit) go into every page.")
        case .failure(.notAFile), .failure(.unreadable):
            throw PageThemeError(
                fr: "\(path) ne peut pas être lu : vérifier le fichier.",
                en: "\(path) cannot be read: check the file.")
        }
    }
}

/// What is wrong with a theme, in a sentence.
public struct PageThemeError: Error, Sendable, CustomStringConvertible {
    public var sentence: LocalizedText
    public var description: String { sentence[.current] }

    init(fr: LocalizedText.Wording, en: LocalizedText.Wording) {
        sentence = LocalizedText(fr: fr, en: en)
    }
}
