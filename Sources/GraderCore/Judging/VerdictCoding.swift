// The form in `result.json`, written out so that the code's names can change without the files'.

extension Verdict: Codable {
    private enum Key: String, CodingKey { case outcome, fraction, by, reason }
    private enum Outcome: String, Codable {
        case met, partly, notMet, blocked, notAssessed, notRequested
    }

    /// `{"outcome": "met"}`, `{"outcome": "partly", "fraction": 0.5}`, `{"outcome": "blocked", "by":
    /// "Q1.…"}`, `{"outcome": "notAssessed", "reason": "unreachable"}`, ….
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        switch try container.decode(Outcome.self, forKey: .outcome) {
        case .met: self = .met
        case .partly: self = .partly(try container.decode(Double.self, forKey: .fraction))
        case .notMet: self = .notMet
        case .blocked: self = .blocked(by: try container.decode(CheckID.self, forKey: .by))
        case .notAssessed:
            self = .notAssessed(try container.decode(NotAssessedReason.self, forKey: .reason))
        case .notRequested:
            self = .notRequested(try container.decode(NotRequestedReason.self, forKey: .reason))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .met: try container.encode(Outcome.met, forKey: .outcome)
        case .partly(let fraction):
            try container.encode(Outcome.partly, forKey: .outcome)
            try container.encode(fraction, forKey: .fraction)
        case .notMet: try container.encode(Outcome.notMet, forKey: .outcome)
        case .blocked(let by):
            try container.encode(Outcome.blocked, forKey: .outcome)
            try container.encode(by, forKey: .by)
        case .notAssessed(let reason):
            try container.encode(Outcome.notAssessed, forKey: .outcome)
            try container.encode(reason, forKey: .reason)
        case .notRequested(let reason):
            try container.encode(Outcome.notRequested, forKey: .outcome)
            try container.encode(reason, forKey: .reason)
        }
    }
}
