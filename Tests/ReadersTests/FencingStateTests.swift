import GraderCore
import LinuxFacts
import Pacemaker
import Testing

struct FencingStateTests {
    private func configuration(_ lines: String) -> ClusterConfiguration { CrmShowReader.read(lines) }

    @Test(arguments: [
        ("property cib-bootstrap-options: stonith-enabled=false", FencingState.off),
        ("property cib-bootstrap-options: stonith-enabled=no", .off),
        ("property cib-bootstrap-options: stonith-enabled=true", .onWithoutDevice),
        // The default is true.
        ("node 1: serv1", .onWithoutDevice),
        ("property cib-bootstrap-options: stonith-enabled=perhaps", .onWithoutDevice),
        ("primitive f stonith:fence_virsh params ip=10.0.0.1", .device("f")),
        ("property cib-bootstrap-options: stonith-watchdog-timeout=10s", .device("watchdog")),
        ("property cib-bootstrap-options: stonith-watchdog-timeout=0", .onWithoutDevice),
    ])
    func isSettledOrNot(text: String, state: FencingState) {
        #expect(configuration(text).fencingState == state)
    }
}
