import GraderCore
import LinuxFacts
import Pacemaker

/// Q5. Which other service is affected by the change of address? Make the additions and changes that are needed.
///
/// The student's own name server is asked directly: every name of the site has to lead to the virtual IP, by an
/// address or by an alias, and the site has to answer by its name. A node's own name may keep its own address. The
/// reverse record counts where the rubric wants it. `dns: none` in the roster removes the question. Source: lab
/// sheet, Q5.
struct Q05SiteName: QuestionModule {
    let id = QuestionID("Q5")
    let checks = [Q5.names, Q5.siteByName, Q5.reverse]
    let parameters = [ParameterDefinition("reverse", .flag)]

    init() {}

    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe] {
        let web = Q04WebThroughVIP().probes(stage, findings: findings)
        guard stage == .network, let dns = findings.lab.dns else { return web }
        var probes = web + NameProbe.probes(dns, vip: findings.virtualIP.found?.address)
        guard let name = NameProbe.siteName(findings) else { return probes }
        if let vip = findings.virtualIP.found?.address {
            probes.append(WebProbe.request(.vip, address: vip.description, byName: name, findings))
        }
        for role in MachineID.pair {
            if let address = findings.lab.addresses[role] {
                probes.append(WebProbe.request(.node(role), address: address, byName: name, findings))
            }
        }
        return probes
    }

    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult] {
        func all(_ verdict: Verdict, _ found: LocalizedText) -> [CheckResult] {
            checks.map { $0.result(verdict, expected: Q5.expected($0, findings), found: found) }
        }
        guard findings.lab.dns != nil else {
            return all(.notRequested(.removed), Q5.noNameServer)
        }
        let vip: FoundVirtualIP
        switch findings.virtualIP {
        case .unknown: return all(.notAssessed(.noEvidence), .noConfiguration)
        case .absent: return all(.blocked(by: Q1.primitive.id), .noVirtualIP)
        case .found(let found): vip = found
        }
        guard let address = vip.address else { return all(.blocked(by: Q1.address.id), Q1.noAddress) }
        let answers = leading(to: address, NameProbe.answers(findings, vip: address), findings)
        return [
            names(findings, answers), siteByName(findings, vip, answers),
            parameters.flag("reverse") ?? false
                ? reverse(findings, address)
                : Q5.reverse.result(
                    .notRequested(.removed), expected: Q5.expected(Q5.reverse, findings),
                    found: Q5.reverseNotWanted),
        ]
    }

    /// A node's own name may keep its own address, beside a name that leads to the virtual IP: where none does, the
    /// names are as they were before the question.
    private func leading(
        to vip: IPAddress, _ answers: [NameProbe.Answer], _ findings: Findings
    ) -> [NameProbe.Answer] {
        let wanted = [vip, IPAddress(findings.lab.vip)]
        let isThere = answers.contains { answer in
            let records = NameProbe.exchange(answer.source, findings)?.records ?? []
            return answer.verdict == .met && records.contains { wanted.contains($0.address) }
        }
        // One that could not be asked may be the one.
        let isOpen = answers.contains { $0.verdict != .met && $0.verdict != .notMet }
        if isThere || isOpen { return answers }
        return answers.map { answer in
            var answer = answer
            answer.verdict = .notMet
            return answer
        }
    }

    private func names(_ findings: Findings, _ answers: [NameProbe.Answer]) -> CheckResult {
        let right = answers.count { $0.verdict == .met }
        let verdict: Verdict
        if let undecided = answers.first(where: { $0.verdict != .met && $0.verdict != .notMet }) {
            verdict = undecided.verdict
        } else if right == answers.count {
            verdict = answers.isEmpty ? .notAssessed(.noEvidence) : .met
        } else {
            verdict = right == 0 ? .notMet : .partly(Double(right) / Double(answers.count))
        }
        return Q5.names.result(
            verdict, expected: Q5.expected(Q5.names, findings), found: H0.list(answers.map(\.found)),
            sources: answers.map(\.source))
    }

    /// The name leads to the address (above), and the site answers there to a browser that asks by name.
    private func siteByName(
        _ findings: Findings, _ vip: FoundVirtualIP, _ answers: [NameProbe.Answer]
    ) -> CheckResult {
        let sources = [WebProbe.Target.vip.id] + answers.map(\.source)
        func result(_ verdict: Verdict, _ found: LocalizedText) -> CheckResult {
            Q5.siteByName.result(
                verdict, expected: Q5.expected(Q5.siteByName, findings), found: found, sources: sources)
        }
        guard let name = NameProbe.siteName(findings),
            let answer = answers.first(where: { $0.name == name })
        else { return result(.notAssessed(.noEvidence), Q4.notAsked) }
        guard answer.verdict == .met else {
            return result(
                answer.verdict == .notMet ? .blocked(by: Q5.names.id) : answer.verdict, answer.found)
        }
        func inConsequence(_ missing: CheckResult) -> CheckResult {
            let verdict: Verdict =
                switch missing.verdict {
                case .notMet: .blocked(by: missing.id)
                default: missing.verdict
                }
            return result(verdict, missing.found)
        }
        // The virtual IP has to be served by this pair first, under whatever name.
        let missing = Q04WebThroughVIP().judge(findings, parameters: Parameters())
            .filter { $0.verdict != .met }
        if let missing = missing.first(where: { $0.id != Q4.content.id }) { return inConsequence(missing) }
        let (verdict, found) = page(findings, vip, name)
        // A virtual host of that name may have the page that the bare address has not; where neither has it, it is
        // one mistake.
        if verdict != .met, let missing = missing.first { return inConsequence(missing) }
        return result(verdict, found)
    }

    /// What the web server gives to a browser that asks by name.
    private func page(
        _ findings: Findings, _ vip: FoundVirtualIP, _ name: String
    ) -> (Verdict, LocalizedText) {
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
        guard let exchange else { return (.notAssessed(.noEvidence), Q4.notAsked) }
        guard case .response(let response) = exchange.answer, !exchange.answer.ranOutOfTime else {
            return (
                Q4.verdictWithoutResponse(exchange.answer, of: target, findings), Q4.noResponse(exchange)
            )
        }
        let page = response.body.text
        let hasText = web.expectedText.map { response.shows($0) } ?? true
        let found =
            LocalizedText(verbatim: "http://\(name)\(web.path): HTTP \(response.status), ")
            + Q4.content(page, hasText: hasText, web)
        guard web.acceptedStatuses.contains(response.status) else { return (.notMet, found) }
        if !hasText, response.bodyTruncated { return (.notAssessed(.noEvidence), found) }
        return (hasText ? .met : .notMet, found)
    }

    private func reverse(_ findings: Findings, _ vip: IPAddress) -> CheckResult {
        let expected = Q5.expected(Q5.reverse, findings)
        guard let exchange = NameProbe.exchange(NameProbe.reverse, findings) else {
            return Q5.reverse.result(.notAssessed(.noEvidence), expected: expected, found: Q5.notAsked)
        }
        let wanted = Set((findings.lab.dns?.names ?? []).map { DNSRecord.canonical($0) })
        let pointed = exchange.records.map(\.data)
        let isRight = pointed.contains { wanted.contains(DNSRecord.canonical($0)) }
        let verdict: Verdict = isRight ? .met : NameProbe.verdictWithout(exchange, findings)
        let found =
            pointed.isEmpty
            ? NameProbe.said(vip.description, exchange, findings)
            : LocalizedText(verbatim: "\(vip) → \(pointed.joined(separator: ", "))")
        return Q5.reverse.result(verdict, expected: expected, found: found, sources: [NameProbe.reverse])
    }
}
