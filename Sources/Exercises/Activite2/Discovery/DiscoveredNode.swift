import GraderCore
import LinuxFacts
import Pacemaker

/// What a machine of the subnet said of itself.
struct DiscoveredNode: Sendable, Hashable {
    /// Where it answered.
    var address: IPAddress
    /// Why nobody could be logged in; then nothing else is known.
    var failure: LocalizedText?
    /// `type base64`.
    var hostKey: String?
    var hostName: String?
    var machineID: String?
    /// What Pacemaker calls it.
    var nodeName: String?
    var corosync = CorosyncConfiguration()
    /// All its addresses but loopback and link-local ones.
    var addresses: [InterfaceAddresses.Address] = []
    /// Addresses that the CIB's primitives bring up; nil where no CIB could be read.
    var virtualIPs: [IPAddress]?
    /// Of resolv.conf, where it is a private address.
    var nameServer: IPAddress?
    /// The first of resolv.conf's `search` or `domain`.
    var searchDomain: String?

    init(address: IPAddress) { self.address = address }

    /// Whether it is, or was meant to be, a node of a cluster.
    var isClustered: Bool { corosync.nodes.count >= 2 || nodeName != nil || virtualIPs != nil }

    var machine: DiscoveredMachine {
        DiscoveredMachine(
            address: address, label: nodeName ?? hostName, addresses: addresses.map(\.address),
            hostNames: [hostName, nodeName].compactMap(\.self))
    }

    // MARK: Asking

    static let questions: KeyValuePairs = [
        "host-name": NodeCommand.hostName,
        "machine-id": NodeCommand.machineID,
        "corosync": RemoteCommand(["cat", "/etc/corosync/corosync.conf"], outputLimit: 256 << 10),
        "node-name": NodeCommand.nodeName,
        "addresses": NodeCommand.addresses,
        "cib": NodeCommand.cib,
        "resolver": RemoteCommand(["cat", "/etc/resolv.conf"], asRoot: false, outputLimit: 64 << 10),
    ]

    init(_ host: AskedHost) {
        address = host.address
        failure = host.failure
        hostKey = host.hostKey
        hostName = host.word("host-name")
        machineID = host.word("machine-id")
        nodeName = host.word("node-name")
        corosync = host.text("corosync").map { CorosyncConfiguration.read($0) } ?? CorosyncConfiguration()
        if let json = host.text("addresses") {
            addresses = InterfaceAddresses.read(json: Array(json.utf8)).all
                .filter { !$0.address.isLoopback && !$0.address.isLinkLocal }
        }
        if let cib = host.text("cib") {
            let configuration = CIBReader.read(cib).configuration
            virtualIPs = configuration.primitives.filter { configuration.bringsUpAddress($0) }
                .compactMap { configuration.effectiveParameter("ip", of: $0).flatMap { IPAddress($0) } }
        }
        for line in (host.text("resolver") ?? "").split(separator: "\n").prefix(100) {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard words.count >= 2 else { continue }
            switch words[0] {
            case "nameserver" where nameServer == nil:
                nameServer = IPAddress(words[1]).flatMap { $0.isLoopback ? nil : $0 }
            case "search", "domain": if searchDomain == nil { searchDomain = words[1] }
            default: break
            }
        }
    }
}
