import Foundation

/// The target of this process.
enum Chosen {
    static let target = FuzzTarget.all.first { target in
        target.name == ProcessInfo.processInfo.environment["BASCULE_FUZZ_TARGET"]
    }
}

/// What libFuzzer calls with every input. A finding ends the program, as it does where a reader itself is ended.
@_cdecl("LLVMFuzzerTestOneInput")
func tryOne(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let target = Chosen.target else { return 0 }
    do {
        try target.attempt(Array(UnsafeBufferPointer(start: bytes, count: size)))
    } catch {
        fatalError("FINDING \(target.name): \(error)")
    }
    return 0
}
