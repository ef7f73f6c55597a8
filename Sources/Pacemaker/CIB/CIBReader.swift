import GraderCore

/// Reads the XML that `cibadmin -Q` prints (schemas `pacemaker-1.0` to `pacemaker-4.0`; `cib.rng` and its parts in
/// `/usr/share/pacemaker`).
public enum CIBReader {
    /// Never fails: what could be read is there, and `problems` says what could not.
    public static func read(_ bytes: [UInt8]) -> ClusterInformationBase {
        let (root, problems) = XMLTree.read(bytes, named: LocalizedText(fr: "la CIB", en: "the CIB"))
        return root.map { read($0, problems) } ?? ClusterInformationBase(problems: problems)
    }

    static func read(_ root: XMLTree, _ problems: [LocalizedText] = []) -> ClusterInformationBase {
        var result = ClusterInformationBase(problems: problems)
        // `cibadmin --output-as=xml` wraps the CIB, and so do some crmsh reports.
        guard let cib = root.name == "cib" ? root : root.firstDescendant("cib") else {
            result.problems.append(
                LocalizedText(
                    fr: "la CIB commence par <\(root.name.excerpt)>, et non par <cib>",
                    en: "the CIB begins with <\(root.name.excerpt)>, not with <cib>"))
            return result
        }
        if let epoch = cib.number("epoch") {
            result.version = .init(
                adminEpoch: cib.number("admin_epoch") ?? 0, epoch: epoch,
                numUpdates: cib.number("num_updates") ?? 0)
        } else {
            result.problems.append(
                LocalizedText(
                    fr: "la CIB n'indique pas sa version (epoch)",
                    en: "the CIB does not say which version it is (epoch)"))
        }
        result.hasCoordinator = cib["dc-uuid"] != nil
        if let configuration = cib.first("configuration") {
            result.configuration = CIBConfigurationReader.read(configuration)
            result.configuration.bound()
        } else {
            result.problems.append(
                LocalizedText(
                    fr: "la CIB n'a pas de section configuration", en: "the CIB has no configuration section")
            )
        }
        if let status = cib.first("status") {
            result.nodeStates = readNodeStates(status, nodes: result.configuration.nodes)
            for index in result.configuration.nodes.indices {
                let name = result.configuration.nodes[index].name
                let state = result.nodeStates.first { $0.name.isSameNode(as: name) }
                result.configuration.nodes[index].transientAttributes = state?.transientAttributes ?? [:]
            }
        }
        return result
    }

    /// Whether two CIBs have the same configuration section, byte for byte: what the status section and the version
    /// do meanwhile does not matter. False too where one has none.
    public static func haveSameConfiguration(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        func section(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
            guard let start = bytes.firstRange(of: Array("<configuration".utf8)),
                let end = bytes[start.upperBound...].firstRange(of: Array("</configuration>".utf8))
            else { return nil }
            return bytes[start.lowerBound..<end.upperBound]
        }
        guard let one = section(one), let other = section(other) else { return false }
        return one.elementsEqual(other)
    }

    /// The same for text.
    public static func read(_ text: String) -> ClusterInformationBase { read(Array(text.utf8)) }

    private static func readNodeStates(
        _ status: XMLTree, nodes: [ClusterConfiguration.Node]
    ) -> [ClusterInformationBase.NodeState] {
        // As many as nodes of a configuration.
        status.children(named: "node_state").prefix(ParsingLimits.resources).map { element in
            let id = element["id"] ?? ""
            var state = ClusterInformationBase.NodeState(
                name: element["uname"] ?? nodes.first { $0.id == id }?.name ?? id)
            state.join = element["join"]
            state.controllerOnline = element["crmd"].flatMap { text in
                switch text {
                case "online": true
                case "offline": false
                // `true`, `false`, or since feature set 3.18 the time of joining, 0 being never.
                default: ClusterBoolean.parse(text) ?? Int(text).map { $0 > 0 }
                }
            }
            for attributes in element.children(named: "transient_attributes") {
                for set in attributes.children(named: "instance_attributes") {
                    for pair in set.children(named: "nvpair") {
                        guard let key = pair["name"], state.transientAttributes[key] == nil else { continue }
                        state.transientAttributes[key] = pair["value"] ?? ""
                    }
                }
            }
            for resource in element.first("lrm")?.first("lrm_resources")?.children ?? [] {
                for operation in resource.children(named: "lrm_rsc_op") {
                    state.operations.append(
                        .init(
                            node: state.name, resource: resource["id"] ?? "",
                            operation: operation["operation"] ?? "",
                            interval: operation.milliseconds("interval") ?? .zero,
                            returnCode: operation.number("rc-code"), status: operation.number("op-status"),
                            callID: operation.number("call-id")))
                }
            }
            return state
        }
    }
}

extension XMLTree {
    /// The first element of that name anywhere below, in document order.
    func firstDescendant(_ name: String) -> XMLTree? {
        for child in children {
            if child.name == name { return child }
            if let found = child.firstDescendant(name) { return found }
        }
        return nil
    }
}
