import Foundation

/// Observations as evidence has them on disk since schema 3: where a machine was asked the same a second time and
/// answered to the byte as before, as the stamp at the end mostly is, the second one says so instead of repeating it:
/// `{"command": {"duration": 0.02, "repeats": "web1/clock"}}`. Who reads evidence sees the answer in both.
@propertyWrapper
public struct ObservationsCoded: Sendable, Hashable, Codable {
    public var wrappedValue: [Observation]

    public init(wrappedValue: [Observation]) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var answers: [ProbeID: CommandResult] = [:]
        wrappedValue = []
        while !container.isAtEnd {
            let element = try container.superDecoder()
            var observation: Observation
            if try Head(from: element).outcome.command?.repeats == nil {
                observation = try Observation(from: element)
            } else {
                let repetition = try Repetition(from: element)
                guard let answer = answers[repetition.repeats] else {
                    throw DecodingError.dataCorrupted(
                        .init(
                            codingPath: element.codingPath, debugDescription: "it repeats what is not there"))
                }
                observation = repetition.observation(answer)
            }
            if case .command(let result) = observation.outcome, answers[observation.id] == nil {
                answers[observation.id] = result
            }
            wrappedValue.append(observation)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        var answers: [Answer: ProbeID] = [:]
        var named: Set<ProbeID> = []
        for observation in wrappedValue {
            guard case .command(let result) = observation.outcome else {
                try container.encode(observation)
                continue
            }
            let answer = Answer(observation.vantage, result)
            if let first = answers[answer] {
                try container.encode(Repetition(of: first, observation, result.duration))
            } else {
                try container.encode(observation)
                // An id that is there twice names the first.
                if !named.contains(observation.id) { answers[answer] = observation.id }
            }
            named.insert(observation.id)
        }
    }
}

/// What was asked where, and what came: all but when, and how long it took.
private struct Answer: Hashable {
    var vantage: Vantage
    var result: CommandResult

    init(_ vantage: Vantage, _ result: CommandResult) {
        self.vantage = vantage
        self.result = result
        self.result.duration = .zero
    }
}

/// As much of an observation as tells whether it is a repetition.
private struct Head: Decodable {
    struct Outcome: Decodable { var command: Command? }
    struct Command: Decodable { var repeats: ProbeID? }
    var outcome: Outcome
}

/// An observation whose answer is an earlier one's.
private struct Repetition: Codable {
    struct Outcome: Codable { var command: Command }
    struct Command: Codable {
        @SecondsCoded var duration: Duration
        var repeats: ProbeID
    }
    var id: ProbeID
    var vantage: Vantage
    var startedAt: Date
    @SecondsCoded var duration: Duration
    var outcome: Outcome

    var repeats: ProbeID { outcome.command.repeats }

    init(of first: ProbeID, _ observation: Observation, _ duration: Duration) {
        id = observation.id
        vantage = observation.vantage
        startedAt = observation.startedAt
        self.duration = observation.duration
        outcome = Outcome(command: Command(duration: duration, repeats: first))
    }

    func observation(_ answer: CommandResult) -> Observation {
        var result = answer
        result.duration = outcome.command.duration
        return Observation(
            id: id, vantage: vantage, startedAt: startedAt, duration: duration, outcome: .command(result))
    }
}
