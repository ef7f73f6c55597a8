import GraderCore

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
