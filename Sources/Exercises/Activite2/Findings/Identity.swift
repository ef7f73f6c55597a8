import GraderCore
import Pacemaker
import LinuxFacts

extension PairIdentity {
    /// nil where nothing of it was seen.
    init?(_ findings: Findings) {
        self.init(
            hostKeys: (findings.evidence.hostKeys ?? [:]).compactMapValues(PairIdentity.fingerprint),
            virtualIP: findings.virtualIP.found?.address?.description)
        for role in MachineID.pair {
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
}
