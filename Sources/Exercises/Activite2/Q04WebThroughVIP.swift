import GraderCore
import LinuxFacts
import Pacemaker

/// Q4. Reach the web service through the virtual IP.
///
/// Met only where the answer is proved to come from this pair: its MAC address on the wire, or the run's random
/// word in the access log of the pair's own server; on a bridged network a neighbour's cluster may own the same
/// address. Between Q7 and Q9 the sheet itself has the cluster run the web server on the other node than the
/// address: then the site has to answer there. Source: lab sheet, Q4 and document 1, "Configuration de la ressource
/// serviceWeb".
struct Q04WebThroughVIP: QuestionModule {
    let id = QuestionID("Q4")
    let checks = [Q4.answers, Q4.content, Q4.thisPair]
    let parameters: [ParameterDefinition] = []

    init() {}

    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe] {
        switch stage {
        case .stamp, .nodes, .closing: return []
        case .network:
            let vip = findings.virtualIP.found?.address?.description
            // Q2's look at who answers on the wire is this question's proof too.
            return [vip.map { WebProbe.request(.vip, address: $0, findings) }].compactMap(\.self)
                + MachineID.pair.compactMap { role in
                    findings.lab.addresses[role].map {
                        WebProbe.request(.node(role), address: $0, findings)
                    }
                } + Q02Placement().probes(.network, findings: findings)
        case .trace:
            return findings.reached.map { node in
                Activite2Probes.shell(
                    node, WebProbe.accessLog, WebProbe.accessLogScript, [findings.evidence.nonce],
                    outputLimit: 64 << 10)
            }
        }
    }

    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult] {
        let web = findings.lab.web
        let expected = Q4.expected(web)
        func all(_ verdict: Verdict, _ found: LocalizedText) -> [CheckResult] {
            checks.map { $0.result(verdict, expected: expected[$0.id] ?? .none, found: found) }
        }
        let vip: FoundVirtualIP
        switch findings.virtualIP {
        case .unknown: return all(.notAssessed(.noEvidence), .noConfiguration)
        case .absent: return all(.blocked(by: Q1.primitive.id), .noVirtualIP)
        case .found(let found): vip = found
        }
        guard let address = vip.address else { return all(.blocked(by: Q1.address.id), Q1.noAddress) }
        let isFullySeen = MachineID.pair.allSatisfy { findings.interfaces[$0] != nil }
        if isFullySeen, findings.holders(of: address).isEmpty {
            return all(
                findings.liveVerdict(.blocked(by: Q1.running.id), of: vip.id),
                Q4.addressNotUp(address.description))
        }
        guard let exchange = WebProbe.exchange(.vip, findings) else {
            return all(.notAssessed(.noEvidence), Q4.notAsked)
        }

        let serving = Serving(findings, vip: vip, exchange: exchange)
        let sources = serving.sources
        func result(_ check: CheckDefinition, _ verdict: Verdict, _ found: LocalizedText) -> CheckResult {
            check.result(verdict, expected: expected[check.id] ?? .none, found: found, sources: sources)
        }
        guard case .response(let response) = serving.exchange.answer, !serving.exchange.answer.ranOutOfTime
        else {
            let verdict =
                serving.isUndetermined
                ? Verdict.notAssessed(.noEvidence)
                : Q4.verdictWithoutResponse(
                    serving.exchange.answer, of: serving.apart.map { .node($0) } ?? .vip, findings)
            let found = Q4.noResponse(serving.exchange)
            if Q4.isSilenceFromAnotherNetwork(serving.exchange.answer, address, findings) {
                return checks.map { result($0, .blocked(by: Q1.address.id), found) }
            }
            guard verdict == .notMet else { return checks.map { result($0, verdict, found) } }
            // A web server that the cluster could not start is lost once, where the cluster runs it.
            let cause: Verdict =
                switch findings.isWebServerDown {
                case true?: .blocked(by: Q7.running.id)
                case false?: .notMet
                case nil: .notAssessed(.noEvidence)
                }
            return [
                result(Q4.answers, cause, found), result(Q4.content, .blocked(by: Q4.answers.id), found),
                result(Q4.thisPair, .blocked(by: Q4.answers.id), found),
            ]
        }

        let isAccepted = web.acceptedStatuses.contains(response.status)
        let status = Q4.status(response.status, serving)
        let page = response.body.text
        let hasText = web.expectedText.map { response.shows($0) } ?? true
        let contentVerdict: Verdict =
            !isAccepted
            ? .blocked(by: Q4.answers.id)
            // A page that was cut off says nothing about what would have followed.
            : hasText ? .met : response.bodyTruncated ? .notAssessed(.noEvidence) : .notMet
        switch serving.proof {
        case .thisPair(let how):
            return [
                result(Q4.answers, isAccepted ? .met : .notMet, status),
                result(Q4.content, contentVerdict, Q4.content(page, hasText: hasText, web)),
                result(Q4.thisPair, isAccepted ? .met : .blocked(by: Q4.answers.id), how),
            ]
        case .stranger(let mac):
            // One of the pair's nodes has the address as well (an address that none has was answered above): whose
            // mistake it is that two machines have it cannot be seen from here.
            let found = Q4.strangerAnswered(address.description, mac.description)
            return checks.map { result($0, .notAssessed(.contradiction), found) }
        case .unproved:
            return checks.map { result($0, .notAssessed(.noEvidence), status + Q4.unproved) }
        }
    }
}

/// Who served the site, and how that is known.
struct Serving {
    enum Proof {
        case thisPair(LocalizedText)
        case stranger(MACAddress)
        case unproved
    }

    var exchange: HTTPExchange
    /// Set where the cluster runs the web server on the other node than the address, and that node was asked.
    var apart: MachineID?
    var proof: Proof
    var sources: [ProbeID]

    /// Set where the site may well be served by the other node, and that could not be seen: a refusal at the
    /// address then proves nothing.
    var isUndetermined = false

    init(_ findings: Findings, vip: FoundVirtualIP, exchange: HTTPExchange) {
        self.exchange = exchange
        var target = WebProbe.Target.vip
        if case .response = exchange.answer {
        } else {
            switch Self.separateWebServer(findings, vip: vip) {
            case .none: break
            case .unseen: isUndetermined = true
            case .on(let role):
                if let other = WebProbe.exchange(.node(role), findings) {
                    self.exchange = other
                    apart = role
                    target = .node(role)
                } else {
                    isUndetermined = true
                }
            }
        }
        sources =
            [target.id, VIPNeighbours.graderProbe]
            + MachineID.pair.flatMap {
                [ProbeID($0, WebProbe.accessLog), ProbeID($0, VIPNeighbours.probe)]
            }
        let mark = WebProbe.mark(target, findings.evidence.nonce)
        let logged = MachineID.pair.first { role in
            findings.evidence.complete(WebProbe.accessLog, on: role)?.text.contains(mark) ?? false
        }
        if let logged {
            proof = .thisPair(Q4.inAccessLog(findings.label(logged)))
            return
        }
        proof = .unproved
        if target == .vip, let address = vip.address {
            switch VIPNeighbours(findings, address: address).answering {
            case .pair(let role, let mac):
                proof = .thisPair(Q4.byNeighbour(findings.label(role), mac.description))
            case .stranger(let mac): proof = .stranger(mac)
            case .nobodySeen: break
            }
        }
    }

    enum SeparateWebServer {
        case none
        case on(MachineID)
        case unseen
    }

    /// The node on which the cluster runs the web server where that is not the address's node and nothing ties the
    /// two together yet: the sheet's own state between Q7 and Q9.
    static func separateWebServer(_ findings: Findings, vip: FoundVirtualIP) -> SeparateWebServer {
        guard let configuration = findings.configurations.first?.configuration else { return .unseen }
        // The same one that Q7 and Q8 judge.
        guard let web = findings.webResource.found ?? findings.contestedWebResource,
            configuration.colocationScore(web.id, vip.id) <= .zero
        else { return .none }
        guard findings.unseenStatus == nil else { return .unseen }
        let webNodes = Set(findings.statuses.values.flatMap { $0.activeNodes(of: web.id) })
        let vipNodes = Set(findings.statuses.values.flatMap { $0.activeNodes(of: vip.id) })
        guard webNodes.count == 1, let name = webNodes.first, !vipNodes.contains(name) else { return .none }
        return findings.role(named: name).map { .on($0) } ?? .unseen
    }
}

extension Q4 {
    fileprivate static func status(_ status: Int, _ serving: Serving) -> LocalizedText {
        let from = "\(serving.exchange.request.address):\(serving.exchange.request.port)"
        guard serving.apart != nil else { return LocalizedText(verbatim: "HTTP \(status) (\(from))") }
        return LocalizedText(
            fr:
                "HTTP \(status) (\(from)), où le cluster fait tourner le serveur web tant que Q9 n'est pas faite",
            en: "HTTP \(status) (\(from)), where the cluster runs the web server until Q9 is done")
    }
}
