import GraderCore
import LinuxFacts
import Pacemaker

// What a student reads about Q4; apart from its judging for length only.
enum Q4 {
    static let answers = CheckDefinition(
        "Q4.answers",
        title: LocalizedText(
            fr: "Le site répond à l'adresse virtuelle", en: "The site answers at the virtual IP"),
        why: LocalizedText(
            fr:
                "Les utilisateurs ne connaissent que cette adresse : c'est par elle que le site doit être joint.",
            en: "Users know this address only: the site has to be reached through it."),
        seeYourself: "wget -S -O- http://<adresse virtuelle>/",
        hint: LocalizedText(
            fr:
                "Un serveur web tourne-t-il sur le nœud qui porte l'adresse, et écoute-t-il sur toutes les adresses ?",
            en: "Does a web server run on the node that has the address, and does it listen on every address?"
        ))
    static let content = CheckDefinition(
        "Q4.content",
        title: LocalizedText(fr: "La page est bien celle du site", en: "The page is the site's"),
        why: LocalizedText(
            fr: "Une page par défaut répond aussi, mais ce n'est pas le service promis.",
            en: "A default page answers too, but it is not the service that was promised."),
        seeYourself: "wget -q -O- http://<adresse virtuelle>/",
        hint: LocalizedText(
            fr: "Le site est-il présent, et le même, sur les deux serveurs ?",
            en: "Is the site present, and the same, on both servers?"))
    static let thisPair = CheckDefinition(
        "Q4.this-pair",
        title: LocalizedText(
            fr: "C'est bien votre cluster qui répond", en: "It is your cluster that answers"),
        why: LocalizedText(
            fr:
                "Sur un réseau partagé, une autre machine peut porter la même adresse : la réponse ne prouverait rien.",
            en:
                "On a shared network another machine may own the same address: its answer would prove nothing."
        ),
        seeYourself: "tail /var/log/apache2/access.log ; ip neigh",
        hint: LocalizedText(
            fr: "Le journal d'accès d'un de vos serveurs montre-t-il la requête ?",
            en: "Does the access log of one of your servers show the request?"))

    static let notAsked = LocalizedText(
        fr: "le site n'a pu être demandé d'aucun point de vue",
        en: "the site could not be asked from any vantage")
    static let unproved = LocalizedText(
        fr: " ; ni le journal d'accès ni le réseau ne prouvent que votre cluster a répondu",
        en: "; neither an access log nor the network proves that this pair answered")

    static func expected(_ web: WebFacts) -> [CheckID: LocalizedText] {
        let statuses = web.acceptedStatuses.map(String.init)
        let text = web.expectedText
        return [
            answers.id: LocalizedText(
                fr: "une réponse HTTP \(statuses.joined(separator: " ou ")) à l'adresse virtuelle",
                en: "an HTTP answer \(statuses.joined(separator: " or ")) at the virtual IP"),
            content.id: text.map {
                LocalizedText(fr: "une page qui contient « \($0) »", en: "a page that contains “\($0)”")
            } ?? LocalizedText(fr: "une page, quelle qu'elle soit", en: "a page, whichever"),
            thisPair.id: LocalizedText(
                fr:
                    "la requête dans le journal d'accès d'un des deux serveurs, ou l'adresse MAC de l'un d'eux",
                en:
                    "the request in the access log of one of the two servers, or the MAC address of one of them"
            ),
        ]
    }

    static func addressNotUp(_ address: String) -> LocalizedText {
        LocalizedText(fr: "\(address) n'est active sur aucun nœud", en: "\(address) is not up on any node")
    }

    /// An address outside the lab's network is one mistake, Q1's: that nobody there reaches it is paid for with it.
    static func isSilenceFromAnotherNetwork(
        _ answer: HTTPExchange.Answer, _ address: IPAddress, _ findings: Findings
    ) -> Bool {
        guard case .notConnected(let failure) = answer, failure.kind != .refused, failure.kind != .reset,
            let agreed = IPAddress(findings.lab.vip)
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
            return LocalizedText(fr: "\(from) : échec TLS (\(reason))", en: "\(from): TLS failed (\(reason))")
        case .noResponse(let reason):
            return LocalizedText(
                fr: "\(from) accepte la connexion mais ne donne pas de réponse HTTP (\(reason))",
                en: "\(from) accepts the connection but gives no HTTP answer (\(reason))")
        case .response(let response): return LocalizedText(verbatim: "HTTP \(response.status)")
        }
    }

    static func content(_ page: String, hasText: Bool, _ web: WebFacts) -> LocalizedText {
        let start = page.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(120)
        if web.expectedText == nil { return LocalizedText(fr: "une page", en: "a page") }
        return hasText
            ? LocalizedText(fr: "le texte y est", en: "the text is there")
            : LocalizedText(fr: "une autre page : « \(start) »", en: "another page: “\(start)”")
    }

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
    static func strangerAnswered(_ address: String, _ mac: String) -> LocalizedText {
        LocalizedText(
            fr:
                "une machine étrangère au binôme (\(mac)) répond pour \(address), que votre nœud porte aussi : l'adresse est prise deux fois, signalez-le à l'enseignant",
            en:
                "a machine that is not of the pair (\(mac)) answers for \(address), which your node has as well: the address is taken twice, tell the teacher"
        )
    }
}
