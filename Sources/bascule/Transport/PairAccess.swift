import ClassRun
import GraderCore
import NIOCore
import NetworkProbes
import SSHTransport
import Synchronization

/// Puts a roster's log-ins and the transports together: keys opened once, host keys on file
/// loaded once, before any machine is touched.
struct PairAccessFactory: Sendable {
    private let group: any EventLoopGroup
    private let connector: SSHConnector
    private let secrets: [SecretSource: Secret]
    private var keys: [String: Result<SSHUserKey, TransportFailure>] = [:]
    private var knownHosts: [String: KnownHosts] = [:]

    /// - Throws: a sentence where a host key file cannot be had. A key that cannot be used is the
    ///   failure of those who log in with it, not of the class.
    init(
        students: [RosterStudent], group: any EventLoopGroup, secrets: [SecretSource: Secret]
    ) throws {
        self.group = group
        self.secrets = secrets
        connector = SSHConnector(eventLoopGroup: group)
        for login in students.flatMap(\.logins.values).flatMap({ $0.jumps + [$0] }) {
            for file in login.identityFiles where keys[file] == nil {
                let passphrase = login.passphraseSource.flatMap { secrets[$0] }
                keys[file] = Result { () throws(TransportFailure) in
                    try SSHUserKey(file: file, passphrase: passphrase)
                }
            }
            if knownHosts[login.knownHostsFile] == nil {
                knownHosts[login.knownHostsFile] = try KnownHosts(file: login.knownHostsFile)
            }
        }
        warnOfFirstContacts(students)
    }

    /// Says whose machines are given a password though nobody has seen their host key before: whoever stands in their
    /// place has it then. Each machine once, however often a class is looked at.
    private func warnOfFirstContacts(_ students: [RosterStudent]) {
        let met = students.flatMap { student in
            student.logins.sorted { $0.key < $1.key }.filter { _, login in
                guard login.password != nil || login.become.password != nil else { return false }
                let host = KnownHosts.host(login.host, behind: login.jumps.map { ($0.host, $0.port) })
                return knownHosts[login.knownHostsFile]?.keys(host: host, port: login.port).isEmpty == true
            }.map { "\(student.identity.id)/\($0.key.rawValue)" }
        }
        let new = Self.warned.withLock { warned in met.filter { warned.insert($0).inserted } }
        guard !new.isEmpty else { return }
        let names = new.prefix(6).joined(separator: ", ") + (new.count > 6 ? ", …" : "")
        Inputs.complain(
            LocalizedText(
                fr: """
                    Premier contact avec \(new.count) machine(s), dont la clé d'hôte n'est pas encore connue, et un mot de \
                    passe leur est donné : \(names). Qui prendrait leur place l'aurait ; une clé (identityFile) ne se donne pas.
                    """,
                en: """
                    First contact with \(new.count) machine(s) whose host key is not known yet, and a password is given to \
                    them: \(names). Whoever stood in their place would have it; a key (identityFile) is never given away.
                    """))
    }

    private static let warned = Mutex<Set<String>>([])

    /// The ways to one student's pair.
    func access(to student: RosterStudent) -> PairCollector.Access {
        let direct = Prober(dialer: DirectDialer(eventLoopGroup: group), datagramGroup: group)
        return PairCollector.Access(
            connect: { role throws(TransportFailure) in try await connect(student, role) },
            directProber: student.usesTunnel ? nil : direct, prober: { Prober(dialer: $0) })
    }

    /// Forgets the host keys on file for both of a student's nodes; returns how many there were.
    func forgetHostKeys(of student: RosterStudent) throws -> Int {
        try student.logins.values.reduce(0) { count, login in
            let host = KnownHosts.host(login.host, behind: login.jumps.map { ($0.host, $0.port) })
            return count + (try knownHosts[login.knownHostsFile]?.remove(host: host, port: login.port) ?? 0)
        }
    }

    /// Logs in to one node and makes sure that a command runs there, and as root, which everything that is read needs:
    /// a refusal is said once, here, and not by every command.
    func connect(_ student: RosterStudent, _ role: MachineID) async throws(TransportFailure)
        -> any NodeSession
    {
        let who = "\(student.identity.id)/\(role.rawValue)"
        guard let login = student.logins[role], let hosts = knownHosts[login.knownHostsFile] else {
            throw TransportFailure(
                .unreachable, fr: "\(who) : la liste de classe ne dit pas où se connecter.",
                en: "\(who): the roster does not say where to log in.")
        }
        let session = try await connector.connect(try endpoint(who, login), knownHosts: hosts)
        do throws(TransportFailure) {
            // Throws where no command runs at all, as with an expired password or ForceCommand.
            let result = try await session.run(RemoteCommand(["id", "-u"]))
            if login.user == "root" && login.become.method == .none { return session }
            if result.standardOutput.text == "0\n" { return session }
            guard case .exited(0) = result.ending else {
                throw TransportFailure(
                    .commandsRefused,
                    fr:
                        "\(who) : connecté comme \(login.user), mais `id -u` n'a rien répondu : l'essayer à la main sur le nœud.",
                    en:
                        "\(who): logged in as \(login.user), but `id -u` gave no answer: try it by hand on the node."
                )
            }
            throw TransportFailure(
                .rootRefused,
                fr:
                    "\(who) : connecté comme \(login.user), qui n'y est pas root ; dire dans la liste de classe comment le devenir (become: sudo ou su).",
                en:
                    "\(who): logged in as \(login.user), who is not root there; say in the roster how to become root (become: sudo or su)."
            )
        } catch {
            await session.close()
            throw error
        }
    }

    private func endpoint(_ who: String, _ login: NodeLogin) throws(TransportFailure) -> SSHEndpoint {
        var usable: [SSHUserKey] = []
        for file in login.identityFiles {
            switch keys[file] {
            case .success(let key): usable.append(key)
            case .failure(let failure):
                throw TransportFailure(
                    failure.kind, fr: "\(who) : \(failure.sentence)", en: "\(who): \(failure.sentence)")
            case nil: break
            }
        }
        let credentials = SSHCredentials(
            keys: usable, useAgent: login.useAgent, password: login.password.flatMap { secrets[$0] })
        var jump: SSHEndpoint?
        if let through = login.proxyJump {
            jump = try endpoint(
                String(fr: "\(who) (rebond)", en: "\(who) (jump host)"), through)
        }
        return SSHEndpoint(
            who: who, host: login.host, port: login.port, user: login.user, credentials: credentials,
            become: try become(who, login.become), proxyJump: jump)
    }

    private func become(_ who: String, _ spec: BecomeSpec) throws(TransportFailure) -> Become {
        let password = spec.password.flatMap { secrets[$0] }
        switch spec.method {
        case .none: return .notNeeded
        case .sudo: return .sudo(password: password)
        case .su:
            guard let password else {
                throw TransportFailure(
                    .rootRefused,
                    fr:
                        "\(who) : su demande le mot de passe de root ; donner become.passwordFile dans la liste de classe.",
                    en: "\(who): su needs root's password; give become.passwordFile in the roster.")
            }
            return .su(password: password)
        }
    }
}

/// Looks at a pair from where a dialer's connections come from.
struct Prober: NetworkProber {
    var dialer: any StreamDialer
    /// Set where that is the grader's own network, whose neighbour table is at hand and where datagrams can be sent.
    var datagramGroup: (any EventLoopGroup)?

    func port(address: String, port: Int, timeLimit: Duration) async -> Observation.Outcome {
        await PortProbe(dialer: dialer).observe(address: address, port: port, timeLimit: timeLimit)
    }

    func http(
        _ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int
    ) async -> Observation.Outcome {
        await HTTPProbe(dialer: dialer).observe(request, timeLimit: timeLimit, bodyLimit: bodyLimit)
    }

    func dns(_ request: DNSProbeRequest, timeLimit: Duration) async -> Observation.Outcome {
        let probe = datagramGroup.map { DNSProbe(eventLoopGroup: $0) } ?? DNSProbe(streamsOf: dialer)
        return await probe.observe(request, timeLimit: timeLimit)
    }

    func neighbours() async -> Bytes? {
        guard datagramGroup != nil else { return nil }
        // No table here (not Linux): nothing is seen, which is no evidence against anybody.
        return try? NeighbourTableReader().read()
    }
}
