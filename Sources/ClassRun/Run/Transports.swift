import GraderCore

/// What looking at a class needs of the world outside, as values: whoever puts the program together gives SSH and the
/// grader's own network, a test what it likes.
public struct Transports: Sendable {
    /// The ways to one student's machines.
    public typealias Ways = @Sendable (RosterStudent) -> PairCollector.Access

    /// Opens what the log-ins of these students need (keys, host keys on file) before any machine is touched.
    public var open: @Sendable ([RosterStudent]) async throws -> Ways
    /// Every secret that the roster names, read. Nothing is opened with them here; who shares one is told.
    public var secrets: [SecretSource: Secret]
    /// Nil: no drill can be watched from here.
    public var drills: DrillMeans?
    /// What everything that comes from the machines waits for on this side.
    public var loops: [LoopClock]

    public init(
        secrets: [SecretSource: Secret] = [:], drills: DrillMeans? = nil, loops: [LoopClock] = [],
        open: @escaping @Sendable ([RosterStudent]) async throws -> Ways
    ) {
        self.open = open
        self.secrets = secrets
        self.drills = drills
        self.loops = loops
    }
}

/// What a drill needs of the grader's own host.
public struct DrillMeans: Sendable {
    /// Runs a command of the roster's on this host, and ends it when its time is up; never fails but in its result.
    public typealias RunHere = @Sendable (_ words: [String], _ timeLimit: Duration) async -> HookResult

    /// Watches the service from outside.
    public var sampler: any ServiceSampler
    /// Runs an argument vector for at most so long.
    public var runHere: RunHere
    /// Has somebody else run an argument vector should this process die; what is returned calls that off.
    public var runIfWeDie: @Sendable ([String]) -> @Sendable () -> Void

    public init(
        sampler: any ServiceSampler, runHere: @escaping RunHere,
        runIfWeDie: @escaping @Sendable ([String]) -> @Sendable () -> Void
    ) {
        self.sampler = sampler
        self.runHere = runHere
        self.runIfWeDie = runIfWeDie
    }
}

extension Transports {
    /// Students whose machines one and the same password opened, each group in the order given. Known only where
    /// nothing but the password could have opened them.
    func sharedPasswords(
        _ students: [RosterStudent], reached: (_ student: String, MachineID) -> Bool
    ) -> [[String]] {
        var groups: [Secret: [String]] = [:]
        var order: [Secret] = []
        for student in students {
            let opened = student.lab.machines.filter { reached(student.identity.id, $0) }
                .compactMap { student.logins[$0] }.flatMap { login in
                    let isOnlyWay = login.identityFiles.isEmpty && !login.useAgent
                    return [
                        isOnlyWay ? login.password : nil,
                        login.become.method == .none ? nil : login.become.password,
                    ].compactMap { $0.flatMap { secrets[$0] } }
                }
            for secret in opened where groups[secret]?.last != student.identity.id {
                if groups[secret] == nil { order.append(secret) }
                groups[secret, default: []].append(student.identity.id)
            }
        }
        var seen: Set<[String]> = []
        return order.compactMap { groups[$0] }.filter { $0.count > 1 && seen.insert($0).inserted }
    }
}

extension Transports {
    /// Whether one machine could be logged in to.
    public struct Login: Sendable {
        public var student: StudentIdentity
        public var node: MachineID
        /// Nil where it could.
        public var failure: TransportFailure?
    }

    /// Logs in to every machine of the students once, all side by side, and does nothing there.
    /// - Parameter onLogin: told of each as its answer comes.
    /// - Throws: where the ways to the machines cannot be opened; a log-in that fails is told of instead.
    public func tryLogins(_ students: [RosterStudent], onLogin: (Login) -> Void) async throws {
        let ways = try await open(students)
        let machines = students.flatMap { student in student.lab.machines.map { (student, $0) } }
        await machines.sideBySide(
            { student, node in
                var login = Login(student: student.identity, node: node)
                do throws(TransportFailure) {
                    let session = try await ways(student).connect(node)
                    await session.close()
                } catch {
                    login.failure = error
                }
                return login
            }, onEach: onLogin)
    }
}
