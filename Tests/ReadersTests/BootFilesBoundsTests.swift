import GraderCore
import LinuxFacts
import Testing

/// Files of a machine that were made to take long, as large as the probe prints them: they are left in time, and what was
/// not read is open, neither given nor denied.
@Suite(.timeLimit(.minutes(1))) struct BootFilesBoundsTests {
    private let vip = IPAddress("172.16.0.12")
    private static let main = "/etc/network/interfaces"
    private static let alias = "auto eth0:0\niface eth0:0 inet static\naddress 172.16.0.12/24\n"

    private func file(_ path: String, _ content: String = "", mode: String = "-") -> String {
        "file \(mode) \(path)\n"
            + content.split(separator: "\n", omittingEmptySubsequences: false).map { " \($0)\n" }.joined()
    }

    private func unit(_ name: String) -> String {
        "unit Id=\(name).service\nunit UnitFileState=enabled\nunit ActiveState=active\n"
    }

    private func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    /// nil where the files are as good as not seen.
    private func say(_ parts: [String]) throws -> AddressAtBoot? {
        let text = "\(BootFiles.title)\n\(parts.joined())\(BootFiles.end)\n"
        return try BootFiles(text)?.say(of: #require(vip))
    }

    @Test func moreThanTheProbePrintsIsNotSeen() throws {
        func networks(_ count: Int) -> [String] {
            (0..<count).map {
                file("/etc/systemd/network/\($0).network", "[Network]\nAddress=172.16.0.12/24")
            }
        }
        #expect(try say(networks(200))?.place != nil)
        #expect(try say(networks(201)) == nil)
        #expect(try say((0..<12_000).map { "file - /etc/systemd/network/\($0).network\n" }) == nil)
        #expect(try say([file("/" + times(4_096, "a"))]) == nil)
        #expect(try say((0..<1_001).map { "unread /etc/network/\($0)\n" }) == nil)
        #expect(try say((0..<9).map { file("/etc/\($0)", times(30_000, "#\n")) }) == nil)
        // Named again and again, it is one.
        #expect(try say([file(Self.main, Self.alias), times(2_000, "unread \(Self.main)\n")])?.open == [])
    }

    /// Every word of `source`, against every path.
    @Test func patternsOfSourceAreLeftInTime() throws {
        let paths = (0..<100).map { file("/" + times(3_990, "a") + "\($0)") }
        let long = "source " + times(14, "/*" + times(4_000, "a") + "b ") + "\n"
        let words = "source " + times(9_900, "a ") + "\n"
        let unread = (0..<1_000).map { "unread /etc/network/if.d/\($0)\n" }
        for parts in [
            paths + [file(Self.main, long)], [file(Self.main, words)] + unread,
            [file(Self.main, "source /" + times(60_000, "[") + "\n"), file("/a")],
            [
                file(
                    Self.main,
                    "auto \(times(4_000, "/*a*a*a*a*b "))\n\(times(200, "iface \(times(30, "a"))\n"))")
            ],
        ] {
            let said = try #require(try say(parts))
            // What nothing closes is itself, and takes one look.
            #expect(said.place == nil && said.open.contains(Self.main) == !parts[0].contains("[["))
        }
    }

    @Test func filesOfKeepalivedThatNameOneAnotherAreLeftInTime() throws {
        let start = "/etc/keepalived/keepalived.conf"
        for other in ["a", "*"] {
            let said = try say([
                unit("keepalived"), file(start, times(6_000, "include \(other)\n")),
                file("/etc/keepalived/a", times(60_000, "x")), file("/etc/keepalived/b", "include *\n"),
            ])
            #expect(said?.place == nil && said?.open.isEmpty == false)
        }
    }

    @Test func stanzasThatInheritFromAllOthersAreLeftInTime() throws {
        let all = times(900, "iface a inherits b b b b b b b b\niface b inherits a a a a a a a a\n")
        #expect(try say([file(Self.main, all)]) == AddressAtBoot(open: [Self.main]))
        // Each with all addresses of another: 200 million in all.
        let many = "iface b inet static\n" + times(3_000, "address 10.0.0.1\n")
        let said = try say([
            file(Self.main, "source b\n" + times(1_800, "iface a inherits b\n")),
            file("/etc/network/b", many),
        ])
        #expect(said?.place == nil && said?.open.isEmpty == false)
        // Stanzas that are one too many.
        #expect(try say([file(Self.main, times(2_000, "iface a\n") + Self.alias)])?.open == [Self.main])
    }

    @Test func theEndOfALongFileIsOpen() throws {
        #expect(
            try say([file(Self.main, times(20_000, "\n") + Self.alias)]) == AddressAtBoot(open: [Self.main]))
        let script = "ip addr add 172.16.0.12/24 dev eth0\n" + times(70_000, "#")
        #expect(try say([file("/etc/rc.local", script, mode: "x")]) == AddressAtBoot(open: ["/etc/rc.local"]))
        // It may take back what the one before it says.
        let network = "/etc/systemd/network/a.network"
        let base = file(network, "[Network]\nAddress=172.16.0.12/24\n")
        let part = "\(network).d/b.conf"
        #expect(try say([base])?.place != nil)
        for lacking in [file(part, times(40_000, "#\n")), "unread \(part)\n"] {
            let said = try #require(try say([base, lacking]))
            #expect(said.place == nil && said.open.contains(part))
        }
        // One that could not be read stands before that of a later folder.
        let below = file("/usr/lib/systemd/network/a.network", "[Network]\nAddress=172.16.0.12/24\n")
        #expect(try say(["unread \(network)\n", below]) == AddressAtBoot(open: [network]))
        #expect(try say(["unread ?\n"])?.open == ["?"])
    }

    @Test func interfacesBeyondTheFirstFewAreOpen() throws {
        let script = "[ \"$IFACE\" = e ] && ip addr add 172.16.0.12/24 dev e\n"
        let path = "/etc/network/if-up.d/vip"
        for (names, isOpen) in [("a b c d e", true), ("a b c d", false)] {
            let said = try say([file(Self.main, "auto \(names)\n"), file(path, script, mode: "x")])
            #expect(said == AddressAtBoot(open: isOpen ? [path] : []))
        }
    }

    @Test func manyCommandsAreLeftInTime() throws {
        let folder = "/etc/systemd/system/a.service.d"
        let gives = (0..<8).map { file in
            (0..<1_900).map { "ExecStart=ip a add 10.\(file).\($0 / 250).\($0 % 250)/8\n" }.joined()
        }
        let loop = "ExecStart=\(times(4, "for a in 1 2 3 4 5 6 7 8;do "))x\(times(4, ";done"))\n"
        for lines in [gives, Array(repeating: times(420, loop), count: 7)] {
            let last = "ExecStart=ip a add 172.16.0.12/24 dev eth0\n"
            let parts = lines.indices.map { index in
                file(
                    "\(folder)/\(index).conf",
                    "[Service]\n\(lines[index])\(index == lines.count - 1 ? last : "")")
            }
            #expect(
                try say([unit("a")] + parts) == AddressAtBoot(open: ["\(folder)/\(lines.count - 1).conf"]))
        }
    }

    @Test func aScriptIsLeftInTimeAndTheRestOpen() throws {
        let address = try #require(vip)
        let give = "ip a a 172.16.0.12/24 dev eth0"
        let loops = times(4, "for a in 1 2 3 4 5 6 7 8;do ")
        let ends = times(4, ";done")
        let matched = "case \(times(30_000, "a")) in *\(times(30_000, "a"))b) ;; *) \(give) ;; esac"
        for script in [
            "\(give)\n\(loops)\(times(18_000, "w "))\(ends)\n", "\(loops)\(matched)\(ends)\n",
            "\(loops)for b in \(times(18_000, "w ")); do x; done\(ends)\n\(give)\n",
            // What follows may take back what was given.
            "\(give)\n\(times(4_100, "x\n"))ip a d 172.16.0.12/24 dev eth0\n",
            "\(times(20_000, "a "))\n\(give)\n",
        ] {
            let read = AddressCommands.read(script)
            #expect(read.given.isEmpty && (read.isOpen.contains(address) || read.isAnyOpen))
        }
        // Turned about once for each: as it was.
        let turned = AddressCommands.read("[ \(times(18_000, "! "))a = a ] && \(give)")
        #expect(turned.given.map(\.address) == [address])
        #expect(AddressCommands.read("[ ! ! ! a = a ] && \(give)").given.isEmpty)
    }
}
