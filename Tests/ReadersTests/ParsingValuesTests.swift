import Foundation
import GraderCore
import LinuxFacts
import Pacemaker
import Testing

@Suite struct ParsingValuesTests {
    @Test(arguments: [
        "10", "10s", "10S", "10sec", " 10 s ", "10000ms", "10000msec", "PT10S", "+10", "10.7", "10000000us",
    ])
    func tenSeconds(_ text: String) { #expect(DurationText.parse(text) == .seconds(10)) }

    @Test(arguments: [
        ("1min", 60_000), ("2m", 120_000), ("1h", 3_600_000), ("1hr", 3_600_000), ("0", 0), ("0s", 0),
        ("500us", 0), ("1500us", 1), ("P1D", 86_400_000), ("P1W", 604_800_000), ("PT1H30M", 5_400_000),
        ("P1M", 2_592_000_000), ("PT1M", 60_000), ("P1Y", 31_536_000_000), ("10 seconds", 10_000),
    ])
    func units(_ text: String, milliseconds: Int64) throws {
        #expect(try #require(DurationText.parse(text)).wholeMilliseconds == milliseconds)
    }

    @Test(arguments: [
        "", " ", "s", "-10s", "10x", "ten", "P", "PT", "P10", "PT10", "P1H", "PTT1S", "PT1D",
        "99999999999999999999",
        "9223372036854775807", "P99999999999999999Y", String(repeating: "1", count: 100), "1O", "\u{0661}0",
    ])
    func notAnInterval(_ text: String) { #expect(DurationText.parse(text) == nil) }

    @Test func booleans() {
        for text in ["true", "on", "yes", "y", "1", "ON", "True"] {
            #expect(ClusterBoolean.parse(text) == true)
        }
        for text in ["false", "off", "no", "n", "0", "OFF"] { #expect(ClusterBoolean.parse(text) == false) }
        for text in ["", "2", "enabled", "truee", " on"] { #expect(ClusterBoolean.parse(text) == nil) }
    }

    @Test(arguments: [
        ("inf", 1_000_000), ("INFINITY", 1_000_000), ("+inf", 1_000_000), ("-inf", -1_000_000),
        ("-INFINITY", -1_000_000), ("1000000", 1_000_000), ("-2000000", -1_000_000), ("50", 50), ("+50", 50),
        ("-7", -7), ("99999999999999999999999", 1_000_000), ("-99999999999999999999999", -1_000_000),
        ("0", 0),
    ])
    func scores(_ text: String, value: Int) { #expect(Score(text)?.value == value) }

    @Test(arguments: ["", "-", "+", "infinite", "5x", "1.5", "--5", "\u{0665}"])
    func notAScore(_ text: String) { #expect(Score(text) == nil) }

    @Test func scoreArithmetic() {
        #expect(Score.infinity + Score(-5) == .infinity)
        #expect(Score.infinity + .minusInfinity == .minusInfinity)
        #expect(Score(600_000) + Score(600_000) == .infinity)
        #expect(Score(-600_000) + Score(-600_000) == .minusInfinity)
        #expect(Score(2) + Score(3) == Score(5))
        #expect(Score.minusInfinity < Score(-999_999))
        #expect(Score.infinity.description == "INFINITY")
        #expect(Score.minusInfinity.description == "-INFINITY")
    }

    @Test(arguments: [
        ("172.16.0.12", "172.16.0.12"), ("0.0.0.0", "0.0.0.0"), ("::", "::"), ("::1", "::1"),
        ("FD00::0:1", "fd00::1"), ("fe80:0:0:0:3461:30ff:fe63:3030", "fe80::3461:30ff:fe63:3030"),
        ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:0:2:0:0:3:4", "1::2:0:0:3:4"),
        ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
        ("::ffff:172.16.0.12", "::ffff:172.16.0.12"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("1::", "1::"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ])
    func addresses(_ text: String, canonical: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == canonical)
        #expect(IPAddress(address.description) == address)
    }

    @Test(arguments: [
        "", "1", "172.16.0", "172.16.0.1.2", "172.16.0.256", "172.16.0.01", "172.16.0.", ".1.2.3", "1.2.3.4 ",
        "172.16.0.12/24", ":", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1%eth0",
        "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6:7:8::", "g::", "1:", ":1", "fe80::1:", "+1.2.3.4", "1.2.3.0x4",
    ])
    func notAnAddress(_ text: String) { #expect(IPAddress(text) == nil) }

    @Test func addressValues() throws {
        func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }
        let vip = try address("172.16.0.12")
        #expect(vip != IPAddress("172.16.0.1"))
        #expect(vip < (try address("172.16.0.120")))
        #expect(vip.isInSameNetwork(as: try address("172.16.0.200"), prefixLength: 24))
        #expect(!vip.isInSameNetwork(as: try address("172.16.1.12"), prefixLength: 24))
        #expect(vip.network(prefixLength: 0).number == 0)
        #expect(vip.network(prefixLength: 32) == vip)
        #expect(IPAddress("::ffff:172.16.0.12")?.unmapped == vip)
        #expect(IPAddress("127.1.2.3")?.isLoopback == true)
        #expect(IPAddress("fe80::1")?.isLinkLocal == true)
        #expect(IPAddress("fec0::1")?.isLinkLocal == false)
    }

    @Test func prefixLengths() {
        #expect(PrefixLength.parse("24") == 24)
        #expect(PrefixLength.parse("/24") == 24)
        #expect(PrefixLength.parse("255.255.255.0") == 24)
        #expect(PrefixLength.parse("0.0.0.0") == 0)
        #expect(PrefixLength.parse("255.255.255.255") == 32)
        #expect(PrefixLength.parse("64", family: .v6) == 64)
        for text in ["", "33", "-1", "255.0.255.0", "0.0.0.255", "24 ", "ffffff00"] {
            #expect(PrefixLength.parse(text) == nil)
        }
        #expect(PrefixLength.parse("255.255.255.0", family: .v6) == nil)
    }

    @Test func hardwareAddresses() {
        #expect(MACAddress("36:61:30:63:30:30")?.description == "36:61:30:63:30:30")
        #expect(MACAddress("36-61-30-63-30-0A") == MACAddress("36:61:30:63:30:a"))
        for text in ["", "36:61:30:63:30", "36:61:30:63:30:30:30", "36:61:30:63:30:3g", "36:61:30:63:30:300"]
        {
            #expect(MACAddress(text) == nil)
        }
    }

    @Test func dates() {
        #expect(ClusterDate.parse("2026-11-22 14:57:27Z") == Date(timeIntervalSince1970: 1_795_359_447))
        #expect(ClusterDate.parse("2026-11-22T15:57:27 +01:00") == Date(timeIntervalSince1970: 1_795_359_447))
        #expect(ClusterDate.parse("1970-01-01 00:00:00Z") == Date(timeIntervalSince1970: 0))
        #expect(ClusterDate.parse("1969-12-31T18:30:00-0530 ") == Date(timeIntervalSince1970: 0))
        #expect(ClusterDate.parse("1970-01-01 01:00:00+01") == Date(timeIntervalSince1970: 0))
        for text in [
            "", "2026-11-22", "2026-11-22 14:57:27", "2026-13-22 14:57:27Z", "2026-11-22 14:57:27Zx",
            // What the library's own style would take.
            "2026-11-22 25:57:27Z", "2026-11-22 14:61:27Z", "2026-11-00 14:57:27Z", "2026-11-32 14:57:27Z",
            "2026-11-22 14:57:27.5Z", "2026-1-2 14:57:27Z", "2026-11-22 14:57:27+0100 Z",
            "99999-11-22 14:57:27Z", "2026-11-22 14:57:27+24:00", "2026-11-22 14:57:27 -05:60",
            "\u{0662}026-11-22 14:57:27Z", "2026-11-22 14:57:27" + String(repeating: " ", count: 1000) + "Z",
        ] {
            #expect(ClusterDate.parse(text) == nil)
        }
    }
}
