import GraderCore
import LinuxFacts
import Pacemaker

@testable import Exercises

/// A kind of sentence that says that something is not there, or runs nowhere, with a second way of seeing that it is so.
struct AbsenceClaim {
    /// Of the whole sentence, in English.
    let sentence: Regex<AnyRegexOutput>
    /// Whether it is true, by the raw evidence; what the sentence names comes in the expression's order.
    let isTrue: (_ named: [String], RawEvidence, CheckResult) -> Bool

    static func make(
        _ sentence: String, _ isTrue: @escaping ([String], RawEvidence, CheckResult) -> Bool
    ) throws -> AbsenceClaim {
        AbsenceClaim(sentence: try Regex(sentence), isTrue: isTrue)
    }

    static func all() throws -> [AbsenceClaim] {
        try whereItRuns() + forbidden() + configured() + onTheMachines() + outside() + history()
    }

    // MARK: - Where things run

    private static func whereItRuns() throws -> [AbsenceClaim] {
        func viewsDiffer(_ raw: RawEvidence) -> Bool {
            let ids = Set(raw.views.values.flatMap { $0.tags("resource").compactMap { $0["id"] } })
            return raw.views.count == 2
                && ids.contains { id in
                    let active = raw.views.values.map { view in
                        view.blocks("resource").filter { $0.id == id && raw.isActive(id, in: $0) }
                            .flatMap { $0.tags("node").compactMap { $0["name"] } }
                    }
                    return Set(active).count > 1
                }
        }
        return [
            try .make(#"(.*\S) is (?:not up on any node|on no node)"#) { named, raw, _ in
                MachineID.pair.allSatisfy { !raw.has($0, address: named[0]) }
            },
            try .make(#"(\S+) is on no node, and (\S+) is not started anywhere"#) { named, raw, _ in
                MachineID.pair.allSatisfy { !raw.has($0, address: named[0]) }
                    && raw.isInactiveEverywhere(named[1])
            },
            try .make(#"(\S+) is on (\S+), but the cluster has not started the resource anywhere"#) {
                named, raw, _ in
                guard let id = raw.configurations.first?.address?.id, let role = raw.role(named[1]) else {
                    return false
                }
                return raw.has(role, address: named[0]) && raw.isInactiveEverywhere(id)
            },
            try .make(#"(\S+) is not started on any node"#) { named, raw, _ in
                raw.isInactiveEverywhere(named[0])
            },
            try .make(#"(?:.*: |.* but )?the two nodes disagree: .*"#) { _, raw, _ in viewsDiffer(raw) },
            try .make(#"crm_mon says (\S+) is started on (\S+), but (\S+) is on no node"#) { named, raw, _ in
                !raw.isInactiveEverywhere(named[0])
                    && MachineID.pair.allSatisfy { !raw.has($0, address: named[2]) }
            },
            try .make(#"crm_mon says (\S+), but (\S+) is nowhere"#) { named, raw, _ in
                MachineID.pair.allSatisfy { !raw.has($0, address: named[1]) }
            },
            try .make(#"but (\S+) is not on (\S+)"#) { named, raw, _ in
                raw.role(named[1]).map { !raw.has($0, address: named[0]) } ?? false
            },
            try .make(#"no node in standby"#) { _, raw, _ in
                raw.views.values.allSatisfy { view in
                    view.tags("node").allSatisfy { $0["standby"] != "true" }
                }
                    && MachineID.pair.allSatisfy { role in
                        let text = raw.text(ClusterProbe.cib, on: role) ?? ""
                        return RawXML(text[...]).values("standby").allSatisfy {
                            ["off", "false", "0", "no"].contains($0)
                        }
                    }
            },
            // A probe that found no agent is no failure: that has a check of its own.
            try .make(#"none"#) { _, raw, _ in
                !raw.views.isEmpty
                    && raw.views.values.allSatisfy { view in
                        view.tags("failure").allSatisfy {
                            $0["exitcode"] == "5" && $0["op_key"]?.hasSuffix("_monitor_0") == true
                        }
                    }
            },
            try .make(#"the nodes that answer have no quorum"#) { _, raw, _ in
                raw.views.values.contains { $0.tags("current_dc").first?["with_quorum"] == "false" }
            },
            try .make(#"each of the two nodes is online, but believes the other to be offline"#) {
                _, raw, _ in
                MachineID.pair.allSatisfy { role in
                    raw.views[role]?.tags("node").contains {
                        $0["name"] == role.peer.rawValue && $0["online"] == "false"
                    } ?? false
                }
            },
        ]
    }

    // MARK: - What constraints forbid

    private static func forbidden() throws -> [AbsenceClaim] {
        [
            try .make(#"(\S+) never runs on (\S+): its score there is (-\d+), below zero \((\S+)\)"#) {
                named, raw, _ in
                raw.some { configuration in
                    configuration.tags("rsc_location").contains {
                        $0["id"] == named[3] && $0["node"] == named[1] && $0["score"] == named[2]
                    }
                }
            },
            try .make(#"nothing lets (\S+) run on (\S+) \(.*\)"#) { named, raw, _ in
                raw.some { configuration in
                    let locations = configuration.tags("rsc_location")
                    let isOptIn = configuration.values("symmetric-cluster") == ["false"]
                    let isExclusive = locations.contains { $0["resource-discovery"] == "exclusive" }
                    return (isOptIn || isExclusive) && !locations.contains { $0["node"] == named[1] }
                }
            },
            try .make(#"what these constraints do cannot be worked out from here, .*"#) { _, raw, result in
                MachineID.pair.allSatisfy { raw.text(ClusterProbe.scheduler, on: $0) == nil }
                    && result.verdict == .notAssessed(.noEvidence)
            },
        ]
    }

    // MARK: - What is configured

    private static func configured() throws -> [AbsenceClaim] {
        func address(_ raw: RawEvidence, lacks name: String) -> Bool {
            raw.some { configuration in
                guard let address = configuration.address else { return false }
                return address.blocks("instance_attributes").allSatisfy {
                    $0.holds("rule") || $0.values(name).isEmpty
                }
            }
        }
        func operations(_ result: CheckResult, _ configuration: RawXML) -> [RawTag]? {
            let block = result.id.rawValue.hasPrefix("Q1") ? configuration.address : configuration.webServer
            return block?.tags("op")
        }
        return [
            try .make(
                #"There is no virtual IP resource yet \(Q1\)\.|no primitive ocf:heartbeat:IPaddr2 in the configuration"#
            ) { _, raw, _ in raw.some { $0.address == nil } },
            try .make(
                #"The cluster does not manage the web server yet \(Q7\)\.|no primitive for a web server"#
            ) {
                _, raw, _ in raw.some { $0.webServer == nil }
            },
            try .make(#"no primitive for this web server"#) { _, raw, _ in
                raw.some { $0.webServer == nil && $0.holds("primitive") }
            },
            try .make(#"no resource yet"#) { _, raw, _ in raw.some { !$0.holds("primitive") } },
            try .make(#"no cidr_netmask: .*"#) { _, raw, _ in address(raw, lacks: "cidr_netmask") },
            try .make(#"no nic: .*"#) { _, raw, _ in address(raw, lacks: "nic") },
            try .make(#"no label"#) { _, raw, _ in address(raw, lacks: "iflabel") },
            try .make(#"no recurring monitor \(no op monitor, or an interval of zero\)"#) { _, raw, result in
                raw.some { configuration in
                    operations(result, configuration)?.allSatisfy { operation in
                        operation["name"] != "monitor"
                            || ["0", "0s", nil].contains(operation["interval"])
                    } ?? false
                }
            },
            try .make(#"no time-out for (\S+): the default applies \((\d+)s\)"#) { named, raw, result in
                raw.some { configuration in
                    let isOwn =
                        operations(result, configuration)?.contains {
                            $0["name"] == named[0] && $0["timeout"] != nil
                        } ?? true
                    let defaults = configuration.blocks("op_defaults").flatMap { $0.values("timeout") }
                    return !isOwn && (defaults.first ?? "20").hasPrefix(named[1])
                }
            },
            try .make(#"no threshold in force for the web service"#) { _, raw, _ in
                raw.some { configuration in
                    guard let web = configuration.webServer?.id else { return false }
                    let around = ["group", "clone", "master", "rsc_defaults"].flatMap {
                        configuration.blocks($0)
                    }.filter { block in
                        block.all.first?.isNamed("rsc_defaults") == true
                            || block.tags("primitive").contains { $0["id"] == web }
                    }
                    // What another member has for itself is not in force for it.
                    let others = configuration.blocks("primitive").filter { $0.id != web }
                        .flatMap { $0.values("migration-threshold") }
                    let given =
                        around.flatMap { $0.values("migration-threshold") }
                        + (configuration.primitive(web)?.values("migration-threshold") ?? [])
                    return given.allSatisfy { ["0", "INFINITY"].contains($0) || others.contains($0) }
                }
            },
            try .make(#"nothing ties (\S+) and (\S+) together"#) { named, raw, _ in
                raw.some { configuration in
                    !configuration.group(of: named[0], named[1])
                        && configuration.tags("rsc_colocation").allSatisfy {
                            Set([$0["rsc"], $0["with-rsc"]]) != Set(named)
                        }
                }
            },
            try .make(#"nothing says in which order the address and the service start"#) { _, raw, _ in
                raw.some { configuration in
                    guard let address = configuration.address?.id, let web = configuration.webServer?.id
                    else { return false }
                    return !configuration.group(of: address, web)
                        && configuration.tags("rsc_order").allSatisfy {
                            $0["kind"] == "Optional" || $0["score"] == "0"
                                || Set([$0["first"], $0["then"]]) != Set([address, web])
                        }
                }
            },
            // One by a rule is out of force while the attribute is there that it asks for.
            try .make(#"no ban in force"#) { _, raw, _ in
                let isConnected = (raw.text(ClusterProbe.cib, on: .serv1) ?? "")
                    .contains("name=\"pingd\" value=\"1000\"")
                return raw.every { configuration in
                    configuration.blocks("rsc_location").allSatisfy { block in
                        !block.all.contains { $0["score"] == "-INFINITY" }
                            || block.holds("rule") && isConnected
                    }
                }
            },
            try .make(#"no clone"#) { _, raw, _ in
                raw.every { !$0.holds("clone") && !$0.holds("master") }
            },
            // One that a rule guards may be out of force.
            try .make(#"(\S+) is on (\S+), but no constraint in force says to prefer that node"#) {
                _, raw, _ in
                raw.some { configuration in
                    configuration.blocks("rsc_location").allSatisfy { $0.holds("rule") }
                }
            },
            try .make(#"(\S+): score (\S+) on (\S+) and on (\S+) alike, so no preference"#) { named, raw, _ in
                func scores(_ configuration: RawXML, _ node: String) -> [String] {
                    configuration.tags("rsc_location").filter { $0["node"] == node }
                        .compactMap { $0["score"] }.sorted()
                }
                return raw.some { scores($0, named[2]) == scores($0, named[3]) }
            },
            try .make(#"stonith-enabled is true \(the default\) and there is no device: nothing is started"#)
            {
                _, raw, _ in
                raw.some { configuration in
                    configuration.values("stonith-enabled").allSatisfy { $0 != "false" }
                        && configuration.tags("primitive").allSatisfy { $0["class"] != "stonith" }
                }
            },
            try .make(#"(\S+) is not managed by the cluster \(unmanaged\)"#) { named, raw, _ in
                raw.some { configuration in
                    let names = ["is-managed", "is-managed-default"]
                    return names.flatMap { configuration.values($0) }.contains("false")
                        || configuration.values("maintenance").contains("true")
                }
            },
            try .make(#"maintenance-mode=true: the cluster touches nothing any more"#) { _, raw, _ in
                raw.some { $0.values("maintenance-mode").contains("true") }
            },
        ]
    }
}
