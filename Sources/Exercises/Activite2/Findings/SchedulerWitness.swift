import GraderCore
import Pacemaker

extension Findings {
    /// What Pacemaker's scheduler says beside our reading of the constraints. Where ours leaves it open the scheduler
    /// decides; where both disagree nobody does.
    /// - Parameters:
    ///   - isOpen: whether a source leaves it open by our reading; then that tells nothing unless another source does.
    ///   - scheduler: nil where it was not asked, or does not say.
    func weighed(_ ours: Judgement, isOpen: Bool, against scheduler: Bool?) -> Judgement {
        let sources = ours.sources + forecastSources
        // What crm prints has no attributes until the next reboot, where the CIB has.
        let isOpen = isOpen && ours.verdict != .met && ours.verdict != .notMet
        guard let scheduler else {
            return isOpen ? .unseen(Self.unweighable, sources: ours.sources) : ours
        }
        let verdict: Verdict = scheduler ? .met : .notMet
        if isOpen { return Judgement(verdict, Self.byScheduler(scheduler), sources: sources) }
        guard ours.verdict == .met || ours.verdict == .notMet else { return ours }
        if ours.verdict == verdict { return Judgement(verdict, ours.found, sources: sources) }
        return Judgement(
            .notAssessed(.contradiction), [ours.found, Self.contradicted(scheduler)].joined(),
            sources: sources)
    }

    private var forecastSources: [ProbeID] {
        MachineID.pair.filter { evidence.complete(ClusterProbe.scheduler, on: $0) != nil }
            .map { ProbeID($0, ClusterProbe.scheduler) }
    }

    private static let unweighable = LocalizedText(
        fr: "ce que font ces contraintes ne se calcule pas d'ici, et Pacemaker (crm_simulate) n'a pu le dire",
        en:
            "what these constraints do cannot be worked out from here, and Pacemaker (crm_simulate) could not say"
    )

    private static func byScheduler(_ holds: Bool) -> LocalizedText {
        holds
            ? LocalizedText(
                fr: "oui, d'après l'ordonnanceur de Pacemaker (crm_simulate)",
                en: "yes, by Pacemaker's scheduler (crm_simulate)")
            : LocalizedText(
                fr: "non, d'après l'ordonnanceur de Pacemaker (crm_simulate)",
                en: "no, by Pacemaker's scheduler (crm_simulate)")
    }

    private static func contradicted(_ holds: Bool) -> LocalizedText {
        holds
            ? LocalizedText(
                fr: "mais l'ordonnanceur de Pacemaker (crm_simulate) dit que oui : à l'enseignant de voir",
                en: "but Pacemaker's scheduler (crm_simulate) says that it does: the teacher has to look")
            : LocalizedText(
                fr: "mais l'ordonnanceur de Pacemaker (crm_simulate) dit que non : à l'enseignant de voir",
                en: "but Pacemaker's scheduler (crm_simulate) says that it does not: the teacher has to look")
    }
}
