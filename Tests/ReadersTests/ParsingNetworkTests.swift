import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// `ip neigh`, `ss` and `netstat` of three releases; Apache, named and sshd were listening.
@Suite struct ParsingNetworkTests {
    private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func neighbours(_ release: String) throws {
        let table = NeighbourTable.read(try ParsingFixture.text("network/\(release)/ip-neigh.txt"))
        #expect(table.entries.count == 4)
        #expect(table.macAddress(of: try address("172.16.0.11")) == MACAddress("36:61:30:63:30:31"))
        #expect(table.macAddress(of: try address("172.16.0.99")) == nil)
        #expect(table.macAddress(of: try address("172.16.0.12")) == nil)
        let entries = table.entries(for: try address("fd00:16::1"))
        #expect(entries.map(\.state) == ["STALE"])
        #expect(table.entries(for: try address("172.16.0.99")).map(\.state) == ["FAILED"])
    }

    /// `arp -s`, ATF_PERM (proc(5)): nobody was asked.
    @Test func whatIsWrittenByHandAnswersForNobody() throws {
        func kernels(_ flags: String) throws -> MACAddress? {
            let text = "IP address\n172.16.0.50 0x1 \(flags) 02:00:00:00:00:99 * eth0\n"
            return NeighbourTable.read(kernelTable: text).macAddress(of: try address("172.16.0.50"))
        }
        #expect(try kernels("0x2") == MACAddress("02:00:00:00:00:99"))
        #expect(try kernels("0x6") == nil)
    }

    @Test(arguments: ["bullseye", "bookworm", "trixie"])
    func sockets(_ release: String) throws {
        let list = ListeningSockets.read(try ParsingFixture.text("network/\(release)/ss.txt"))
        let web = list.sockets.filter { $0.port == 80 }
        #expect(web.map(\.address) == [IPAddress(.v6, 0)])
        #expect(web.first?.processes.map(\.name) == ["apache2", "apache2", "apache2"])
        let vip = try address("172.16.0.12")
        #expect(
            list.sockets.contains {
                $0.port == 53 && $0.address == vip && $0.processes.first?.name == "named"
            })
        #expect(list.sockets.contains { $0.address.isLinkLocal })
        let netstat = ListeningSockets.read(try ParsingFixture.text("network/\(release)/netstat.txt"))
        #expect(netstat.sockets.first { $0.port == 80 }?.processes.first?.name == "apache2")
        #expect(netstat.sockets.filter { $0.port == 22 }.count == 2)
        // The cut-off address is not taken for another one.
        #expect(list.sockets.count == netstat.sockets.count + 2)
    }

    @Test func socketsWithoutProcesses() throws {
        let list = ListeningSockets.read(try ParsingFixture.text("network/bookworm/ss-header.txt"))
        #expect(list.sockets.count == 25 && list.sockets.allSatisfy(\.processes.isEmpty))
    }

    @Test func interfacesFile() throws {
        let result = StaticAddresses.read(
            """
            # This file describes the network interfaces
            source /etc/network/interfaces.d/*

            auto lo
            iface lo inet loopback
            allow-hotplug eth0
            iface eth0 inet static
                address 172.16.0.10/24
                gateway 172.16.0.254
                up ip addr add 172.16.0.12/24 brd 172.16.0.255 dev eth0 label eth0:VIP
            iface eth0 inet6 static
                address fd00:16::10
                netmask 64
            iface eth1 inet static
                address 10.0.0.1
                netmask 255.255.255.0
                broadcast 10.0.0.255
                # up ip addr add 10.0.0.9/24 dev eth1
            auto eth1:0
            iface eth1:0 inet static
                address 10.0.0.2
                netmask 24
            iface eth2 inet dhcp
                post-up /sbin/ifconfig eth2:1 192.168.9.1 netmask 255.255.255.0 \\
                    broadcast 192.168.9.255
            iface eth3 inet static
                address nonsense
            """)
        let vip = try #require(result.entries(for: try address("172.16.0.12")).first)
        #expect(vip.interface == "eth0:VIP" && vip.isAtBoot)
        #expect(
            result.entries.filter(\.isAtBoot).map(\.address)
                == [
                    vip.address, try address("172.16.0.10"), try address("fd00:16::10"),
                    try address("10.0.0.2"),
                ])
        let others = result.entries.filter { !$0.isAtBoot }
        #expect(others.map(\.interface) == ["eth1", "eth2:1"])
        #expect(others.map(\.address) == [try address("10.0.0.1"), try address("192.168.9.1")])
        #expect(try result.entries(for: address("172.16.0.1")).isEmpty)
    }
}
