import GraderCore
import LinuxFacts
import Testing

/// Which address a machine's files give at boot. The files are written after the manuals (interfaces(5),
/// systemd.network(5), nm-settings-keyfile(5), keepalived.conf(5), crontab(5)), in the form in which the probe prints
/// them; ifupdown's part was held against `ifquery --list` of 0.8.41.
@Suite struct BootFilesTests {
    private let vip = IPAddress("172.16.0.12")

    /// The probe's output: each file's path, with `x` before it where it is executable.
    /// - Parameter units: the state of each unit's file; none of one that is not there.
    private func say(_ files: [(String, String)], units: [String: String] = [:]) throws -> AddressAtBoot {
        var text = "\(BootFiles.title)\n"
        for (path, content) in files {
            let isExecutable = path.hasPrefix("x")
            text += "file \(isExecutable ? "x" : "-") \(isExecutable ? String(path.dropFirst()) : path)\n"
            text +=
                content.split(separator: "\n", omittingEmptySubsequences: false).map { " \($0)\n" }.joined()
                + "\n"
        }
        for (name, state) in units.sorted(by: { $0.key < $1.key }) {
            let load = state.isEmpty ? "not-found" : "loaded"
            text += "unit Id=\(name).service\nunit LoadState=\(load)\nunit ActiveState=inactive\n"
            text += "unit UnitFileState=\(state)\nunit \n"
        }
        let read = try #require(BootFiles(text + BootFiles.end + "\n"))
        return read.say(of: try #require(vip))
    }

    private static let alias = "auto eth0:0\niface eth0:0 inet static\n  address 172.16.0.12/24\n"
    private static let main = "/etc/network/interfaces"

    @Test func whatSourceNamesIsRead() throws {
        for line in [
            "source /etc/network/vip/*.cfg", "source vip/a.cfg", "source /etc/network/vip/[a-c].c?g /nowhere",
            "   source   vip/*",
        ] {
            let said = try say([(Self.main, line + "\n"), ("/etc/network/vip/a.cfg", Self.alias)])
            #expect(said.place == "/etc/network/vip/a.cfg (eth0:0)", "\(line)")
        }
        for line in [
            "", "#source vip/*", "source vip/*.conf", "source-directory vip", "source /etc/network/*",
        ] {
            let said = try say([(Self.main, line + "\n"), ("/etc/network/vip/a.cfg", Self.alias)])
            #expect(said == AddressAtBoot(), "\(line)")
        }
    }

    /// run-parts' names for `source-directory`, the shell's for `source`: that takes a backup in.
    @Test func namesAreThoseThatIfupTakes() throws {
        func isRead(_ line: String, _ name: String) throws -> Bool {
            try say([(Self.main, line), ("/etc/network/interfaces.d/" + name, Self.alias)]).place != nil
        }
        let directory = "source-directory /etc/network/interfaces.d"
        #expect(try isRead(directory, "vip"))
        #expect(try !isRead(directory, "vip.bak") && !isRead(directory, "vip~"))
        let glob = "source /etc/network/interfaces.d/*"
        #expect(try isRead(glob, "vip") && isRead(glob, "vip.bak") && !isRead(glob, ".vip"))
    }

    @Test func filesThatNameEachOtherEnd() throws {
        let said = try say([
            (Self.main, "source a b\n"), ("/etc/network/a", "source b interfaces a\n" + Self.alias),
            ("/etc/network/b", "source a interfaces b\n"),
        ])
        #expect(said.place == "/etc/network/a (eth0:0)")
    }

    @Test(arguments: [
        (
            "auto eth0\niface eth0 inet static\n address 172.16.0.10/24\n up ip a a 172.16.0.12/24 dev eth0\n",
            true
        ),
        (
            "auto eth0\niface eth0 inet static\n address 172.16.0.10/24 # 172.16.0.12\n down ip a a 172.16.0.12/24\n",
            false
        ),
        (
            "iface web inet static\n address 172.16.0.12\nauto eth0\niface eth0 inet static inherits web\n mtu 1400\n",
            true
        ),
        (
            "iface web inet static\n address 172.16.0.12\nauto eth0\niface eth0 inet static\n address 172.16.0.10\n",
            false
        ),
        ("auto eth0\niface eth0 inet dhcp\n address 172.16.0.12\n", false),
        ("auto /eth*\niface eth0:0 inet static\n address 172.16.0.12\n", true),
        ("auto /en*\niface eth0:0 inet static\n address 172.16.0.12\n", false),
        ("allow-ovs eth0:0\niface eth0:0 inet static\n address 172.16.0.12\n", false),
        ("auto eth0\niface eth0 inet manual\n pre-up ifconfig $IFACE:0 172.16.0.12 up\n", true),
    ])
    func interfacesByMeaning(text: String, isGiven: Bool) throws {
        #expect(try (say([(Self.main, text)]).place != nil) == isGiven)
    }

    private static let network = "[Match]\nName=eth0\n[Network]\nAddress=172.16.0.10/24\n"
    private static let dropIn = "[Address]\nAddress=172.16.0.12/24\n"

    @Test func networkdTakesDropInsAndLeavesWhatIsMasked() throws {
        let file = "/etc/systemd/network/10-lan.network"
        let part = "/etc/systemd/network/10-lan.network.d/vip.conf"
        let on = ["systemd-networkd": "enabled"]
        #expect(
            try say([(file, Self.network), (part, Self.dropIn)], units: on).place
                == "\(part): Address=172.16.0.12/24")
        // Nobody starts it; the ending is another; the file that it belongs to is not there.
        #expect(
            try say([(file, Self.network), (part, Self.dropIn)], units: ["systemd-networkd": "disabled"])
                .place == nil)
        #expect(try say([(file, Self.network), (part + ".bak", Self.dropIn)], units: on).place == nil)
        #expect(try say([(part, Self.dropIn)], units: on).place == nil)
        // A name once, in the first of the folders.
        let below = "/usr/lib/systemd/network/10-lan.network"
        #expect(try say([(below, Self.network + Self.dropIn)], units: on).place != nil)
        #expect(try say([(file, Self.network), (below, Self.network + Self.dropIn)], units: on).place == nil)
        let text =
            "\(BootFiles.title)\nmasked \(file)\nfile - \(below)\n [Network]\n Address=172.16.0.12/24\n"
        #expect(BootFiles(text + BootFiles.end)?.say(of: try #require(vip)) == AddressAtBoot())
        // Comments, what came before an empty one, what is brought up by hand.
        for rest in [
            "#Address=172.16.0.12/24", "; Address=172.16.0.12/24", "Address=172.16.0.12/24\nAddress=",
            "DNS=172.16.0.12", "Address=172.16.0.12/24\n[Link]\nActivationPolicy=manual",
        ] {
            #expect(try say([(file, Self.network + rest + "\n")], units: on).place == nil, "\(rest)")
        }
    }

    @Test func networkManagerReadsKeyfiles() throws {
        let folder = "/etc/NetworkManager/system-connections/"
        let text = "[connection]\nid=lan\n[ipv4]\nmethod=manual\naddress1=172.16.0.10/24,172.16.0.254\n"
        func isGiven(_ name: String, _ rest: String) throws -> Bool {
            try say([(folder + name, text + rest + "\n")]).place != nil
        }
        #expect(try isGiven("lan.nmconnection", "address2=172.16.0.12/24"))
        #expect(try isGiven("Connexion filaire 1", "address2=172.16.0.12/24"))
        #expect(try isGiven("lan", "addresses2=172.16.0.12;24;0.0.0.0;"))
        for name in [
            "lan.nmconnection~", "lan.nmconnection.bak", ".lan.nmconnection", "lan.nmconnection.dpkg-old",
        ] {
            #expect(try !isGiven(name, "address2=172.16.0.12/24"), "\(name)")
        }
        for rest in [
            "#address2=172.16.0.12/24", "dns=172.16.0.12;", "route1=10.0.0.0/8,172.16.0.12",
            "address2=172.16.0.13/24,172.16.0.12", "[proxy]\naddress2=172.16.0.12/24",
            "address2=172.16.0.12/24\n[connection]\nautoconnect=false",
        ] {
            #expect(try !isGiven("lan.nmconnection", rest), "\(rest)")
        }
        #expect(
            try say([("/run/NetworkManager/system-connections/lan", text + "address2=172.16.0.12/24")]).place
                == nil)
    }

    /// As recorded of a machine without the package: files outlive it.
    @Test(arguments: [
        (
            "/etc/NetworkManager/system-connections/vip.nmconnection", "NetworkManager",
            "[ipv4]\nmethod=manual\naddress1=172.16.0.12/24\n"
        ),
        ("/etc/systemd/network/10-lan.network", "systemd-networkd", network + dropIn),
        (main, "networking", alias),
        ("/etc/cron.d/vip", "cron", "@reboot root /sbin/ip addr add 172.16.0.12/24 dev eth0\n"),
    ]) func aToolThatIsNotThereReadsNothing(file: String, unit: String, text: String) throws {
        #expect(try say([(file, text)], units: [unit: "enabled"]).place != nil)
        #expect(try say([(file, text)]).place != nil)
        #expect(try say([(file, text)], units: [unit: ""]) == AddressAtBoot())
    }

    @Test func keepalivedCountsWhereItIsStarted() throws {
        let file = "/etc/keepalived/keepalived.conf"
        let text = """
            ! a comment with 172.16.0.12
            $WEB=172.16.0.12
            vrrp_instance VI_1 {
                unicast_peer { 172.16.0.11
                }
                virtual_ipaddress
                {
                    172.16.0.30 dev eth0
                    ${WEB}/24 dev eth0 label eth0:1
                }
            }
            """
        #expect(
            try say([(file, text)], units: ["keepalived": "enabled"]).place == "\(file): virtual_ipaddress")
        #expect(try say([(file, text)], units: ["keepalived": "disabled"]).place == nil)
        let other =
            "vrrp_instance A {\n unicast_peer {\n 172.16.0.12\n }\n virtual_ipaddress {\n # 172.16.0.12\n }\n}\n"
        #expect(try say([(file, other)], units: ["keepalived": "enabled"]) == AddressAtBoot())
        let parts = [(file, "include conf.d/*.conf\n"), ("/etc/keepalived/conf.d/a.conf", text)]
        #expect(
            try say(parts, units: ["keepalived": "enabled"]).place
                == "/etc/keepalived/conf.d/a.conf: virtual_ipaddress")
    }

    @Test func scriptsCountWhereSomethingRunsThem() throws {
        let script = "#!/bin/sh\nip addr add 172.16.0.12/24 dev eth0\n"
        #expect(try say([("x/etc/rc.local", script)]).place == "/etc/rc.local (eth0)")
        #expect(try say([("/etc/rc.local", script)]).place == nil)
        #expect(try say([("x/etc/rc.local", "#!/bin/sh\nexit 0\n" + script)]) == AddressAtBoot())
        #expect(try say([("x/etc/network/if-up.d/vip", script)]).place == "/etc/network/if-up.d/vip (eth0)")
        #expect(try say([("x/etc/network/if-up.d/vip.sh", script)]).place == nil)
        #expect(
            try say([("x/etc/rc.local", "[ -f /x ] && ip addr add 172.16.0.12/24 dev eth0")]).open == [
                "/etc/rc.local"
            ])
        let service = "[Service]\nType=oneshot\nExecStart=-/sbin/ip addr add 172.16.0.12/24 dev eth0\n"
        let path = "/etc/systemd/system/vip.service"
        #expect(try say([(path, service)], units: ["vip": "enabled"]).place == "\(path) (eth0)")
        #expect(try say([(path, service)], units: ["vip": "disabled"]).place == nil)
        let table = "@reboot root /sbin/ip addr add 172.16.0.12/24 dev eth0\n"
        #expect(try say([("/etc/cron.d/vip", table)]).place == "/etc/cron.d/vip (eth0)")
        #expect(try say([("/etc/cron.d/vip.bak", table)]).place == nil)
        #expect(
            try say([("/etc/crontab", "# \(table)1 * * * * root ip addr add 172.16.0.12/24 dev eth0\n")])
                .place == nil)
    }

    /// What could not be read says neither yes nor no, and nothing in a file passes for the probe's own words.
    @Test func whatIsMissingIsOpen() throws {
        let address = try #require(vip)
        let unread = "\(BootFiles.title)\nunread /etc/network/interfaces\n\(BootFiles.end)\n"
        #expect(BootFiles(unread)?.say(of: address).open == ["/etc/network/interfaces"])
        #expect(BootFiles("\(BootFiles.title)\nfile - /etc/network/interfaces\n auto lo\n") == nil)
        #expect(BootFiles("sh: not found\n") == nil)
        let false1 =
            "\(BootFiles.end)\nfile - /etc/x\nunit Id=networking.service\nunit UnitFileState=disabled\n"
            + Self.alias
        #expect(try say([(Self.main, false1)]).place == "\(Self.main) (eth0:0)")
        let long = String(repeating: "# much\n", count: 12_000)
        #expect(
            try say([("/etc/systemd/network/a.network", long)]).open == ["/etc/systemd/network/a.network"])
    }
}
