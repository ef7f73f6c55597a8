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
enum Q4 {
    static let question = Question<Findings>(
        "Q4", checks: [answers, content, thisPair],
        probes: { stage, findings in
            switch stage {
            case .stamp, .nodes, .closing: []
            // Q2's look at who answers on the wire is this question's proof too.
            case .network: WebProbe.probes(findings) + VIPNeighbours.probes(findings)
            case .trace:
                WebProbe.redirected(findings)
                    + findings.reached.map { node in
                        Activite2Probes.shell(
                            node, WebProbe.accessLog, WebProbe.accessLogScript, [findings.evidence.nonce],
                            outputLimit: 64 << 10)
                    }
            }
        })

    static let answers = Check<Findings>(
        "Q4.answers", about: Subjects.virtualAddress,
        title: LocalizedText(
            fr: "Le site répond à l'adresse virtuelle", en: "The site answers at the virtual IP"),
        why: LocalizedText(
            fr:
                "Les utilisateurs ne connaissent que cette adresse : c'est par elle que le site doit être joint.",
            en: "Users know this address only: the site has to be reached through it."),
        seeYourself: "wget -S -O- http://<vip>/",
        hint: LocalizedText(
            fr:
                "Un serveur web tourne-t-il sur le nœud qui porte l'adresse, et écoute-t-il sur toutes les adresses ?",
            en: "Does a web server run on the node that has the address, and does it listen on every address?"
        ),
        mayWaitFor: ["Q1.running", "Q7.running"] + .foundations,
        expected: { findings, _ in
            let statuses = findings.lab.web.acceptedStatuses.map(String.init)
            return LocalizedText(
                fr: "une réponse HTTP \(statuses.joined(separator: " ou ")) à l'adresse virtuelle",
                en: "an HTTP answer \(statuses.joined(separator: " or ")) at the virtual IP")
        },
        judge: { found, findings, _ in Site(findings, found.0, found.1).answers })

    static let content = Check<Findings>(
        "Q4.content", about: Subjects.virtualAddress,
        title: LocalizedText(fr: "La page est bien celle du site", en: "The page is the site's"),
        why: LocalizedText(
            fr: "Une page par défaut répond aussi, mais ce n'est pas le service promis.",
            en: "A default page answers too, but it is not the service that was promised."),
        seeYourself: "wget -q -O- http://<vip>/",
        hint: LocalizedText(
            fr: "Le site est-il présent, et le même, sur les deux serveurs ?",
            en: "Is the site present, and the same, on both servers?"),
        mayWaitFor: ["Q1.running", "Q4.answers"] + .foundations,
        expected: { findings, _ in
            findings.lab.web.expectedText.map {
                LocalizedText(fr: "une page qui contient « \($0) »", en: "a page that contains “\($0)”")
            } ?? LocalizedText(fr: "une page, quelle qu'elle soit", en: "a page, whichever")
        },
        judge: { found, findings, _ in Site(findings, found.0, found.1).content })

    static let thisPair = Check<Findings>(
        "Q4.this-pair", about: Subjects.virtualAddress,
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
            en: "Does the access log of one of your servers show the request?"),
        mayWaitFor: ["Q1.running", "Q4.answers"] + .foundations,
        expected: { _, _ in
            LocalizedText(
                fr:
                    "la requête dans le journal d'accès d'un des deux serveurs, ou l'adresse MAC de l'un d'eux",
                en:
                    "the request in the access log of one of the two servers, or the MAC address of one of them"
            )
        },
        judge: { found, findings, _ in Site(findings, found.0, found.1).thisPair })

    /// What came of asking for the site, as each of the three checks has it.
    private struct Site {
        var answers: Judgement
        var content: Judgement
        var thisPair: Judgement

        private init(_ answers: Judgement, _ content: Judgement, _ thisPair: Judgement) {
            self.answers = answers
            self.content = content
            self.thisPair = thisPair
        }

        private init(all judgement: Judgement) { self.init(judgement, judgement, judgement) }

        init(_ findings: Findings, _ vip: FoundVirtualIP, _ address: IPAddress) {
            let isFullySeen = MachineID.pair.allSatisfy { findings.interfaces[$0] != nil }
            if isFullySeen, findings.holders(of: address).isEmpty {
                self.init(
                    all: Judgement(
                        findings.liveVerdict(.blocked(by: Q1.running.id), of: vip.id),
                        addressNotUp(address.description)))
                return
            }
            if let halves = Self.inTwoHalves(findings, address, isFullySeen: isFullySeen) {
                self.init(all: halves)
                return
            }
            guard let exchange = WebProbe.exchange(.vip, findings) else {
                self.init(all: .unseen(notAsked))
                return
            }
            let serving = Serving(findings, vip: vip, exchange: exchange)
            if case .response(let response) = serving.exchange.answer, !serving.exchange.answer.ranOutOfTime {
                self.init(findings, address, serving, response)
            } else {
                self.init(findings, address, without: serving)
            }
        }

        /// Each half of the cluster serves the address for itself, and which of them answered is chance. Nil where the
        /// cluster is one.
        private static func inTwoHalves(
            _ findings: Findings, _ address: IPAddress, isFullySeen: Bool
        ) -> Judgement? {
            let holders = findings.holders(of: address)
            if findings.isSplit, holders.count > 1 {
                let both = Q1.onBoth(address.description, holders.map(findings.label))
                return Judgement(.blocked(by: Q1.running.id), [H0.eachSeesItselfAlone, both].joined())
            }
            // Whether it is could not be seen.
            guard holders.count > 1 || !isFullySeen else { return nil }
            if findings.isSplit { return .unseen(H0.eachSeesItselfAlone) }
            if let unseen = findings.unseenStatus { return .unseen(unseen) }
            return holders.count > 1 && findings.names.count < MachineID.pair.count
                ? .unseen(Q3.namesUnknown) : nil
        }

        /// Where no page came.
        private init(_ findings: Findings, _ address: IPAddress, without serving: Serving) {
            let found = (serving.way + [noResponse(serving.exchange)]).joined()
            func judgement(_ verdict: Verdict) -> Judgement {
                Judgement(verdict, found, sources: serving.sources)
            }
            if isSilenceFromAnotherNetwork(serving.exchange.answer, address, findings) {
                self.init(all: judgement(.blocked(by: Q1.address.id)))
                return
            }
            let verdict =
                serving.isUndetermined
                ? Verdict.notAssessed(.noEvidence)
                : verdictWithoutResponse(
                    serving.exchange.answer, of: serving.apart.map { .node($0) } ?? .vip, findings)
            guard verdict == .notMet else {
                self.init(all: judgement(verdict))
                return
            }
            // A web server that the cluster could not start is lost once, where the cluster runs it.
            let cause: Verdict =
                switch findings.isWebServerDown {
                case true?: .blocked(by: Q7.running.id)
                case false?: .notMet
                case nil: .notAssessed(.noEvidence)
                }
            let blocked = judgement(.blocked(by: Q4.answers.id))
            self.init(judgement(cause), blocked, blocked)
        }

        private init(
            _ findings: Findings, _ address: IPAddress, _ serving: Serving, _ response: HTTPExchange.Response
        ) {
            func judgement(_ verdict: Verdict, _ found: LocalizedText) -> Judgement {
                Judgement(verdict, found, sources: serving.sources)
            }
            let web = findings.lab.web
            let isAccepted = web.acceptedStatuses.contains(response.status)
            // Where a redirect leads was not looked at: no zero for it.
            let isUnseen = if case .unseen? = serving.end { true } else { false }
            let refused: Verdict = isUnseen ? .notAssessed(.noEvidence) : .notMet
            let (verdict, shown) = page(response, web)
            let contentVerdict: Verdict =
                isAccepted ? verdict : isUnseen ? refused : .blocked(by: Q4.answers.id)
            let status =
                serving.end == nil
                ? (serving.way + [status(response.status, serving)]).joined() : serving.way.joined()
            switch serving.proof {
            case .thisPair(let how):
                self.init(
                    judgement(isAccepted ? .met : refused, status),
                    judgement(contentVerdict, shown),
                    // Whatever it answered, it was this pair that did.
                    judgement(.met, how))
            case .stranger(let mac):
                // One of the pair's nodes has the address as well (an address that none has was answered above): whose
                // mistake it is that two machines have it cannot be seen from here.
                let found = strangerAnswered(address.description, mac.description)
                self.init(all: judgement(.notAssessed(.contradiction), found))
            case .unproved:
                self.init(all: judgement(.notAssessed(.noEvidence), status + unproved))
            }
        }
    }

    static let notAsked = LocalizedText(
        fr: "le site n'a pu être demandé d'aucun point de vue",
        en: "the site could not be asked from any vantage")
    private static let unproved = LocalizedText(
        fr: " ; ni le journal d'accès ni le réseau ne prouvent que votre cluster a répondu",
        en: "; neither an access log nor the network proves that this pair answered")
    private static func addressNotUp(_ address: String) -> LocalizedText {
        LocalizedText(fr: "\(address) n'est active sur aucun nœud", en: "\(address) is not up on any node")
    }
    private static func strangerAnswered(_ address: String, _ mac: String) -> LocalizedText {
        LocalizedText(
            fr:
                "une machine étrangère à la paire (\(mac)) répond pour \(address), que votre nœud porte aussi : l'adresse est prise deux fois, signalez-le à l'enseignant",
            en:
                "a machine that is not of the pair (\(mac)) answers for \(address), which your node has as well: the address is taken twice, tell the teacher"
        )
    }
    private static func status(_ status: Int, _ serving: Serving) -> LocalizedText {
        let from = "\(serving.exchange.request.address):\(serving.exchange.request.port)"
        guard serving.apart != nil else { return LocalizedText(verbatim: "HTTP \(status) (\(from))") }
        return LocalizedText(
            fr:
                "HTTP \(status) (\(from)), où le cluster fait tourner le serveur web tant que Q9 n'est pas faite",
            en: "HTTP \(status) (\(from)), where the cluster runs the web server until Q9 is done")
    }
}
