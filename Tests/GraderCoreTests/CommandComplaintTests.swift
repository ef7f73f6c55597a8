import GraderCore
import Testing

struct CommandComplaintTests {
    /// A command that was ended said nothing, and a sentence has room for a reason.
    @Test(
        arguments: [
            (.exited(2), "cat: no such file\n", "cat: no such file"), (.exited(2), " \n", "exit status 2"),
            (.signalled("XCPU"), "", "signal XCPU"), (.timedOut, "", "not done in time"),
            (.unknown, "", "interrupted"),
        ] as [(CommandResult.Ending, String, String)])
    func itIsNeverEmpty(ending: CommandResult.Ending, said: String, complaint: String) {
        let result = CommandResult(
            answering: ["cat"], ending: ending, standardOutput: "", standardError: Bytes(said),
            duration: .zero)
        #expect(result.complaint.en == complaint && !result.complaint.fr.isEmpty)
    }
}
