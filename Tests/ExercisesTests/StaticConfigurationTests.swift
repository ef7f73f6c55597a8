import GraderCore
import Testing

@testable import Exercises

/// Files as the probe's script prints them, one after the other.
@Suite struct StaticConfigurationTests {
    private let address = IPAddress("172.16.1.12")

    @Test(arguments: ["\n", "\r\n"])
    func anAddressIsFoundWhateverEndsTheLines(end: String) throws {
        let address = try #require(address)
        let text = [
            "==> /etc/network/interfaces <==", "auto eth0", "iface eth0 inet dhcp",
            "==> /etc/systemd/network/10-lan.network <==", "[Network]", "Address=172.16.1.12/24", "",
        ].joined(separator: end)
        #expect(
            StaticConfiguration.place(in: text, of: address)
                == "/etc/systemd/network/10-lan.network: Address=172.16.1.12/24")
    }

    private static let alias = "iface eth0:0 inet static\naddress 172.16.1.12\nnetmask 255.255.255.0\n"

    /// interfaces(5): what no `auto` or `allow-hotplug` names stays down at boot.
    @Test(arguments: [
        ("#auto eth0:0\n", false), ("", false), ("auto lo eth0:0\n", true), ("allow-hotplug eth0:0\n", true),
        ("auto /eth*\n", true), ("auto /lo*\n", false),
    ])
    func onlyWhatComesUpAtBootIsStatic(line: String, isStatic: Bool) throws {
        let address = try #require(address)
        let text = "==> /etc/network/interfaces <==\nauto eth0\niface eth0 inet dhcp\n\(line)\(Self.alias)"
        #expect((StaticConfiguration.place(in: text, of: address) != nil) == isStatic)
        // The stanza in a file of its own.
        let files =
            "==> /etc/network/interfaces <==\nauto eth0\niface eth0 inet dhcp\n\(line)"
            + "==> /etc/network/interfaces.d/vip <==\n\(Self.alias)"
        #expect((StaticConfiguration.place(in: files, of: address) != nil) == isStatic)
    }

    @Test func aLeftoverThatNothingBringsUpLosesNothing() throws {
        let solved = try RecordedEvidence.evidence("solved")
        let files = try #require(solved.complete(StaticConfiguration.probe, on: .serv1)?.text)
        func verdict(_ addition: String) throws -> Verdict? {
            let evidence = solved.settingOutput(
                files + addition, of: StaticConfiguration.probe, on: .serv1)
            return try RecordedEvidence.judged(evidence)[CheckID("Q1.not-static")]?.verdict
        }
        #expect(try verdict("#auto eth0:0\n" + Self.alias) == .met)
        #expect(try verdict("auto eth0:0\n" + Self.alias) == .notMet)
    }
}
