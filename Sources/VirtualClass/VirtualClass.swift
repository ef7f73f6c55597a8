import Foundation
import GraderCore

/// A class of real machines on this machine: the way in for `bascule lab`.
public struct VirtualClass: Sendable {
    /// Where things are on this machine.
    public struct Places: Sendable {
        /// The folder with the classes' folders; the usual one vanishes with the machine's power, as the classes do.
        public var stateBase: String
        /// The folder with the cached root file systems.
        public var cache: String
        /// The exercise whose lab is meant: of the id that a class is of, or, for nil, the one that is asked for.
        public var exercise: @Sendable (String?) throws -> ExerciseLab

        public init(
            environment: [String: String], exercise: @escaping @Sendable (String?) throws -> ExerciseLab
        ) {
            stateBase = environment["BASCULE_LAB"] ?? "/run/bascule/lab"
            cache = (environment["BASCULE_CACHE"] ?? "/var/cache/bascule") + "/rootfs"
            self.exercise = exercise
        }
    }

    let exercise: ExerciseLab
    public let specification: ClassSpecification
    /// The roster, keys and passwords.
    public let rosterFiles: LabRoster
    let places: Places
    let state: ClassState
    let namespace: ClassNamespace

    init(_ record: ClassState.Record, places: Places) throws {
        exercise = try places.exercise(record.exercise)
        specification = record.specification
        rosterFiles = LabRoster(folder: record.rosterFolder)
        self.places = places
        state = ClassState(base: places.stateBase, className: specification.name)
        namespace = ClassNamespace(group: try ControlGroup(className: specification.name))
    }

    /// The class of that name; throws where it is not up.
    /// - Throws: ``LabError`` where no such class runs.
    public static func running(_ name: String, places: Places) throws -> VirtualClass {
        try HostCheck.requireRoot()
        let state = ClassState(base: places.stateBase, className: name)
        guard let record = try state.record(), state.isComplete else {
            throw LabError(
                LocalizedText(
                    fr: "La classe \(name) n'est pas là : la monter avec `bascule lab up --class \(name)`.",
                    en: "Class \(name) is not up: raise it with `bascule lab up --class \(name)`."))
        }
        let found = try VirtualClass(record, places: places)
        guard found.namespace.holder != nil else {
            throw LabError(
                LocalizedText(
                    fr: "La classe \(name) a été tuée : la remonter avec `bascule lab up --class \(name)`.",
                    en: "Class \(name) was killed: raise it again with `bascule lab up --class \(name)`."))
        }
        return found
    }

    func lab(_ student: VirtualStudent) -> StudentLab {
        StudentLab(
            student: student, recipe: exercise.recipe, specification: specification, state: state,
            namespace: namespace, rootFileSystem: rootFileSystem.path)
    }

    var rootFileSystem: RootFileSystem {
        RootFileSystem(recipe: exercise.recipe, release: specification.release, cache: places.cache)
    }

    /// How many boots or scripts run at once: they keep a processor busy, waiting does not.
    static var workLimit: WaitingLine { WaitingLine(ProcessInfo.processInfo.activeProcessorCount * 2) }
}

// MARK: - One student

extension VirtualClass {
    /// Brings a student's machines to a situation, or puts a fault into them, also on top of another that starts from
    /// the same situation.
    /// - Throws: ``LabError`` where there is no such student or state, or a script ends with an error.
    public func apply(
        _ name: String, to student: String, progress: @Sendable (LocalizedText) -> Void
    ) async throws {
        let library = try exercise.library()
        let student = try specification.student(student)
        try await locking(student) {
            try await lab(student).bring(
                to: name, library: library, limit: Self.workLimit, progress: progress)
        }
    }

    /// Throws a student's machines away and raises them anew, as `fresh`.
    /// - Parameter newHostKeys: also give them new SSH host keys, as a reinstalled machine has.
    public func reset(_ student: String, newHostKeys: Bool, progress: @Sendable (LocalizedText) -> Void)
        async throws
    {
        let library = try exercise.library()
        let student = try specification.student(student)
        try await locking(student) {
            let lab = lab(student)
            try await lab.reset(newHostKeys: newHostKeys, limit: Self.workLimit)
            try await lab.bring(
                to: ClassSpecification.fresh, library: library, limit: Self.workLimit, progress: progress)
        }
    }

    /// What can be done with a machine's power.
    public enum Power: String, Sendable, CaseIterable {
        /// Press the button (and wait for the boot), shut down cleanly, pull the plug.
        case on, off, loss
    }

    /// Changes one machine's power. Nothing happens where it is already so.
    /// - Parameter name: a student and a machine, `etu1/web`.
    /// - Throws: ``LabError`` where there is no such machine, or it does not do what it is told.
    public func power(_ name: String, _ power: Power) async throws {
        let machine = try machine(name)
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

    func machine(_ name: String) throws -> LabMachine {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2,
            let machine = exercise.recipe.machines.first(where: { $0.rawValue == parts[1] })
        else {
            let known = alternatives(exercise.recipe.machines.map { "etu1/\($0)" })
            throw LabError(
                LocalizedText(
                    fr: "« \(name) » n'est le nom d'aucune machine : dire \(known).",
                    en: "“\(name)” names no node: say \(known)."))
        }
        return lab(try specification.student(parts[0])).machine(machine)
    }

    /// One at a time works on a student's machines.
    private func locking(_ student: VirtualStudent, _ work: () async throws -> Void) async throws {
        try await ClassLock.holding(
            "\(state.folder)/students/\(student.id)",
            what: LocalizedText(
                fr: "\(student.id) de la classe \(specification.name)",
                en: "\(student.id) of class \(specification.name)"),
            work)
    }
}

// MARK: - Looking

extension VirtualClass {
    /// A student's machines as they are now.
    public struct StudentStatus: Sendable {
        public let student: VirtualStudent
        /// The exercise's machines, in its order, each `on`, `booting` or `off`.
        public let power: [(machine: MachineID, state: String)]
        /// The situation they were brought to, with the faults put into them: `solved + wrong-netmask`.
        public let situation: LocalizedText
    }

    /// Looks at every machine's power; asks none anything.
    /// - Throws: ``LabError`` where the class cannot be read.
    public func status() throws -> [StudentStatus] {
        let library = try exercise.library()
        return try specification.students.map { student in
            let power = exercise.recipe.machines.map { id in
                let machine = lab(student).machine(id)
                return (machine: id, state: !machine.isOn ? "off" : machine.leader == nil ? "booting" : "on")
            }
            return StudentStatus(
                student: student, power: power, situation: library.label(try state.applied(student: student)))
        }
    }

    /// The command to execute in place of this program to be in `name`: `etu1/web`, `etu1/dns`, or `teacher` and
    /// `switch`, which have the host's file system and only a network of their own. The process then belongs to the
    /// class, and ends with it.
    /// - Throws: ``LabError`` where there is no such machine, or it does not run.
    public func shell(_ name: String, _ command: [String], terminal: String?) throws -> [String] {
        let command = command.isEmpty ? ["bash"] : command
        let inside: [String]
        if [ClassNetwork.teacherNamespace, ClassNetwork.switchNamespace].contains(name) {
            inside = ["nsenter", "--net=\(try namespace.outsidePath("/run/netns/\(name)"))", "--"] + command
        } else if name.hasSuffix("/\(NameServer.place)"),
            let nameServer = try lab(specification.student(String(name.dropLast(4)))).nameServer
        {
            inside = try nameServer.entering(command)
        } else {
            inside = try machine(name).entering(command, terminal: terminal)
        }
        return namespace.group.entering("shells", inside)
    }
}
