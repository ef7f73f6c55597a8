import Testing

@testable import Board

struct BoardRequestTests {
    private func pairs(_ text: String) -> [String] {
        BoardRequest.items(text).map { "\($0.name)=\($0.value ?? "-")" }
    }

    @Test func aFormIsReadAsBrowsersSendIt() {
        #expect(
            pairs("token=a%2Bb&student=etu1&student=etu2") == ["token=a+b", "student=etu1", "student=etu2"])
        #expect(
            pairs("name=%C3%89tudiante+un&empty=&flag&a=b=c") == [
                "name=Étudiante un", "empty=", "flag=", "a=b=c",
            ])
        #expect(pairs("") == [] && pairs("&&") == [])
    }

    /// What is not encoded ended the program, and the lesson with it.
    @Test(arguments: [
        "code=%ZZ", "%", "code=%", "[", "code=\"", "%ZZ=1", "code=%FF%FE", "a b\u{0}=\u{1F600}", "é",
    ])
    func whatNoBrowserSendsIsLeftOutOrTakenAsItIs(text: String) {
        let read = BoardRequest.items("before=1&\(text)&after=2")
        #expect(read.first?.name == "before" && read.last?.name == "after" && read.count <= 3)
    }
}
