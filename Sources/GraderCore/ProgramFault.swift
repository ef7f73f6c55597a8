/// A bug of Bascule's own, found by the program itself: said as such, with exit status 70, and nobody is judged by
/// what came of it.
public struct ProgramFault: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// One sentence: what does not fit.
    public var sentence: LocalizedText

    public init(_ sentence: LocalizedText) { self.sentence = sentence }

    public var description: String { sentence[.current] }
}

extension Evidence {
    /// The first thing in it that is a bug of ours; evidence that has one is kept, and not judged.
    public var fault: ProgramFault? {
        let all = observations + (drills ?? []).flatMap(\.observations)
        let failures = all.compactMap { observation -> TransportFailure? in
            if case .failed(let failure) = observation.outcome { failure } else { nil }
        }
        return (failures + unreachable.values).first { $0.kind == .programFault }.map {
            ProgramFault($0.sentence)
        }
    }
}
