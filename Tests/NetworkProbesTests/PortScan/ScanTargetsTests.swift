import GraderCore
import Testing

@testable import NetworkProbes

@Suite struct ScanTargetsTests {
    @Test(arguments: [
        (["172.16.1.10"], 1, "172.16.1.10", "172.16.1.10"),
        (["172.16.1.77/24"], 256, "172.16.1.0", "172.16.1.255"),
        (["172.16.1.10-20"], 11, "172.16.1.10", "172.16.1.20"),
        (["172.16.1.250-172.16.2.5"], 12, "172.16.1.250", "172.16.2.5"),
        (["172.16.1.2,172.16.1.1", "172.16.1.0/30"], 4, "172.16.1.0", "172.16.1.3"),
        (["10.0.0.0/16"], 65_536, "10.0.0.0", "10.0.255.255"),
        (["fd00::10-fd00::13"], 4, "fd00::10", "fd00::13"),
        (["fd00::/120"], 256, "fd00::", "fd00::ff"),
    ])
    func targetsAreRead(texts: [String], count: Int, first: String, last: String) throws {
        let addresses = try ScanTargets(texts).addresses
        #expect(addresses.count == count)
        #expect(addresses.first?.description == first)
        #expect(addresses.last?.description == last)
        #expect(addresses == addresses.sorted())
    }

    @Test(arguments: [
        ("172.16.0.0/15", "larger than a /16"), ("10.0.0.0/6", "larger than a /16"),
        ("fd00::/64", "larger than a /16"), ("::/0", "larger than a /16"), ("0.0.0.0/0", "larger than a /16"),
        ("172.16.1.0/33", "not a subnet"), ("172.16.1.0/x", "not a subnet"), ("serv1/24", "not a subnet"),
        ("serv1", "names are not looked up"), ("172.16.1.20-10", "not a range"),
        ("172.16.1.1-2-3", "not an address"), ("172.16.1.1-", "not a range"), ("", "nothing to scan"),
        (",", "nothing to scan"), ("198.51.100.0/24", "public"), ("172.31.255.250-172.32.0.5", "public"),
        ("2001:db8::1", "public"),
    ])
    func mistakesAreSentences(text: String, words: String) {
        do throws(ScanTargets.Mistake) {
            _ = try ScanTargets([text])
            Issue.record("accepted")
        } catch {
            #expect(error.description.contains(words))
            #expect(error.description.hasSuffix("."))
        }
    }

    @Test func publicAddressesCanBeAllowed() throws {
        #expect(try ScanTargets(["198.51.100.0/30"], allowsPublic: true).addresses.count == 4)
    }

    @Test func severalSubnetsTogetherAreBoundedToo() {
        #expect(throws: ScanTargets.Mistake.self) {
            try ScanTargets(["10.0.0.0/16", "10.1.0.0/16"])
        }
    }

    @Test func portsAreRead() throws {
        #expect(try ScanPorts("443,22,80-82,81").numbers == [22, 80, 81, 82, 443])
        #expect(try ScanPorts("1-65535").numbers.count == 65_535)
        for text in ["", "0", "65536", "80-", "-80", "82-80", "http", "22,,80", "1-2-3"] {
            #expect(throws: ScanTargets.Mistake.self) { try ScanPorts(text) }
        }
    }

    @Test func tooManyVerdictsAreRefused() throws {
        let addresses = try ScanTargets(["10.0.0.0/16"]).addresses
        #expect(throws: ScanTargets.Mistake.self) {
            try PortScan(addresses: addresses, ports: Array(1...1000))
        }
    }
}
