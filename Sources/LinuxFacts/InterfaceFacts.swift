import GraderCore

extension InterfaceAddresses {
    /// The JSON that `bascule parse ip` prints, with the names of `ip -j addr`; absent things as null, the same whether
    /// they were read from text or from JSON.
    public var facts: FactsValue {
        .object(["interfaces": .array(interfaces.map(\.facts)), "problems": FactsValue(problems)])
    }
}

extension InterfaceAddresses.Interface {
    fileprivate var facts: FactsValue {
        .object([
            "ifindex": FactsValue(index), "ifname": .string(name),
            "altnames": .array(alternativeNames.map { .string($0) }), "link": FactsValue(link),
            "flags": FactsValue(flags), "mtu": FactsValue(mtu), "operstate": FactsValue(operationalState),
            "link_type": FactsValue(linkType), "address": FactsValue(macAddress?.description),
            "addr_info": .array(addresses.map(\.facts)),
        ])
    }
}

extension InterfaceAddresses.Address {
    fileprivate var facts: FactsValue {
        .object([
            "family": .string(address.isIPv4 ? "inet" : "inet6"), "local": .string(address.description),
            "prefixlen": .integer(prefixLength), "peer": FactsValue(peer?.description),
            "broadcast": FactsValue(broadcast?.description), "scope": FactsValue(scope),
            "label": FactsValue(label), "secondary": .bool(isSecondary), "dynamic": .bool(isDynamic),
            "deprecated": .bool(isDeprecated), "tentative": .bool(isTentative),
            "dadfailed": .bool(hasDuplicate), "valid_lifetime_ms": FactsValue(milliseconds: validLifetime),
            "preferred_lifetime_ms": FactsValue(milliseconds: preferredLifetime),
        ])
    }
}
