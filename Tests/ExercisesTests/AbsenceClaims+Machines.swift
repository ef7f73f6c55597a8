import GraderCore
import LinuxFacts
import Pacemaker

@testable import Exercises

extension AbsenceClaim {
    // MARK: - On the machines

    static func onTheMachines() throws -> [AbsenceClaim] {
        /// Whether nothing came of what the check looked at on that node.
        func isUnread(_ label: String, _ raw: RawEvidence, _ result: CheckResult) -> Bool {
            guard let role = raw.role(label) else { return false }
            let prefix = role.rawValue + "/"
            let probes = result.sources.map(\.rawValue).filter { $0.hasPrefix(prefix) }
            return !probes.isEmpty
                && probes.contains { raw.text(String($0.dropFirst(prefix.count)), on: role) == nil }
        }
        func listens(_ label: String, _ port: String, _ raw: RawEvidence) -> Bool? {
            raw.role(label).flatMap { raw.text(WebPort.listening, on: $0) }.map { text in
                text.split(separator: "\n").contains { line in
                    line.split(separator: " ").prefix(4).contains { $0.hasSuffix(":\(port)") }
                }
            }
        }
        return [
            try .make(#"(?:\S+ is on \S+, but )?(\S+)'s (?:addresses|files|interfaces) could not be read"#) {
                named, raw, result in
                guard let role = raw.role(named[0]) else { return false }
                return isUnread(named[0], raw, result)
                    || raw.text(ClusterProbe.addresses, on: role) == nil
            },
            try .make(#"The cluster's configuration could not be read on any node(?: reached)?\."#) {
                _, raw, _ in
                // The live one: what lies on a disk is nobody's where Pacemaker does not run.
                MachineID.pair.allSatisfy {
                    raw.text(ClusterProbe.cib, on: $0)?.contains("<configuration") != true
                }
            },
            try .make(
                #"Pacemaker is stopped on (.+): there is no cluster to read there\. Start it .+, and try again\."#
            ) { _, raw, _ in
                raw.evidence.reached.allSatisfy {
                    raw.text(ClusterProbe.daemons, on: $0)?.contains("pacemakerd stopped") == true
                }
            },
            try .make(#"The cluster's state \(crm_mon\) could not be read on any node reached\."#) {
                _, raw, _ in raw.views.isEmpty
            },
            try .make(#"(\S+): (\S+) is on no interface"#) { named, raw, _ in
                raw.role(named[0]).map { !raw.has($0, address: named[1]) } ?? false
            },
            try .make(#"(\S+): could not be seen"#) { named, raw, result in
                isUnread(named[0], raw, result)
            },
            try .make(#"by no file"#) { _, raw, _ in
                MachineID.pair.allSatisfy { role in
                    guard let text = raw.text(StaticConfiguration.probe, on: role) else { return false }
                    // The address that the cluster gives, with nothing before it that makes it a comment, in a file that
                    // its reader takes: scripts that may be run, networkd's where that is on.
                    let isNetworkdOff = text.contains(
                        /Id=systemd-networkd\.service\n.*\n.*=inactive\nunit UnitFileState=disabled/)
                    let files = text.split(separator: "\nfile ").filter { file in
                        let heading = file.prefix { $0 != "\n" }
                        if heading.contains("/systemd/network/"), isNetworkdOff { return false }
                        let isScript = heading.contains("/rc.local") || heading.contains("/if-up.d/")
                        return !isScript || heading.hasPrefix("x ") && !heading.hasSuffix(".sh")
                    }
                    let lines = files.map { $0.split(separator: "\n") }
                    let started = lines.joined().map { $0.split(separator: " ") }.filter {
                        $0.first.map { $0 == "auto" || $0.hasPrefix("allow-") } ?? false
                    }.joined()
                    return lines.allSatisfy { file in
                        // Of ifupdown: what nothing starts by itself gives no address at boot.
                        var isStarted = true
                        return file.allSatisfy { line in
                            let words = line.split(separator: " ")
                            if words.count > 1, words[0] == "iface" { isStarted = started.contains(words[1]) }
                            return !isStarted || line.contains("#")
                                || !["address ", "addr add ", "Address="].contains {
                                    line.contains("\($0)\(raw.vip)")
                                }
                        }
                    }
                }
            },
            try .make(#"nic=(\S+), but (\S+) has no such interface.*"#) { named, raw, _ in
                guard let role = raw.role(named[1]) else { return false }
                return raw.text(ClusterProbe.addresses, on: role)?.contains("\"\(named[0])\"") == false
            },
            try .make(#"(\S+): missing: (\S+)"#) { named, raw, _ in
                guard let role = raw.role(named[0]) else { return false }
                return raw.text(HealthProbe.agents, on: role)?.contains("absent \(named[1])") == true
            },
            try .make(#"(\S+): port (\d+) (?:.*), (nothing listens|listening sockets not read|.* listening)"#)
            {
                named, raw, _ in
                switch named[2] {
                case "nothing listens": listens(named[0], named[1], raw) == false
                case "listening sockets not read": listens(named[0], named[1], raw) == nil
                default: listens(named[0], named[1], raw) == true
                }
            },
            try .make(#"(\S+) started on (\S+), but nothing listens on port (\d+) there .*"#) {
                named, raw, _ in
                !raw.isInactiveEverywhere(named[0]) && listens(named[1], named[2], raw) == false
            },
            try .make(#"(\S+): (\S+), but without “(.*)”"#) { named, raw, _ in
                guard let role = raw.role(named[0]) else { return false }
                return raw.text(HealthProbe.site, on: role)?.contains(named[2]) == false
            },
            try .make(#"(\S+): no page in (\S+)"#) { named, raw, _ in
                guard let role = raw.role(named[0]), let text = raw.text(HealthProbe.site, on: role) else {
                    return false
                }
                return text.contains(named[1]) && !text.contains("<html")
            },
            try .make(#"no fault found"#) { _, raw, _ in
                MachineID.pair.contains { raw.evidence.complete(HealthProbe.verify, on: $0) != nil }
                    && MachineID.pair.allSatisfy { role in
                        let said = raw.evidence.result(of: HealthProbe.verify, on: role)
                        return said.map { !$0.standardError.text.contains("not valid") } ?? true
                    }
            },
            try .make(#"crm_verify could not be run"#) { _, raw, _ in
                MachineID.pair.allSatisfy { raw.evidence.complete(HealthProbe.verify, on: $0) == nil }
            },
        ]
    }

    // MARK: - From outside

    static func outside() throws -> [AbsenceClaim] {
        func exchanges(_ raw: RawEvidence) -> [HTTPExchange] {
            raw.evidence.observations.compactMap {
                if case .http(let exchange) = $0.outcome { exchange } else { nil }
            }
        }
        return [
            try .make(#"(\S+):(\d+) does not answer"#) { named, raw, _ in
                exchanges(raw).contains {
                    guard $0.request.address.description == named[0], case .notConnected = $0.answer else {
                        return false
                    }
                    return true
                }
            },
            try .make(#"but on the wire nobody answers for (\S+)"#) { named, raw, _ in
                MachineID.pair.contains { role in
                    let text = raw.text(VIPNeighbours.probe, on: role) ?? ""
                    return text.contains(named[0]) && (text.contains("FAILED") || text.contains("INCOMPLETE"))
                }
            },
            try .make(#"a machine that is not of the pair \((\S+)\) answers for .*"#) { named, raw, _ in
                MachineID.pair.allSatisfy {
                    raw.text(ClusterProbe.addresses, on: $0)?.contains(named[0]) == false
                }
            },
            try .make(#"(\S+) → (.*)"#) { named, raw, _ in
                // Each address with whose it is.
                named[1].matches(of: /([0-9a-f.:]+) \(neither machine's\)/).allSatisfy { match in
                    MachineID.pair.allSatisfy { !raw.has($0, address: String(match.output.1)) }
                }
            },
            try .make(#"(\S+): no record \((\S+): (\S+)\)"#) { named, raw, _ in
                raw.evidence.observations.contains {
                    guard case .dns(let exchange) = $0.outcome else { return false }
                    return exchange.records.isEmpty
                        && "\(exchange)".lowercased().contains(named[2].lowercased())
                }
            },
        ]
    }

    // MARK: - History, drills, the rubric

    static func history() throws -> [AbsenceClaim] {
        /// The lines of both nodes' logs in the order of their times, what a drill did left out.
        func log(_ raw: RawEvidence) -> [Substring] {
            MachineID.pair.flatMap { role in
                (raw.text(ClusterProbe.history, on: role) ?? "").split(separator: "\n")
            }.filter { !$0.contains("bascule") }.sorted()
        }
        func does(_ action: String, _ raw: RawEvidence) -> Bool { log(raw).contains { $0.contains(action) } }
        /// Whether the web server was to be recovered and was started after that.
        func wasRecovered(_ raw: RawEvidence) -> Bool {
            let lines = log(raw)
            guard let web = raw.configurations.first?.webServer?.id,
                let start = lines.firstIndex(where: { $0.contains("Recover ") && $0.contains(web) })
            else { return false }
            return lines[start...].contains {
                $0.contains("Result of start operation for \(web)") && $0.contains(": ok")
            }
        }
        /// Whether the web server was to be moved in the second in which its node was said to be out of service.
        func wasMovedAway(_ raw: RawEvidence) -> Bool {
            let lines = log(raw)
            let words = ["in standby", "shutting down", "is lost", "will be fenced", "is unclean"]
            return lines.contains { line in
                guard line.contains(" Move "), let web = raw.configurations.first?.webServer?.id,
                    line.contains(web)
                else { return false }
                // `Nov 22 21:45:03`
                let moment = lines.filter { $0.prefix(15) == line.prefix(15) }
                // Standby until the next reboot is what a drill does: it counts as nobody's test.
                return !lines.contains {
                    $0.contains("\"status-") && $0.contains("-standby\"")
                } && moment.contains { other in words.contains { other.contains($0) } }
            }
        }
        return [
            try .make(#"The cluster's history could not be read on (\S+): a try may be in it\."#) {
                named, raw, _ in
                raw.role(named[0]).map { raw.evidence.complete(ClusterProbe.history, on: $0) == nil } ?? false
            },
            try .make(
                #"The cluster's history is not kept on (\S+) and (\S+) \(.*\): a try leaves no trace there\."#
            ) {
                _, raw, _ in
                MachineID.pair.allSatisfy {
                    raw.text(ClusterProbe.history, on: $0)?.contains("#logfile none\n") ?? false
                }
            },
            // A move takes a resource away from a node that is in standby, shutting down or gone, and each of these
            // leaves its own word.
            try .make(
                #"The cluster's history(?: shows no such try \(it may have been erased\)|, kept since it was made, shows no such try| shows no such try, but .*\(what came before may have been erased\)): .*"#
            ) {
                _, raw, result in
                switch result.id {
                case "Q6.standby": !(does(" Move ", raw) && does("in standby", raw))
                case "Q6.shutdown": !(does(" Move ", raw) && does("shutting down", raw))
                default: !wasRecovered(raw) && !wasMovedAway(raw)
                }
            },
            try .make(#"no trace of a failure of the web service alone"#) { _, raw, _ in !wasRecovered(raw) },
            try .make(#"no trace of a server out of service that had the web service"#) { _, raw, _ in
                !wasMovedAway(raw)
            },
            try .make(#"Drill .*|.*the address did not answer.*"#) { _, raw, _ in
                raw.evidence.drills?.isEmpty == false
            },
            try .make(#"The rubric does not ask for the reverse record\."#) { _, _, result in
                result.verdict == .notRequested(.removed)
            },
        ]
    }
}
