import ClassRun
import Foundation
import GraderCore
import InputFiles
import NetworkProbes
import Reports
import SSHTransport

/// One search of a subnet for the labs of an exercise.
struct SubnetSearch: Sendable {
    var options: DiscoveryOptions
    var addresses: [IPAddress]
    var discovery: any Discovery
    var students: StudentList?
    /// `-`: standard output.
    var roster: String
    /// Absolute, as the next.
    var identityFiles: [String]
    var knownHostsFile: String
    /// Of everything that is said or written.
    var language: Language

    /// Log-ins under way at once; the machines of a subnet are of one host often enough.
    private static let jobs = 16

    /// Scans for SSH, asks whoever answers, and puts the labs together, until a signal ends it.
    /// - Parameter console: nil where nothing is said meanwhile.
    func run(_ console: Console?) async throws -> DiscoveredLabs {
        let (found, wasInterrupted) = try await Signals.cancelling {
            try await find { console?.progress($0) }
        }
        console?.endProgress()
        if wasInterrupted { throw Exit.interrupted }
        return found
    }

    private func find(progress: @escaping @Sendable (String) -> Void) async throws -> DiscoveredLabs {
        let scan = try PortScan(addresses: addresses, ports: [22])
        let keys = try identityFiles.map { try SSHUserKey(file: $0) }
        let knownHosts = try KnownHosts(file: knownHostsFile)
        let total = addresses.count
        let report = await scan.run {
            progress(language.pick("\($0) adresses sur \(total)", "\($0) of \(total) addresses"))
        }
        let answering = report.hosts.filter { host in
            host.ports.contains { $0.number == 22 && $0.state == .open }
        }.map(\.address)
        if !answering.isEmpty {
            let folder = URL(filePath: knownHostsFile).deletingLastPathComponent()
            try AtomicFile.makeFolders(folder.path(percentEncoded: false))
        }
        let isPinned = Set(answering.filter { !knownHosts.keys(host: $0.description, port: 22).isEmpty })
        let hosts = try await Composition.withNetwork { group in
            let connector = SSHConnector(eventLoopGroup: group, maximumHandshakes: Self.jobs)
            return await withTaskGroup(of: AskedHost.self) { tasks in
                var hosts: [AskedHost] = []
                var waiting = answering.makeIterator()
                func startNext() {
                    guard !Task.isCancelled, let address = waiting.next() else { return }
                    tasks.addTask { await ask(address, keys: keys, connector, knownHosts) }
                }
                for _ in 0..<Self.jobs { startNext() }
                for await host in tasks {
                    hosts.append(host)
                    progress(
                        language.pick(
                            "\(hosts.count) machines interrogées sur \(answering.count)",
                            "\(hosts.count) of \(answering.count) machines asked"))
                    startNext()
                }
                return hosts
            }
        }
        let found = discovery.find(hosts)
        // Another machine may answer there at the next look, with a host key of its own.
        for address in found.secondAddresses where !isPinned.contains(address) {
            _ = try knownHosts.remove(host: address.description, port: 22)
        }
        return found
    }

    private func ask(
        _ address: IPAddress, keys: [SSHUserKey], _ connector: SSHConnector, _ knownHosts: KnownHosts
    ) async -> AskedHost {
        let endpoint = SSHEndpoint(
            who: address.description, host: address.description, user: options.user,
            credentials: SSHCredentials(keys: keys, useAgent: true))
        do throws(TransportFailure) {
            let session = try await connector.connect(endpoint, knownHosts: knownHosts)
            let questions = discovery.questions
            let results = await session.run(brief: questions.map(\.value))
            await session.close()
            var answers: [String: CommandResult] = [:]
            for (name, command) in questions {
                // What nobody answered is left out, as what failed is.
                answers[name] = try? results[command]?.get().answering(command)
            }
            // No command runs there at all: why, each said alike.
            if answers.isEmpty, case .failure(let failure)? = results.values.first { throw failure }
            return AskedHost(address: address, hostKey: session.hostKey, answers: answers)
        } catch {
            return AskedHost(address: address, failure: error.sentence)
        }
    }

    /// Writes the roster where it was asked for.
    func write(_ found: DiscoveredLabs) throws {
        let text = self.roster(of: found).text
        try WholeOutput.put(text, in: roster == "-" ? nil : roster)
    }

    /// The roster; every path in it is absolute, wherever it is going to lie.
    func roster(of found: DiscoveredLabs) -> DiscoveredRoster {
        var ssh = ["user: \(options.user)", "agent: true"]
        if !identityFiles.isEmpty {
            ssh.append("identityFile: [\(identityFiles.map(YAMLScalar.quoted).joined(separator: ", "))]")
        }
        ssh.append("knownHosts: \(YAMLScalar.quoted(knownHostsFile))")
        return DiscoveredRoster(
            found, by: discovery, searched: addresses, className: options.className,
            exercise: options.exercise, ssh: ssh, students: students, language: language)
    }

    func summary(_ found: DiscoveredLabs) -> [String] {
        let labs = found.labs.map { lab in
            [
                lab.addresses.map(\.description).joined(separator: " + "), lab.name ?? "",
                lab.summary[language],
            ].joined(separator: "  ")
        }
        let missing = roster(of: found).missing.map {
            language.pick("? \($0.who) : \($0.reason)", "? \($0.who): \($0.reason)")
        }
        // Names are what strangers' machines call themselves.
        return (labs + missing).map { SafeText.line($0, limit: 400, language: language) } + doubts(found)
    }

    /// What the teacher should look at, and how many there are of each kind.
    func doubts(_ found: DiscoveredLabs) -> [String] {
        var lines: [String] = []
        for lab in found.labs {
            let place = lab.addresses.first?.description ?? lab.ownID
            lines += lab.doubts.map { language.pick("? \(place) : \($0)", "? \(place): \($0)") }
        }
        lines += found.loneMachines.map { machine, doubt in
            let who = "\(machine.address) (\(machine.label))"
            return language.pick("? \(who) : \(doubt)", "? \(who): \(doubt)")
        }
        lines += found.refused.map { "✗ \($0.reason[language])" }
        lines.append(count(found)[language])
        return lines.map { SafeText.line($0, limit: 400, language: language) }
    }

    private func count(_ found: DiscoveredLabs) -> LocalizedText {
        let (others, refused) = (found.others.count, found.refused.count)
        // French counts in the plural from two on, English everything but one.
        return discovery.text(.count(labs: found.labs.count, loneMachines: found.loneMachines.count))
            + LocalizedText(
                fr: """
                    , \(others) autre\(others > 1 ? "s" : "") machine\(others > 1 ? "s" : ""), \
                    \(refused) échec\(refused > 1 ? "s" : "") de connexion.
                    """,
                en: """
                    , \(others) other machine\(others == 1 ? "" : "s"), \
                    \(refused) that could not be logged in to.
                    """)
    }
}
