import GraderCore
import LinuxFacts
import Pacemaker

/// Q5. Which other service is affected by the change of address? Make the additions and changes that are needed.
///
/// The student's own name server is asked directly: every name of the site has to lead to the virtual IP, by an
/// address or by an alias, and the site has to answer by its name. A node's own name may keep its own address. The
/// reverse record counts where the rubric wants it. `dns: none` in the roster removes the question. Source: lab
/// sheet, Q5.
enum Q5 {
    static let question = Question<Findings>(
        "Q5",
        parameters: [ParameterDefinition("reverse", .flag), ParameterDefinition("fraction-mixed", .number)],
        checks: [names, siteByName, reverse],
        absence: { findings in
            guard findings.lab.dns == nil else { return nil }
            return LocalizedText(
                fr: "Ce TP n'a pas de serveur DNS (« dns: none ») : la question et ses points sont retirés.",
                en: "This lab has no name server (“dns: none”): the question and its points are removed.")
        },
        probes: { stage, findings in
            if stage == .trace, findings.lab.dns != nil { return WebProbe.redirected(findings) }
            guard stage == .network, let dns = findings.lab.dns else { return [] }
            var probes = NameProbe.probes(dns, vip: findings.virtualIP.found?.address)
            guard let name = NameProbe.siteName(findings) else { return probes }
            if let vip = findings.virtualIP.found?.address {
                probes.append(WebProbe.request(.vip, address: vip, byName: name, findings))
            }
            for role in MachineID.pair {
                if let address = findings.lab.addresses[role] {
                    probes.append(WebProbe.request(.node(role), address: address, byName: name, findings))
                }
            }
            return probes
        })

    private static func siteNames(_ findings: Findings) -> String {
        (findings.lab.dns?.names ?? []).joined(separator: ", ")
    }

    static let names = Check<Findings>(
        "Q5.names", about: Subjects.virtualAddress,
        title: LocalizedText(
            fr: "Les noms du site mènent à l'adresse virtuelle", en: "The site's names lead to the virtual IP"
        ),
        why: LocalizedText(
            fr: "Un client qui connaît le site par son nom doit suivre la bascule sans rien changer.",
            en: "A client that knows the site by its name has to follow a failover without changing anything."
        ),
        seeYourself: "dig @<dns> <site>",
        hint: LocalizedText(
            fr:
                "À quelle adresse votre serveur de noms envoie-t-il le nom du site ? Après une modification, le serveur l'a-t-il relue ?",
            en:
                "To which address does your name server send the site's name? After a change, has the server read it again?"
        ),
        expected: { findings, _ in
            LocalizedText(verbatim: "\(siteNames(findings)) → \(findings.lab.vipText)")
        },
        judge: { _, findings, parameters in
            let answers = answers(findings, parameters)
            let shares = answers.compactMap(\.share)
            let verdict: Verdict
            if let undecided = answers.first(where: { $0.share == nil }) {
                verdict = undecided.verdict
            } else if shares.allSatisfy({ $0 == 1 }) {
                verdict = answers.isEmpty ? .notAssessed(.noEvidence) : .met
            } else {
                let share = shares.reduce(0, +) / Double(shares.count)
                verdict = share == 0 ? .notMet : .partly(share)
            }
            return Judgement(verdict, answers.map(\.found).joined(), sources: answers.map(\.source))
        })

    /// A node's own name may keep its own address, beside a name that leads to the virtual IP: where none does, the
    /// names are as they were before the question.
    private static func answers(_ findings: Findings, _ parameters: Parameters) -> [NameProbe.Answer] {
        let answers = NameProbe.answers(
            findings, mixedFraction: parameters.number("fraction-mixed") ?? 0.5)
        let isThere = answers.contains { answer in
            let records = NameProbe.exchange(answer.source, findings)?.records ?? []
            return answer.share.map { $0 > 0 } == true
                && records.compactMap(\.address).contains(where: findings.sharedAddresses.contains)
        }
        // One that could not be asked may be the one.
        let isOpen = answers.contains { $0.share == nil }
        if isThere || isOpen { return answers }
        return answers.map { answer in
            var answer = answer
            answer.verdict = .notMet
            return answer
        }
    }

    /// The name leads to the address (above), and the site answers there to a browser that asks by name.
    static let siteByName = Check<Findings>(
        "Q5.site-by-name", about: Subjects.virtualAddress,
        title: LocalizedText(fr: "Le site répond par son nom", en: "The site answers by its name"),
        why: LocalizedText(
            fr:
                "C'est ainsi que les utilisateurs le demandent ; un hôte virtuel peut répondre autre chose à un nom.",
            en: "This is how users ask for it; a virtual host may answer something else to a name."),
        seeYourself: "wget -S -O- http://<site>/",
        hint: LocalizedText(
            fr: "Quel hôte virtuel d'Apache répond à ce nom ?",
            en: "Which of Apache's virtual hosts answers to this name?"),
        // It is only as good as the site at the address: what holds for that holds for this.
        mayWaitFor: ["Q5.names"] + Q4.question.checks.flatMap { [$0.id] + $0.definition.needs },
        expected: { findings, _ in
            let name = NameProbe.siteName(findings) ?? ""
            return LocalizedText(
                fr: "la page du site à http://\(name)/", en: "the site's page at http://\(name)/")
        },
        judge: { found, findings, parameters in
            let answers = answers(findings, parameters)
            let sources = [WebProbe.Target.vip.id] + answers.map(\.source)
            guard let name = NameProbe.siteName(findings),
                let answer = answers.first(where: { $0.name == name })
            else { return .unseen(Q4.notAsked, sources: sources) }
            guard answer.verdict == .met else {
                return Judgement(
                    answer.share == nil ? answer.verdict : .blocked(by: names.id), answer.found,
                    sources: sources)
            }
            // The virtual IP has to be served by this pair first, under whatever name.
            let missing = Q4.question.checks.map { ($0.id, $0.judgement(findings, Parameters())) }
                .filter { $0.1.verdict != .met }
            func inConsequence(_ missing: (id: CheckID, judgement: Judgement)) -> Judgement {
                let verdict = missing.judgement.verdict
                return Judgement(
                    verdict == .notMet ? .blocked(by: missing.id) : verdict, missing.judgement.found,
                    sources: sources)
            }
            if let missing = missing.first(where: { $0.0 != Q4.content.id }) { return inConsequence(missing) }
            let (verdict, said) = page(findings, found.0)
            // A virtual host of that name may have the page that the bare address has not; where neither has it, it is
            // one mistake.
            if verdict == .notMet, let missing = missing.first { return inConsequence(missing) }
            return Judgement(verdict, said, sources: sources)
        })

    /// What the web server gives to a browser that asks by name.
    private static func page(_ findings: Findings, _ vip: FoundVirtualIP) -> (Verdict, LocalizedText) {
        let web = findings.lab.web
        var target = WebProbe.Target.vip
        var exchange = WebProbe.exchangeByName(.vip, findings)
        if case .response? = exchange?.answer {
        } else {
            switch Serving.separateWebServer(findings, vip: vip) {
            case .none: break
            case .on(let role):
                target = .node(role)
                exchange = WebProbe.exchangeByName(.node(role), findings)
            case .unseen: exchange = nil
            }
        }
        guard var exchange else { return (.notAssessed(.noEvidence), Q4.notAsked) }
        let redirects = Redirects(from: WebProbe.named(target), findings)
        exchange = redirects?.exchange ?? exchange
        let way = redirects?.way ?? []
        if let end = redirects?.end {
            if case .unseen = end { return (.notAssessed(.noEvidence), way.joined()) }
            return (.notMet, way.joined())
        }
        guard case .response(let response) = exchange.answer, !exchange.answer.ranOutOfTime else {
            return (
                Q4.verdictWithoutResponse(exchange.answer, of: target, findings), Q4.noResponse(exchange)
            )
        }
        let (verdict, page) = Q4.page(response, web)
        let asked = exchange.request
        let shown = LocalizedText(
            verbatim: "\(asked.tls ? "https" : "http")://\(asked.host)\(web.path) (\(asked.address)): ")
        let found =
            way.map { $0 + LocalizedText(fr: " ; ", en: "; ") }.joined(.none) + shown
            + LocalizedText(verbatim: "HTTP \(response.status), ") + page
        return (web.acceptedStatuses.contains(response.status) ? verdict : .notMet, found)
    }

    static let reverse = Check<Findings>(
        "Q5.reverse", about: Subjects.virtualAddress,
        title: LocalizedText(fr: "La résolution inverse", en: "The reverse record"),
        why: LocalizedText(
            fr: "Les journaux et certains services retrouvent un nom à partir de l'adresse.",
            en: "Logs and some services find a name by the address."),
        seeYourself: "dig @<dns> -x <vip>",
        hint: LocalizedText(
            fr: "Quelle zone contient les noms des adresses de votre réseau ?",
            en: "Which zone holds the names of your network's addresses?"),
        expected: { findings, _ in
            LocalizedText(verbatim: "\(findings.lab.vipText) → \(siteNames(findings))")
        },
        judge: { found, findings, parameters in
            guard parameters.flag("reverse") ?? false else {
                return Judgement(
                    .notRequested(.removed),
                    LocalizedText(
                        fr: "Le barème ne demande pas la résolution inverse.",
                        en: "The rubric does not ask for the reverse record."))
            }
            let vip = found.1
            guard let exchange = NameProbe.exchange(NameProbe.reverse, findings) else {
                return .unseen(NameProbe.notAsked)
            }
            let wanted = Set((findings.lab.dns?.names ?? []).map { DNSRecord.canonical($0) })
            let pointed = exchange.records.map(\.data)
            let isRight = pointed.contains { wanted.contains(DNSRecord.canonical($0)) }
            let verdict: Verdict = isRight ? .met : NameProbe.verdictWithout(exchange, findings)
            let found =
                pointed.isEmpty
                ? NameProbe.said(vip.description, exchange, findings)
                : LocalizedText(verbatim: "\(vip) → \(pointed.joined(separator: ", "))")
            return Judgement(verdict, found, sources: [NameProbe.reverse])
        })
}
