import GraderCore

extension ClusterStatus {
    /// The JSON that `bascule parse mon` prints, with the names of crm_mon's own XML; absent things as null, the same
    /// whether it was read from the XML or from the printed form.
    public var facts: FactsValue {
        .object([
            "version": FactsValue(pacemakerVersion), "dc": FactsValue(dc),
            "with_quorum": FactsValue(hasQuorum),
            "stack": FactsValue(stack), "last_update": FactsValue(lastUpdate),
            "last_change": FactsValue(lastChange), "nodes_configured": FactsValue(nodesConfigured),
            "resources_configured": FactsValue(resourcesConfigured), "cluster_options": FactsValue(options),
            "nodes": FactsValue(nodes, by: \.name, \.facts),
            "resources": .array(resources.map { .object($0.facts) }),
            "failures": .array(failures.map { .object($0.facts) }),
            "history": .array(
                history.map {
                    .object([
                        "node": .string($0.node), "resource": .string($0.resource),
                        "fail-count": FactsValue($0.failCount),
                        "migration-threshold": FactsValue($0.migrationThreshold),
                        "last-failure": FactsValue($0.lastFailure),
                    ])
                }),
            "bans": FactsValue(bans, by: \.id) {
                [
                    "resource": .string($0.resource), "node": .string($0.node),
                    "weight": FactsValue($0.weight),
                ]
            },
            "unknown": FactsValue(unknown), "problems": FactsValue(problems),
        ])
    }
}

extension ClusterStatus.Node {
    fileprivate var facts: [String: FactsValue] {
        [
            "id": FactsValue(id), "online": .bool(isOnline), "standby": .bool(isStandby),
            "standby_onfail": .bool(isStandbyOnFail), "maintenance": .bool(isInMaintenance),
            "pending": .bool(isPending), "unclean": .bool(isUnclean), "shutdown": .bool(isShuttingDown),
            "is_dc": .bool(isDC), "type": FactsValue(type), "resources_running": FactsValue(resourcesRunning),
        ]
    }
}

extension ClusterStatus.Resource {
    fileprivate var facts: [String: FactsValue] {
        [
            "id": .string(id), "resource_agent": .string(agent), "role": .string(role),
            "target_role": FactsValue(targetRole), "active": .bool(isActive), "managed": .bool(isManaged),
            "failed": .bool(isFailed), "failure_ignored": .bool(isFailureIgnored),
            "blocked": .bool(isBlocked), "orphaned": .bool(isOrphaned), "nodes": FactsValue(nodes),
            "group": FactsValue(group), "clone": FactsValue(clone), "bundle": FactsValue(bundle),
            "pending": FactsValue(pending),
        ]
    }
}

extension ClusterStatus.Failure {
    fileprivate var facts: [String: FactsValue] {
        [
            "op_key": .string(operationKey), "resource": .string(resource), "node": .string(node),
            "task": FactsValue(task), "interval_ms": FactsValue(milliseconds: interval),
            "exitcode": FactsValue(exitCode), "exitstatus": FactsValue(exitStatus),
            "exitreason": FactsValue(exitReason), "status": FactsValue(status), "call": FactsValue(callID),
            "last-rc-change": FactsValue(lastResultChange),
            "exec_ms": FactsValue(milliseconds: executionTime),
        ]
    }
}
