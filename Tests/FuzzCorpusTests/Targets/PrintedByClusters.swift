import Foundation
import GraderCore

@testable import Exercises
@testable import Pacemaker

extension FuzzTarget {
    /// What Corosync, Pacemaker and crmsh print.
    static let printedByClusters: [FuzzTarget] = [
        FuzzTarget("crm", text: 8192) { text in
            try Probing.askEverything(CrmShowReader.read(text))
        },
        FuzzTarget("cib", upTo: 16384) { bytes in
            let cib = CIBReader.read(bytes)
            try Probing.askEverything(cib.configuration)
            _ = cib.nodeStates.flatMap(\.operations)
            // One that is cut off has a version and no whole configuration section: then nothing is the same.
            let isWhole = bytes.firstRange(of: Array("</configuration>".utf8)) != nil
            try expect(
                cib.configuration.primitives.isEmpty || !isWhole
                    || CIBReader.haveSameConfiguration(bytes, bytes),
                "a CIB is not its own equal")
            let failure = SchedulerQuestion.Failure(
                resource: "vip", interval: .seconds(20), node: "serv1", count: 3)
            if let question = SchedulerQuestion(bytes, nodes: ["serv1", "serv2"], failure: failure) {
                _ = question.arguments
            }
            let snapshot = ClusterSnapshot(cib: Bytes(bytes), facts: [:])
            try expect(snapshot.differences(to: snapshot).isEmpty, "a snapshot differs from itself")
        },
        FuzzTarget("mon-xml", upTo: 16384) { bytes in
            try Probing.askEverything(ClusterStatusReader.read(bytes))
        },
        FuzzTarget("mon-text", text: 4096) { text in
            try Probing.askEverything(ClusterStatusReader.read(printed: text))
        },
        FuzzTarget("logs", text: 16384) { text in
            let history = ClusterHistory.read(text)
            for resource in ["vip", "web", ""] {
                _ = history.standbyFailover(of: resource)
                _ = history.shutdownFailover(of: resource)
                _ = history.recovery(of: resource)
                _ = history.firstStart(of: resource)
                _ = history.unexplainedMove(of: resource)
            }
            _ = ClusterLog.entries(text)
            let brackets = DrillBrackets(TextLines(text).lines)
            _ = brackets.contains("Nov 22 18:13:18")
            guard let log = NodeLog(text) else { return }
            for found in log.histories() { _ = found.history.standbyFailover(of: "vip", others: [history]) }
            _ = log.histories(without: brackets)
        },
        FuzzTarget("corosync", text: 4096) { text in
            let configuration = CorosyncConfiguration.read(text)
            try expect(CorosyncConfiguration.read(text) == configuration, "read twice, it is not the same")
        },
        FuzzTarget("forecast", text: 16384) { text in
            guard let forecast = SchedulerForecast(text) else { return }
            for resource in ["vip", "web", ""] {
                for node in forecast.names { _ = forecast.prefers(node, for: resource) }
            }
            for node in forecast.names { _ = forecast.mayRun(["vip", "web"], on: node) }
        },
    ]
}

/// Asks readings all that questions ask of them.
enum Probing {
    static func askEverything(_ configuration: ClusterConfiguration) throws {
        _ = try configuration.facts.json()
        _ = configuration.replacingHidden(with: "x").leavingOut(hiddenIn: configuration)
        let nodes = configuration.nodes.prefix(4).map(\.name) + ["serv1"]
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        for primitive in configuration.primitives.prefix(8) {
            _ = configuration.agent(of: primitive)
            _ = configuration.containers(of: primitive.id)
            _ = configuration.effectiveParameter("ip", of: primitive)
            _ = configuration.possibleParameters("ip", of: primitive)
            _ = configuration.effectiveMeta("resource-stickiness", of: primitive.id)
            _ = configuration.migrationThreshold(of: primitive.id)
            _ = configuration.isManaged(primitive.id)
            _ = configuration.recurringMonitors(of: primitive)
            for operation in configuration.effectiveOperations(of: primitive) {
                _ = configuration.effectiveTimeout(of: operation)
            }
            _ = configuration.effectiveTimeout(of: "start", primitive: primitive)
            let standing = configuration.standing(of: primitive.id, at: now)
            for node in nodes {
                _ = standing.score(on: node)
                _ = standing.mayRun(on: node)
                for other in nodes where standing.prefers(node, to: other) == true {
                    try expect(
                        standing.prefers(other, to: node) != true,
                        "\(primitive.id) prefers \(node) to \(other) and the reverse")
                }
            }
            for other in configuration.primitives.prefix(8) {
                _ = configuration.colocationScore(primitive.id, other.id)
                _ = configuration.runTogether(primitive.id, other.id)
                _ = configuration.starts(primitive.id, before: other.id)
            }
        }
    }

    static func askEverything(_ status: ClusterStatus) throws {
        _ = try status.facts.json()
        for resource in status.resources.prefix(8) {
            _ = status.instances(of: resource.id)
            _ = status.activeNodes(of: resource.id)
        }
        for node in status.nodes.prefix(8) {
            try expect(status.node(node.name) != nil, "\(node.name) is not found by its name")
        }
    }
}
