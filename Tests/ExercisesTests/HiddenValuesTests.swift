import GraderCore
import LinuxFacts
import Pacemaker
import Testing

@testable import Exercises

/// What hides does not deny, and what is rewritten on the way does not contradict: recordings with one thing changed.
@Suite struct HiddenValuesTests {
    /// What crmsh prints with these names in `obscure_pattern`: six asterisks in quotes (crmsh's `utils.obscured`, and
    /// `Fixtures/field/obscured.crm.txt`).
    private func hiding(_ names: [String], in evidence: Evidence) throws -> Evidence {
        let text = try #require(evidence.complete(ClusterProbe.crmShow, on: .serv1)?.text)
        let hidden = text.replacing(/([a-z_-]+)=("[^"]*"|[^\s"]+)/) { match in
            names.contains(String(match.output.1)) ? "\(match.output.1)=\"******\"" : String(match.output.0)
        }
        #expect(hidden != text)
        return evidence.settingOutput(hidden, of: ClusterProbe.crmShow, on: .serv1)
    }

    @Test(arguments: [
        ["ip"], ["nic"], ["cidr_netmask"], ["iflabel"], ["ip", "nic", "cidr_netmask", "iflabel"],
    ])
    func withTheCIBNothingHangsOnIt(names: [String]) throws {
        let solved = try RecordedEvidence.evidence("solved")
        let hidden = try hiding(names, in: solved)
        let before = try RecordedEvidence.judged(solved)
        for (id, result) in try RecordedEvidence.judged(hidden) {
            #expect(result.verdict == before[id]?.verdict && result.found == before[id]?.found, "\(id)")
        }
        #expect(Findings(hidden).disagreements.isEmpty)
    }

    /// What is not hidden is held against the CIBs as ever.
    @Test func whatIsShownStillContradicts() throws {
        let hidden = try hiding(["ip"], in: RecordedEvidence.evidence("solved"))
            .replacing("cidr_netmask=24", with: "cidr_netmask=16", in: [ClusterProbe.crmShow])
        #expect(!Findings(hidden).disagreements.isEmpty)
        #expect(
            try RecordedEvidence.verdict("Q1.netmask", in: hidden) == .notAssessed(.contradiction))
    }

    /// Where the text is all there is, what it hides is open, and so is what needs it; the rest is judged.
    @Test func withTheTextAloneItIsOpen() throws {
        let text = try RecordedEvidence.evidence("solved").without(ClusterProbe.cib).without(
            ClusterProbe.cibFile)
        let shown = try RecordedEvidence.judged(text)
        let hiding = try hiding(["ip", "nic"], in: text)
        #expect(Findings(hiding).disagreements.isEmpty)
        let hidden = try RecordedEvidence.judged(hiding)
        for id in ["Q1.address", "Q1.interface", "Q1.running", "Q1.not-static", "Q2.agreement"] as [CheckID] {
            #expect(shown[id]?.verdict == .met, "\(id)")
            #expect(hidden[id]?.verdict == .notAssessed(.noEvidence), "\(id)")
        }
        #expect(hidden["Q1.address"]?.found.fr.contains("obscure_pattern") == true)
        for id in ["Q1.primitive", "Q1.netmask", "Q1.monitor-interval", "Q7.primitive"] as [CheckID] {
            #expect(hidden[id]?.verdict == shown[id]?.verdict, "\(id)")
        }
        #expect(!hidden.values.contains { $0.verdict.isDecidedAgainst && shown[$0.id]?.verdict == .met })
    }

    // MARK: hardware addresses

    /// proc(5)'s table, as the grader's kernel printed it, with every address of the pair at one hardware address: that
    /// of the laptop whose Wi-Fi the guests are bridged over.
    private func rewriting(_ evidence: Evidence, all: Bool) throws -> Evidence {
        var result = evidence
        let index = try #require(result.observations.firstIndex { $0.id == VIPNeighbours.graderProbe })
        let vip = Findings(evidence).lab.vipText
        let heads = ["IP address       HW type     Flags       HW address            Mask     Device"]
        let lines = (all ? [vip, "172.16.1.10", "172.16.1.11"] : [vip]).map {
            "\($0)      0x1         0x2         aa:bb:cc:00:00:01     *        wlan0"
        }
        result.observations[index].outcome = .neighbours(
            Bytes((heads + lines).joined(separator: "\n") + "\n"))
        return result
    }

    @Test func oneHardwareAddressForAllTellsNobodyApart() throws {
        let solved = try RecordedEvidence.evidence("solved")
        let before = try RecordedEvidence.judged(solved)
        let wifi = try RecordedEvidence.judged(rewriting(solved, all: true))
        for (id, result) in wifi { #expect(result.verdict == before[id]?.verdict, "\(id)") }
        #expect(!wifi.values.contains { $0.found.fr.contains("prise deux fois") })
        // Where the nodes' own addresses are not seen so, it is another machine.
        let stranger = try RecordedEvidence.judged(rewriting(solved, all: false))
        #expect(stranger["Q2.agreement"]?.verdict == .notAssessed(.contradiction))
    }

    /// Two laptops: each node sees the other's guest with the other laptop's address.
    @Test func theSameOnTheNodes() throws {
        var evidence = try RecordedEvidence.evidence("solved")
        evidence.observations.removeAll { $0.id == VIPNeighbours.graderProbe }
        func told(_ addresses: [String]) -> Evidence {
            let lines = addresses.map { "\($0) dev eth0 lladdr aa:bb:cc:00:00:01 REACHABLE\n" }
            return evidence.settingOutput(lines.joined(), of: VIPNeighbours.probe, on: .serv2)
        }
        let vip = Findings(evidence).lab.vipText
        #expect(try RecordedEvidence.verdict("Q2.agreement", in: told([vip, "172.16.1.10"])) == .met)
        #expect(try RecordedEvidence.verdict("Q2.agreement", in: told([vip])) == .notAssessed(.contradiction))
        // Written by hand, or by the network for every machine, the other's address hides as much.
        let written = told([vip, "172.16.1.10"])
            .replacing(
                "172.16.1.10 dev eth0 lladdr aa:bb:cc:00:00:01 REACHABLE",
                with: "172.16.1.10 dev eth0 lladdr aa:bb:cc:00:00:01 PERMANENT", in: [VIPNeighbours.probe])
        #expect(try RecordedEvidence.verdict("Q2.agreement", in: written) == .met)
    }

    /// `ip neigh replace ... nud permanent`: nobody is asked, whoever would answer.
    @Test func whatIsWrittenDownByHandIsNobodysAnswer() throws {
        var evidence = try RecordedEvidence.evidence("solved")
        let vip = Findings(evidence).lab.vipText
        evidence = evidence.settingOutput(
            "\(vip) dev eth0 lladdr 02:00:00:00:00:99 PERMANENT\n", of: VIPNeighbours.probe, on: .serv2)
        let index = try #require(
            evidence.observations.firstIndex { $0.id == VIPNeighbours.graderProbe })
        evidence.observations[index].outcome = .neighbours(
            Bytes("IP address\n\(vip) 0x1 0x6 02:00:00:00:00:99 * eth0\n"))
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q2.agreement"]?.verdict == .met)
        #expect(judged["Q2.agreement"]?.found.en.contains("on the wire") == false)
        #expect(PairAnomalies.all(Findings(evidence)).isEmpty)
    }
}
