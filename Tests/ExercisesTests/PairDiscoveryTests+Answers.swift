import GraderCore
import Testing

@testable import Exercises

/// Pairs found by what real machines answered.
extension PairDiscoveryTests {
    /// What real machines answer to the same commands, and what the virtual class puts into the files that are not
    /// recorded.
    private func answers(_ evidence: Evidence, of machine: MachineID) throws -> AskedHost {
        let own = try #require(evidence.lab.addresses[machine])
        let other = try #require(evidence.lab.addresses[machine.peer])
        var host = AskedHost(address: try #require(IPAddress(own)), hostKey: "ssh-ed25519 \(machine)")
        for (name, command) in PairDiscovery().questions {
            switch name {
            case "corosync":
                let text = corosync(own, name: machine.rawValue, partner: other, cluster: "etu1")
                host.answers[name] = printed(text, command)
            case "resolver":
                let server = evidence.lab.nameServer ?? ""
                host.answers[name] = printed("search etu1.lab\nnameserver \(server)\n", command)
            default:
                host.answers[name] =
                    evidence.observations.lazy.compactMap {
                        guard case .command(let result) = $0.outcome, $0.id.rawValue.hasPrefix("\(machine)/"),
                            result.arguments == command.arguments
                        else { return nil }
                        return result
                    }.first
            }
        }
        return host
    }

    private func printed(_ text: String, _ command: RemoteCommand) -> CommandResult {
        CommandResult(
            answering: command.arguments, ending: .exited(0), standardOutput: Bytes(text),
            standardError: "", duration: .zero)
    }

    @Test(arguments: ["solved", "bullseye/solved", "trixie/solved"])
    func aRecordedPairIsFoundByItsAnswers(_ name: String) throws {
        let evidence = try RecordedEvidence.evidence(name)
        var hosts = try [MachineID.serv2, .serv1].map { try answers(evidence, of: $0) }
        let lab = try #require(PairDiscovery().find(hosts).labs.first)
        #expect(lab.machines.map(\.id) == [.serv1, .serv2])
        #expect(lab.machines.map(\.machine.label) == ["serv1", "serv2"])
        #expect(lab.addresses == hosts.reversed().map(\.address))
        #expect(lab.vip == "\(evidence.lab.vip)/24" && lab.lack == nil && lab.doubts == [])
        let server = try #require(evidence.lab.nameServer)
        #expect(lab.rosterLines.last?.value == "{server: \(server), names: [\"www.etu1.lab\"]}")
        // What did not end well says nothing.
        for index in hosts.indices { hosts[index].answers["cib"]?.ending = .timedOut }
        let unread = try #require(PairDiscovery().find(hosts).labs.first)
        #expect(
            unread.vip == nil && unread.lack != nil
                && unread.doubts.map(\.en).first?.contains("no CIB") == true)
    }
}
