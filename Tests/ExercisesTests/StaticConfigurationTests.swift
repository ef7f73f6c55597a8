import GraderCore
import LinuxFacts
import Testing

@testable import Exercises

/// Files as the probe's script prints them, one after the other: in the form of older recordings and in today's. The
/// files are written after interfaces(5), systemd.network(5) and netplan(5).
@Suite struct StaticConfigurationTests {
    private let address = IPAddress("172.16.1.12")

    private func place(in text: String) throws -> String? {
        try StaticConfiguration.say(of: #require(address), in: text)?.place
    }

    @Test(arguments: ["\n", "\r\n"])
    func anAddressIsFoundWhateverEndsTheLines(end: String) throws {
        let text = [
            "==> /etc/network/interfaces <==", "auto eth0", "iface eth0 inet dhcp",
            "==> /etc/systemd/network/10-lan.network <==", "[Network]", "Address=172.16.1.12/24", "",
        ].joined(separator: end)
        #expect(try place(in: text) == "/etc/systemd/network/10-lan.network: Address=172.16.1.12/24")
    }

    private static let alias = "iface eth0:0 inet static\naddress 172.16.1.12\nnetmask 255.255.255.0\n"

    /// interfaces(5): what no `auto` or `allow-hotplug` names stays down at boot.
    @Test(arguments: [
        ("#auto eth0:0\n", false), ("", false), ("auto lo eth0:0\n", true), ("allow-hotplug eth0:0\n", true),
        ("auto /eth*\n", true), ("auto /lo*\n", false),
    ])
    func onlyWhatComesUpAtBootIsStatic(line: String, isStatic: Bool) throws {
        let text = "==> /etc/network/interfaces <==\nauto eth0\niface eth0 inet dhcp\n\(line)\(Self.alias)"
        #expect(try (place(in: text) != nil) == isStatic)
        // The stanza in a file of its own, which is read where something names it.
        for (source, isRead) in [("source /etc/network/interfaces.d/*\n", true), ("", false)] {
            let files =
                "==> /etc/network/interfaces <==\nauto eth0\niface eth0 inet dhcp\n\(source)\(line)"
                + "==> /etc/network/interfaces.d/vip <==\n\(Self.alias)"
            #expect(try (place(in: files) != nil) == (isStatic && isRead))
        }
    }

    @Test func aLeftoverThatNothingBringsUpLosesNothing() throws {
        #expect(try verdict("#auto eth0:0\n" + Self.alias) == .met)
        #expect(try verdict("auto eth0:0\n" + Self.alias) == .notMet)
    }

    private func verdict(_ addition: String) throws -> Verdict? {
        let solved = try RecordedEvidence.evidence("solved")
        let files = try #require(solved.complete(StaticConfiguration.probe, on: .serv1)?.text)
        let evidence = solved.settingOutput(files + addition, of: StaticConfiguration.probe, on: .serv1)
        return try RecordedEvidence.judged(evidence)[CheckID("Q1.not-static")]?.verdict
    }

    // MARK: netplan

    /// What netplan leaves of every boot.
    private static let written = "/run/systemd/network/10-netplan-eth0.network"

    private func netplan(_ files: [(name: String, content: String)]) throws -> AddressAtBoot? {
        let all = files + [(Self.written, "[Match]\nName=eth0\n")]
        return try StaticConfiguration.say(
            of: #require(address), in: all.map { "==> \($0.name) <==\n\($0.content)\n" }.joined())
    }

    private static let head = "network:\n  version: 2\n  ethernets:\n    eth0:\n"

    @Test(arguments: [
        ("      addresses:\n        - 172.16.1.10/24\n        - 172.16.1.12/24\n", true),
        ("      addresses: [172.16.1.10/24, \"172.16.1.12/24\"]\n", true),
        (
            "      addresses:\n        - 172.16.1.12/24:\n            label: \"eth0:0\"\n            lifetime: 0\n",
            true
        ),
        ("      addresses: [172.16.1.10/24] # 172.16.1.12/24\n", false),
        ("      addresses:\n        - 172.16.1.10/24 # not 172.16.1.12\n#        - 172.16.1.12/24\n", false),
        ("      nameservers:\n        addresses: [172.16.1.12]\n", false),
        ("      nameservers:\n        addresses:\n        - 172.16.1.12\n", false),
        (
            "      gateway4: 172.16.1.12\n      routes:\n        - to: default\n          via: 172.16.1.12\n",
            false
        ),
        ("      activation-mode: manual\n      addresses: [172.16.1.12/24]\n", false),
    ])
    func netplanByMeaning(text: String, isGiven: Bool) throws {
        let said = try #require(try netplan([("/etc/netplan/50-lan.yaml", Self.head + text)]))
        #expect((said.place != nil) == isGiven)
        #expect(said.open.isEmpty)
    }

    @Test func netplanMergesItsFiles() throws {
        let vip = Self.head + "      addresses: [172.16.1.12/24]\n"
        let other = Self.head + "      addresses: [172.16.1.10/24]\n"
        let off = Self.head + "      activation-mode: \"off\"\n"
        #expect(
            try netplan([("/etc/netplan/10-a.yaml", vip), ("/etc/netplan/20-b.yaml", other)])?.place
                == "/etc/netplan/10-a.yaml: 172.16.1.12/24 (eth0)")
        #expect(
            try netplan([("/etc/netplan/10-a.yaml", vip), ("/etc/netplan/20-b.yaml", off)])?.place == nil)
        // A file of the same name in another folder takes the place of the first.
        #expect(
            try netplan([("/etc/netplan/10-a.yaml", vip), ("/run/netplan/10-a.yaml", other)])?.place == nil)
        for name in ["10-a.yaml.bak", "10-a.yml", ".10-a.yaml", "10-a.yaml~", "10-a.yaml.dpkg-old"] {
            #expect(try netplan([("/etc/netplan/\(name)", vip)]) == AddressAtBoot(), "\(name)")
        }
    }

    /// Recorded with a file of netplan's on a machine that has none: nobody reads it, or nobody knows.
    @Test func aFileOfNetplansAloneIsOpen() throws {
        let recorded = try RecordedEvidence.evidence("netplan-backup")
        #expect(try notStatic(recorded) == .met)
        let left = recorded.replacing(
            "addresses: [172.16.1.10/24]", with: "addresses: [172.16.1.12/24]",
            in: [StaticConfiguration.probe])
        #expect(try notStatic(left) == .notAssessed(.noEvidence))
        let unit = "unit Id=networking.service"
        let isThere = left.replacing(
            unit, with: "file - \(Self.written)\n [Match]\n Name=eth0\n\n\(unit)",
            in: [StaticConfiguration.probe])
        #expect(try notStatic(isThere) == .notMet)
        // NetworkManager is not there either.
        let masked = isThere.replacing(
            "UnitFileState=disabled", with: "UnitFileState=masked", in: [StaticConfiguration.probe])
        #expect(try notStatic(masked) == .met)
    }

    private func notStatic(_ evidence: Evidence) throws -> Verdict? {
        try RecordedEvidence.judged(evidence)["Q1.not-static"]?.verdict
    }

    /// What netplan would not understand either is open, where it names the address.
    @Test func brokenYAMLIsOpen() throws {
        let file = "/etc/netplan/50-lan.yaml"
        for text in [
            "\t- 172.16.1.12/24\n", Self.head + "      addresses: 172.16.1.12/24\n",
            Self.head + "      addresses: [172.16.1.12]\n",
            Self.head + "      addresses: [172.16.1.12/24\n",
        ] {
            #expect(try netplan([(file, text)]) == AddressAtBoot(open: [file]), "\(text)")
        }
        #expect(try netplan([(file, "\tnothing: here\n")]) == AddressAtBoot())
        let text = "\(BootFiles.title)\nunread \(file)\n\(BootFiles.end)\n"
        #expect(try StaticConfiguration.say(of: #require(address), in: text)?.open == [file])
    }

    @Test func anOpenFileIsNotAssessed() throws {
        #expect(
            try verdict("==> /etc/netplan/50-lan.yaml <==\n\t- 172.16.1.12/24\n") == .notAssessed(.noEvidence)
        )
        #expect(try verdict("==> /etc/netplan/50-lan.yaml <==\n\t- 172.16.1.13/24\n") == .met)
    }
}
