import Testing

@testable import GraderCore

/// One command's flood costs no other its answer, if that is as small as a lab's are.
@Suite struct OutputBudgetTests {
    @Test func whatIsSmallIsHadInAnyCase() {
        let budget = OutputBudget(100)
        #expect(budget.draw(OutputBudget.small + 70, after: 0) == OutputBudget.small + 70)
        #expect(budget.draw(50, after: OutputBudget.small + 70) == 30)
        #expect(budget.draw(50, after: OutputBudget.small + 100) == 0)
        // Another one's.
        #expect(budget.draw(OutputBudget.small, after: 0) == OutputBudget.small)
        #expect(budget.draw(2, after: OutputBudget.small - 1) == 1)
    }

    /// What two machines with thirty commands each can make a look hold, however much each command may print.
    @Test func aLookIsBounded() {
        let budget = OutputBudget()
        var kept = 0
        for _ in 0..<2 * 30 * 2 { kept += budget.draw(4 << 20, after: 0) }
        #expect(kept == OutputBudget.perLook + 120 * OutputBudget.small)
    }
}
