import ClassRun
import Foundation
import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// What the recorded small class's evidence shows of what the sheet asks in words.
struct ShownFactsTests {
    private func shown(_ student: String, _ change: (Evidence) -> Evidence = { $0 }) throws -> [String:
        ShownFact]
    {
        let path = "exercises/activite-2/recorded/students/\(student)/evidence.json"
        let evidence = try EvidenceStore.read(
            RecordedEvidence.repository.appending(path: path).path(percentEncoded: false))
        return ShownFacts.all(Findings(change(evidence)))
    }

    /// A solved pair: its situation script makes no preference before the address first starts, and tries no failover.
    @Test func ofASolvedPair() throws {
        let shown = try shown("etu1")
        #expect(shown["vip-first-node"]?.values == ["serv1"])
        #expect(
            shown["vip-first-node"]?.proof.fr.contains("IPFailover\u{A0}: premier démarrage sur serv1")
                == true)
        #expect(shown["vip-first-reason"]?.values == ["no-preference"])
        #expect(shown["impacted-service"]?.values == ["dns"])
        #expect(shown["web-first-node"]?.values == ["serv2"])
        // Nothing was tried: it says so, and takes no side.
        for name in ["failover-difference", "tests"] {
            #expect(shown[name]?.values == [] && shown[name]?.proof.en.isEmpty == false)
        }
    }

    /// One of two failovers was tried: that it was is told, and that nothing follows of their difference.
    @Test func ofAPairThatTriedOne() throws {
        let shown = try shown("etu3")
        #expect(shown["failover-difference"]?.values == [])
        #expect(shown["failover-difference"]?.proof.fr.contains("serv1 en standby") == true)
    }

    /// A log that does not go back to the beginning may have lost an earlier start, and says nothing for certain.
    @Test func ofAPairWhoseLogWasCut() throws {
        let shown = try shown("etu1") {
            $0.replacing(" empty configuration", with: " x", in: [ClusterProbe.history])
        }
        #expect(shown["vip-first-node"]?.values == [] && shown["vip-first-reason"] == nil)
        #expect(shown["vip-first-node"]?.proof.fr.contains("encore visible") == true)
    }

    /// What the logs alone order is in no order where a year turned between, or where the clocks are apart.
    @Test func ofAPairAcrossTheNewYear() throws {
        let shown = try shown("etu1") {
            $0.replacing("Nov 27", with: "Feb 27", in: [ClusterProbe.history]).settingOutput(
                $0.complete(ClusterProbe.history, on: .serv2)?.text ?? "", of: ClusterProbe.history,
                on: .serv2)
        }
        #expect(shown["web-first-node"]?.values == [])
    }

    /// A location that was made before may have been removed again: the reason is to be read.
    @Test func ofAPairThatPreferredANode() throws {
        let shown = try shown("etu1") {
            $0.replacing(
                " empty configuration", with: " empty configuration <rsc_location ",
                in: [ClusterProbe.history])
        }
        #expect(shown["vip-first-node"]?.values == ["serv1"])
        #expect(shown["vip-first-reason"]?.values == [])
    }

    /// Nothing that is not there, and no fact of a pair that nobody could reach.
    @Test func ofOthers() throws {
        let fresh = try shown("etu2")
        #expect(fresh["vip-first-node"] == nil && fresh["tests"] == nil)
        let off = try shown("etu5")
        #expect(Set(off.keys) == ["impacted-service"])
        // Of a pair that nobody could ask it is what the sheet asks for, and not what is there.
        #expect(
            off["impacted-service"]?.proof.en == "it is the site's name that has to lead to the virtual IP")
    }
}
