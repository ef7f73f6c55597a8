import GraderCore
import LinuxFacts
import Pacemaker

@testable import Exercises

/// A recording read a second time, and simply: by the look of its text, with none of the readers that judging uses.
struct RawEvidence {
    let evidence: Evidence
    let vip: String
    /// Every configuration that a node gave as XML, live or on disk, without its status section.
    let configurations: [RawXML]
    /// What `crm_mon` said on each node.
    let views: [MachineID: RawXML]

    init(_ evidence: Evidence) {
        self.evidence = evidence
        vip = PairLab(evidence.lab).vipText
        configurations = [ClusterProbe.cib, ClusterProbe.cibFile].flatMap { probe in
            MachineID.pair.compactMap { role in
                evidence.complete(probe, on: role).flatMap { output in
                    let text = output.text
                    return text.range(of: "</configuration>").map { RawXML(text[..<$0.lowerBound]) }
                }
            }
        }
        var views: [MachineID: RawXML] = [:]
        for role in MachineID.pair {
            views[role] = evidence.complete(ClusterProbe.status, on: role).map { RawXML($0.text[...]) }
        }
        self.views = views.filter { !$0.value.tags("node").isEmpty }
    }

    func text(_ probe: String, on role: MachineID) -> String? { evidence.complete(probe, on: role)?.text }

    /// The machine that a sentence means: the recorded pairs' nodes are called as the roster calls them.
    func role(_ label: String) -> MachineID? { MachineID.pair.first { $0.rawValue == label } }

    /// Whether any of a node's interfaces has the address, by what `ip` printed.
    func has(_ role: MachineID, address: String) -> Bool {
        [ClusterProbe.addresses, ClusterProbe.addressText].contains { probe in
            let text = text(probe, on: role) ?? ""
            return text.contains("\"\(address)\"") || text.contains("inet \(address)/")
                || text.contains("inet6 \(address)/")
        }
    }

    /// Whether a node's `crm_mon` has the resource active.
    func isActive(_ resource: String, in view: RawXML) -> Bool {
        view.tags("resource").contains { tag in
            tag["id"].map { $0 == resource || $0.hasPrefix(resource + ":") } == true
                && tag["active"] == "true"
        }
    }

    func isInactiveEverywhere(_ resource: String) -> Bool {
        !views.isEmpty && views.values.allSatisfy { !isActive(resource, in: $0) }
    }

    /// Whether a configuration, one at least, is like that.
    func some(_ isSo: (RawXML) -> Bool) -> Bool { configurations.contains(where: isSo) }
    func every(_ isSo: (RawXML) -> Bool) -> Bool {
        !configurations.isEmpty && configurations.allSatisfy(isSo)
    }

    /// Whether a command printed this: a quotation, with or without the node's name before it, whatever its blanks.
    func holds(_ words: String) -> Bool {
        func squeezed(_ text: String) -> String {
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let quoted = squeezed(words.replacing(#/^serv\d: /#, with: ""))
        return evidence.observations.contains { observation in
            guard case .command(let output) = observation.outcome else { return false }
            return [output.standardOutput, output.standardError].contains {
                squeezed($0.text).contains(quoted)
            }
        }
    }
}

/// XML cut at every `<`: enough to look for tags and for what stands between two of them.
struct RawXML {
    let all: [RawTag]

    init(_ text: Substring) { all = text.split(separator: "<").map { RawTag(text: $0) } }
    init(all: [RawTag]) { self.all = all }

    func tags(_ name: String) -> [RawTag] { all.filter { $0.isNamed(name) } }

    /// From each tag of that name to its end.
    func blocks(_ name: String) -> [RawXML] {
        all.indices.filter { all[$0].isNamed(name) }.map { start in
            if all[start].isEmpty { return RawXML(all: [all[start]]) }
            let end = all[start...].firstIndex { $0.text.hasPrefix("/\(name)>") } ?? all.endIndex - 1
            return RawXML(all: Array(all[start...end]))
        }
    }

    var id: String? { all.first?["id"] }
    func holds(_ name: String) -> Bool { all.contains { $0.isNamed(name) } }

    /// The values given to that name.
    func values(_ name: String) -> [String] {
        tags("nvpair").filter { $0["name"] == name }.compactMap { $0["value"] }
    }

    /// A primitive with the template it is made from.
    func primitive(_ isMeant: (RawXML) -> Bool) -> RawXML? {
        let templates = blocks("template")
        return blocks("primitive").lazy.map { block in
            let template = templates.first { $0.id != nil && $0.id == block.all.first?["template"] }
            return RawXML(all: block.all + (template?.all ?? []))
        }.first(where: isMeant)
    }
    func primitive(_ id: String) -> RawXML? { primitive { $0.id == id } }

    var address: RawXML? {
        primitive { block in
            block.all.contains { ["IPaddr", "IPaddr2"].contains($0["type"]) } || !block.values("ip").isEmpty
        }
    }
    var webServer: RawXML? {
        let names = ["apache", "apache2", "httpd", "nginx"]
        return primitive { block in
            block.all.contains { tag in
                guard let type = tag["type"] else { return false }
                return names.contains { type == $0 || type == $0 + ".service" }
            }
        }
    }

    /// Whether a group holds both.
    func group(of one: String, _ other: String) -> Bool {
        blocks("group").contains { group in
            let ids = group.tags("primitive").compactMap { $0["id"] }
            return ids.contains(one) && ids.contains(other)
        }
    }
}

struct RawTag {
    let text: Substring

    var isEmpty: Bool { text.contains("/>") }
    func isNamed(_ name: String) -> Bool {
        text.hasPrefix(name) && [" ", ">", "/", "\n"].contains(text.dropFirst(name.count).first)
    }
    subscript(attribute: String) -> String? {
        guard let start = text.range(of: " \(attribute)=\"")?.upperBound,
            let end = text[start...].firstIndex(of: "\"")
        else { return nil }
        return String(text[start..<end])
    }
}
