import CPcre2
import GraderCore

/// What PCRE2 says by a number. It speaks English only; of what people get wrong the French is here, of the rest the
/// number (pcre2api(3), "Compiling a pattern").
enum PatternWords {
    static func of(_ code: Int32) -> LocalizedText {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(code, &buffer, buffer.count)
        let english =
            // bounded: widened
            length > 0 ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "error \(code)"
        return LocalizedText(fr: french[code] ?? "erreur \(code) de PCRE2", en: "\(english)")
    }

    private static let french: [Int32: LocalizedText.Wording] = [
        PCRE2_ERROR_END_BACKSLASH: "une barre oblique inverse à la fin",
        PCRE2_ERROR_END_BACKSLASH_C: "\\c à la fin",
        PCRE2_ERROR_UNKNOWN_ESCAPE: "caractère inconnu après une barre oblique inverse",
        PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER: "les nombres entre accolades sont dans le désordre",
        PCRE2_ERROR_QUANTIFIER_TOO_BIG: "un nombre entre accolades est trop grand",
        PCRE2_ERROR_MISSING_SQUARE_BRACKET: "il manque un crochet fermant",
        PCRE2_ERROR_ESCAPE_INVALID_IN_CLASS: "échappement non permis entre crochets",
        PCRE2_ERROR_CLASS_RANGE_ORDER: "un intervalle entre crochets est dans le désordre",
        PCRE2_ERROR_QUANTIFIER_INVALID: "un quantificateur ne suit rien qui puisse se répéter",
        PCRE2_ERROR_INVALID_AFTER_PARENS_QUERY: "caractère inconnu après (? ou (?-",
        PCRE2_ERROR_POSIX_CLASS_NOT_IN_CLASS: "une classe POSIX n'est permise qu'entre crochets",
        PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS: "il manque une parenthèse fermante",
        PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE: "renvoi à un groupe qui n'existe pas",
        PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS: "une parenthèse fermante est de trop",
        PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH: "une assertion arrière n'est pas de longueur fixe",
        PCRE2_ERROR_UNKNOWN_POSIX_CLASS: "classe POSIX inconnue",
        PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED: "\\C n'est pas permis",
        PCRE2_ERROR_MATCHLIMIT: "limite de pas atteinte",
        PCRE2_ERROR_DEPTHLIMIT: "limite de profondeur atteinte",
        PCRE2_ERROR_HEAPLIMIT: "limite de mémoire atteinte",
        PCRE2_ERROR_NOMEMORY: "mémoire insuffisante",
    ]
}
