import Foundation
import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// A page shows the roster's text, however a student's editor stored it.
@Suite struct ShownTextTests {
    private func shows(_ page: [UInt8], _ text: String) -> Bool {
        HTTPExchange.Response(status: 200, headers: [], body: Bytes(page), bodyTruncated: false).shows(text)
    }

    private func shows(_ page: String, _ text: String) -> Bool { shows(Array(page.utf8), text) }

    @Test(arguments: [
        "<p>Bienvenue sur l'intranet de l'élève 1</p>",
        "<p>Bienvenue sur l\u{2019}intranet de l’e\u{301}lève 1",
        "Bienvenue&nbsp;sur\n   l&#39;intranet de l&rsquo;&eacute;l&egrave;ve\u{A0}1",
        "Bienvenue sur<br/>l&#x27;intranet de <b>l'élève</b><!-- <b>moi</b> --> 1",
        "1 < 2 & 3 > 2 <h1>Bienvenue sur l'intranet</h1>de l'élève 1",
    ])
    func theSameWordsInOtherClothes(page: String) {
        #expect(shows(page, "Bienvenue sur l'intranet de l'élève 1"))
        #expect(shows(page, "Bienvenue sur l'intranet  de l\u{2019}élève 1"))
        #expect(!shows(page, "Bienvenue sur l'intranet de l'élève 2"))
    }

    @Test func aPageThatIsNotInUTF8() throws {
        let page = try #require("<h1>Intranet de l\u{2019}élève « un »</h1>".data(using: .windowsCP1252))
        #expect(shows(Array(page), "Intranet de l'élève « un »"))
        #expect(!shows([0xFF, 0xFE, 0x81], "é"))
    }

    /// What only looks like markup is text; what is open to the end is no reason to read on for ever.
    @Test func markupThatIsNone() {
        #expect(shows("a < b & c &unknown; &;", "a < b & c &unknown; &;"))
        #expect(shows("&lt;b&gt;", "<b>"))
        #expect(shows("<b", "<b"))
        #expect(!shows(String(repeating: "<a", count: 100_000), "b"))
        #expect(!shows(String(repeating: "&", count: 100_000), "b"))
        #expect(!shows(String(repeating: "<!--", count: 50_000), "b"))
        #expect(shows(String(repeating: "<a", count: 1_000) + " the  end", "<a the end"))
        #expect(!shows("<p title='Intralab'>other</p>", "Intralab de"))
        #expect(shows("&#1114112; &#xD800; x", "x"))
    }
}
