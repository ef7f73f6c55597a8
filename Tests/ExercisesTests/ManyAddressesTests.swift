import GraderCore
import LinuxFacts
import Pacemaker
import Testing

@testable import Exercises

/// Machines with as many addresses, neighbours and files as their output holds: they are judged in time, and what is too
/// much to be read is not held against anybody.
@Suite(.timeLimit(.minutes(1))) struct ManyAddressesTests {
    private static func address(_ number: Int) -> String {
        "10.\(number / 62_500 % 250).\(number / 250 % 250).\(number % 250)"
    }

    /// Every machine of the pair with 90,000 addresses more, of interfaces of 15,000.
    private func crowded() throws -> Evidence {
        let interfaces = (0..<6).map { interface in
            let entries = (0..<15_000).map { "{\"local\":\"\(Self.address(interface * 15_000 + $0))\"}" }
            return "{\"ifname\":\"x\(interface)\",\"addr_info\":[\(entries.joined(separator: ","))]}"
        }
        return try MachineID.pair.reduce(RecordedEvidence.evidence("solved")) { evidence, role in
            let text = try #require(evidence.complete(ClusterProbe.addresses, on: role)?.text)
            let end = try #require(text.lastIndex(of: "]"))
            return evidence.settingOutput(
                "\(text[..<end]),\(interfaces.joined(separator: ","))]", of: ClusterProbe.addresses, on: role)
        }
    }

    private func withNeighbours(_ count: Int, _ evidence: Evidence) throws -> Evidence {
        let lines = (0..<count).map {
            let number = MACAddress(0x0200_0000_0000 + UInt64($0))
            return "\(Self.address($0)) dev eth0 lladdr \(number.description) REACHABLE\n"
        }
        return MachineID.pair.reduce(evidence) { evidence, role in
            guard let text = evidence.complete(VIPNeighbours.probe, on: role)?.text else { return evidence }
            return evidence.settingOutput(text + lines.joined(), of: VIPNeighbours.probe, on: role)
        }
    }

    @Test func whoAnswersIsSeenAmongAnyNumberOfAddresses() throws {
        let solved = Findings(try RecordedEvidence.evidence("solved"))
        let address = try #require(solved.virtualIP.found?.address)
        let expected = VIPNeighbours(solved, address: address)
        guard case .pair = expected.answering else {
            Issue.record("nobody of the pair answers in the recording")
            return
        }
        let many = Findings(try withNeighbours(19_000, crowded()))
        let seen = VIPNeighbours(many, address: address)
        #expect(seen.answering == expected.answering && seen.isUnread == expected.isUnread)
    }

    /// What explains a stranger's address may stand in the part that is missing.
    @Test func aTableThatIsNotReadToItsEndIsUnread() throws {
        let evidence = try RecordedEvidence.evidence("solved")
        let address = try #require(Findings(evidence).virtualIP.found?.address)
        let long = Findings(try withNeighbours(ParsingLimits.lines + 1, evidence))
        #expect(VIPNeighbours(long, address: address).isUnread)
    }

    /// An address behind twenty thousand others was one that the machine did not have.
    @Test func theLastOfManyAddressesIsHeld() throws {
        let count = ParsingLimits.lines + 1
        let entries = (0..<count).map { "{\"local\":\"\(Self.address($0))\"}" }.joined(separator: ",")
        let read = InterfaceAddresses.read(
            json: Array("[{\"ifname\":\"a\",\"addr_info\":[\(entries)]}]".utf8))
        #expect(read.holder(of: try #require(IPAddress(Self.address(count - 1)))) != nil)
    }

    // MARK: files

    private func verdict(_ addition: String) throws -> Verdict? {
        let solved = try RecordedEvidence.evidence("solved")
        let files = try #require(solved.complete(StaticConfiguration.probe, on: .serv1)?.text)
        let evidence = solved.settingOutput(files + addition, of: StaticConfiguration.probe, on: .serv1)
        return try RecordedEvidence.judged(evidence)[CheckID("Q1.not-static")]?.verdict
    }

    @Test func moreFilesThanTheProbePrintsAreNotAssessed() throws {
        let gives = "auto eth0:0\niface eth0:0 inet static\naddress 172.16.1.12\n"
        let many = (0..<201).map { "==> /etc/network/interfaces.d/\($0) <==\n\(gives)" }.joined()
        #expect(try verdict(many) == .notAssessed(.noEvidence))
    }

    /// Each duplicate key was one more reading.
    @Test func netplanFilesThatAreTooLongAreNotAssessed() throws {
        let keys = String(repeating: "? a\n", count: 17_000)
        #expect(try verdict("==> /etc/netplan/50-lan.yaml <==\n\(keys)") == .notAssessed(.noEvidence))
    }
}
