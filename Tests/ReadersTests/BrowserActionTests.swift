import GraderCore
import LinuxFacts
import Testing

/// Of some pages a browser shows another, or what a script makes of them.
@Suite struct BrowserActionTests {
    private func action(_ page: String, _ headers: [HTTPExchange.Header] = []) -> BrowserAction? {
        HTTPExchange.Response(status: 200, headers: headers, body: Bytes(page), bodyTruncated: false)
            .browserAction
    }

    @Test(arguments: [
        #"<!DOCTYPE html><html><head><meta http-equiv="refresh" content="0; url=/intralab/"></head></html>"#,
        #"<HTML><META CONTENT="3;URL='intralab/index.php'" HTTP-EQUIV=Refresh /></HTML>"#,
        "<meta\nhttp-equiv = 'refresh'\ncontent=0;url=/a><p>Un instant</p>",
        "<p>Un instant</p><script type=text/javascript>window.location.href = '/intralab/'</script>",
        "<body onload=\"location.replace('/intralab/')\">",
    ])
    func goesOn(page: String) { #expect(action(page) == .goesOn) }

    @Test func goesOnByAHeader() {
        #expect(action("", [.init(name: "refresh", value: "0; url=/intralab/")]) == .goesOn)
        #expect(action("", [.init(name: "Refresh", value: "30")]) == nil)
    }

    @Test func showsOthers() {
        #expect(action("<html><FRAMESET cols='*'><frame src='/intralab/'></frameset>") == .frames)
        #expect(action("<p>Intranet</p><iframe src=/intralab/></iframe>") == .frames)
    }

    @Test(arguments: [
        "<title>Intralab</title><div id=app></div>\u{FEFF}&nbsp;<script src=/app.js></script>",
        "<script>document.write('Bonjour')</SCRIPT><noscript>Activez les scripts</noscript>",
        "<style>p { color: red }</style><script>if (a<b) show('<p>')",
    ])
    func isMadeByAScript(page: String) { #expect(action(page) == .script) }

    @Test(arguments: [
        "", "<h1>It works!</h1>\n", "<p>Page</p><script>if (1<2) { show('<iframe src=/a>') }</script>",
        "<!-- <iframe src=/a> --><p>Page</p>", "<meta http-equiv=refresh content=5><p>Page</p>",
        "<meta http-equiv='refresh' content='60; url=/a'><p>Page</p>",
        "<meta http-equiv='refresh' content='99999999999999999999; url=/a'><p>Page</p>",
        "<meta name='refresh' content='0; url=/a'><p>Page</p>",
        "<script>for (i=0; i<n; i++) f(i)</script><p>Page</p>", "<style>p {}</style>", "<iframe",
    ])
    func stays(page: String) { #expect(action(page) == nil) }

    /// What is left open is no reason to read on for ever.
    @Test func markupThatIsNone() {
        #expect(action(String(repeating: "<iframe", count: 100_000)) == nil)
        #expect(action(String(repeating: "<script>", count: 50_000)) == .script)
        #expect(action("<meta " + String(repeating: "= ' ", count: 50_000) + ">") == nil)
        #expect(action(String(repeating: "<meta a='>", count: 50_000)) == nil)
    }
}
