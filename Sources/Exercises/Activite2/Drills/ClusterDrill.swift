import GraderCore

/// The failovers of Q6 and Q10 (lab sheet, "Test du failover d'IP" and "Test de la solution"): the node put on
/// standby, shut down, or cut off; the web service stopped, and stopped so that it cannot be started again.
struct ClusterDrill: Drill {
    let kind: DrillKind
    let title: LocalizedText
    /// Whether the resources have to be on the other node afterwards; otherwise they recover where they are.
    var expectsMove = true
    /// Whether the active node goes away and comes back.
    var takesNodeDown = false
    /// Whether the web service itself is stopped, which has to run beside the virtual IP then.
    var stopsService = false
    /// What was done, by the node's name.
    let told: @Sendable (String) -> LocalizedText
    /// What is changed, and what the undo is told of it.
    let change: @Sendable (Scene) throws(DrillRefusal) -> Change

    /// What is known when a drill is worked out.
    struct Scene {
        var active: MachineID
        /// The active node's name in the cluster.
        var name: String
        var resources: DrillResources
        /// Set where the drill stops it.
        var service: WebService?
        /// Nil where nothing is known to be brought back.
        var homes: Homes?
        /// The web server's unit on each node on which it had not failed before.
        var soundUnits: [MachineID: String] = [:]
        /// How far the other node's clock is ahead of each node's, in seconds.
        var peerLeads: [MachineID: Int] = [:]
        /// With the student's and the node's names in place.
        var hooks: PowerHooks
    }

    struct Change {
        var steps: [DrillStep]
        /// What the undo has to look after on the active node, and on both.
        var there: [String] = []
        var everywhere: [String] = []
        var powerOn: [String]?
    }

    func incident(_ plan: DrillPlan) -> LocalizedText { told(String(plan.name(plan.active).prefix(60))) }

    /// In the order in which they are run. The service's first after the standby: they need the student's own placement;
    /// those that take a node away last.
    static let all = [standby, serviceStop, serviceBroken, shutdown, powerLoss]

    /// The active node is put on standby until its next reboot.
    static let standby = ClusterDrill(
        kind: .standby,
        title: LocalizedText(fr: "Le nœud actif mis en standby", en: "The active node put on standby"),
        told: { LocalizedText(fr: "\($0) mis en standby", en: "\($0) put on standby") },
        change: { scene in
            let attribute = [
                "crm_attribute", "--node", scene.name, "--name", "standby", "--lifetime", "reboot",
            ]
            return Change(
                steps: [
                    DrillStep(
                        "standby", on: scene.active, attribute + ["--update", "on"], timeLimit: .seconds(20),
                        undo: ShellWord.line(attribute + ["--delete"]))
                ], everywhere: ["standby"])
        })

    /// The web service is stopped behind the cluster's back: it has to come back, in place or where its threshold sends it.
    static let serviceStop = ClusterDrill(
        kind: .serviceStop, title: LocalizedText(fr: "Le serveur web arrêté", en: "The web server stopped"),
        expectsMove: false, stopsService: true,
        told: {
            LocalizedText(fr: "serveur web arrêté sur \($0)", en: "web server stopped on \($0)")
        },
        change: { scene in
            Change(steps: [scene.service?.stop(scene)].compactMap(\.self), there: ["stop"])
        })

    /// The web server's configuration is made unusable and the service stopped: the resources have to move.
    static let serviceBroken = ClusterDrill(
        kind: .serviceBroken,
        title: LocalizedText(
            fr: "Le serveur web arrêté et rendu inutilisable", en: "The web server stopped and made unusable"),
        stopsService: true,
        told: {
            LocalizedText(
                fr: "serveur web arrêté et rendu inutilisable sur \($0)",
                en: "web server stopped and made unusable on \($0)")
        },
        change: { scene in
            Change(
                steps: [scene.service?.breakConfiguration(scene), scene.service?.stop(scene)]
                    .compactMap(\.self), there: ["stop", "break"])
        })

    /// The active node is shut down cleanly and comes back: by itself, or because the roster can switch it on.
    static let shutdown = ClusterDrill(
        kind: .shutdown,
        title: LocalizedText(fr: "Le nœud actif arrêté proprement", en: "The active node shut down cleanly"),
        takesNodeDown: true, told: { LocalizedText(fr: "\($0) arrêté", en: "\($0) shut down") },
        change: { scene in
            let on = scene.hooks.powerOn
            return Change(
                steps: [
                    // Answers before it acts: the answer would be lost with the machine.
                    DrillStep(
                        "shutdown", on: scene.active, ["systemctl", on == nil ? "reboot" : "poweroff"],
                        timeLimit: .seconds(20), undo: on.map(ShellWord.line) ?? "", mustSucceed: false)
                ], powerOn: on)
        })

    /// The active node loses its power; only where the roster can cut it and give it back.
    static let powerLoss = ClusterDrill(
        kind: .powerLoss,
        title: LocalizedText(fr: "Le nœud actif privé de courant", en: "The active node without power"),
        takesNodeDown: true,
        told: { LocalizedText(fr: "courant de \($0) coupé", en: "power of \($0) cut") },
        change: { scene throws(DrillRefusal) in
            guard let on = scene.hooks.powerOn, let loss = scene.hooks.powerLoss else {
                throw DrillRefusal.noPowerHooks
            }
            return Change(
                steps: [
                    DrillStep(
                        "power-loss", on: nil, loss, timeLimit: .seconds(60), undo: ShellWord.line(on))
                ], powerOn: on)
        })
}

extension DrillKind {
    static let standby: DrillKind = "standby"
    static let shutdown: DrillKind = "shutdown"
    static let powerLoss: DrillKind = "power-loss"
    static let serviceStop: DrillKind = "service-stop"
    static let serviceBroken: DrillKind = "service-broken"

    /// Whether the resources have to be on the other node afterwards.
    var expectsMove: Bool { ClusterDrill.all.first { $0.kind == self }?.expectsMove ?? true }
}

/// The resources a drill is about, by the student's own names.
struct DrillResources: Hashable {
    var vip: String
    /// Nil where the cluster runs no web server (yet).
    var web: String?
    /// The group that holds the virtual IP; nil where there is none.
    var group: String?
    /// All that has to be with the virtual IP, itself included, in the configuration's order.
    var together: [String]

    /// As a plan keeps them.
    var subjects: [String: [String]] {
        var subjects = ["vip": [vip], "together": together]
        subjects["web"] = web.map { [$0] }
        subjects["group"] = group.map { [$0] }
        return subjects
    }
}

extension DrillPlan {
    var resources: DrillResources {
        DrillResources(
            vip: subjects["vip"]?.first ?? "", web: subjects["web"]?.first,
            group: subjects["group"]?.first, together: subjects["together"] ?? [])
    }
}
