import GraderCore
import LinuxFacts

/// Who served the site, and how that is known.
struct Serving {
    enum Proof {
        case thisPair(LocalizedText)
        case stranger(MACAddress)
        case unproved
    }

    /// The last one, where redirects were followed.
    var exchange: HTTPExchange
    /// What was met on the way to it, and what ended it early.
    var way: [LocalizedText] = []
    var end: Redirects.End?
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
        if let redirects = Redirects(from: target.id, findings) {
            (self.exchange, way, end) = (redirects.exchange, redirects.way, redirects.end)
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
        guard !findings.configurations.isEmpty else { return .unseen }
        // The same one that Q7 and Q8 judge.
        guard let web = findings.webResource.found ?? findings.contestedWebResource else { return .none }
        switch findings.agreed({ $0.colocationScore(web.id, vip.id) <= .zero }) {
        case nil: return .unseen
        case false?: return .none
        case true?: break
        }
        guard let webNodes = findings.agreedActiveNodes(of: web.id),
            let vipNodes = findings.agreedActiveNodes(of: vip.id)
        else { return .unseen }
        guard webNodes.count == 1, let name = webNodes.first, !vipNodes.contains(name) else { return .none }
        return findings.role(named: name).map { .on($0) } ?? .unseen
    }
}

// What an answer of the web server comes to, or that there is none; Q5 and Q8 ask this too.
extension Q4 {
    /// An address outside the lab's network is one mistake, Q1's: that nobody there reaches it is paid for with it.
    static func isSilenceFromAnotherNetwork(
        _ answer: HTTPExchange.Answer, _ address: IPAddress, _ findings: Findings
    ) -> Bool {
        guard case .notConnected(let failure) = answer, failure.kind != .refused, failure.kind != .reset,
            let agreed = findings.lab.vip
        else { return false }
        return !address.isInSameNetwork(
            as: agreed, prefixLength: findings.lab.vipPrefixLength ?? 24)
    }

    /// A refusal is the server's own word. A page that did not come in time may come to one who waits. Silence is
    /// only evidence where it is the pair's.
    static func verdictWithoutResponse(
        _ answer: HTTPExchange.Answer, of target: WebProbe.Target, _ findings: Findings
    ) -> Verdict {
        if answer.ranOutOfTime { return .notAssessed(.timedOut) }
        guard case .notConnected(let failure) = answer else { return .notMet }
        switch failure.kind {
        case .refused, .reset: return .notMet
        case .overloaded: return .notAssessed(.overloaded)
        case .timedOut, .unreachable, .prohibited:
            return WebProbe.isSilent(target, findings) ? .notMet : .notAssessed(.noEvidence)
        case .other: return .notAssessed(.noEvidence)
        }
    }

    static func noResponse(_ exchange: HTTPExchange) -> LocalizedText {
        let from = "\(exchange.request.address):\(exchange.request.port)"
        switch exchange.answer {
        case .notConnected(let failure):
            switch failure.kind {
            case .refused:
                return LocalizedText(fr: "\(from) refuse la connexion", en: "\(from) refuses the connection")
            case .timedOut: return LocalizedText(fr: "\(from) ne répond pas", en: "\(from) does not answer")
            case .unreachable:
                return LocalizedText(fr: "\(from) est injoignable", en: "\(from) is unreachable")
            case .reset, .prohibited, .other, .overloaded:
                return LocalizedText(
                    fr: "\(from) : connexion impossible (\(failure.message))",
                    en: "\(from): no connection (\(failure.message))")
            }
        case .tlsFailed(let reason):
            return LocalizedText(
                fr: "\(from) : échec TLS (\(reason.sentence))", en: "\(from): TLS failed (\(reason.sentence))"
            )
        case .noResponse(let reason):
            return LocalizedText(
                fr: "\(from) accepte la connexion mais ne donne pas de réponse HTTP (\(reason.sentence))",
                en: "\(from) accepts the connection but gives no HTTP answer (\(reason.sentence))")
        case .response(let response): return LocalizedText(verbatim: "HTTP \(response.status)")
        }
    }

    /// Whether the page is the site's. One that was cut off or compressed says nothing about what was not read, nor does
    /// one in whose place a browser shows another.
    static func page(_ response: HTTPExchange.Response, _ web: WebFacts) -> (Verdict, LocalizedText) {
        guard let text = web.expectedText else { return (.met, LocalizedText(fr: "une page", en: "a page")) }
        if response.shows(text) {
            return (.met, LocalizedText(fr: "le texte y est", en: "the text is there"))
        }
        if response.isEncoded { return (.notAssessed(.noEvidence), FoundWords.encoded) }
        if let action = response.browserAction {
            return (.notAssessed(.noEvidence), words(of: action) + lookYourself)
        }
        let start = response.body.text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(
            120)
        return (
            response.bodyTruncated ? .notAssessed(.noEvidence) : .notMet,
            LocalizedText(fr: "une autre page : « \(start) »", en: "another page: “\(start)”")
        )
    }

    private static func words(of action: BrowserAction) -> LocalizedText {
        switch action {
        case .goesOn:
            LocalizedText(
                fr: "la page envoie d'elle-même le navigateur vers une autre",
                en: "the page sends the browser on to another by itself")
        case .frames:
            LocalizedText(
                fr: "la page en montre d'autres dans des cadres", en: "the page shows others in frames")
        case .script:
            LocalizedText(
                fr: "ce que la page montre, c'est un script qui l'écrit",
                en: "what the page shows is written by a script")
        }
    }
    private static let lookYourself = LocalizedText(
        fr: " : l'enseignant regarde dans un navigateur si le site s'affiche",
        en: ": the teacher looks in a browser whether the site comes up")

    static func inAccessLog(_ node: String) -> LocalizedText {
        LocalizedText(
            fr: "la requête est dans le journal d'accès de \(node)",
            en: "the request is in \(node)'s access log")
    }
    static func byNeighbour(_ node: String, _ mac: String) -> LocalizedText {
        LocalizedText(
            fr: "c'est l'interface de \(node) qui répond (\(mac))",
            en: "it is \(node)'s interface that answers (\(mac))")
    }
}
