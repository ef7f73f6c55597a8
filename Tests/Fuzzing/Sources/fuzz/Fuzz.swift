import CLibFuzzer
import Foundation

/// One target, named by BASCULE_FUZZ_TARGET, under libFuzzer, whose options the arguments are. `list` prints the
/// targets, each with the length of its inputs.
@main
enum Fuzz {
    static func main() {
        if CommandLine.arguments.dropFirst().first == "list" {
            for target in FuzzTarget.all { print(target.name, target.maxLength) }
            exit(0)
        }
        guard let target = Chosen.target else {
            print("BASCULE_FUZZ_TARGET is none of \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
            exit(64)
        }
        // Rubrics and recordings are read once: not on the clock of the first input.
        try? target.attempt([0, 0, 0])
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(LLVMFuzzerRunDriver(&count, &arguments, tryOne))
    }
}
