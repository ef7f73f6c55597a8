import GraderCore
import LinuxFacts
import Pacemaker

/// What a drill shows about a student's cluster, one aspect at a time. Pure functions of the evidence; the
/// questions call them with their rubric's thresholds.
struct DrillJudgement {
    enum Aspect {
        /// Everything was on the other node when the failover was over.
        case moved
        /// A client was served again, soon enough.
        case servedAgain
        /// The address answered again, soon enough; a refusal is an answer.
        case addressAnswersAgain
        /// The address and all that belongs with it were on one node.
        case stayedTogether
        /// A stopped service ran again where it was; or on the other node, where its threshold says so.
        case recovered
    }

    let findings: Findings
    let kind: DrillKind

    /// What of a failover a question asks about.
    enum Scope {
        /// The address alone: what a web server on the other node does not do costs its own question's points.
        case address
        /// The service as clients have it.
        case service
    }

    /// What has to hold for a drill of this kind to count as survived.
    static func aspects(_ kind: DrillKind, _ scope: Scope) -> [Aspect] {
        switch scope {
        case .address: [.moved, .addressAnswersAgain]
        case .service:
            kind == .serviceStop
                ? [.recovered, .servedAgain] : [.moved, .stayedTogether, .servedAgain]
        }
    }

    init(_ kind: DrillKind, in findings: Findings) {
        self.kind = kind
        self.findings = findings
    }

    /// The drill's evidence; nil where it was not asked for.
    var evidence: DrillEvidence? { findings.evidence.drills?.last { $0.kind == kind } }

    /// What a client got from the other node, where that was an answer and not the site's page; nil where it was, or
    /// nothing can be said: no text was asked for, the page was cut off or compressed, a browser shows another in its place,
    /// the drill moved nothing.
    /// - Parameter hasMoved: whether the service was seen on the other node, where a drill need not move it.
    static func otherPage(
        _ drill: DrillEvidence, expecting text: String?, hasMoved: Bool = false
    ) -> LocalizedText? {
        guard drill.kind.expectsMove || hasMoved, let plan = drill.plan, let text,
            case .http(let exchange)? = drill.observations.first(where: { $0.id == DrillProbe.page })?.outcome,
            case .response(let response) = exchange.answer,
            plan.target.acceptedStatuses.contains(response.status), !response.bodyTruncated,
            !response.isEncoded, !response.shows(text), response.browserAction == nil
        else { return nil }
        return DrillWords.otherPage(plan.name(plan.active.peer), text)
    }

    /// Whether the drill as a whole was survived: the first aspect that does not hold decides.
    /// - Parameters:
    ///   - scope: what has to survive.
    ///   - limit: the longest time that a client may go without it; nil for any that ends.
    ///   - wantsPage: whether the other node has to serve the site's own page too.
    func survived(_ scope: Scope, within limit: Duration?, wantsPage: Bool = false) -> Judgement {
        if let barred { return barred }
        var found: [LocalizedText] = []
        for aspect in Self.aspects(kind, scope) {
            let answer = judge(aspect, within: limit)
            if answer.verdict != .met { return unlessDisturbed(answer) }
            found.append(answer.found)
        }
        if wantsPage, let evidence,
            let other = Self.otherPage(
                evidence, expecting: findings.lab.web.expectedText, hasMoved: hasMoved(evidence))
        {
            return unlessDisturbed(Judgement(.notMet, other))
        }
        return Judgement(.met, .joined(found))
    }

    private func hasMoved(_ evidence: DrillEvidence) -> Bool {
        guard let plan = evidence.plan, let web = plan.resources.web else { return false }
        return DrillMoment(evidence, findings.evidence, .moved).placement(of: web, plan)?
            .isOnlyNode(plan.name(plan.active.peer)) ?? false
    }

    /// A failover that somebody's hand was in, or a broken cable between here and there, is not the cluster's failure.
    private func unlessDisturbed(_ answer: Judgement) -> Judgement {
        guard answer.verdict == .notMet, let evidence else { return answer }
        let reason: LocalizedText
        if evidence.wasDisturbed {
            reason = DrillWords.disturbed
        } else if let (node, why) = evidence.outOfReach?.min(by: { $0.key < $1.key }) {
            reason = DrillWords.outOfReach(evidence.plan?.name(node) ?? node.rawValue, why)
        } else {
            return answer
        }
        return Judgement(.notAssessed(.unstable), .joined([answer.found, reason]))
    }

    /// Why nothing can be said: not asked for, refused, or not brought to its end.
    private var barred: Judgement? {
        guard let evidence else {
            return Judgement(.notRequested(.drill), DrillWords.notRequested(kind))
        }
        switch evidence.outcome {
        case .performed: return nil
        case .abandoned(let sentence): return .unseen(sentence)
        case .refused(let refusal):
            let verdict: Verdict =
                switch refusal.kind {
                case .notReady: .notAssessed(.noEvidence)
                case .inUse, .unreliable: .notAssessed(.unstable)
                case .notPossible: .notAssessed(.outOfSight)
                }
            return Judgement(verdict, refusal.sentence)
        }
    }

    private func judge(_ aspect: Aspect, within limit: Duration?) -> Judgement {
        guard let evidence, let plan = evidence.plan else { return .unseen(DrillWords.nothingSeen) }
        let seen = DrillMoment(evidence, findings.evidence, .moved)
        switch aspect {
        case .moved: return moved(plan, seen, evidence)
        case .stayedTogether: return together(plan, seen)
        case .recovered: return recovered(plan, seen, evidence)
        case .servedAgain: return servedAgain(evidence, limit, \.failover, of: .service)
        case .addressAnswersAgain: return servedAgain(evidence, limit, \.addressFailover, of: .address)
        }
    }

    // MARK: aspects

    private func moved(_ plan: DrillPlan, _ seen: DrillMoment, _ evidence: DrillEvidence) -> Judgement {
        let peer = plan.active.peer
        guard let nodes = seen.placement(of: plan.resources.vip, plan),
            let address = IPAddress(plan.target.address)
        else { return .unseen(DrillWords.nothingSeen) }
        guard nodes.isOnlyNode(plan.name(peer)) else {
            return Judgement(.notMet, DrillWords.stayed(plan.resources.vip, nodes, plan.failoverBound))
        }
        guard seen.findings.interfaces[peer] != nil else { return .unseen(DrillWords.nothingSeen) }
        let holders = seen.findings.holders(of: address)
        if holders.contains(plan.active) {
            return Judgement(.notMet, DrillWords.bothAnswer(plan.target.address))
        }
        guard holders == [peer] else {
            return Judgement(.notMet, DrillWords.nobodyHas(plan.target.address))
        }
        // The wire's word against the cluster's: who answers for the address.
        if let answering = seen.answeringMAC, let own = seen.macAddresses(of: peer), !own.contains(answering),
            !VIPNeighbours.isRewritten(answering, to: seen.whole, but: address)
        {
            return Judgement(.notMet, DrillWords.somebodyElse(plan.target.address, answering))
        }
        if let measure = DrillMeasure(evidence), measure.addressFailover.isEmpty {
            // An address cannot change machines between two attempts ten milliseconds apart.
            return Judgement(.notAssessed(.contradiction), DrillWords.noGap(plan.target.address))
        }
        return Judgement(.met, DrillWords.moved(plan.resources.vip, plan.name(peer)))
    }

    private func together(_ plan: DrillPlan, _ seen: DrillMoment) -> Judgement {
        guard plan.resources.together.count > 1 else {
            return Judgement(.met, .init(verbatim: ""))
        }
        for resource in plan.resources.together {
            guard let nodes = seen.placement(of: resource, plan) else {
                return .unseen(DrillWords.nothingSeen)
            }
            guard nodes.isOnlyNode(plan.name(plan.active.peer)) else {
                return Judgement(.notMet, DrillWords.stayed(resource, nodes, plan.failoverBound))
            }
        }
        return Judgement(.met, DrillWords.allTogether(plan.name(plan.active.peer)))
    }

    private func recovered(_ plan: DrillPlan, _ seen: DrillMoment, _ evidence: DrillEvidence) -> Judgement {
        let web = plan.resources.web ?? ""
        guard let nodes = seen.placement(of: web, plan) else { return .unseen(DrillWords.nothingSeen) }
        if nodes.isOnlyNode(plan.name(plan.active)) {
            return Judgement(.met, DrillWords.backInPlace(web, plan.name(plan.active)))
        }
        let peer = plan.name(plan.active.peer)
        let left = Judgement(.notMet, DrillWords.leftPlace(web, nodes))
        guard nodes.isOnlyNode(peer) else { return left }
        // No drill begins where anything has failed before: the drill's own failure is the first.
        let before = DrillMoment(evidence, findings.evidence, .before)
        let atOnce = Q9.hasThreshold(1, web, before.findings)
        switch atOnce.verdict {
        case .met: break
        case .notMet: return left
        default: return Judgement(atOnce.verdict, .joined([left.found, atOnce.found]))
        }
        // The cluster does what it was told; whether that is the threshold which was asked for is Q9's.
        let apart = [moved(plan, seen, evidence), together(plan, seen)].first { $0.verdict != .met }
        return apart ?? Judgement(.met, DrillWords.movedAtThreshold(web, peer, 1))
    }

    /// An attempt that fails when the watching is about to end is no failover that has not come: until then all were served.
    private static let lastMoments = Duration.seconds(3)

    private func servedAgain(
        _ evidence: DrillEvidence, _ limit: Duration?, _ part: KeyPath<DrillMeasure, [ServiceOutage]>,
        of scope: Scope
    ) -> Judgement {
        guard let measure = DrillMeasure(evidence), let plan = evidence.plan else {
            return .unseen(DrillWords.nothingSeen)
        }
        let outages = measure[keyPath: part]
        guard !outages.isEmpty else {
            return Judgement(.notAssessed(.contradiction), DrillWords.noGap(plan.target.address))
        }
        // From there on it may be the undo that has it served again, or the node that comes back.
        let end = evidence.time(plan.goesDown ? .watched : .restoring) ?? .zero
        let restored = evidence.time(.restored) ?? .zero
        let inTime = outages.filter { outage in
            guard let ended = outage.end?.latest else { return false }
            return ended <= end || outage.start.latest > end - Self.lastMoments && ended <= restored
        }
        guard inTime.count == outages.count, let total = DrillMeasure.total(outages) else {
            return Judgement(.notMet, DrillWords.notServedAgain(scope, plan.failoverBound))
        }
        let uncertainty = outages.reduce(Duration.zero) { $0 + ($1.uncertainty ?? .zero) }
        // What the measurement itself cannot tell is not held against the student.
        if let limit, total - uncertainty > limit {
            return Judgement(.notMet, DrillWords.tooLong(total, limit))
        }
        return Judgement(.met, DrillWords.outage(scope, total, uncertainty, times: outages.count))
    }
}
