import GraderCore
import LinuxFacts
import Pacemaker

/// What a machine of the subnet said of itself.
public struct DiscoveredHost: Sendable, Hashable {
    /// Where it answered.
    public var address: IPAddress
    /// Why nobody could be logged in; then nothing else is known.
    public var failure: String?
    /// `type base64`.
    public var hostKey: String?
    public var hostName: String?
    public var machineID: String?
    /// What Pacemaker calls it.
    public var nodeName: String?
    public var corosync = CorosyncConfiguration()
    /// All its addresses but loopback and link-local ones.
    public var addresses: [InterfaceAddresses.Address] = []
    /// Addresses of the CIB's `IPaddr2` primitives; nil where no CIB could be read.
    public var virtualIPs: [IPAddress]?
    /// Of resolv.conf, where it is a private address.
    public var nameServer: IPAddress?
    /// The first of resolv.conf's `search` or `domain`.
    public var searchDomain: String?

    public init(address: IPAddress) { self.address = address }

    /// Whether it is, or was meant to be, a node of a cluster.
    public var isClustered: Bool { corosync.nodes.count >= 2 || nodeName != nil || virtualIPs != nil }

    /// What people call it.
    public var label: String { nodeName ?? hostName ?? address.description }

    // MARK: Asking

    /// What to ask a machine once logged in: reading commands of a few milliseconds each.
    public static let questions: [(name: String, command: RemoteCommand)] = [
        ("host-name", RemoteCommand(["uname", "-n"], asRoot: false)),
        ("machine-id", RemoteCommand(["cat", "/etc/machine-id"], asRoot: false, outputLimit: 4096)),
        (
            "corosync",
            RemoteCommand(["cat", "/etc/corosync/corosync.conf"], outputLimit: 256 << 10)
        ),
        ("node-name", RemoteCommand(["crm_node", "-n"])),
        ("addresses", RemoteCommand(["ip", "-j", "addr", "show"], asRoot: false)),
        ("cib", RemoteCommand(["cibadmin", "--query"], outputLimit: 2 << 20)),
        ("resolver", RemoteCommand(["cat", "/etc/resolv.conf"], asRoot: false, outputLimit: 64 << 10)),
    ]

    /// - Parameter answers: by the questions' names; what failed is left out.
    public init(address: IPAddress, hostKey: String?, answers: [String: CommandResult]) {
        self.init(address: address)
        self.hostKey = hostKey
        func text(_ name: String) -> String? {
            guard let answer = answers[name], answer.ending == .exited(0), !answer.outputTruncated else {
                return nil
            }
            return answer.standardOutput.text
        }
        func word(_ name: String) -> String? {
            text(name)?.split(whereSeparator: \.isWhitespace).first.map(String.init)
                .flatMap { $0.utf8.count <= 255 ? $0 : nil }
        }
        hostName = word("host-name")
        machineID = word("machine-id")
        nodeName = word("node-name")
        corosync = text("corosync").map { CorosyncConfiguration.read($0) } ?? CorosyncConfiguration()
        if let json = text("addresses") {
            addresses = InterfaceAddresses.read(json: Array(json.utf8)).interfaces.flatMap(\.addresses)
                .filter { !$0.address.isLoopback && !$0.address.isLinkLocal }
        }
        if let cib = text("cib") {
            let configuration = CIBReader.read(cib).configuration
            virtualIPs = configuration.primitives.filter { configuration.isVirtualIP($0) }
                .compactMap { configuration.effectiveParameter("ip", of: $0).flatMap { IPAddress($0) } }
        }
        for line in (text("resolver") ?? "").split(separator: "\n").prefix(100) {
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
