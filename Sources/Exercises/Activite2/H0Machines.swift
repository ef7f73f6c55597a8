import GraderCore
import LinuxFacts
import Pacemaker

/// The part of H0 that looks at each machine: what the active node has, the other needs too, or failover fails on
/// the day it is needed.
enum H0Machines {
    static func judge(_ findings: Findings) -> [CheckResult] {
        [
            onBoth(H0.boot, HealthProbe.boot, findings) { _, output in boot(output) },
            interface(findings),
            agents(findings),
            webConfiguration(findings),
            site(findings),
        ]
    }

    /// A mistake on one node, or what is right with it.
    private enum Finding {
        case right(LocalizedText)
        case wrong(LocalizedText)
        case unseen
    }

    /// Met only where both nodes were seen to be right; one that is wrong is enough.
    private static func onBoth(
        _ check: CheckDefinition, _ probe: String, _ findings: Findings,
        _ read: (MachineID, Bytes) -> Finding
    ) -> CheckResult {
        let outcomes = MachineID.pair.map { role -> (MachineID, Finding) in
            (role, findings.evidence.complete(probe, on: role).map { read(role, $0) } ?? .unseen)
        }
        return combined(check, outcomes, findings, MachineID.pair.map { ProbeID($0, probe) })
    }

    private static func combined(
        _ check: CheckDefinition, _ outcomes: [(MachineID, Finding)], _ findings: Findings,
        _ sources: [ProbeID]
    ) -> CheckResult {
        var texts: [LocalizedText] = []
        var verdict = Verdict.met
        for (role, outcome) in outcomes {
            let name = findings.label(role)
            switch outcome {
            case .right(let found): texts.append(H0.on(name, found))
            case .wrong(let found):
                texts.append(H0.on(name, found))
                verdict = .notMet
            case .unseen:
                texts.append(H0.on(name, H0.notSeen))
                if verdict == .met { verdict = .notAssessed(.noEvidence) }
            }
        }
        return check.judged(verdict, H0.list(texts), sources)
    }

    private static func boot(_ output: Bytes) -> Finding {
        var states: [Substring: Substring] = [:]
        for line in output.text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2 { states[words[0]] = words[1] }
        }
        let units: [Substring] = ["corosync", "pacemaker"]
        let known = units.compactMap { unit in states[unit].map { (unit, $0) } }
        // systemctl(1), is-enabled: these are started at boot, or need not be enabled; those are not.
        let starting: Set<Substring> = [
            "enabled", "enabled-runtime", "static", "alias", "indirect", "generated",
        ]
        let notStarting: Set<Substring> = [
            "disabled", "masked", "masked-runtime", "linked", "linked-runtime", "transient", "bad",
            "not-found",
        ]
        guard known.count == units.count,
            known.allSatisfy({ starting.contains($0.1) || notStarting.contains($0.1) })
        else { return .unseen }
        let text = LocalizedText(verbatim: known.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
        return known.allSatisfy { starting.contains($0.1) } ? .right(text) : .wrong(text)
    }

    /// The interface with the node's own address in the lab network, and that it is up.
    private static func interface(_ findings: Findings) -> CheckResult {
        let outcomes = MachineID.pair.map { role -> (MachineID, Finding) in
            guard let interfaces = findings.interfaces[role],
                let address = findings.lab.addresses[role].flatMap({ IPAddress($0) })
            else { return (role, .unseen) }
            guard let holder = interfaces.holder(of: address) else {
                return (role, .wrong(H0.addressNowhere(address.description)))
            }
            let text = LocalizedText(verbatim: "\(address) (\(holder.interface.name))")
            guard holder.interface.flags.contains("UP") else {
                return (role, .wrong(text + H0.interfaceDown))
            }
            return (role, .right(text))
        }
        return combined(
            H0.interface, outcomes, findings,
            MachineID.pair.map { ProbeID($0, ClusterProbe.addresses) })
    }

    private static func agents(_ findings: Findings) -> CheckResult {
        // Which agents there have to be is the CIB's to say.
        guard !findings.cibs.isEmpty else { return H0.agents.unseen(.noConfiguration) }
        guard !HealthProbe.agentsConfigured(findings).isEmpty else {
            return H0.agents.judged(
                .blocked(by: Q1.primitive.id), H0.noResources, findings.configurations.map(\.probe))
        }
        return onBoth(H0.agents, HealthProbe.agents, findings) { _, output in
            var present: [String] = []
            var absent: [String] = []
            for line in output.text.split(separator: "\n") {
                let words = line.split(separator: " ", maxSplits: 1)
                guard words.count == 2 else { return .unseen }
                switch words[0] {
                case "present": present.append(String(words[1]))
                case "absent": absent.append(String(words[1]))
                case "unknown": continue
                default: return .unseen
                }
            }
            if !absent.isEmpty { return .wrong(H0.missing(absent)) }
            return present.isEmpty
                ? .unseen : .right(LocalizedText(verbatim: present.joined(separator: ", ")))
        }
    }

    /// The web server's own word on its configuration; a non-zero exit is the answer.
    private static func webConfiguration(_ findings: Findings) -> CheckResult {
        let outcomes = MachineID.pair.map { role -> (MachineID, Finding) in
            guard let result = findings.evidence.result(of: HealthProbe.webConfiguration, on: role) else {
                return (role, .unseen)
            }
            let output = result.standardOutput.text + "\n" + result.standardError.text
            guard let isRight = HealthProbe.isRight(result.ending, output) else { return (role, .unseen) }
            if isRight { return (role, .right(LocalizedText(verbatim: "Syntax OK"))) }
            let lines = output.split(separator: "\n").filter { !$0.isEmpty }
            // Apache says where in one line and what in the next.
            let start = lines.firstIndex { $0.contains("rror") } ?? lines.startIndex
            let said = lines[start...].prefix(2).joined(separator: " ")
            return (role, .wrong(LocalizedText(verbatim: String(said.prefix(300)))))
        }
        return combined(
            H0.webConfiguration, outcomes, findings,
            MachineID.pair.map { ProbeID($0, HealthProbe.webConfiguration) })
    }

    private struct Site {
        /// Entries in the folders of the web server's configuration.
        var entries = 0
        /// Whether a file holds the text; nil where the search was not brought to its end.
        var hasText: Bool? = false
        var folders: [String] = []
        var missing: [String] = []

        /// nil where the text is not what the script prints, or says of no folder at all.
        init?(_ text: String) {
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ", maxSplits: 2).map(String.init)
                guard words.count == 3 else { return nil }
                switch (words[0], words[1]) {
                case ("missing", "-"): missing.append(words[2])
                case (let count, let found):
                    guard let count = Int(count), ["yes", "no", "unknown"].contains(found) else { return nil }
                    entries += count
                    if found == "yes" { hasText = true }
                    if found == "unknown", hasText == false { hasText = nil }
                    folders.append(words[2])
                }
            }
            if folders.isEmpty, missing.isEmpty { return nil }
        }
    }

    /// Whether both nodes have the site's files. A page that a program makes does not hold the roster's text in a
    /// file; then it only counts that the folder is there and not empty.
    private static func site(_ findings: Findings) -> CheckResult {
        var sites: [MachineID: Site] = [:]
        for role in MachineID.pair {
            sites[role] = findings.evidence.complete(HealthProbe.site, on: role).flatMap { Site($0.text) }
        }
        let isInFiles = sites.values.contains { $0.hasText == true }
        let outcomes = MachineID.pair.map { role -> (MachineID, Finding) in
            guard let site = sites[role] else { return (role, .unseen) }
            if site.entries == 0 { return (role, .wrong(H0.noSite(site.folders + site.missing))) }
            let text = LocalizedText(verbatim: site.folders.joined(separator: ", "))
            if isInFiles, site.hasText == nil { return (role, .unseen) }
            if isInFiles, site.hasText == false {
                return (role, .wrong(text + H0.otherSite(findings.lab.web.expectedText ?? "")))
            }
            return (role, .right(text))
        }
        return combined(
            H0.site, outcomes, findings, MachineID.pair.map { ProbeID($0, HealthProbe.site) })
    }
}
