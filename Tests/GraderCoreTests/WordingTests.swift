import Foundation
import GraderCore
import Testing

struct WordingTests {
    @Test func whatTheSourceSaysHasFrenchTypography() {
        let text = LocalizedText(fr: "« a » : b ; c ? d !", en: "“a”: b; c? d!")
        #expect(text.fr == "«\u{A0}a\u{A0}»\u{A0}: b\u{202F}; c\u{202F}? d\u{202F}!")
        #expect(text.en == "“a”: b; c? d!")
        #expect(LocalizedText(fr: "10:30 a:b", en: "").fr == "10:30 a:b")
        let elided = LocalizedText(fr: "l'été qu'« un » d'\("l'a"), 'x' 's/a/b/'", en: "it's")
        #expect(elided.fr == "l’été qu’«\u{A0}un\u{A0}» d’l'a, 'x' 's/a/b/'")
        #expect(elided.en == "it's")
    }

    /// A blank before a colon in a student's own line may be the mistake that he looks for.
    @Test func whatIsPutInKeepsItsBlanks() {
        let text = LocalizedText(fr: "trouvé : \("a : b ; « c »")", en: "found: \("a : b")")
        #expect(text.fr == "trouvé\u{A0}: a : b ; « c »")
        #expect(text.en == "found: a : b")
    }

    @Test func whatIsPutInCanDoNothing() {
        let text = LocalizedText(fr: "nom \("a\u{1B}[2J\u{202E}b\nc")", en: "name \("x\ty")")
        #expect(text.fr == "nom a␛[2J⟨U+202E⟩b␊c")
        #expect(text.en == "name x y")
        #expect(LocalizedText(verbatim: "\u{7}").en == "␇")
    }

    @Test func aFloodIsCutAndSaysSo() {
        let flood = String(repeating: "x", count: 100_000)
        let text = LocalizedText(fr: "\(flood)", en: "\(flood)")
        #expect(text.fr.unicodeScalars.count == 4_001)
        #expect(text.fr.hasSuffix("x…"))
        let twice = text + text
        #expect(twice.en == text.en)
    }

    @Test func aTextWithinATextIsInTheSameLanguageAndStaysAsItIs() {
        let inner = LocalizedText(fr: "sur « serv1 »", en: "on serv1")
        let outer = LocalizedText(fr: "elle tourne \(inner) ; fin", en: "it runs \(inner); end")
        #expect(outer.fr == "elle tourne sur «\u{A0}serv1\u{A0}»\u{202F}; fin")
        #expect(outer.en == "it runs on serv1; end")
        #expect([inner, inner].joined().fr == "\(inner.fr)\u{202F}; \(inner.fr)")
        #expect([inner, inner].joined().en == "on serv1; on serv1")
        #expect([LocalizedText]().joined().en.isEmpty)
    }

    /// A result may have been made by an older program, or by nobody's.
    @Test func whatIsReadIsMadeSafeAndWhatWasSafeStaysTheSame() throws {
        let read = try JSONDecoder().decode(
            LocalizedText.self, from: Data(#"{"fr":"a\u001b[2J : b","en":"\u202ec"}"#.utf8))
        #expect(read.fr == "a␛[2J : b")
        #expect(read.en == "⟨U+202E⟩c")
        let flood = String(repeating: "\u{202E}", count: 5_000)
        for text in [read, LocalizedText(fr: "« \(flood) » :", en: "\(flood)")] {
            let again = try JSONDecoder().decode(LocalizedText.self, from: JSONEncoder().encode(text))
            #expect(again == text)
        }
    }

    @Test func numbersAreTheSameEverywhere() {
        #expect(LocalizedText(fr: "\(1.25, digits: 2) s", en: "\(1.25, digits: 2) s").fr == "1,25 s")
        #expect(Language.french.number(-0.12, digits: 3) == "−0,120")
        #expect(Language.english.number(-0.0001, digits: 2) == "0.00")
        #expect(Language.english.number(59.999, digits: 2) == "60.00")
        #expect(Language.english.number(7, digits: 0) == "7")
        #expect(Language.english.number(.nan, digits: 1) == "—")
        #expect(Language.english.number(1e300, digits: 3) == "1000000000.000")
    }
}
