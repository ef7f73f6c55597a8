import CPcre2
import GraderCore

/// A regular expression as PCRE2 has it (pcre2pattern(3)), searched for; `^` and `$` are the beginning and the end of a
/// line. Its matching is bounded by steps (``PatternSteps``) and memory and not by a clock, so that the same text gives the
/// same answer everywhere; beyond the bounds there is none.
struct Pattern: Sendable, Hashable {
    /// What the expression says of a text.
    enum Answer: Sendable, Hashable {
        case found, notFound
        /// The bounds were reached: which.
        case beyondLimits(LocalizedText)
    }

    /// Variables stand for their values as such, whatever is in them.
    let template: Template

    /// PCRE2's own; its match limit counts anew from every character at which a match may begin.
    private static let (matchLimit, depthLimit, heapLimitKibibytes): (UInt32, UInt32, UInt32) = (
        5_000_000, 100_000, 20_000
    )
    /// A call before every item, so that steps can be counted, and no item that swallows others without one.
    private static let options =
        UInt32(PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C)
        | UInt32(PCRE2_AUTO_CALLOUT | PCRE2_NO_AUTO_POSSESS)

    /// Whether it looks for words, or for one of several, `(?i)` before them or not: nothing in it passes over a line's end or
    /// a tag, or is of a page's markup (a semicolon ends an entity).
    var isOfWords: Bool {
        template.parts.enumerated().allSatisfy { index, part in
            guard case .text(let text) = part else { return true }
            let words = index == 0 && text.hasPrefix("(?i)") ? text.dropFirst(4) : text[...]
            // bounded: the teacher's own; what stands for itself behind a backslash is a word's
            return !words.replacing(/\\[^\w<>]/, with: "").contains { "\\^$?*+()[]{}<>;".contains($0) }
        }
    }

    /// What is wrong with it, and at which character, from 0; nil where nothing is.
    var mistake: (sentence: LocalizedText, offset: Int)? {
        guard let text = try? template.filled({ _ in "x" }) else { return nil }
        return switch Self.compiled(text) {
        case .success: nil
        case .failure(let mistake): (mistake.sentence, mistake.offset)
        }
    }

    /// - Parameters:
    ///   - isCut: whether the text went on: what hangs on where it ends (`$`, `(?!…)`) is not found then
    ///     (pcre2partial(3)).
    ///   - steps: what is left to whoever judges.
    /// - Throws: where a variable stands for nothing.
    func answer(
        _ text: String, isCut: Bool = false, _ steps: PatternSteps = PatternSteps(),
        _ values: (String) -> String?
    ) throws(Template.ValueMissing) -> Answer {
        let expression = try template.filled(values, as: Self.escaped)
        guard case .success(let code) = Self.compiled(expression) else {
            return .beyondLimits(.key("PCRE2_ERROR_COMPILE"))
        }
        guard let context = pcre2_match_context_create_8(nil),
            let data = pcre2_match_data_create_8(1, nil)
        else { return .beyondLimits(PatternWords.of(PCRE2_ERROR_NOMEMORY)) }
        defer {
            pcre2_match_data_free_8(data)
            pcre2_match_context_free_8(context)
        }
        pcre2_set_match_limit_8(context, Self.matchLimit)
        pcre2_set_depth_limit_8(context, Self.depthLimit)
        pcre2_set_heap_limit_8(context, Self.heapLimitKibibytes)
        let bytes = Array(text.utf8)
        let status = steps.counting(context) {
            withExtendedLifetime(code) {
                // bounded: by steps, and by memory: just above
                pcre2_match_8(
                    code.pointer, bytes, bytes.count, 0, isCut ? UInt32(PCRE2_PARTIAL_HARD) : 0, data, context
                )
            }
        }
        // With room for one pair of offsets, 0 is a match with groups.
        if status >= 0 { return .found }
        let isMissing = status == PCRE2_ERROR_NOMATCH || status == PCRE2_ERROR_PARTIAL
        return isMissing ? .notFound : .beyondLimits(PatternWords.of(status))
    }

    private final class Code {
        let pointer: OpaquePointer
        init(pointer: OpaquePointer) { self.pointer = pointer }
        deinit { pcre2_code_free_8(pointer) }
    }
    private struct Mistake: Error {
        var sentence: LocalizedText
        var offset: Int
    }

    private static func compiled(_ expression: String) -> Result<Code, Mistake> {
        let bytes = Array(expression.utf8)
        var (error, offset): (Int32, Int) = (0, 0)
        // A line that was written on Windows ends where it seems to end.
        let context = pcre2_compile_context_create_8(nil)
        defer { pcre2_compile_context_free_8(context) }
        pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_ANYCRLF))
        guard let code = pcre2_compile_8(bytes, bytes.count, options, &error, &offset, context) else {
            let before = String(decoding: bytes.prefix(offset), as: UTF8.self)
            return .failure(Mistake(sentence: PatternWords.of(error), offset: before.unicodeScalars.count))
        }
        return .success(Code(pointer: code))
    }

    /// A value within an expression: every character that is neither letter nor digit of ASCII with a backslash before
    /// it (pcre2pattern(3), "Backslash").
    private static func escaped(_ value: String) -> String {
        value.unicodeScalars.map { scalar in
            let isWord =
                !scalar.isASCII || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            return isWord ? String(scalar) : "\\\(scalar)"
        }.joined()
    }
}

/// What judging one check may still spend on expressions, in steps: items tried, and bytes that the trying has moved by.
/// The text is a student's: an ordinary expression takes the square of a line that is made for it.
final class PatternSteps {
    /// Some seconds of a processor.
    private var left = 50_000_000
    /// Of one text. A mebibyte in one line can be gone through with several steps for each byte.
    private static let most = 10_000_000
    private var ofText = 0
    private var position = 0

    /// Counts what a match takes, and ends it with `PCRE2_ERROR_MATCHLIMIT`.
    fileprivate func counting(_ context: OpaquePointer, _ match: () -> Int32) -> Int32 {
        (ofText, position) = (Self.most, 0)
        let count:
            @convention(c) (UnsafeMutablePointer<pcre2_callout_block_8>?, UnsafeMutableRawPointer?) -> Int32 =
                {
                    block, steps in
                    guard let block, let steps else { return PCRE2_ERROR_MATCHLIMIT }
                    return Unmanaged<PatternSteps>.fromOpaque(steps).takeUnretainedValue()
                        .take(at: Int(clamping: block.pointee.current_position))
                }
        return withExtendedLifetime(self) {
            pcre2_set_callout_8(context, count, Unmanaged.passUnretained(self).toOpaque())
            return match()
        }
    }

    private func take(at current: Int) -> Int32 {
        let steps = 1 + abs(current - position)
        position = current
        left -= steps
        ofText -= steps
        return left < 0 || ofText < 0 ? PCRE2_ERROR_MATCHLIMIT : 0
    }
}
