import Foundation
import GraderCore
import LinuxFacts
import Pacemaker
import Testing

@testable import Exercises

/// A student who writes what no number holds: he alone is concerned, and the program goes on.
struct ForeignNumbersTests {
    /// It ended the run of the whole class, from one line of `crm configure`.
    @Test(arguments: [
        "9223372036854775807ms", "9223372036854775s", "2562047788015h", "99999999999999999999s", "-1s",
        "1e300",
        "P9223372036854775807Y",
    ])
    func aMonitorOfAnyLengthIsJudged(_ interval: String) throws {
        let solved = try RecordedEvidence.evidence("solved")
        var changed = solved
        for old in ["10s", "60s"] {
            for (open, close) in [("interval=", " "), ("interval=\"", "\"")] {
                changed = changed.replacing(
                    "\(open)\(old)\(close)", with: "\(open)\(interval)\(close)",
                    in: [ClusterProbe.crmShow, ClusterProbe.cib, ClusterProbe.cibFile])
            }
        }
        #expect(changed != solved)
        #expect(try RecordedEvidence.judged(changed).count == RecordedEvidence.judged(solved).count)
    }

    @Test func durationsOfAnyLengthAreSpelt() {
        #expect(Duration.milliseconds(1500).spelt == "1500ms" && Duration.seconds(10).spelt == "10s")
        #expect(
            Duration.microseconds(1_499_600).spelt == "1500ms"
                && Duration.milliseconds(-10_000).spelt == "-10s")
        #expect(Duration.milliseconds(Int64.max).spelt == "9223372036854775807ms")
        #expect(Duration.seconds(Int64.max).speltWithMinutes.hasSuffix("min)") == false)
        #expect((Duration.seconds(Int64.max) + .seconds(Int64.max)).speltWithMinutes.isEmpty == false)
    }

    /// Entries whose sum is beyond all, and fewer than none.
    @Test func entriesOfASiteOfAnyNumberAreRead() throws {
        let solved = try RecordedEvidence.evidence("solved")
        for text in ["9223372036854775807 yes /a\n1 yes /b\n", "-9223372036854775808 yes /a\n-1 no /b\n"] {
            let changed = solved.settingOutput(text, of: HealthProbe.site, on: .serv1)
            #expect(try RecordedEvidence.judged(changed)[CheckID("H0.site")] != nil)
        }
    }

    /// A clock and a date of the last change that are as far apart as numbers go.
    @Test(arguments: [(Int.max, -1), (Int.min, 1), (0, Int.min)])
    func aClockOfAnyTimeIsHeldAgainstTheLastChange(_ now: Int, _ written: Int) throws {
        var evidence = try RecordedEvidence.evidence("solved")
        for role in MachineID.pair {
            evidence.observations.removeAll { $0.id == ProbeID(role, DrillProbe.facts) }
            let result = CommandResult(
                answering: [], ending: .exited(0),
                standardOutput: Bytes("now=\(now)\nwritten=\(written)\ncrm=closed\n"), standardError: "",
                duration: .zero)
            evidence.observations.append(
                Observation(
                    id: ProbeID(role, DrillProbe.facts), vantage: .node(role), startedAt: evidence.startedAt,
                    duration: .zero, outcome: .command(result)))
        }
        let refusal = ClusterDrill.standby.inUse(evidence, quietTime: .seconds(60), ownVersion: nil)
        #expect(refusal?.sentence.en.contains("could not be read") != true)
    }
}
