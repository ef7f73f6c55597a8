import Foundation
import GraderCore

/// Invented results of every kind that a page has to cope with.
enum SampleResults {
    static let moment = Date(timeIntervalSince1970: 1_795_356_900)  // 2026-11-22 14:15 UTC
    static let configuration = """
        node 1: serv1
        node 2: serv2
        primitive IPFailover IPaddr2 \\
        \tparams ip=172.16.0.12 cidr_netmask=24 nic=eth0 iflabel=VIP \\
        \top monitor interval=30s \\
        \top start timeout=30s interval=0
        location cli-ban-IPFailover-on-serv1 IPFailover role=Started -inf: serv1
        property cib-bootstrap-options: \\
        \thave-watchdog=false \\
        \tdc-version=2.1.5-a3f44794f94 \\
        \tcluster-infrastructure=corosync \\
        \tstonith-enabled=false
        """

    static func result(
        _ id: String, _ names: [String], _ outcome: SampleChecks.Outcome,
        exhibits: [Exhibit] = SampleExhibits.pair(), unreachable: [MachineID: TransportFailure] = [:],
        instability: Instability? = nil, vantage: Vantage? = .grader
    ) -> GradedResult {
        result(
            id, names, questions: SampleChecks.questions(outcome), exhibits: exhibits,
            unreachable: unreachable,
            instability: instability, vantage: vantage)
    }

    static func result(
        _ id: String, _ names: [String], questions: [QuestionResult], exhibits: [Exhibit],
        unreachable: [MachineID: TransportFailure] = [:], instability: Instability? = nil,
        vantage: Vantage? = .grader
    ) -> GradedResult {
        GradedResult(
            className: "BTS SIO 2 SISR", student: StudentIdentity(id: id, names: names),
            exercise: "activite-2",
            exerciseTitle: LocalizedText(
                fr: "Activité 2 – Haute disponibilité d'un service Web",
                en: "Activity 2 – A highly available web service"),
            collectedAt: moment, collectionSeconds: 0.84, questions: questions,
            score: questions.reduce(Tally()) { $0 + $1.score }, unreachable: unreachable,
            instability: instability, exhibits: exhibits, networkVantage: vantage,
            provenance: Provenance(
                grader: "bascule 0.1.0",
                rubricSHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                evidenceSHA256: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"))
    }

    static let silent = TransportFailure(
        .timedOut,
        LocalizedText(
            verbatim: "serv1 of abeille-dumas (172.16.0.10:22) did not answer within 5 s: is it switched on?")
    )

    static var solved: GradedResult {
        result("abeille-dumas", ["Éloïse Abeille-Dumas", "Maël Quéméner"], .solved)
    }
    static var faulty: GradedResult {
        result(
            "brisset", ["Timothée Brisset"], .faulty,
            exhibits: SampleExhibits.pair(active: .serv2, held: .serv1))
    }
    static var unreachable: GradedResult {
        result(
            "cazenave", ["Anaïs Cazenave"], .all(.notAssessed(.unreachable)),
            exhibits: SampleExhibits.pair(
                active: nil, unreached: [.serv1, .serv2], configuration: ""),
            unreachable: [
                .serv1: silent,
                .serv2: TransportFailure(
                    .connectionRefused, LocalizedText(verbatim: "172.16.0.11:22 refused the connection.")),
            ], vantage: nil)
    }
    static var halfUnreachable: GradedResult {
        var outcome = SampleChecks.Outcome.solved
        outcome.node = .notAssessed(.unreachable)
        return result(
            "delmas", ["Côme Delmas"], outcome,
            exhibits: SampleExhibits.pair(active: .serv2, unreached: [.serv1]),
            unreachable: [.serv1: silent],
            vantage: .tunnel(.serv2))
    }
    static var unstable: GradedResult {
        result(
            "estève", ["Océane Estève"], .all(.notAssessed(.unstable)),
            instability: Instability(
                kind: .configurationChanging, attempts: 3, detail: "serv1: 0.12.3 → 0.13.1, 0.13.1 → 0.14.0"))
    }
    static var fresh: GradedResult {
        let outcome = SampleChecks.Outcome(
            exists: .notMet, interval: .blocked(by: CheckID("Q1.vip-resource")),
            timeouts: .blocked(by: CheckID("Q1.vip-resource")),
            node: .blocked(by: CheckID("Q1.vip-resource")),
            preference: .blocked(by: CheckID("Q1.vip-resource")), web: .notMet,
            webFound: LocalizedText(fr: "aucune réponse à 172.16.0.12", en: "no answer at 172.16.0.12"))
        return result(
            "fabre-lagarrigue", ["Marie-Hélène-Clémentine Fabre-Lagarrigue de la Rochebrochard"], outcome,
            exhibits: SampleExhibits.pair(active: nil))
    }

    static var all: [GradedResult] { [solved, faulty, unreachable, halfUnreachable, unstable, fresh] }

    /// A whole class, invented name by name.
    static var classOf35: [GradedResult] {
        let first = ["Aïcha", "Bérénice", "Cédric", "Dorothée", "Éloi", "Françoise", "Gaëlle"]
        let last = ["Lefèvre", "N'Diaye-Kerbrat", "Çetinkaya", "Østergård", "Grandclément"]
        let outcomes: [SampleChecks.Outcome] = [.solved, .faulty, .solved, .solved, .faulty]
        return (0..<35).map { number in
            let name = "\(first[number % 7]) \(last[number / 7])"
            let id = "etu\(number + 1 < 10 ? "0" : "")\(number + 1)"
            switch number {
            case 6:
                var result = unreachable
                result.student = StudentIdentity(id: id, names: [name])
                return result
            case 12, 23:
                var result = fresh
                result.student = StudentIdentity(id: id, names: [name, "Zoé Vandenbroucke"])
                return result
            case 17:
                var result = halfUnreachable
                result.student = StudentIdentity(id: id, names: [name])
                return result
            default: return result(id, [name], outcomes[(number * 7 + number / 5) % 5])
            }
        }
    }
}
