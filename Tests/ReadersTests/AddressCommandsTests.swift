import GraderCore
import LinuxFacts
import Testing

/// What shell commands do to addresses, by dash(1), ip-address(8) and ifconfig(8); scripts as students write them.
@Suite struct AddressCommandsTests {
    private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    @Test(arguments: [
        ("ip a a 172.16.0.12/24 dev eth0", "eth0"),
        ("ip addr add 172.16.0.12/24 dev eth0 label eth0:VIP", "eth0:VIP"),
        ("/sbin/ip -4 address add local 172.16.0.12/24 brd + dev eth0 || true", "eth0"),
        ("ip addr add dev eth0 broadcast 172.16.0.255 172.16.0.12/24", "eth0"),
        ("sudo ip ad re \"172.16.0.12/24\" dev eth0", "eth0"),
        ("ifconfig eth0:0 172.16.0.12 netmask 255.255.255.0 up", "eth0:0"),
        ("/sbin/ifconfig eth0:0 inet 172.16.0.12/24", "eth0:0"),
        ("ifconfig eth0 add 172.16.0.12", "eth0"),
        ("VIP=172.16.0.12; ip addr add ${VIP}/24 dev $IFACE", "eth0"),
        ("ip link set eth0 up && ip addr add 172.16.0.12/24 dev eth0", "eth0"),
        ("sh -c 'sleep 5; ip addr add 172.16.0.12/24 dev eth0' &", "eth0"),
        ("(sleep 9; ip addr add 172.16.0.12/24 dev eth0) >/dev/null 2>&1 &", "eth0"),
        ("if [ \"$IFACE\" = eth0 ]; then ip addr add 172.16.0.12/24 dev eth0; fi", "eth0"),
        ("[ \"$IFACE\" != eth0 ] && exit 0\nip addr add 172.16.0.12/24 dev eth0", "eth0"),
        ("case $IFACE in lo) ;; eth*) ip addr add 172.16.0.12/24 dev eth0 ;; esac", "eth0"),
        ("for end in 12 13; do ip addr add 172.16.0.$end/24 dev eth0; done", "eth0"),
        ("start() {\n ip addr add 172.16.0.12/24 dev eth0\n}\nstart\n", "eth0"),
        ("ip addr add 172.16.0.12/24 \\\n  dev eth0 # the web\nexit 0\n", "eth0"),
    ])
    func isGiven(script: String, device: String) throws {
        let read = AddressCommands.read(script, variables: ["IFACE": "eth0"])
        let entry = try #require(try read.given.first { $0.address == (try address("172.16.0.12")) })
        #expect(entry.device == device)
    }

    @Test(arguments: [
        "# ip addr add 172.16.0.12/24 dev eth0", "true # ip addr add 172.16.0.12/24 dev eth0",
        "ip addr del 172.16.0.12/24 dev eth0", "ip addr show to 172.16.0.12",
        "ip addr add 172.16.0.12/24 dev eth0; ip addr del 172.16.0.12/24 dev eth0",
        "ip route add 10.0.0.0/8 via 172.16.0.12", "ip neigh add 172.16.0.12 dev eth0",
        "ip -n web addr add 172.16.0.12/24 dev eth0", "ip netns exec web ip addr add 172.16.0.12/24 dev eth0",
        "ip addr add 172.16.0.10/24 brd 172.16.0.12 dev eth0", "ping -c 1 172.16.0.12",
        "echo ip addr add 172.16.0.12/24 dev eth0", "echo 'up\nip addr add 172.16.0.12/24 dev eth0\n'",
        "exit 0\nip addr add 172.16.0.12/24 dev eth0", "exec sleep 1\nip addr add 172.16.0.12/24 dev eth0",
        "cat > /root/x <<EOF\nip addr add 172.16.0.12/24 dev eth0\nEOF\n",
        "if [ \"$IFACE\" = eth1 ]; then ip addr add 172.16.0.12/24 dev eth1; fi",
        "[ \"$IFACE\" = lo ] || exit 0\nip addr add 172.16.0.12/24 dev eth0",
        "false && ip addr add 172.16.0.12/24 dev eth0", "stop() { ip addr add 172.16.0.12/24 dev eth0; }",
        "ifconfig eth0:0 down", "ifconfig eth0 172.16.0.10 broadcast 172.16.0.12",
        "ifconfig eth0 del 172.16.0.12",
        "iptables -A INPUT -d 172.16.0.12 -j ACCEPT",
    ])
    func isNotGiven(script: String) throws {
        let read = AddressCommands.read(script, variables: ["IFACE": "eth0"])
        let vip = try address("172.16.0.12")
        #expect(!read.given.contains { $0.address == vip } && !read.isOpen.contains(vip) && !read.isAnyOpen)
    }

    /// What another command answers, or a file that may be there, is nobody's to say.
    @Test(arguments: [
        "[ -f /etc/active ] && ip addr add 172.16.0.12/24 dev eth0",
        "if grep -q web /etc/role; then ip addr add 172.16.0.12/24 dev eth0; fi",
        "test -e /run/x || exit 0\nip addr add 172.16.0.12/24 dev eth0",
        "ip addr add $(cat /etc/vip) dev eth0", "for a in $LIST; do ip addr add $a dev eth0; done",
        "while read -r a; do ip addr add 172.16.0.12/24 dev eth0; done",
    ])
    func isOpen(script: String) throws {
        let read = AddressCommands.read(script)
        let vip = try address("172.16.0.12")
        #expect(!read.given.contains { $0.address == vip })
        #expect(read.isOpen.contains(vip) || read.isAnyOpen)
    }

    /// Made to take long: loops in loops, functions that call each other, values that hold themselves.
    @Test func aHostileScriptIsLeftInTime() {
        let loops =
            String(repeating: "for a in 1 2 3 4 5 6 7 8; do ", count: 12) + "sh -c 'ip a'"
            + String(repeating: "; done", count: 12)
        let calls = "f() { f; f; f; f; }; g() { f; g; }; g; f"
        let values = "a=aaaaaaaaaaaaaaaa; " + String(repeating: "a=$a$a$a$a; ", count: 3_000)
        let brackets = String(repeating: "( ", count: 60_000) + String(repeating: "if ", count: 60_000)
        for script in [loops, calls, values, brackets, String(repeating: "$(", count: 50_000)] {
            _ = AddressCommands.read(script)
        }
        #expect(AddressCommands.read(loops).isAnyOpen)
    }
}
