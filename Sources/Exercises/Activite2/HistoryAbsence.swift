import GraderCore
import Pacemaker

extension HistoryLog {
    /// What to say where no log shows that something was tried.
    ///
    /// Nobody is told that traces may have been erased where they are all there, and where none are kept, or none could
    /// be read, nothing is said about what they would have shown.
    /// - Parameter unexplained: a move that may have been it, of which no log says why.
    static func absence(
        _ findings: Findings, unexplained: LocalizedText? = nil
    ) -> (verdict: Verdict, text: LocalizedText) {
        let known = MachineID.pair.map { (role: $0, reach: findings.logs[$0]?.reach) }
        let missing =
            [
                unread(findings, known.filter { $0.reach == nil }.map(\.role)),
                nothingKept(findings, known.filter { $0.reach == .notKept }.map(\.role)),
            ]
            .compactMap(\.self) + known.compactMap { node in unfit(node.reach, findings.label(node.role)) }
        if !missing.isEmpty {
            return (.notAssessed(.noEvidence), missing.joined(LocalizedText(fr: " ", en: " ")))
        }
        let reaches = known.compactMap(\.reach)
        let told = [unexplained].compactMap(\.self)
        if reaches.allSatisfy({ $0 == .whole }) {
            return (.notRequested(.drill), (told + [wholeWithout]).joined())
        }
        if reaches.allSatisfy({ $0 == .whole || $0 == .unknown }) {
            return (.notRequested(.drill), (told + [noTrace]).joined())
        }
        let short = known.compactMap { node in node.reach.flatMap { beginning($0, findings.label(node.role)) }
        }
        return (
            .notRequested(.drill),
            (told + [noTrace(short.joined(LocalizedText(fr: ", ", en: ", ")))]).joined()
        )
    }

    /// What to say where a node's log was not read; nil where both were.
    private static func unread(_ findings: Findings, _ unread: [MachineID]) -> LocalizedText? {
        guard !unread.isEmpty else { return nil }
        let names = joined(unread.map(findings.label))
        return LocalizedText(
            fr: "L'historique du cluster n'a pas pu être lu sur \(names) : un essai peut y figurer.",
            en: "The cluster's history could not be read on \(names): a try may be in it.")
    }

    private static func nothingKept(_ findings: Findings, _ roles: [MachineID]) -> LocalizedText? {
        guard !roles.isEmpty else { return nil }
        let names = joined(roles.map(findings.label))
        return LocalizedText(
            fr: """
                L'historique du cluster n'est pas gardé sur \(names) (PCMK_logfile=none, et les décisions ne vont ni \
                au journal ni à syslog) : un essai n'y laisse pas de trace.
                """,
            en: """
                The cluster's history is not kept on \(names) (PCMK_logfile=none, and decisions go neither to the \
                journal nor to syslog): a try leaves no trace there.
                """)
    }

    private static func unfit(_ reach: NodeLog.Reach?, _ node: String) -> LocalizedText? {
        guard case .unfit(let path) = reach else { return nil }
        return LocalizedText(
            fr: "Le journal de Pacemaker sur \(node), \(path), n'est pas un fichier qu'on puisse lire.",
            en: "Pacemaker's log on \(node), \(path), is no file that can be read.")
    }

    private static func beginning(_ reach: NodeLog.Reach, _ node: String) -> LocalizedText? {
        switch reach {
        case .since(let time):
            LocalizedText(
                fr: "celui de \(node) ne commence que le \(time)", en: "\(node)'s begins only at \(time)")
        case .empty: LocalizedText(fr: "celui de \(node) est vide", en: "\(node)'s is empty")
        case .whole, .unknown, .notKept, .unfit: nil
        }
    }

    private static func noTrace(_ short: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: """
                L'historique du cluster n'en montre pas d'essai, mais \(short) (ce qui précède peut avoir été \
                effacé) : seul un exercice de bascule, ou l'enseignant, peut en décider.
                """,
            en: """
                The cluster's history shows no such try, but \(short) (what came before may have been erased): only a \
                failover drill, or the teacher, can decide.
                """)
    }

    /// Of evidence that does not say how far back it goes.
    private static let noTrace = LocalizedText(
        fr: """
            L'historique du cluster n'en montre pas d'essai (il peut avoir été effacé) : seul un exercice de bascule, \
            ou l'enseignant, peut en décider.
            """,
        en: """
            The cluster's history shows no such try (it may have been erased): only a failover drill, or the teacher, \
            can decide.
            """)

    private static let wholeWithout = LocalizedText(
        fr: """
            L'historique du cluster, gardé depuis sa création, n'en montre pas d'essai : seul un exercice de bascule, \
            ou l'enseignant, peut en décider.
            """,
        en: """
            The cluster's history, kept since it was made, shows no such try: only a failover drill, or the teacher, \
            can decide.
            """)

    /// `IPFailover passée de serv1 à serv2 (journal de serv2, Nov 22 18:13:18), sans que la cause y soit dite`.
    static func unexplained(_ findings: Findings, moveOf resource: String) -> LocalizedText? {
        for log in findings.histories {
            guard let (move, time) = log.history.unexplainedMove(of: resource) else { continue }
            let source = LocalizedText.log(log.source, of: findings.label(log.role))
            let (from, to) = (move.from, move.to)
            return LocalizedText(
                fr:
                    "\(resource) passée de \(from) à \(to) (\(source), \(time)), sans que la cause y soit dite",
                en: "\(resource) moved from \(from) to \(to) (\(source), \(time)), which does not say why")
        }
        return nil
    }
}
