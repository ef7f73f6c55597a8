import GraderCore
import VirtualClass

/// One thing that the matrix tries: a fault or a variation, or two faults at once.
struct MatrixState: Sendable {
    var name: String
    /// One on top of the other.
    var scripts: [SituationScript]
    /// What all of them lose.
    var loses: [String]
    var isVariation: Bool

    init(_ script: SituationScript) {
        name = script.name
        scripts = [script]
        loses = script.loses
        isVariation = script.kind == .variation
    }

    private init(_ first: SituationScript, _ second: SituationScript) {
        name = "\(first.name)+\(second.name)"
        scripts = SituationScript.ordered(first, second)
        loses = Set(first.loses).union(second.loses).sorted()
        isVariation = false
    }

    /// So many pairs of faults that start from the sheet's end state, drawn at random: the same seed draws the same
    /// pairs from the same catalogue.
    static func pairs(_ count: Int, seed: UInt64, of library: SituationLibrary) -> [MatrixState] {
        let faults = library.scripts.values.filter { $0.kind == .fault && $0.startsFrom == "solved" }
            .sorted { $0.name < $1.name }
        var generator = SplitMix64(state: seed)
        var drawn: [MatrixState] = []
        var names: Set<String> = []
        let most = faults.count * (faults.count - 1) / 2
        while drawn.count < min(count, most) {
            let two = [faults.randomElement(using: &generator), faults.randomElement(using: &generator)]
                .compactMap(\.self).sorted { $0.name < $1.name }
            guard two.count == 2, two[0].name != two[1].name else { continue }
            let pair = MatrixState(two[0], two[1])
            if names.insert(pair.name).inserted { drawn.append(pair) }
        }
        return drawn
    }
}

/// Sebastiano Vigna's SplitMix64: small, and the same on every machine.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
