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
}
