import ClassRun
import GraderCore
import NIOPosix
import NetworkProbes

/// Puts the library's use cases and this machine's network together.
enum Composition {
    /// Work with the network that a signal ends in an orderly way: true beside its value where one came.
    static func working<Value: Sendable>(
        threads: Int = 1, _ work: @escaping @Sendable (MultiThreadedEventLoopGroup) async throws -> Value
    ) async throws -> (value: Value, wasInterrupted: Bool) {
        try await Signals.cancelling { try await withNetwork(threads: threads, work) }
    }

    /// The same for work that is short, or that must not be cut off.
    static func withNetwork<Value>(
        threads: Int = 1, _ work: (MultiThreadedEventLoopGroup) async throws -> Value
    ) async throws -> Value {
        try OpenFiles.requireRoom()
        try Threads.requireRoom(loops: threads)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        do {
            let value = try await work(group)
            try await group.shutdownGracefully()
            return value
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    /// This machine's own programs, without a network of the command's.
    /// - Throws: `NoRoom` where the threads that wait for them cannot be started.
    static func ownPrograms() throws(OpenFiles.NoRoom) -> LocalSession {
        try Threads.requireRoom(loops: 0)
        return LocalSession(dialer: DirectDialer(eventLoopGroup: MultiThreadedEventLoopGroup.singleton))
    }

    /// Every secret that looking at these students needs, asked for before anything is shown or touched.
    static func secrets(_ students: [RosterStudent]) throws -> [SecretSource: Secret] {
        try SecretReader().read(students.flatMap(\.secretSources))
    }
}

extension Transports {
    /// From this machine: SSH to the students' machines, and its own network.
    /// - Parameter roster: whose secrets no hook is to have, also those of students who are not looked at.
    static func ssh(
        _ group: MultiThreadedEventLoopGroup, _ secrets: [SecretSource: Secret], of roster: Roster? = nil
    ) -> Transports {
        let sources = Array(secrets.keys) + (roster?.students.flatMap(\.secretSources) ?? [])
        let variables = Set(
            sources.compactMap { source in
                if case .environment(let name) = source { name } else { nil }
            })
        let means = DrillMeans(
            sampler: AvailabilitySampler(),
            runHere: { await HostHook.run($0, timeLimit: $1, without: variables) },
            runIfWeDie: { words in
                let watcher = PowerWatcher(powerOn: words, without: variables)
                return { watcher?.dismiss() }
            })
        return Transports(secrets: secrets, drills: means, loops: LoopClock.all(of: group) + [.tasks]) {
            students in
            let factory = try PairAccessFactory(students: students, group: group, secrets: secrets)
            return { factory.access(to: $0) }
        }
    }

    /// `check --local`: this machine is one of the student's.
    static func onOwnMachine(
        _ group: MultiThreadedEventLoopGroup, isHandedIn: Bool = false
    ) -> Transports {
        Transports { students in
            guard let student = students.first else {
                throw ProgramFault(
                    LocalizedText(
                        fr: "Un regard sur les machines de personne.", en: "A look at nobody's machines."))
            }
            let access = try await LocalAccess.access(
                to: student, group: group, isHandedIn: isHandedIn)
            return { _ in access }
        }
    }
}
