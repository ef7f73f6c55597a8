import Foundation

/// By what a pair's machines can be told from others': compared between students, never judged.
public struct PairIdentity: Sendable, Hashable, Codable {
    /// SHA-256 of the SSH host keys, as OpenSSH prints fingerprints (ssh-keygen(1), `-l`): `SHA256:…`.
    public var hostKeys: [NodeRole: String]
    /// SHA-256 of the machine-ids in hexadecimal: the ids themselves are not to be shown around (machine-id(5)).
    public var machineIDs: [NodeRole: String]
    /// Of the interfaces that have one, but loopback; in ascending order.
    public var hardwareAddresses: [NodeRole: [String]]
    /// Of the cluster's own configuration; nil where none was found.
    public var virtualIP: String?

    public init(
        hostKeys: [NodeRole: String] = [:], machineIDs: [NodeRole: String] = [:],
        hardwareAddresses: [NodeRole: [String]] = [:], virtualIP: String? = nil
    ) {
        self.hostKeys = hostKeys
        self.machineIDs = machineIDs
        self.hardwareAddresses = hardwareAddresses
        self.virtualIP = virtualIP
    }

    /// nil where nothing of it was seen.
    public init?(_ findings: Findings) {
        self.init(
            hostKeys: (findings.evidence.hostKeys ?? [:]).compactMapValues(PairIdentity.fingerprint),
            virtualIP: findings.virtualIP.found?.address?.description)
        for role in NodeRole.allCases {
            if let id = findings.evidence.complete(ClusterProbe.machineID, on: role)?.onlyWord,
                id.utf8.count == 32, id.allSatisfy(\.isHexDigit)
            {
                machineIDs[role] = SHA256Digest(of: id.utf8).description
            }
            let own = findings.interfaces[role]?.interfaces.filter {
                !$0.isLoopback && $0.linkType == "ether"
            }
            .compactMap(\.macAddress).filter { $0.number != 0 }
            if let own, !own.isEmpty { hardwareAddresses[role] = Set(own).sorted().map(\.description) }
        }
        if hostKeys.isEmpty, machineIDs.isEmpty, hardwareAddresses.isEmpty, virtualIP == nil { return nil }
    }

    private static func fingerprint(_ key: String) -> String? {
        guard let blob = key.split(separator: " ").last.flatMap({ Data(base64Encoded: String($0)) }) else {
            return nil
        }
        let digest = Data(SHA256Digest(of: blob).bytes).base64EncodedString()
        return "SHA256:" + digest.prefix { $0 != "=" }
    }
}
