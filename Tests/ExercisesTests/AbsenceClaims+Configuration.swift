import GraderCore
import LinuxFacts
import Pacemaker

@testable import Exercises

extension AbsenceClaim {
    // MARK: - What is configured

    static func configured() throws -> [AbsenceClaim] {
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
