/// A failover rehearsal: what is done to the active node.
public enum DrillKind: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
    /// The active node is put on standby until its next reboot (`crm_attribute --lifetime reboot`).
    case standby
    /// The active node is shut down cleanly and comes back.
    case shutdown
    /// The active node loses its power; only where the roster can cut it and give it back.
    case powerLoss = "power-loss"
    /// The web service is stopped behind the cluster's back: it has to come back in place.
    case serviceStop = "service-stop"
    /// The web server's configuration is made unusable and the service stopped: the resources have to move.
    case serviceBroken = "service-broken"

    /// Whether the resources have to be on the other node afterwards; otherwise they recover where they are.
    public var expectsMove: Bool { self != .serviceStop }
    /// Whether the active node goes away and comes back.
    public var takesNodeDown: Bool { self == .shutdown || self == .powerLoss }
    /// Whether the web service itself is stopped.
    public var stopsService: Bool { self == .serviceStop || self == .serviceBroken }
}

/// One drill of one pair, worked out from its evidence: what to perturb, what to watch, for how long at most.
public struct DrillPlan: Sendable, Hashable, Codable {
    public var kind: DrillKind
    /// The node that holds the virtual IP, and so the one that is perturbed.
    public var active: MachineID
    /// The cluster's names of the nodes.
    public var names: [MachineID: String]
    /// Where the service is asked for.
    public var target: SamplingTarget
    public var resources: DrillResources
    /// How the web service is stopped and made unusable; nil where the drill does neither.
    public var service: WebService?
    /// How the node goes down and comes back; nil where the drill does not touch its power.
    public var power: PowerPlan?
    /// How long the failover may take at most, from the student's own intervals and time-outs, capped.
    @SecondsCoded public var failoverBound: Duration
    /// The same for the way back.
    @SecondsCoded public var failbackBound: Duration

    public init(
        kind: DrillKind, active: MachineID, names: [MachineID: String], target: SamplingTarget,
        resources: DrillResources, service: WebService?, power: PowerPlan?, failoverBound: Duration,
        failbackBound: Duration
    ) {
        self.kind = kind
        self.active = active
        self.names = names
        self.target = target
        self.resources = resources
        self.service = service
        self.power = power
        self.failoverBound = failoverBound
        self.failbackBound = failbackBound
    }

    /// Every machine of the drill; a drill is planned only where all of them have a name.
    public var machines: [MachineID] { names.keys.sorted() }

    /// The machine that a drill of two leaves alone.
    public func peer(of role: MachineID) -> MachineID { machines.first { $0 != role } ?? role }

    /// The one that is not perturbed.
    public var passive: MachineID { peer(of: active) }

    /// The node's name in the cluster.
    public func name(_ role: MachineID) -> String { names[role] ?? role.rawValue }
}

/// The resources a drill watches, by the student's own names.
public struct DrillResources: Sendable, Hashable, Codable {
    public var vip: String
    /// Nil where the cluster runs no web server (yet).
    public var web: String?
    /// The group that holds the virtual IP; nil where there is none.
    public var group: String?
    /// All that has to be with the virtual IP, itself included, in the configuration's order.
    public var together: [String]

    public init(vip: String, web: String?, group: String?, together: [String]) {
        self.vip = vip
        self.web = web
        self.group = group
        self.together = together
    }
}

/// The web service as the machine knows it.
public struct WebService: Sendable, Hashable, Codable {
    public enum Server: String, Sendable, Hashable, Codable { case apache, nginx }

    /// The systemd unit, `apache2.service`.
    public var unit: String
    /// What starts and stops it on the cluster's behalf is the unit (`lsb:`, `systemd:`, `service:`); otherwise
    /// an agent of its own that the unit knows nothing of.
    public var isUnitManaged: Bool
    public var server: Server

    public init(unit: String, isUnitManaged: Bool, server: Server) {
        self.unit = unit
        self.isUnitManaged = isUnitManaged
        self.server = server
    }

    /// Where Debian's configuration has the main process's number written.
    public var pidFile: String {
        switch server {
        case .apache: "/run/apache2/apache2.pid"
        case .nginx: "/run/nginx.pid"
        }
    }

    /// The file that makes the configuration unusable: one of our own in a folder that the distribution's
    /// configuration includes, so that no file of the student's is touched.
    public var breakingFile: String {
        switch server {
        case .apache: "/etc/apache2/conf-enabled/zz-bascule-drill.conf"
        case .nginx: "/etc/nginx/conf.d/zz-bascule-drill.conf"
        }
    }

    /// The command that says whether the configuration is usable: status 0, or another.
    public var configurationTest: [String] {
        switch server {
        case .apache: ["apachectl", "configtest"]
        case .nginx: ["nginx", "-t", "-q"]
        }
    }
}

/// Commands on the grader's own host that cut and give a node's power, from the roster.
public struct PowerPlan: Sendable, Hashable, Codable {
    public enum Down: Sendable, Hashable, Codable {
        /// `systemctl reboot`: the node comes back by itself.
        case reboot
        /// `systemctl poweroff`; `powerOn` gives the power back.
        case powerOff
        /// This argument vector, run here, cuts the power.
        case hook([String])
    }
    public var down: Down
    /// The argument vector that switches the node on again, run here; nil: it comes back by itself.
    public var powerOn: [String]?

    public init(down: Down, powerOn: [String]?) {
        self.down = down
        self.powerOn = powerOn
    }
}

/// Where and how the sampler asks.
public struct SamplingTarget: Sendable, Hashable, Codable {
    /// The virtual IP.
    public var address: String
    public var port: Int
    /// Nil where the site is not asked for (TLS, or no web service yet): connections only.
    public var request: HTTPProbeRequest?
    public var acceptedStatuses: [Int]

    public init(address: String, port: Int, request: HTTPProbeRequest?, acceptedStatuses: [Int]) {
        self.address = address
        self.port = port
        self.request = request
        self.acceptedStatuses = acceptedStatuses
    }
}
