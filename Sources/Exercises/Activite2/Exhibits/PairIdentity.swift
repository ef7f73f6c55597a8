import Foundation
import GraderCore
import Pacemaker

/// By what a pair's machines can be told from others'.
enum PairIdentity {
    @Sendable static func marks(_ findings: Findings) -> [IdentityMark] {
        hostKeys(findings) + machineIDs(findings) + hardwareAddresses(findings) + virtualIP(findings)
    }

    /// As OpenSSH prints fingerprints (ssh-keygen(1), `-l`): `SHA256:…`.
    private static func hostKeys(_ findings: Findings) -> [IdentityMark] {
        MachineID.pair.compactMap { role in
            guard let key = findings.evidence.hostKeys?[role]?.split(separator: " ").last,
                let blob = Data(base64Encoded: String(key))
            else { return nil }
            let digest = Data(SHA256Digest(of: blob).bytes).base64EncodedString()
            let value = "SHA256:" + digest.prefix { $0 != "=" }
            return IdentityMark(
                "hostKey", of: role, value,
                title: LocalizedText(
                    fr: "Même clé d'hôte SSH : machine clonée ? (\(value))",
                    en: "Same SSH host key: a cloned machine? (\(value))"))
        }
    }

    /// In hexadecimal the SHA-256: the ids themselves are not to be shown around (machine-id(5)).
    private static func machineIDs(_ findings: Findings) -> [IdentityMark] {
        MachineID.pair.compactMap { role in
            let words = findings.evidence.complete(ClusterProbe.machineID, on: role)?.text
                .split(whereSeparator: \.isWhitespace)
            guard let words, words.count == 1, words[0].utf8.count == 32, words[0].allSatisfy(\.isHexDigit)
            else { return nil }
            return IdentityMark(
                "machineID", of: role, SHA256Digest(of: words[0].utf8).description,
                title: LocalizedText(
                    fr: "Même identifiant /etc/machine-id : machine clonée ?",
                    en: "Same /etc/machine-id: a cloned machine?"))
        }
    }

    /// Of the interfaces that have one, but loopback; in ascending order.
    private static func hardwareAddresses(_ findings: Findings) -> [IdentityMark] {
        MachineID.pair.flatMap { role in
            let own = (findings.interfaces[role]?.interfaces ?? [])
                .filter { !$0.isLoopback && $0.linkType == "ether" }
                .compactMap(\.macAddress).filter { $0.number != 0 }
            return Set(own).sorted().map(\.description).map { value in
                IdentityMark(
                    "hardwareAddress", of: role, value,
                    // VirtualBox keeps those of its NAT adapters at an import, and QEMU gives everybody the same one.
                    title: LocalizedText(
                        fr: """
                            Même adresse MAC \(value) : machine clonée ou importée, ou celle que donne l'hyperviseur ?
                            """,
                        en: """
                            Same MAC address \(value): a cloned or imported machine, or the one the hypervisor gives?
                            """))
            }
        }
    }

    /// Of the cluster's own configuration.
    private static func virtualIP(_ findings: Findings) -> [IdentityMark] {
        guard let value = findings.virtualIP.found?.address?.description else { return [] }
        return [
            IdentityMark(
                "virtualIP", value,
                title: LocalizedText(
                    fr: "Même IP virtuelle \(value) : l'une répond peut-être à la place de l'autre",
                    en: "Same virtual IP \(value): one may answer in the other's place"),
                network: MachineID.pair.compactMap { findings.lab.addresses[$0]?.description })
        ]
    }
}
