/// One drill of one student, worked out from the evidence and kept as data: what to change and how it is taken back,
/// what to ask for, for how long at most. What is in it is enough to give everything back.
public struct DrillPlan: Sendable, Hashable, Codable {
    public var kind: DrillKind
    /// The machine that is perturbed.
    public var active: MachineID
    /// The machine that the drill leaves alone: it is asked how things stand, and asks for the service where the
    /// grader cannot.
    public var witness: MachineID
    /// The machines' names among themselves.
    public var names: [MachineID: String]
    /// Where the service is asked for.
    public var target: SamplingTarget
    /// By the exercise's own words, the names of what the drill is about on the student's machines.
    public var subjects: [String: [String]]
    /// What changes something, in this order.
    public var steps: [DrillStep]
    /// How it is given back on the machines; nil in evidence from before plans had it.
    public var undo: DrillUndo?
    /// Whether the active machine goes away and comes back.
    public var goesDown: Bool
    /// The argument vector that switches it on again, run on the grader's own host; nil: it comes back by itself. Empty in
    /// evidence (``withoutHostCommands``).
    public var powerOn: [String]?
    /// How long the failover may take at most, from the student's own intervals and time-outs, capped.
    @SecondsCoded public var failoverBound: Duration
    /// The same for the way back.
    @SecondsCoded public var failbackBound: Duration

    public init(
        kind: DrillKind, active: MachineID, witness: MachineID, names: [MachineID: String],
        target: SamplingTarget, subjects: [String: [String]], steps: [DrillStep] = [],
        undo: DrillUndo? = nil, goesDown: Bool = false, powerOn: [String]? = nil, failoverBound: Duration,
        failbackBound: Duration
    ) {
        self.kind = kind
        self.active = active
        self.witness = witness
        self.names = names
        self.target = target
        self.subjects = subjects
        self.steps = steps
        self.undo = undo
        self.goesDown = goesDown
        self.powerOn = powerOn
        self.failoverBound = failoverBound
        self.failbackBound = failbackBound
    }

    /// Every machine of the drill: one is planned only where all of them have a name.
    public var machines: [MachineID] { names.keys.sorted() }

    /// The machine's name among the student's.
    public func name(_ role: MachineID) -> String { names[role] ?? role.rawValue }
}

extension DrillPlan {
    /// As evidence keeps it, which students are given: without the words of commands of the grader's own host, which say
    /// where the teacher's hypervisor is, as whom it is spoken to, and where its password lies.
    public var withoutHostCommands: DrillPlan {
        var plan = self
        plan.powerOn = powerOn.map { _ in [] }
        let on = powerOn.map(ShellWord.line)
        for index in steps.indices {
            if steps[index].node == nil { plan.steps[index].arguments = [] }
            // What a machine was switched off by itself is taken back by from the host.
            if steps[index].node == nil || steps[index].undo == on { plan.steps[index].undo = "" }
        }
        return plan
    }
}

extension Evidence {
    /// The same for the plans of its drills: older evidence has them whole.
    public var withoutHostCommands: Evidence {
        var evidence = self
        evidence.drills = drills?.map { drill in
            var drill = drill
            drill.plan = drill.plan?.withoutHostCommands
            return drill
        }
        return evidence
    }
}

/// One thing that a drill changes, with how a person takes it back.
public struct DrillStep: Sendable, Hashable, Codable {
    public var name: String
    /// Nil: on the grader's own host.
    public var node: MachineID?
    /// On a machine it is run as root, in the drill's own folder.
    public var arguments: [String]
    @SecondsCoded public var timeLimit: Duration
    /// For people: the command that takes it back; empty where it changes nothing.
    public var undo: String
    /// A failure ends the drill; otherwise only its absence counts (a machine that goes down cuts its own answer off).
    public var mustSucceed: Bool

    public init(
        _ name: String, on node: MachineID?, _ arguments: [String], timeLimit: Duration, undo: String,
        mustSucceed: Bool = true
    ) {
        self.name = name
        self.node = node
        self.arguments = arguments
        self.timeLimit = timeLimit
        self.undo = undo
        self.mustSucceed = mustSucceed
    }
}

/// What a machine keeps to give back by itself what a drill changed: put there before anything is.
public struct DrillUndo: Sendable, Hashable, Codable {
    /// Lines of POSIX shell, run by `undo.sh`, which is where they find what they may use. They undo only what is still
    /// as the drill left it, may be run at any time and again, and say in `unfinished` what they could not do yet.
    public var script: String
    /// The commands that the script needs.
    public var tools: [String]
    /// Each machine's values for the script.
    public var values: [MachineID: [String: String]]
    /// What the drill may change there: the script looks for `intent-NAME`, and does nothing about anything else.
    public var intents: [MachineID: [String]]
    /// Files that script or steps need in the drill's folder, a line each.
    public var files: [String: String]

    public init(
        script: String, tools: [String], values: [MachineID: [String: String]],
        intents: [MachineID: [String]], files: [String: String] = [:]
    ) {
        self.script = script
        self.tools = tools
        self.values = values
        self.intents = intents
        self.files = files
    }
}

extension DrillPlan {
    /// Of older plans, whose steps were known by their kind.
    private enum OldKey: String, CodingKey { case resources, power }

    /// A word or a list of words.
    private struct Words: Decodable {
        var list: [String]
        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let word = try? value.decode(String.self) {
                list = [word]
            } else {
                list = try value.decode([String].self)
            }
        }
    }

    private struct OldPower: Decodable { var powerOn: [String]? }

    /// Also of the old form, whose steps are not known any more.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let old = try decoder.container(keyedBy: OldKey.self)
        let active = try container.decode(MachineID.self, forKey: .active)
        let names = try container.decode([MachineID: String].self, forKey: .names)
        let power = try old.decodeIfPresent(OldPower.self, forKey: .power)
        let resources = try old.decodeIfPresent([String: Words].self, forKey: .resources)
        self.init(
            kind: try container.decode(DrillKind.self, forKey: .kind), active: active,
            witness: try container.decodeIfPresent(MachineID.self, forKey: .witness)
                ?? names.keys.sorted().first { $0 != active } ?? active,
            names: names,
            target: try container.decode(SamplingTarget.self, forKey: .target),
            subjects: try resources?.mapValues(\.list)
                ?? container.decode([String: [String]].self, forKey: .subjects),
            steps: try container.decodeIfPresent([DrillStep].self, forKey: .steps) ?? [],
            undo: try container.decodeIfPresent(DrillUndo.self, forKey: .undo),
            goesDown: try container.decodeIfPresent(Bool.self, forKey: .goesDown) ?? (power != nil),
            powerOn: try container.decodeIfPresent([String].self, forKey: .powerOn) ?? power?.powerOn,
            failoverBound: .zero, failbackBound: .zero)
        _failoverBound = try container.decode(SecondsCoded.self, forKey: .failoverBound)
        _failbackBound = try container.decode(SecondsCoded.self, forKey: .failbackBound)
    }
}

/// Which of an exercise's drills: the name it has there, in evidence and on the command line (`power-loss`). Lower-case
/// letters, digits and hyphens, since it becomes part of folders' and units' names.
public struct DrillKind: RawRepresentable, Sendable, Hashable, Codable, CodingKeyRepresentable,
    ExpressibleByStringLiteral
{
    public let rawValue: String

    /// nil where the name may not be one.
    public init?(rawValue: String) {
        guard DrillLock.isIdentifier(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    public init(stringLiteral name: String) {
        precondition(DrillLock.isIdentifier(name), "\(name) cannot be a drill's name")
        rawValue = name
    }
}
