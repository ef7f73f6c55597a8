import GraderCore
import Pacemaker
import Testing

/// Recorded evidence with one thing changed, for what no recording shows.
extension Evidence {
    /// The text of commands' output replaced, on both nodes; whether anything was is the caller's to see.
    func replacing(_ old: String, with new: String, in probes: [String]) -> Evidence {
        var result = self
        for index in result.observations.indices {
            let id = result.observations[index].id.rawValue
            guard probes.contains(where: { id.hasSuffix("/" + $0) || id.hasSuffix("/\($0)-closing") }),
                case .command(var output) = result.observations[index].outcome
            else { continue }
            output.standardOutput = Bytes(
                Array(output.standardOutput.text.replacing(old, with: new).utf8))
            result.observations[index].outcome = .command(output)
        }
        return result
    }

    func settingPort(_ role: MachineID, _ state: PortProbeResult.State) -> Evidence {
        var result = self
        for index in result.observations.indices
        where result.observations[index].id == .network("port-\(role.rawValue)") {
            guard case .port(var port) = result.observations[index].outcome else { continue }
            port.state = state
            result.observations[index].outcome = .port(port)
        }
        return result
    }

    func settingOutput(_ text: String, of name: String, on role: MachineID) -> Evidence {
        var result = self
        for index in result.observations.indices where result.observations[index].id == ProbeID(role, name) {
            guard case .command(var output) = result.observations[index].outcome else {
                continue
            }
            output.standardOutput = Bytes(Array(text.utf8))
            result.observations[index].outcome = .command(output)
        }
        return result
    }

    /// A node's history with some of its lines.
    func keepingHistory(on role: MachineID, where isKept: (Substring) -> Bool) throws -> Evidence {
        let text = try #require(complete("cluster-history", on: role)).text
        let lines = text.split(separator: "\n").filter(isKept)
        return settingOutput(lines.joined(separator: "\n"), of: "cluster-history", on: role)
    }

    /// The answers to these web requests replaced.
    func answering(_ names: [String], _ answer: HTTPExchange.Answer) -> Evidence {
        var result = self
        for index in result.observations.indices
        where names.contains(where: { result.observations[index].id == .network($0) }) {
            guard case .http(var exchange) = result.observations[index].outcome else { continue }
            exchange.answer = answer
            result.observations[index].outcome = .http(exchange)
        }
        return result
    }

    /// The pages that these web requests brought as a server sends them that compresses without being asked.
    func compressing(_ names: [String]) -> Evidence {
        names.reduce(self) { evidence, name in
            guard case .http(let exchange)? = evidence[.network(name)]?.outcome,
                case .response(let response) = exchange.answer
            else { return evidence }
            return evidence.answering([name], .response(response.compressed))
        }
    }

    func without(_ name: String) -> Evidence {
        var result = self
        result.observations.removeAll { $0.id.rawValue.hasSuffix("/" + name) }
        return result
    }
}

extension HTTPExchange.Response {
    /// With nothing of the page left to read.
    var compressed: Self {
        var result = self
        result.headers.append(HTTPExchange.Header(name: "Content-Encoding", value: "gzip"))
        result.body = Bytes([0x1F, 0x8B] + body.raw.map { $0 ^ 0x55 })
        return result
    }
}

extension Evidence {
    /// `solved`, with a second primitive that gives serv1 this IPv6 address: in the group of the first, or outside it; or
    /// that does not, being stopped.
    func addingVirtualIP(_ address: String, inGroup: Bool = true, isUp: Bool = true) -> Evidence {
        let primitive = """
            <primitive id="IPFailover6" class="ocf" provider="heartbeat" type="IPaddr2">\
            <instance_attributes id="IPFailover6-instance_attributes">\
            <nvpair name="ip" value="\(address)" id="IPFailover6-instance_attributes-ip"/>\
            </instance_attributes></primitive>
            """
        let running = """
            <resource id="IPFailover6" resource_agent="ocf:heartbeat:IPaddr2" role="Started" active="true" \
            orphaned="false" blocked="false" managed="true" failed="false" failure_ignored="false" \
            nodes_running_on="1"><node name="serv1" id="1" cached="true"/></resource>
            """
        let stopped = """
            <resource id="IPFailover6" resource_agent="ocf:heartbeat:IPaddr2" role="Stopped" active="false" \
            orphaned="false" blocked="false" managed="true" failed="false" failure_ignored="false" \
            nodes_running_on="0"/>
            """
        let place = inGroup ? "<primitive id=\"serviceWeb\"" : "</resources>"
        let group = "group servweb IPFailover"
        let configured = replacing(
            place, with: primitive + place, in: [ClusterProbe.cib, ClusterProbe.cibFile]
        )
        .replacing(
            "primitive serviceWeb",
            with: "primitive IPFailover6 IPaddr2 params ip=\(address)\nprimitive serviceWeb",
            in: [ClusterProbe.crmShow]
        )
        .replacing(group, with: inGroup ? group + " IPFailover6" : group, in: [ClusterProbe.crmShow])
        .replacing(
            "<resource id=\"serviceWeb\"",
            with: (isUp ? running : stopped) + "<resource id=\"serviceWeb\"",
            in: [ClusterProbe.status])
        return isUp ? configured.addingAddressToServ1(address) : configured
    }

    /// `solved`, where serv1's interface has this IPv6 address as well.
    func addingAddressToServ1(_ address: String) -> Evidence {
        let first = #"{"family":"inet6","local":"fe80::ba:5cff:fe00:110""#
        return replacing(
            first,
            with: #"{"family":"inet6","local":"\#(address)","prefixlen":64,"scope":"global"},\#(first)"#,
            in: [ClusterProbe.addresses])
    }

    /// What the name server says of a name, as what it said of the first one: the A's question, or the AAAA's.
    func answering(
        _ name: String, at index: Int = 0, _ type: DNSProbeRequest.RecordType, _ addresses: [String]
    ) -> Evidence {
        guard var observation = observations.first(where: { $0.id == .network("dns-name-0") }),
            case .dns(var exchange) = observation.outcome, case .response(var response) = exchange.answer
        else { return self }
        exchange.request.name = name
        exchange.request.type = type
        response.answers = addresses.map {
            DNSRecord(name: name, timeToLive: .seconds(60), type: type == .a ? "A" : "AAAA", data: $0)
        }
        exchange.answer = .response(response)
        observation.id = .network(type == .a ? "dns-name-\(index)" : "dns-name6-\(index)")
        observation.outcome = .dns(exchange)
        var result = self
        result.observations.removeAll { $0.id == observation.id }
        result.observations.append(observation)
        return result
    }
}
