import Foundation
import GraderCore

/// One machine that is looked at, or nil where something is that is no machine's: an address that both may have, a name
/// server.
typealias LookTarget = MachineID?

/// What the variables stand for in one student's lab, on one machine.
struct LookValues: Sendable {
    var evidence: Evidence
    var machine: LookTarget

    /// Of `student`, `machine`, `machine.address`, `serv1.address`, and the roster's keys; nil of what stands for nothing.
    func callAsFunction(_ name: String) -> String? {
        switch name {
        case "student": return evidence.student
        case "machine": return machine?.rawValue
        case "machine.address": return machine.flatMap { evidence.lab.addresses[$0] }
        default: break
        }
        if name.hasSuffix(".address"),
            let address = evidence.lab.addresses[MachineID(String(name.dropLast(8)))]  // bounded: a key
        {
            return address
        }
        let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        var value = evidence.lab[path[0]]  // bounded: a split leaves one at least
        for key in path.dropFirst() { value = value?[key] }
        return value?.text ?? value?.number.map(String.init)
    }

    /// Every name that may be written in a declaration of an exercise.
    static func names(machines: [MachineID], labKeys: [LabKey]) -> [String] {
        let keys = labKeys.flatMap { key -> [String] in
            switch key.kind {
            case .serviceAddress: [key.name]
            case .nameServer: ["\(key.name).server"]
            case .website: ["scheme", "port", "host", "path", "expectedText"].map { "\(key.name).\($0)" }
            case .text, .number, .choice: [key.name]
            }
        }
        return ["student", "machine", "machine.address"] + machines.map { "\($0).address" } + keys
    }
}

/// Why a look cannot be made of a student's lab.
enum LookObstacle: Error, Hashable {
    /// The roster says nothing of it: then the check is no part of that student's lab.
    case valueMissing(String)
    /// What the roster says would be read otherwise than meant.
    case valueUnfit(String)
}

/// A URL's parts, for a request to an address that is not looked up.
struct HTTPLook {
    var url: URL
    var host: String
    var isTLS: Bool
    var port: Int

    /// Nil for what is no URL of HTTP with a host.
    init?(_ text: String) {
        guard text.utf8.count <= 2_000, let url = URL(string: text), let scheme = url.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = url.host(), !host.isEmpty
        else { return nil }
        let port = url.port ?? (scheme == "https" ? 443 : 80)
        guard 1...65_535 ~= port else { return nil }
        (self.url, self.host, self.port) = (url, host, port)
        isTLS = scheme == "https"
    }

    func request(to address: String, mark: String) -> HTTPProbeRequest {
        let path = url.path(percentEncoded: true)
        let query = url.query(percentEncoded: true).map { "?\($0)" } ?? ""
        let isUsualPort = port == (isTLS ? 443 : 80)
        let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return HTTPProbeRequest(
            address: address, port: port, tls: isTLS, host: isUsualPort ? name : "\(name):\(port)",
            target: (path.isEmpty ? "/" : path) + query, userAgent: "Bascule/\(mark)")
    }
}

extension Look {
    /// What is looked at, of the machines that the check is about.
    func targets(_ machines: [MachineID], _ evidence: Evidence) -> [LookTarget] {
        let values = LookValues(evidence: evidence, machine: nil)
        func isOfMachine(_ template: Template) -> Bool {
            template.variables.contains { $0 == "machine" || $0 == "machine.address" }
        }
        let isPerMachine =
            switch kind {
            case .port(_, let address): address.map(isOfMachine) ?? true
            case .dns(let name, _, let server): isOfMachine(name) || isOfMachine(server)
            case .http(let url, let at):
                isOfMachine(url)
                    || (at.map(isOfMachine)
                        ?? ((try? url.filled { values($0) }).flatMap { HTTPLook($0) }
                            .map { IPAddress($0.host) == nil } ?? true))
            default: true
            }
        return isPerMachine ? machines : [nil]
    }
}
