import ClassRun
import Foundation
import GraderCore
import InputFiles
import NetworkProbes
import NIOPosix
import Reports
import SSHTransport

/// One search of a subnet for pairs.
struct Discovery: Sendable {
    var addresses: [IPAddress]
    var user: String
    var identityFiles: [String]
    var knownHostsFile: String
    var className: String
    var exercise: String
    var students: StudentList?
    /// `-`: standard output.
    var roster: String
    /// Of everything that is said or written, but for why a machine could not be logged in to.
    var language: Language

    /// Log-ins under way at once; the machines of a subnet are of one host often enough.
    private static let jobs = 16

    /// Scans for SSH, asks whoever answers, and puts the pairs together.
    func run(progress: @escaping @Sendable (String) -> Void) async throws -> DiscoveredClass {
        let scan: PortScan
        do {
            scan = try PortScan(addresses: addresses, ports: [22])
        } catch {
            Inputs.complain(error.description)
            throw Exit.badInput
        }
        let keys = try await Inputs.reporting { try identityFiles.map { try SSHUserKey(file: $0) } }
        let knownHosts = try await Inputs.reporting { try KnownHosts(file: knownHostsFile) }
        let total = addresses.count
        let isFrench = language == .french
        let report = await scan.run {
            progress(isFrench ? "\($0) adresses sur \(total)" : "\($0) of \(total) addresses")
        }
        let answering = report.hosts.filter { host in
            host.ports.contains { $0.number == 22 && $0.state == .open }
        }.map(\.address)
        if !answering.isEmpty {
            let folder = URL(filePath: knownHostsFile).deletingLastPathComponent()
            try Inputs.reportingNow { try RunFolder.makeFolder(folder.path(percentEncoded: false)) }
        }
        let isPinned = Set(
            answering.filter { !knownHosts.keys(host: $0.description, port: 22).isEmpty })
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let connector = SSHConnector(eventLoopGroup: group, maximumHandshakes: Self.jobs)
        var hosts: [DiscoveredHost] = []
        await withTaskGroup(of: DiscoveredHost.self) { tasks in
            var waiting = answering.makeIterator()
            func startNext() {
                guard !Task.isCancelled, let address = waiting.next() else { return }
                tasks.addTask { await ask(address, keys: keys, connector, knownHosts) }
            }
            for _ in 0..<Self.jobs { startNext() }
            for await host in tasks {
                hosts.append(host)
                progress(
                    isFrench
                        ? "\(hosts.count) machines interrogées sur \(answering.count)"
                        : "\(hosts.count) of \(answering.count) machines asked")
                startNext()
            }
        }
        try await group.shutdownGracefully()
        let found = DiscoveredClass(hosts)
        // A virtual IP's host key changes with every failover.
        for address in found.secondAddresses where !isPinned.contains(address) {
            try Inputs.reportingNow { _ = try knownHosts.remove(host: address.description, port: 22) }
        }
        return found
    }

    private func ask(
        _ address: IPAddress, keys: [SSHUserKey], _ connector: SSHConnector, _ knownHosts: KnownHosts
    ) async -> DiscoveredHost {
        let endpoint = SSHEndpoint(
            who: address.description, host: address.description, user: user,
            credentials: SSHCredentials(keys: keys, useAgent: true))
        do throws(TransportFailure) {
            let session = try await connector.connect(endpoint, knownHosts: knownHosts)
            let questions = DiscoveredHost.questions
            let results = await session.run(brief: questions.map(\.command))
            await session.close()
            var answers: [String: CommandResult] = [:]
            for question in questions {
                // What nobody answered is left out, as what failed is.
                answers[question.name] = try? results[question.command]?.get().answering(question.command)
            }
            // No command runs there at all: why, each said alike.
            if answers.isEmpty, case .failure(let failure)? = results.values.first { throw failure }
            return DiscoveredHost(address: address, hostKey: session.hostKey, answers: answers)
        } catch {
            var host = DiscoveredHost(address: address)
            host.failure = error.message
            return host
        }
    }

    /// Writes the roster where it was asked for.
    func write(_ found: DiscoveredClass) throws {
        let text = self.roster(of: found).text
        if roster == "-" { return print(text, terminator: "") }
        try Inputs.reportingNow { try RunFolder.write(text, to: roster) }
    }

    /// The roster; every path in it is absolute, wherever it is going to lie.
    func roster(of found: DiscoveredClass) -> DiscoveredRoster {
        var ssh = ["user: \(user)", "agent: true"]
        if !identityFiles.isEmpty {
            ssh.append(
                "identityFile: [\(identityFiles.map(YAMLScalar.quoted).joined(separator: ", "))]")
        }
        ssh.append("knownHosts: \(YAMLScalar.quoted(knownHostsFile))")
        return DiscoveredRoster(
            found, searched: addresses, className: className, exercise: exercise, ssh: ssh,
            students: students, language: language)
    }

    func summary(_ found: DiscoveredClass) -> [String] {
        let pairs = found.pairs.map { pair in
            "\(pair.primary.address) + \(pair.secondary.address)  \(pair.clusterName ?? "")  "
                + virtualIP(of: pair)[language]
        }
        let missing = roster(of: found).missing.map { "? \($0.who[language])\(colon) \($0.reason[language])" }
        // Names are what strangers' machines call themselves.
        return (pairs + missing).map { SafeText.line($0, limit: 400, language: language) } + doubts(found)
    }

    private func virtualIP(of pair: DiscoveredClass.Pair) -> LocalizedText {
        guard let vip = pair.vip else {
            return LocalizedText(fr: "pas encore d'IP virtuelle", en: "no virtual IP yet")
        }
        return LocalizedText(
            fr: "IP virtuelle \(vip)" + (pair.isVIPInferred ? " (déduite)" : ""),
            en: "virtual IP \(vip)" + (pair.isVIPInferred ? " (inferred)" : ""))
    }

    private var colon: String { language == .french ? " :" : ":" }

    /// What the teacher should look at, and how many there are of each kind.
    func doubts(_ found: DiscoveredClass) -> [String] {
        var lines: [String] = []
        for pair in found.pairs {
            lines += pair.doubts.map { "? \(pair.primary.address)\(colon) \($0[language])" }
        }
        lines += found.loneNodes.map {
            "? \($0.host.address) (\($0.host.label))\(colon) \($0.doubt[language])"
        }
        lines += found.refused.map { "✗ \($0.failure ?? $0.address.description)" }
        lines.append(count(found)[language])
        return lines.map { SafeText.line($0, limit: 400, language: language) }
    }

    private func count(_ found: DiscoveredClass) -> LocalizedText {
        let (pairs, lone) = (found.pairs.count, found.loneNodes.count)
        let (others, refused) = (found.others.count, found.refused.count)
        // French counts in the plural from two on, English everything but one.
        return LocalizedText(
            fr: "\(pairs) paire\(pairs > 1 ? "s" : ""), \(lone) nœud\(lone > 1 ? "s" : "") sans partenaire, "
                + "\(others) autre\(others > 1 ? "s" : "") machine\(others > 1 ? "s" : ""), "
                + "\(refused) échec\(refused > 1 ? "s" : "") de connexion.",
            en: "\(pairs) pair\(pairs == 1 ? "" : "s"), \(lone) lone node\(lone == 1 ? "" : "s"), "
                + "\(others) other machine\(others == 1 ? "" : "s"), "
                + "\(refused) that could not be logged in to.")
    }
}
