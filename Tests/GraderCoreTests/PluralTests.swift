import GraderCore
import Testing

struct PluralTests {
    @Test(arguments: [(0, "", "s"), (1, "", ""), (2, "s", "s"), (-1, "", "s")])
    func eachLanguageCountsAsItDoes(_ count: Int, _ french: String, _ english: String) {
        #expect(count.plural(.french) == french && count.plural(.english) == english)
    }
}
