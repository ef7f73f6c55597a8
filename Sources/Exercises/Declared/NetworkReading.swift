import GraderCore
import LinuxFacts

/// What a look from the network says.
struct NetworkReading {
    private let reading: LookReading

    init(_ reading: LookReading) { self.reading = reading }

    var facts: [String: FactValue] {
        switch reading.outcome(.main) {
        case .failure(let unseen): reading.all(unseen.value)
        case .success(.port(let result)): ["state": state(result)]
        case .success(.http(let exchange)): facts(of: exchange.answer)
        case .success(.dns(let exchange)): facts(of: exchange)
        case .success: reading.all(Unseen.unreadable)
        }
    }

    /// Whether silence may be the student's doing: the machines that could be silent were reached, and none of them left
    /// a command without an answer.
    private var isSilenceTheirs: Bool {
        let evidence = reading.evidence
        let machines = reading.target.map { [$0] } ?? evidence.machines
        guard machines.allSatisfy({ evidence.unreachable[$0] == nil }) else { return false }
        return !evidence.observations.contains { observation in
            guard case .node(let machine) = observation.vantage, machines.contains(machine) else {
                return false
            }
            switch observation.outcome {
            case .failed: return true
            case .command(let result): return result.ending == .timedOut
            default: return false
            }
        }
    }

    /// A machine's own look at itself says nothing of what its firewall lets in: through its tunnel, or by a program that
    /// runs on it (`check --local`), where no host key was proved to anybody.
    private func isOwnLook(_ address: String) -> Bool {
        let evidence = reading.evidence
        let isLocal = evidence.hostKeys == nil
        let through = reading.probes[.main].flatMap { evidence[$0.id] }?.vantage.machine
        guard let machine = through ?? (isLocal ? evidence.reached.first : nil) else { return false }
        return evidence.lab.addresses[machine].flatMap(IPNetwork.address) == IPAddress(address)
    }

    private func state(_ result: PortProbeResult) -> FactValue {
        if isOwnLook(result.address) { return .unknown(.outOfSight, FoundWords.ownLook) }
        let isSilence = result.state == .filtered || result.state == .hostUnreachable
        if isSilence, isNoWay(result.detail) { return Unseen.noWay }
        return isSilence && !isSilenceTheirs ? Unseen.silence : .text(result.state.rawValue)
    }

    /// Where the grader's own system, or the machine that is looked through, has no route, nobody was asked.
    private func isNoWay(_ message: String) -> Bool { message.contains("Network is unreachable") }

    private func facts(of answer: HTTPExchange.Answer) -> [String: FactValue] {
        switch answer {
        case .response(let response) where response.status == 408: return reading.all(Unseen.silence)
        case .response(let response):
            let location = response.headers.first { $0.name.lowercased() == "location" }?.value
            return [
                "status": .number(Double(response.status)), "header": .headers(response.headers),
                "body": body(of: response),
                // No redirect leads nowhere: so it can be said that there is none.
                "location": .text(location ?? ""),
            ]
        case .notConnected(let failure): return reading.all(value(of: failure))
        case .tlsFailed(let what), .noResponse(let what):
            return reading.all(
                what.ranOutOfTime ? Unseen.silence : .absent(what.sentence))
        }
    }

    private func body(of response: HTTPExchange.Response) -> FactValue {
        if response.isEncoded { return Unseen.encoded }
        let (text, shown) = (response.body.text, response.shownText)
        return response.bodyTruncated ? .cutPage(text, shown: shown) : .page(text, shown: shown)
    }

    private func facts(of exchange: DNSExchange) -> [String: FactValue] {
        switch exchange.answer {
        case .noAnswer(let failure): return reading.all(value(of: failure))
        case .malformed: return reading.all(Unseen.unreadable)
        case .response(let response):
            guard !response.isTruncated else { return reading.all(Unseen.cutOff) }
            return [
                "code": .text(response.code.description), "authoritative": .flag(response.isAuthoritative),
                "records": records(exchange, response),
            ]
        }
    }

    /// A server that could not or would not answer did not say that there are none.
    private func records(_ exchange: DNSExchange, _ response: DNSResponse) -> FactValue {
        guard [.noError, .nameError].contains(response.code) else {
            return .absent(FoundWords.refusedToAnswer(response.code.description))
        }
        guard response.omittedRecords == 0 else { return Unseen.cutOff }
        let data = exchange.records.map(\.data)
        return switch exchange.request.type {
        case .cname, .ns, .ptr: .names(data)
        case .a, .aaaa, .soa: .lines(data)
        }
    }

    private func value(of failure: DialFailure) -> FactValue {
        if failure.kind == .unreachable, isNoWay(failure.message.en) { return Unseen.noWay }
        return switch failure.kind {
        case .refused, .reset: .absent(FoundWords.refused)
        case .timedOut, .unreachable, .prohibited:
            isSilenceTheirs ? .absent(FoundWords.silent) : Unseen.silence
        case .overloaded: .unknown(.overloaded, TransportFailure.Kind.graderOverloaded.words.what)
        case .other: .unknown(.noEvidence, failure.message)
        }
    }
}

extension HTTPExchange.Header {
    /// How many of a response are kept (``HTTPExchange/Response``), and from how many bytes on one may have been longer: it
    /// is cut between characters, of at most four bytes.
    static let mostKept = 64
    fileprivate static let bytesKept = 1024

    var mayBeCut: Bool { name.utf8.count + value.utf8.count > Self.bytesKept - 4 }
}

extension HTTPExchange.Response {
    /// Compressed though nobody asked for it: what is kept is not what a browser shows (RFC 9110, section 8.4).
    var isEncoded: Bool {
        headers.contains {
            $0.name.lowercased() == "content-encoding"
                && !["", "identity"].contains($0.value.trimmed.lowercased())
        }
    }
}
