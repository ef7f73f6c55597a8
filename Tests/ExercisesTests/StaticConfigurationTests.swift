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
}
