import GraderCore

/// What a drill promises to give back, in a form that can be compared: the configuration without what changes by
/// itself, node attributes of both lifetimes, failures, units and files.
///
/// Left out of the configuration: versions (`admin_epoch`, `epoch`, `num_updates`), `cib-last-written`,
/// `update-*`, `dc-uuid`, `have-quorum`, and the property `last-lrm-refresh`, which Pacemaker writes itself.
public struct ClusterSnapshot: Sendable, Hashable {
    /// One line for each element, attributes sorted, indented by depth; nil where the CIB could not be read.
    public var configuration: [String]?
    /// `serv1 standby` to its value, until the next reboot; those that Pacemaker keeps for itself are left out.
    public var transientAttributes: [String: String] = [:]
    /// Failed operations in the history: `serv1 serviceWeb monitor`.
    public var failures: Set<String> = []
    /// Anything else by name: the state of units, sums of files.
    public var facts: [String: String]

    public init(cib: Bytes?, facts: [String: String]) {
        self.facts = facts
        guard let cib,
            let root = XMLTree.read(cib.raw, named: LocalizedText(fr: "la CIB", en: "the CIB")).root
        else { return }
        configuration = root.first("configuration").map { Self.canonical($0) }
        for state in CIBReader.read(root).nodeStates {
            for (name, value) in state.transientAttributes where !Self.isPacemakersOwn(name) {
                transientAttributes["\(state.name) \(name)"] = value
            }
            for operation in state.operations where operation.hasFailed {
                failures.insert("\(state.name) \(operation.resource) \(operation.operation)")
            }
        }
    }

    /// `#feature-set` and the like, and what a node sets while it starts or stops.
    private static func isPacemakersOwn(_ name: String) -> Bool {
        name.hasPrefix("#") || ["shutdown", "probe_complete", "terminate"].contains(name)
    }

    private static func canonical(_ element: XMLTree, depth: Int = 0) -> [String] {
        if element.name == "nvpair", element["name"] == "last-lrm-refresh" { return [] }
        let attributes = element.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\"\($0.value)\"" }
        let line =
            String(repeating: " ", count: depth) + "<" + element.name + attributes.joined() + ">"
        return [line] + element.children.flatMap { canonical($0, depth: depth + 1) }
    }

    /// What is different in a later one. A part that one of the two lacks is a difference too.
    public func differences(to later: ClusterSnapshot) -> [SnapshotDifference] {
        var found: [SnapshotDifference] = []
        switch (configuration, later.configuration) {
        case (let before?, let after?):
            // Not a full diff: what to look at, in the order of the document.
            let (lost, new) = (Set(before).subtracting(after), Set(after).subtracting(before))
            found += before.filter(lost.contains).map { .init(what: "configuration", before: $0, after: nil) }
            found += after.filter(new.contains).map { .init(what: "configuration", before: nil, after: $0) }
            if found.isEmpty, before != after {
                found.append(.init(what: "configuration", before: "order of entries", after: "another order"))
            }
        case (nil, nil): break
        case (nil, _): found.append(.init(what: "configuration", before: nil, after: "readable"))
        case (_, nil): found.append(.init(what: "configuration", before: "readable", after: nil))
        }
        func compare(_ what: String, _ before: [String: String], _ after: [String: String]) {
            for key in Set(before.keys).union(after.keys).sorted() where before[key] != after[key] {
                found.append(.init(what: "\(what) \(key)", before: before[key], after: after[key]))
            }
        }
        compare("attribute", transientAttributes, later.transientAttributes)
        for failure in failures.subtracting(later.failures).sorted() {
            found.append(.init(what: "failure", before: failure, after: nil))
        }
        for failure in later.failures.subtracting(failures).sorted() {
            found.append(.init(what: "failure", before: nil, after: failure))
        }
        compare("state", facts, later.facts)
        return found
    }
}

extension ClusterInformationBase.OperationRecord {
    /// A result that is not what the cluster expected: an error, or a resource found stopped by a recurring
    /// monitor. A probe that finds nothing running (7) is no failure.
    public var hasFailed: Bool {
        guard let returnCode, !isPending else { return false }
        // 193 to 199 are Pacemaker's own, 190 and 191 degraded but running.
        let expected: Set<Int> =
            operation == "monitor" && interval == .zero ? [0, 7, 8, 190, 191] : [0, 8, 190, 191]
        return !expected.contains(returnCode)
    }
}

extension SnapshotDifference {
    /// Whether it is a failed operation or its count, which was not there before.
    public var isFailure: Bool {
        after != nil
            && (what == "failure" || what.contains(" fail-count-") || what.contains(" last-failure-"))
    }
}
