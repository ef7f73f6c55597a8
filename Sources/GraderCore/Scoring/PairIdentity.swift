import Foundation

/// By what a pair's machines can be told from others': compared between students, never judged.
public struct PairIdentity: Sendable, Hashable, Codable {
    /// SHA-256 of the SSH host keys, as OpenSSH prints fingerprints (ssh-keygen(1), `-l`): `SHA256:…`.
    public var hostKeys: [MachineID: String]
    /// SHA-256 of the machine-ids in hexadecimal: the ids themselves are not to be shown around (machine-id(5)).
    public var machineIDs: [MachineID: String]
    /// Of the interfaces that have one, but loopback; in ascending order.
    public var hardwareAddresses: [MachineID: [String]]
    /// Of the cluster's own configuration; nil where none was found.
    public var virtualIP: String?

    public init(
        hostKeys: [MachineID: String] = [:], machineIDs: [MachineID: String] = [:],
        hardwareAddresses: [MachineID: [String]] = [:], virtualIP: String? = nil
    ) {
        self.hostKeys = hostKeys
        self.machineIDs = machineIDs
        self.hardwareAddresses = hardwareAddresses
        self.virtualIP = virtualIP
    }

    /// `SHA256:…` of a host key, `type base64`; nil where it is none.
    public static func fingerprint(_ key: String) -> String? {
        guard let blob = key.split(separator: " ").last.flatMap({ Data(base64Encoded: String($0)) }) else {
            return nil
        }
        let digest = Data(SHA256Digest(of: blob).bytes).base64EncodedString()
        return "SHA256:" + digest.prefix { $0 != "=" }
    }
}
