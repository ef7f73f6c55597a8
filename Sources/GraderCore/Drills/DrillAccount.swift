import Foundation

/// One drill as a report tells it: what became of it and what a client lived through, without the thousands of
/// samples, so that a result can be rendered again without the evidence.
public struct DrillAccount: Sendable, Hashable, Codable {
    public var kind: DrillKind
    /// What was done, as a title.
    public var title: LocalizedText
    /// What was done to whom; nil where nothing was.
    public var incident: LocalizedText?
    public var startedAt: Date
    public var outcome: DrillOutcome
    /// What is different from before, when all was given back.
    public var differences: [SnapshotDifference]
    /// Where what the drill moved ended, and why; nil where everything came back by itself.
    public var wayBack: LocalizedText?
    /// Nil where nothing was perturbed or nothing sampled.
    public var timeline: DrillTimeline?
}

/// The client's view and the machines' own logs on one time line. All times are since the perturbation.
public struct DrillTimeline: Sendable, Hashable, Codable {
    /// The node that was perturbed.
    public var active: MachineID
    /// The machines' names among themselves.
    public var names: [MachineID: String]
    /// What a client would have seen, without a gap from the first attempt to the last.
    public var spans: [Span]
    public var failover: Interruption
    public var failback: Interruption
    /// In the order of time.
    public var events: [LoggedEvent]
    public var marks: [DrillMoment]
    public var sampling: Sampling

    /// A time in which a client saw one thing.
    public struct Span: Sendable, Hashable, Codable {
        /// What a client saw.
        public enum State: String, Sendable, Hashable, Codable, CaseIterable {
            case served
            /// The address answers, and nobody listens.
            case refused
            /// Nothing answers.
            case silent
            /// Connections are accepted, and requests not answered (or with an error).
            case acceptedWithoutAnswer
        }
        public var state: State
        /// The machine that answered for the address, by its MAC address; nil where that was not seen.
        public var by: MachineID?
        @SecondsCoded public var start: Duration
        @SecondsCoded public var end: Duration

        public init(_ state: State, by: MachineID?, start: Duration, end: Duration) {
            self.state = state
            self.by = by
            self.start = start
            self.end = end
        }
    }

    /// All outages of one way, there or back.
    public struct Interruption: Sendable, Hashable, Codable {
        /// One outage.
        public struct Part: Sendable, Hashable, Codable {
            @SecondsCoded public var start: Duration
            @SecondsCoded public var end: Duration
            /// False where the service had not come back when the sampling ended (`end`).
            public var hasEnded: Bool
            /// By how much the length may be wrong either way.
            @SecondsCoded public var uncertainty: Duration

            public var length: Duration { end - start }
        }
        /// The first of them, in the order of time.
        public var parts: [Part]
        /// How many there were in all: more than one is flapping.
        public var count: Int
        public var failedConnects: Int
        public var failedRequests: Int
        /// The time without service, gaps between outages left out.
        @SecondsCoded public var total: Duration
        @SecondsCoded public var uncertainty: Duration
        /// Whether every one of them ended.
        public var hasEnded: Bool
    }

    /// How the client's view came about, and how good it is.
    public struct Sampling: Sendable, Hashable, Codable {
        public var connectsPerSecond: Int
        public var requestsPerSecond: Int
        /// Attempts that were made.
        public var attempts: Int
        /// Attempts that were left out because the sampler itself was late by more than a slot.
        public var missedSlots: Int
        /// How late the attempts were: 99th percentile and worst.
        @SecondsCoded public var lateP99: Duration
        @SecondsCoded public var lateWorst: Duration
        public var hadRealTimePriority: Bool
        /// Nil where the grader itself asked.
        public var seenFrom: SamplingVantage?
    }

    /// When a mark was made; nil where the drill did not get there.
    public func time(_ kind: DrillMoment.Kind) -> Duration? { marks.first { $0.kind == kind }?.at }

    /// What the student calls the machine; the exercise's name for it where nobody saw that.
    public func name(_ role: MachineID) -> String { names[role] ?? role.rawValue }
}

/// Something that a machine's own log says happened, on the drill's time line.
public struct LoggedEvent: Sendable, Hashable, Codable {
    @SecondsCoded public var at: Duration
    /// By how much the machine's clock may be wrong against the grader's, either way.
    @SecondsCoded public var uncertainty: Duration
    /// Whose log it stands in.
    public var seenBy: MachineID
    /// In a few words; some of them as foreign as anything from a student's machine, and bounded.
    public var what: LocalizedText
}

extension DrillAccount {
    /// Also of results from before the exercise's words were kept: then the drill's own name stands for them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try container.decode(DrillKind.self, forKey: .kind)
        self.init(
            kind: kind,
            title: try container.decodeIfPresent(LocalizedText.self, forKey: .title)
                ?? LocalizedText(verbatim: kind.rawValue),
            incident: try container.decodeIfPresent(LocalizedText.self, forKey: .incident),
            startedAt: try container.decode(Date.self, forKey: .startedAt),
            outcome: try container.decode(DrillOutcome.self, forKey: .outcome),
            differences: try container.decode([SnapshotDifference].self, forKey: .differences),
            wayBack: try container.decodeIfPresent(LocalizedText.self, forKey: .wayBack),
            timeline: try container.decodeIfPresent(DrillTimeline.self, forKey: .timeline))
    }
}

extension LoggedEvent {
    private enum OldKey: String, CodingKey { case kind, subject, detail }

    /// Also of results from before the sentence was kept: then its parts stand for it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let what: LocalizedText
        if let told = try container.decodeIfPresent(LocalizedText.self, forKey: .what) {
            what = told
        } else {
            let old = try decoder.container(keyedBy: OldKey.self)
            let parts = try [OldKey.kind, .subject, .detail].map { try old.decode(String.self, forKey: $0) }
            what = LocalizedText(verbatim: parts.filter { !$0.isEmpty }.joined(separator: " "))
        }
        self.init(
            at: .zero, uncertainty: .zero,
            seenBy: try container.decode(MachineID.self, forKey: .seenBy), what: what)
        _at = try container.decode(SecondsCoded.self, forKey: .at)
        _uncertainty = try container.decode(SecondsCoded.self, forKey: .uncertainty)
    }
}
