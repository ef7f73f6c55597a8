import Foundation

/// A class of real pairs on this machine: the way in for `bascule lab`.
public struct VirtualClass: Sendable {
    /// Where things are on this machine.
    public struct Places: Sendable {
        /// The folder with the classes' folders.
        public var stateBase: String
        /// The folder with the cached root file systems.
        public var cache: String
        /// The exercise's folder, with `situations` and `faults`.
        public var exercise: String

        public init(environment: [String: String], exercise: String) {
            stateBase = ClassState.defaultBase(environment)
            cache = RootFileSystem.defaultCache(environment)
            self.exercise = exercise
        }
    }

    /// What the class is made of.
    public let specification: ClassSpecification
    /// The roster, keys and passwords.
    public let rosterFiles: LabRoster
    let places: Places
    let state: ClassState
    let namespace: ClassNamespace

    init(_ record: ClassState.Record, places: Places) throws {
        specification = record.specification
        rosterFiles = LabRoster(folder: record.rosterFolder)
        self.places = places
        state = ClassState(base: places.stateBase, className: specification.name)
        namespace = ClassNamespace(group: try ControlGroup(className: specification.name))
    }

    /// The class of that name.
    ///
    /// - Throws: `LabError` where it is not up.
    public static func running(_ name: String, places: Places) throws -> VirtualClass {
        try HostCheck.requireRoot()
        let state = ClassState(base: places.stateBase, className: name)
        guard let record = try state.record(), state.isComplete else {
            throw LabError("Class \(name) is not up: raise it with `bascule lab up --class \(name)`.")
        }
        let found = try VirtualClass(record, places: places)
        guard found.namespace.holder != nil else {
            throw LabError("Class \(name) was killed: raise it again with `bascule lab up --class \(name)`.")
        }
        return found
    }

    func pair(_ student: VirtualStudent) -> Pair {
        Pair(
            student: student, specification: specification, state: state, namespace: namespace,
            rootFileSystem: rootFileSystem.path)
    }

    var rootFileSystem: RootFileSystem { RootFileSystem(release: specification.release, cache: places.cache) }

    /// How many boots or crmsh commands run at once: they keep a processor busy, waiting does not.
    static var workLimit: WorkLimit { WorkLimit(ProcessInfo.processInfo.activeProcessorCount * 2) }
}

// MARK: - One student

extension VirtualClass {
    /// Brings a student's pair to a situation, or puts a fault into it.
    public func apply(_ name: String, to student: String, progress: @Sendable (String) -> Void) async throws {
        let library = try SituationLibrary(exercise: places.exercise)
        let student = try specification.student(student)
        if name != ClassSpecification.off { _ = try library.chain(to: name) }
        try await locking(student) {
            try await pair(student).bring(
                to: name, library: library, limit: Self.workLimit, progress: progress)
        }
    }

    /// Puts several faults into one pair, one on top of the other. All have to start from the same situation.
    public func apply(
        together names: [String], to student: String, progress: @Sendable (String) -> Void
    ) async throws {
        let library = try SituationLibrary(exercise: places.exercise)
        let student = try specification.student(student)
        let scripts = try names.map { name in
            guard let script = library.scripts[name] else {
                throw LabError("There is no fault or variation “\(name)”.")
            }
            return script
        }
        guard let first = scripts.first, scripts.allSatisfy({ $0.startsFrom == first.startsFrom }) else {
            throw LabError("\(names.joined(separator: " and ")) do not start from the same situation.")
        }
        try await locking(student) {
            try await pair(student).bring(
                to: first.name, library: library, limit: Self.workLimit, progress: progress)
            try await pair(student).add(Array(scripts.dropFirst()), limit: Self.workLimit)
        }
    }

    /// Throws a student's machines away and raises them anew, as a formed cluster with nothing configured.
    ///
    /// - Parameter newHostKeys: also give them new SSH host keys, as a reinstalled machine has.
    public func reset(_ student: String, newHostKeys: Bool, progress: @Sendable (String) -> Void) async throws
    {
        let library = try SituationLibrary(exercise: places.exercise)
        let student = try specification.student(student)
        try await locking(student) {
            let pair = pair(student)
            try await pair.reset(newHostKeys: newHostKeys, limit: Self.workLimit)
            try await pair.bring(to: "fresh", library: library, limit: Self.workLimit, progress: progress)
        }
    }

    /// What can be done with a node's power.
    public enum Power: String, Sendable, CaseIterable {
        /// Press the button of a machine that is off; waits for the boot.
        case on
        /// Shut down cleanly.
        case off
        /// Pull the plug.
        case loss
    }

    /// Changes one node's power. Nothing happens where it is already so.
    ///
    /// - Parameter node: `etu1/serv1`.
    public func power(_ node: String, _ power: Power) async throws {
        let machine = try machine(node)
        try await locking(machine.name.student) {
            switch power {
            case .on:
                try await machine.switchOn()
                try await machine.waitUntilBooted()
            case .off: try await machine.powerOff()
            case .loss: try await machine.losePower()
            }
        }
    }

    /// The node of that name.
    func machine(_ name: String) throws -> NodeMachine {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let host = NodeName.Host(rawValue: parts[1]) else {
            throw LabError("“\(name)” names no node: say etu1/serv1 or etu1/serv2.")
        }
        return pair(try specification.student(parts[0])).machine(host)
    }

    /// One at a time works on a pair.
    private func locking(_ student: VirtualStudent, _ work: () async throws -> Void) async throws {
        try await ClassLock.holding(
            "\(state.folder)/students/\(student.id)", what: "\(student.id) of class \(specification.name)",
            work)
    }
}

// MARK: - Looking

extension VirtualClass {
    /// A student's pair as it is now.
    public struct PairStatus: Sendable {
        public let student: VirtualStudent
        /// By host name: `on`, `booting` or `off`.
        public let power: [String: String]
        /// The situation the pair was brought to, with the faults put into it: `solved + wrong-netmask`.
        public let situation: String
    }

    /// Looks at every pair's power; asks no node anything.
    public func status() throws -> [PairStatus] {
        let library = try SituationLibrary(exercise: places.exercise)
        return try specification.students.map { student in
            var power: [String: String] = [:]
            for host in NodeName.Host.allCases {
                let machine = pair(student).machine(host)
                power[host.rawValue] = !machine.isOn ? "off" : machine.leader == nil ? "booting" : "on"
            }
            return PairStatus(
                student: student, power: power, situation: library.label(try state.applied(student: student)))
        }
    }

    /// The command to execute in place of this program to be in `name`: `etu1/serv1`, `etu1/dns`, or `teacher`
    /// and `switch`, which have the host's file system and only a network of their own.
    ///
    /// The process then belongs to the class, and ends with it.
    public func shell(_ name: String, _ command: [String], terminal: String?) throws -> [String] {
        let command = command.isEmpty ? ["bash"] : command
        let inside: [String]
        if [ClassNetwork.teacherNamespace, ClassNetwork.switchNamespace].contains(name) {
            inside = ["nsenter", "--net=\(try namespace.outsidePath("/run/netns/\(name)"))", "--"] + command
        } else if name.hasSuffix("/dns") {
            inside = try pair(specification.student(String(name.dropLast(4)))).nameServer.entering(command)
        } else {
            inside = try machine(name).entering(command, terminal: terminal)
        }
        return namespace.group.entering("shells", inside)
    }
}
