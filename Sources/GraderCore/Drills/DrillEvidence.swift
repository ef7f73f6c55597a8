import Foundation

/// All that one drill brought, raw, and what became of the machines: part of a student's evidence.
public struct DrillEvidence: Sendable, Hashable, Codable {
    /// Unique, e.g. `20261122t180412z-etu1-shutdown-9f3a`; also the name of its folder on the nodes.
    public var id: String
    public var kind: DrillKind
    /// Nil where none could be made.
    public var plan: DrillPlan?
    public var startedAt: Date
    public var finishedAt: Date
    public var outcome: DrillOutcome
    /// Attempts from the baseline to the end; nil where none were made. Its time line is that of `marks`.
    public var trace: SampleTrace?
    /// When that time line began, by the grader's clock.
    public var traceStartedAt: Date?
    public var marks: [DrillMoment]
    /// What the nodes showed, by stage: `before/MACHINE/PROBE`, `moved/…`, `after/…`
    @ObservationsCoded public var observations: [Observation]
    /// How each node's clock stood against the grader's.
    public var clocks: [MachineID: ClockOffset]
    /// What is different from before, when all was given back. Empty: nothing.
    public var differences: [SnapshotDifference]
    /// What the undo on the nodes said it did, line by line, by node.
    public var receipts: [MachineID: [String]]
    /// The name of the snapshot of its machines that was taken before, on their hypervisor; nil where none was.
    public var snapshot: String?
    /// Nodes that the drill leaves up and that could not be reached for a while during the failover, and why; nil: none.
    public var outOfReach: [MachineID: LocalizedText]?

    public init(id: String, kind: DrillKind, plan: DrillPlan?, startedAt: Date) {
        self.id = id
        self.kind = kind
        self.plan = plan
        self.startedAt = startedAt
        finishedAt = startedAt
        outcome = .abandoned(LocalizedText(verbatim: ""))
        marks = []
        observations = []
        clocks = [:]
        differences = []
        receipts = [:]
    }

    /// When a mark was made; nil where the drill did not get there.
    public func time(_ kind: DrillMoment.Kind) -> Duration? { marks.first { $0.kind == kind }?.at }

    /// The boot that a node was in, in a stage; nil where that was not seen.
    public func bootID(of node: MachineID, stage: DrillStage) -> String? {
        output("clock", on: node, stage: stage).flatMap { NodeStamp($0) }?.bootID
    }

    /// What a command on a node printed in a stage, where it ended well and whole.
    public func output(_ name: String, on node: MachineID, stage: DrillStage) -> Bytes? {
        observations.output(name, on: node, stage: stage)
    }
}

extension [Observation] {
    /// What a command on a node printed in a drill's stage, where it ended well and whole.
    public func output(_ name: String, on node: MachineID, stage: DrillStage) -> Bytes? {
        let id = ProbeID(node, name).staged(stage)
        guard case .command(let result)? = first(where: { $0.id == id })?.outcome else { return nil }
        return result.completeOutput
    }
}

/// How a drill ended.
public enum DrillOutcome: Sendable, Hashable {
    /// Perturbed, watched, given back.
    case performed
    /// Nothing was touched.
    case refused(DrillRefusal)
    /// Begun and not brought to its end; the sentence says how far and why.
    case abandoned(LocalizedText)
}

/// Why a drill was not begun.
public struct DrillRefusal: Sendable, Hashable, Codable {
    /// Whose the reason is: the teacher reads it before he tries again.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// The student's own work does not allow it (yet): something is missing, failed, or put aside.
        case notReady
        /// Somebody is working on the pair, or another grader holds it.
        case inUse
        /// The grader cannot: a node out of reach, no way to the service, no systemd, no power hook.
        case notPossible
        /// A test of the baseline failed: the service does not answer reliably even before.
        case unreliable
    }
    public var kind: Kind
    public var sentence: LocalizedText

    public init(_ kind: Kind, _ sentence: LocalizedText) {
        self.kind = kind
        self.sentence = sentence
    }
}

/// When nodes are looked at during a drill.
public enum DrillStage: String, Sendable, Hashable, Codable, CaseIterable {
    case before, moved, after
}

/// A moment of a drill on the sampler's time line.
public struct DrillMoment: Sendable, Hashable, Codable {
    /// In the order in which a drill comes to them.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The baseline is over.
        case baselineEnded
        /// The command that perturbs is about to be sent.
        case perturbing
        /// The node said that it has been run.
        case perturbed
        /// The service is back and the machines at rest, or the bound was reached.
        case watched
        /// The power is about to be given back.
        case poweringOn
        case restoring, restored
        /// The machines are at rest again.
        case settled
    }
    public var kind: Kind
    @SecondsCoded public var at: Duration

    public init(_ kind: Kind, at: Duration) {
        self.kind = kind
        self.at = at
    }
}

/// A node's clock against the grader's, from the quickest of some round trips (Cristian's method).
public struct ClockOffset: Sendable, Hashable, Codable {
    /// To be added to the grader's time to get the node's.
    @SecondsCoded public var offset: Duration
    /// Half the round trip.
    @SecondsCoded public var uncertainty: Duration

    public init(offset: Duration, uncertainty: Duration) {
        self.offset = offset
        self.uncertainty = uncertainty
    }
}

extension DrillOutcome: Codable {
    private enum Ending: String, Codable { case performed, refused, abandoned }

    private struct Fields: Codable {
        var ending: Ending?
        var refusal: DrillRefusal?
        var sentence: LocalizedText?
    }

    /// As it was written before: the ending's own key, with what belongs to it inside.
    private struct OldFields: Decodable {
        var performed: [String: String]?
        var refused: UnnamedValue<DrillRefusal>?
        var abandoned: UnnamedValue<LocalizedText>?
    }

    public init(from decoder: any Decoder) throws {
        let fields = try Fields(from: decoder)
        let old = fields.ending == nil ? try OldFields(from: decoder) : nil
        if let refusal = old?.refused?.value ?? fields.refusal {
            self = .refused(refusal)
        } else if let sentence = old?.abandoned?.value ?? fields.sentence {
            self = .abandoned(sentence)
        } else if old?.performed != nil || fields.ending == .performed {
            self = .performed
        } else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "a drill has one known ending"))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .performed: try Fields(ending: .performed).encode(to: encoder)
        case .refused(let refusal): try Fields(ending: .refused, refusal: refusal).encode(to: encoder)
        case .abandoned(let sentence): try Fields(ending: .abandoned, sentence: sentence).encode(to: encoder)
        }
    }
}

/// What older files hold of an enum's case with one value that has no name.
public struct UnnamedValue<Value: Decodable>: Decodable {
    public var value: Value
    private enum CodingKeys: String, CodingKey { case value = "_0" }
}

/// One thing that is not as it was.
public struct SnapshotDifference: Sendable, Hashable, Codable {
    public var what: String
    /// Nil: it was not there.
    public var before: String?
    /// Nil: it is not there.
    public var after: String?

    public init(what: String, before: String?, after: String?) {
        self.what = what
        self.before = before
        self.after = after
    }

    /// `state enabled.ssh: was enabled, is nothing`
    public var sentence: LocalizedText {
        let (what, before, after) = (Self.named(what), Self.told(before), Self.told(after))
        return LocalizedText(
            fr: "\(what) : avant \(before), maintenant \(after)", en: "\(what): was \(before), is \(after)")
    }

    /// The kind is the first word of what is kept; what follows is a name.
    private static func named(_ what: String) -> LocalizedText {
        let words = what.split(separator: " ", maxSplits: 1).map(String.init)
        guard let first = words.first, let kind = kinds[first] else { return LocalizedText(verbatim: what) }
        guard words.count == 2 else { return kind }
        return LocalizedText(fr: "\(kind) \(words[1])", en: "\(kind) \(words[1])")
    }

    private static func told(_ value: String?) -> LocalizedText {
        guard let value else { return LocalizedText(fr: "rien", en: "nothing") }
        return values[value] ?? LocalizedText(verbatim: value)
    }

    private static let kinds = [
        "attribute": LocalizedText(fr: "attribut", en: "attribute"),
        "failure": LocalizedText(fr: "échec", en: "failure"),
        "resource": LocalizedText(fr: "ressource", en: "resource"),
        "state": LocalizedText(fr: "état", en: "state"),
    ]
    private static let values = [
        "readable": LocalizedText(fr: "lisible", en: "readable"),
        "order of entries": LocalizedText(fr: "l'ordre des entrées", en: "order of entries"),
        "another order": LocalizedText(fr: "un autre ordre", en: "another order"),
        "served": LocalizedText(fr: "servi", en: "served"),
    ]
}
