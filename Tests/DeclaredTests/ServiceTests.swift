import GraderCore
import Testing

@testable import Exercises

/// The states of a unit, as systemd 252 prints them.
@Suite struct ServiceTests {
    private static func verdict(_ expectation: String, _ unit: String) throws -> Verdict {
        try ExpectationTests.result("{title: A, on: one, service: bk, expect: \(expectation)}", unit).verdict
    }

    private static func unit(
        load: String = "loaded", active: String = "inactive", sub: String = "dead", file: String = "static",
        ended: String = "", more: String = ""
    ) -> String {
        """
        Result=success
        ExecMainExitTimestamp=\(ended)
        ExecMainStatus=0
        Id=bk.service
        RequiredBy=
        WantedBy=
        LoadState=\(load)
        ActiveState=\(active)
        SubState=\(sub)
        UnitFileState=\(file)
        \(more)
        """
    }

    private static let timer = """

        LastTriggerUSec=Fri 2026-11-27 15:42:16 UTC
        Id=bk.timer
        WantedBy=timers.target
        LoadState=loaded
        ActiveState=active
        UnitFileState=enabled

        """

    /// Of a unit that was started by hand and that nothing refers to systemd remembers nothing.
    @Test func aRunThatIsForgotten() throws {
        #expect(try Self.verdict("{ran: true}", Self.unit()) == .notAssessed(.noEvidence))
        #expect(try Self.verdict("{ran: true}", Self.unit(more: Self.timer)) == .notMet)
        #expect(
            try Self.verdict("{ran: true}", Self.unit(ended: "Fri 2026-11-27 15:42:19 UTC")) == .met)
        #expect(try Self.verdict("{ran: true}", Self.unit(load: "not-found", file: "")) == .notMet)
    }

    /// A backup that is being made now may have been made before.
    @Test func aRunUnderWay() throws {
        let running = Self.unit(active: "activating", sub: "start", more: Self.timer)
        #expect(try Self.verdict("{ran: true}", running) == .notAssessed(.noEvidence))
        #expect(try Self.verdict("{active: true}", running) == .notAssessed(.noEvidence))
        #expect(try Self.verdict("{active: false}", running) == .notAssessed(.noEvidence))
        let failing = Self.unit(active: "activating", sub: "auto-restart", file: "enabled")
        #expect(try Self.verdict("{active: true}", failing) == .notMet)
    }

    /// What is masked is not started, whatever would trigger it.
    @Test func aMaskedUnitIsNotEnabled() throws {
        #expect(try Self.verdict("{enabled: true}", Self.unit(more: Self.timer)) == .met)
        #expect(
            try Self.verdict("{enabled: true}", Self.unit(load: "masked", file: "masked", more: Self.timer))
                == .notMet)
    }

    @Test func aServiceRunsOnWithoutItsFile() throws {
        let unit = Self.unit(load: "not-found", active: "active", sub: "running", file: "")
        #expect(try Self.verdict("{active: true}", unit) == .met)
        #expect(try Self.verdict("true", unit) == .met)
    }
}
