import Foundation

// One target, named by BASCULE_FUZZ_TARGET, under libFuzzer, whose `main` this program has and whose options the
// arguments are (llvm-project, compiler-rt/lib/fuzzer/FuzzerInterface.h). `list` prints the targets, each with the
// length of its inputs.

/// The target of this process.
private let chosen = FuzzTarget.all.first { target in
    target.name == ProcessInfo.processInfo.environment["BASCULE_FUZZ_TARGET"]
}

/// What libFuzzer calls before anything else.
@_cdecl("LLVMFuzzerInitialize")
func initialize(_ count: UnsafePointer<CInt>, _ arguments: UnsafeRawPointer) -> CInt {
    if CommandLine.arguments.dropFirst().first == "list" {
        for target in FuzzTarget.all { print(target.name, target.maxLength) }
        exit(0)
    }
    guard let chosen else {
        print("BASCULE_FUZZ_TARGET is none of \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
        exit(64)
    }
    // Rubrics and recordings are read once: not on the clock of the first input.
    try? chosen.attempt([0, 0, 0])
    return 0
}

/// What libFuzzer calls with every input. A finding ends the program, as it does where a reader itself is ended.
@_cdecl("LLVMFuzzerTestOneInput")
func tryOne(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let chosen else { return 0 }
    do {
        try chosen.attempt(Array(UnsafeBufferPointer(start: bytes, count: size)))
    } catch {
        fatalError("FINDING \(chosen.name): \(error)")
    }
    return 0
}
