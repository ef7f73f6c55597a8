import Foundation
import GraderCore

/// Raising and removing a whole class.
extension VirtualClass {
    /// Tries out whether this machine can raise a class; throws what is in the way.
    /// - Throws: ``LabError`` with what is missing and how to get it.
    public static func checkHost() async throws {
        try HostCheck.requireRootAndTools()
        try await HostCheck.rehearse()
    }

    /// Builds the root file system of a release where the cache does not have it.
    /// - Throws: ``LabError`` where a package or the mirror is not to be had, or the disk is full.
    public static func buildRootFileSystem(
        _ release: Release, places: Places, progress: @Sendable (LocalizedText) -> Void
    ) async throws {
        try HostCheck.requireRootAndTools()
        let exercise = try places.exercise(nil)
        try await RootFileSystem(recipe: exercise.recipe, release: release, cache: places.cache)
            .build(progress: progress)
    }

    /// Raises a class; one that is up already and just the same is left as it is, and one that was cut off is
    /// removed first.
    /// - Parameter rosterFolder: where roster and keys go; nil for the class's own folder.
    /// - Throws: `LabError`; what was raised by then stays to be looked at, and the next `up` or `down` removes it.
    public static func up(
        _ specification: ClassSpecification, places: Places, rosterFolder: String?,
        progress: @escaping @Sendable (LocalizedText) -> Void
    ) async throws -> VirtualClass {
        try HostCheck.requireRootAndTools()
        let exercise = try places.exercise(nil)
        try exercise.check(for: specification)
        let library = try exercise.library()
        for student in specification.students where student.situation != ClassSpecification.off {
            _ = try library.chain(to: student.situation)
        }
        let state = ClassState(base: places.stateBase, className: specification.name)
        let record = ClassState.Record(
            exercise: exercise.id, specification: specification, rosterFolder: rosterFolder ?? state.folder)
        let wanted = try VirtualClass(record, places: places)

        try state.create()
        return try await ClassLock.holding(state.folder, what: Self.words(specification.name)) {
            if state.isComplete, wanted.namespace.holder != nil {
                var found = try state.record()
                if found?.exercise == nil { found?.exercise = exercise.id }
                try require(
                    found == record,
                    LocalizedText(
                        fr: """
                            La classe \(specification.name) existe déjà avec d'autres options : lancer d'abord \
                            `bascule lab down --class \(specification.name)`.
                            """,
                        en: """
                            Class \(specification.name) is up with other options: \
                            `bascule lab down --class \(specification.name)` first.
                            """)
                )
                progress(
                    LocalizedText(
                        fr: "la classe \(specification.name) est déjà là",
                        en: "class \(specification.name) is already up"))
                return wanted
            }
            try await Self.clear(state, record)
            try state.write(record)
            try await HostLimits(base: places.stateBase).raise()
            try await wanted.raise(library: library, progress: progress)
            try state.markComplete()
            return wanted
        }
    }

    /// Removes a class and everything of it, however far it was raised. False where there was nothing.
    /// - Throws: ``LabError`` where somebody else is working on the class, or something of it does not go.
    @discardableResult
    public static func down(_ name: String, places: Places) async throws -> Bool {
        try HostCheck.requireRoot()
        guard try ClassInventory(base: places.stateBase).classes[name] != nil else { return false }
        let state = ClassState(base: places.stateBase, className: name)
        try state.create()
        try await ClassLock.holding(state.folder, what: words(name)) {
            try await clear(state, try? state.record())
            try await HostLimits(base: places.stateBase).restore {
                try ClassInventory(base: places.stateBase).classes.keys.contains { $0 != name }
            }
            try state.remove()
        }
        return true
    }

    /// Ends every process of the class, with which its mounts and networks vanish, and removes its files, except
    /// for the folder that the lock is on. Whatever exercise it is of: also one that this program does not know.
    /// - Parameter record: nil where nothing was written yet, or nothing that can be read.
    private static func clear(_ state: ClassState, _ record: ClassState.Record?) async throws {
        let group = try ControlGroup(className: state.className)
        try await group.kill()
        try group.remove()
        guard let record else { return }
        try LabRoster(folder: record.rosterFolder).remove()
        // Where nothing else is in it.
        if record.rosterFolder != state.folder { rmdir(record.rosterFolder) }
        try state.clear()
    }

    private static func words(_ name: String) -> LocalizedText {
        LocalizedText(fr: "la classe \(name)", en: "class \(name)")
    }

    private func raise(library: SituationLibrary, progress: @escaping @Sendable (LocalizedText) -> Void)
        async throws
    {
        try await rootFileSystem.build(progress: progress)
        let userPassword = ClassLayer.randomPassword()
        let rootPassword = ClassLayer.randomPassword()
        let key = try await rosterFiles.write(
            specification, of: exercise, userPassword: userPassword, rootPassword: rootPassword)
        try await namespace.create()
        try await ClassLayer(namespace: namespace, rootFileSystem: rootFileSystem.path)
            .create(userPassword: userPassword, rootPassword: rootPassword, authorizedKey: key)
        try await namespace.checked(
            ["sh", "-euc", ClassNetwork(recipe: exercise.recipe, specification: specification).script],
            LocalizedText(fr: "Le réseau n'a pas pu être créé", en: "The network could not be made"))
        try await namespace.checked(
            ["sh", "-euc", "cat > \(MachineSupervisor.path)"], input: MachineSupervisor.script,
            LocalizedText(
                fr: "Le superviseur des machines n'a pas pu être écrit",
                en: "The nodes' supervisor could not be written"))
        let labs = exercise.recipe.labs(specification.students.count)
        progress(
            LocalizedText(
                fr: "classe \(specification.name) : \(labs) sous \(specification.release.rawValue)",
                en: "class \(specification.name): \(labs) on \(specification.release.rawValue)")
        )
        let limit = Self.workLimit
        try await withThrowingTaskGroup(of: Void.self) { group in
            for student in specification.students {
                group.addTask { try await raise(student, library: library, limit: limit, progress: progress) }
            }
            try await group.waitForAll()
        }
    }

    private func raise(
        _ student: VirtualStudent, library: SituationLibrary, limit: WaitingLine,
        progress: @Sendable (LocalizedText) -> Void
    ) async throws {
        let began = ContinuousClock.now
        let lab = lab(student)
        let seconds: @Sendable () -> Int64 = { (ContinuousClock.now - began).wholeSeconds }
        try state.setApplied([], student: student)
        try await limit.held { try await lab.prepare() }
        guard student.situation != ClassSpecification.off else {
            return try await lab.bring(
                to: student.situation, library: library, limit: limit, progress: progress)
        }
        try await limit.held { try await lab.boot() }
        let (all, haveBooted) = (
            exercise.recipe.allMachines, exercise.recipe.machines.count == 1 ? "a" : "ont"
        )
        progress(
            LocalizedText(
                fr: "\(student.id) : \(all) \(haveBooted) démarré (\(seconds()) s)",
                en: "\(student.id): \(all) booted (\(seconds()) s)"))
        try await lab.waitUntilReady()
        if let readiness = exercise.recipe.readiness {
            progress(
                LocalizedText(
                    fr: "\(student.id) : \(readiness.sentence) (\(seconds()) s)",
                    en: "\(student.id): \(readiness.sentence) (\(seconds()) s)"))
        }
        try await lab.bring(to: student.situation, library: library, limit: limit) {
            progress(LocalizedText(fr: "\($0) (\(seconds()) s)", en: "\($0) (\(seconds()) s)"))
        }
    }
}
