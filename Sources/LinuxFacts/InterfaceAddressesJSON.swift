import Foundation
import GraderCore

extension InterfaceAddresses {
    /// Reads what `ip -j addr` prints (iproute2 4.15 on). Never fails; an entry that is not understood is left out
    /// and named.
    public static func read(json bytes: [UInt8]) -> InterfaceAddresses {
        var result = InterfaceAddresses()
        guard bytes.count <= ParsingLimits.bytes else {
            result.problems = [
                LocalizedText(
                    fr: "la sortie de ip -j addr : \(bytes.count) octets, non lue",
                    en: "the output of ip -j addr is \(bytes.count) bytes long; not read")
            ]
            return result
        }
        let entries: [LinkEntry]
        do {
            entries = try JSONDecoder().decode([LinkEntry].self, from: Data(bytes))
        } catch {
            let text = String(decoding: bytes.prefix(ParsingLimits.quotedCharacters), as: UTF8.self)
            result.problems = [
                LocalizedText(
                    fr: "la sortie de ip -j addr n'est pas le JSON attendu : \(text.excerpt)",
                    en: "the output of ip -j addr is not the JSON it should be: \(text.excerpt)")
            ]
            return result
        }
        var problems = ProblemList()
        // As many as the bytes hold: an address that was left out would be one that the machine does not have.
        for entry in entries {
            // Old versions print empty objects for what a filter left out.
            guard let name = entry.ifname else { continue }
            var interface = Interface(
                index: entry.ifindex, name: name, alternativeNames: entry.altnames ?? [],
                link: entry.link ?? entry.link_index.map { "if\($0)" },
                flags: entry.flags ?? [], mtu: entry.mtu, operationalState: entry.operstate,
                linkType: entry.link_type, macAddress: entry.address.flatMap { MACAddress($0) })
            for info in entry.addr_info ?? [] {
                guard let local = info.local else { continue }
                guard let address = info.address(on: name) else {
                    problems.add(
                        LocalizedText(
                            fr: "non compris dans ip -j addr : \(local.excerpt) sur \(name.excerpt)",
                            en: "not understood in ip -j addr: \(local.excerpt) on \(name.excerpt)"))
                    continue
                }
                interface.addresses.append(address)
            }
            result.interfaces.append(interface)
        }
        result.problems = problems.all
        return result
    }

    /// One interface, with iproute2's names.
    private struct LinkEntry: Decodable {
        var ifindex: Int?
        var ifname: String?
        var altnames: [String]?
        var link: String?
        var link_index: Int?
        var flags: [String]?
        var mtu: Int?
        var operstate: String?
        var link_type: String?
        var address: String?
        var addr_info: [AddressEntry]?
    }

    /// One address, with iproute2's names.
    private struct AddressEntry: Decodable {
        var local: String?
        /// The peer's address.
        var address: String?
        var prefixlen: Int?
        var broadcast: String?
        var scope: String?
        var label: String?
        var secondary: Bool?
        var dynamic: Bool?
        var deprecated: Bool?
        var tentative: Bool?
        var dadfailed: Bool?
        var valid_life_time: UInt32?
        var preferred_life_time: UInt32?

        func address(on interface: String) -> Address? {
            guard let local = local.flatMap({ IPAddress($0) }) else { return nil }
            let length = prefixlen ?? local.family.bits
            guard (0...local.family.bits).contains(length) else { return nil }
            return Address(
                address: local, prefixLength: length, peer: address.flatMap { IPAddress($0) },
                broadcast: broadcast.flatMap { IPAddress($0) }, scope: scope,
                label: label == interface ? nil : label, isSecondary: secondary ?? false,
                isDynamic: dynamic ?? false, hasDuplicate: dadfailed ?? false,
                isTentative: tentative ?? false, isDeprecated: deprecated ?? false,
                validLifetime: lifetime(valid_life_time), preferredLifetime: lifetime(preferred_life_time))
        }

        /// All ones is forever.
        private func lifetime(_ seconds: UInt32?) -> Duration? {
            seconds.flatMap { $0 == .max ? nil : .seconds(Int64($0)) }
        }
    }
}
