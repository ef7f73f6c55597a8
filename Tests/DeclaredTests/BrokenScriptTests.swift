import Foundation
import GraderCore
import Testing

@testable import Exercises

/// A teacher's script that could not do its work says nothing of the student's.
@Suite struct BrokenScriptTests {
    /// Runs it here as it is run on a machine.
    private static func ran(_ script: String) throws -> (CommandResult, interpreter: String) {
        let look = Look(
            kind: .script(
                Look.Script(file: "x", interpreter: interpreter(of: script), text: script, variables: [])))
        let probe = try #require(try look.probes(MachineID("one"), try EveryLook.evidence())[.main])
        guard case .command(_, let command) = probe.kind else { throw CancellationError() }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = Array(command.arguments.dropFirst())
        let result = try command.ran(by: process)
        return (result, interpreter(of: script))
    }

    private static func interpreter(of script: String) -> String {
        ["bash", "python3", "perl"].first { script.hasPrefix("#!/usr/bin/\($0)\n") } ?? "sh"
    }

    @Test(arguments: [
        "nosuchcommand | cat; exit 1", "#!/usr/bin/bash\nset -u; echo $NOWHERE", "set -u; echo $NOWHERE",
        "#!/usr/bin/bash\nif true; then\nexit 1", "if true; then\nexit 1",
        "#!/usr/bin/python3\nopen('/nowhere')", "#!/usr/bin/python3\nif:",
        "#!/usr/bin/perl\nopen(F, '<', '/nowhere') or die 'x'",
        "#!/usr/bin/perl\n$! = 1; die 'no';",
    ])
    func oneThatBrokeIsNoVerdict(_ script: String) throws {
        let (result, interpreter) = try Self.ran(script)
        #expect(BrokenScript.isTold(by: result, of: interpreter), "\(result)")
    }

    @Test(arguments: [
        ("exit 1", 1), ("#!/usr/bin/bash\nexit 1", 1),
        ("#!/usr/bin/python3\nimport sys\nsys.exit('none')", 1),
        ("#!/usr/bin/perl\nexit 1", 1), ("echo found", 0), ("# nothing else\ntrue", 0),
        // What reads the standard input does not take the rest of the script away.
        ("cat > /dev/null\nexit 1", 1), ("#!/usr/bin/bash\ncat > /dev/null\nexit 1", 1),
        ("#!/usr/bin/bash\nread -r line\nexit 1 # a comment at the end", 1),
        ("cat << E > /dev/null\n}\nE\nexit 1", 1),
    ])
    func oneThatEndsIsOne(_ script: String, _ status: Int) throws {
        let (result, interpreter) = try Self.ran(script)
        #expect(!BrokenScript.isTold(by: result, of: interpreter), "\(result)")
        #expect(result.ending == .exited(status), "\(result)")
    }
}
