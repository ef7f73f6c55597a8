import GraderCore
import Pacemaker

/// Where what a drill moved ended: put back where it was, or left elsewhere. By what the nodes' undo noted down (its
/// lines are in `GivingBack.homesScript`) and by where the cluster has everything before and after.
extension ClusterDrill {
    func wayBack(_ drill: DrillEvidence) -> LocalizedText? {
        guard let plan = drill.plan, drill.time(.perturbing) != nil,
            let before = drill.homes(.before), let after = drill.status(.after)
        else { return nil }
        let noted = Noted(drill.receipts.values.flatMap(\.self))
        let sentences = before.all.compactMap { home -> LocalizedText? in
            let nodes = Set(home.members.flatMap { after.activeNodes(of: $0) })
            let isBack = nodes == [home.node]
            if isBack, !noted.moved.contains(home.resource) { return nil }
            let why = drill.reasonToStay(home.resource)
            if isBack {
                return LocalizedText(
                    fr: """
                        \(home.resource), que l'exercice a fait quitter \(home.node), n'y serait pas revenu de lui-même \
                        (\(why)) : il y a été remis.
                        """,
                    en: """
                        \(home.resource), which the drill made leave \(home.node), would not have come back by itself \
                        (\(why)): it was put back there.
                        """)
            }
            let place = nodes.sorted().joined(separator: ", ")
            let reason =
                home.isPlain ? noted.left[home.resource].flatMap { Self.reasons[$0] } : Self.noPlainName
            // Not brought back by anybody: the grader was not there, or the drill moved nothing of it.
            guard !place.isEmpty,
                reason != nil || plan.resources.together.contains(where: home.members.contains)
            else { return nil }
            return LocalizedText(
                fr: "\(home.resource) était sur \(home.node) et reste sur \(place) (\(reason ?? why)).",
                en: "\(home.resource) was on \(home.node) and stays on \(place) (\(reason ?? why)).")
        }
        return sentences.isEmpty ? nil : .joined(Array(sentences.prefix(8)))
    }

    private static let noPlainName = LocalizedText(
        fr: "son nom ne se laisse pas mettre dans une contrainte",
        en: "its name cannot be put into a constraint")

    /// Why something was not put back, by the undo's words for it.
    static let reasons: [String: LocalizedText] = [
        "the constraints were changed": LocalizedText(
            fr: "les contraintes ont changé pendant l'exercice : quelqu'un y travaille",
            en: "the constraints were changed during the drill: somebody is at work"),
        "it is not managed": LocalizedText(
            fr: "le cluster ne le gère pas en ce moment", en: "the cluster does not manage it at present"),
        "it does not run whole": LocalizedText(
            fr: "il ne tourne pas en entier", en: "not all of it runs"),
        "its home takes nothing": LocalizedText(
            fr: "l'autre nœud ne prend rien en ce moment (standby, maintenance, absent)",
            en: "the other node takes nothing at present (standby, maintenance, away)"),
        "it did not come": LocalizedText(
            fr: "la configuration ne le laisse pas revenir", en: "the configuration does not let it come back"
        ),
        "the cluster took it away again": LocalizedText(
            fr: "la configuration l'y ramène d'elle-même", en: "the configuration itself brings it there"),
    ]
}

/// What the undo said of where things run, in its own fixed words; anything else in a receipt is not read.
private struct Noted {
    var moved: Set<String> = []
    /// A resource and the reason for which it was left.
    var left: [String: String] = [:]

    init(_ receipt: [String]) {
        for line in receipt.prefix(200) {
            var scanner = LineScanner(line[...])
            guard scanner.digits() != nil, scanner.take(" "), scanner.some(where: \.isLowerCase) != nil,
                scanner.take(": ")
            else { continue }
            if scanner.take("moved "), let resource = scanner.word() {
                guard scanner.take(" from "), scanner.word() != nil, scanner.take(" back to "),
                    scanner.word() != nil, scanner.isAtEnd
                else { continue }
                moved.insert(String(resource))
            } else if scanner.take("left "), let resource = scanner.word() {
                guard scanner.take(" on "), scanner.upTo(", its home is ") != nil, scanner.upTo(": ") != nil,
                    !scanner.isAtEnd
                else { continue }
                left[String(resource)] = String(scanner.rest)
            }
        }
    }
}

extension DrillEvidence {
    fileprivate func status(_ stage: DrillStage) -> ClusterStatus? {
        guard let plan else { return nil }
        let printed =
            output(ClusterProbe.status, on: plan.active, stage: stage)
            ?? output(ClusterProbe.status, on: plan.witness, stage: stage)
        return printed.map { ClusterStatusReader.read($0.raw) }
    }

    private var configuration: ClusterConfiguration? {
        plan.flatMap { output(ClusterProbe.cib, on: $0.active, stage: .before) }.map {
            CIBReader.read($0.raw).configuration
        }
    }

    fileprivate func homes(_ stage: DrillStage) -> Homes? {
        guard let status = status(stage), let configuration else { return nil }
        return Homes(status, configuration, concerned: nil)
    }

    /// What keeps a resource where a drill has brought it.
    fileprivate func reasonToStay(_ resource: String) -> LocalizedText {
        let stickiness = configuration?.stickiness(of: resource) ?? .zero
        guard stickiness.isPositive else {
            return LocalizedText(fr: "rien ne l'y attire", en: "nothing draws it there")
        }
        return LocalizedText(verbatim: "resource-stickiness \(stickiness)")
    }
}
