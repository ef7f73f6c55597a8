import Foundation
import GraderCore
import NIOCore

/// Whether this process can start the threads it needs (pthread_create(3)): where it cannot, the network library ends the
/// program, or what is to be done waits for a thread for ever.
enum Threads {
    /// Those that judge, write and keep the history.
    private static let ownShare = 2
    /// What a look at a class takes beside its threads' stacks.
    private static let memory = 128 << 20

    /// - Parameter loops: of the network; the probes have one for each core, and Swift's tasks another.
    /// - Throws: `NoRoom` where they cannot all be there at once.
    static func requireRoom(loops: Int) throws(OpenFiles.NoRoom) {
        let needed = loops + 2 * System.coreCount + ownShare
        guard !canStart(needed) else { return }
        throw OpenFiles.NoRoom(
            sentence: LocalizedText(
                fr: """
                    Ce programme ne peut pas démarrer les \(needed) fils d'exécution qu'il lui faut, avec leur mémoire : \
                    relever la limite des processus (ulimit -u), celle de la mémoire (ulimit -v) ou celle de son cgroup \
                    (pids.max, TasksMax= de systemd), puis recommencer.
                    """,
                en: """
                    This program cannot start the \(needed) threads it needs, with their memory: raise the limit on \
                    processes (ulimit -u), on memory (ulimit -v) or of its cgroup (pids.max, systemd's TasksMax=), and \
                    start it again.
                    """))
    }

    private static func canStart(_ count: Int) -> Bool {
        let reserve = mmap(nil, memory, PROT_NONE, MAP_PRIVATE | MAP_ANON, -1, 0)
        guard reserve != MAP_FAILED else { return false }
        defer { munmap(reserve, memory) }
        let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        defer { gate.deallocate() }
        pthread_mutex_init(gate, nil)
        defer { pthread_mutex_destroy(gate) }
        // Closed until all are there.
        pthread_mutex_lock(gate)
        var started: [pthread_t] = []
        while started.count < count, let thread = start(waitingAt: gate) { started.append(thread) }
        pthread_mutex_unlock(gate)
        for thread in started { pthread_join(thread, nil) }
        // The system counts a thread for a moment after it was joined, and those that are to stay come at once.
        usleep(5000)
        return started.count == count
    }

    private static func start(waitingAt gate: UnsafeMutablePointer<pthread_mutex_t>) -> pthread_t? {
        #if os(Linux)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let code = pthread_create(
            &thread, nil,
            { place in
                let place: UnsafeMutableRawPointer? = place
                if let gate = place?.assumingMemoryBound(to: pthread_mutex_t.self) {
                    pthread_mutex_lock(gate)
                    pthread_mutex_unlock(gate)
                }
                return nil
            }, gate)
        return code == 0 ? thread : nil
    }
}
