/// Runs situation scripts on one pair.
struct SituationRunner: Sendable {
    let pair: Pair

    /// A section may wait for the cluster twice or thrice, each time at most two minutes.
    private static let sectionLimit = Duration.seconds(420)

    /// What every section can use: the pair's addresses and names, `settled`, `web_reloaded` and `operation`.
    private var prelude: String {
        let plan = pair.plan
        return """
            STUDENT=\(pair.student.id) SERV1=\(plan.serv1) SERV2=\(plan.serv2) VIP=\(plan.virtual)
            DNS=\(plan.dns) ZONE=\(plan.zone) SITE=\(plan.siteName) ZONE_FILE=\(NameServer.zoneFile)
            # Waits until the cluster has nothing left to do (crm_resource(8)).
            settled() { crm_resource --wait --timeout=120; }
            # Has Apache read its configuration again; the command itself does not wait until it has.
            web_reloaded() {
                systemctl reload apache2
                until sed '1,/raceful restart/d' /var/log/apache2/error.log | grep -q 'resuming normal'; do sleep 0.2; done
            }
            # Changes an operation as `crm configure edit` would, which needs a terminal: operation RESOURCE NAME
            # ATTRIBUTE VALUE.
            operation() {
                id=$(cibadmin --query --xpath "//primitive[@id='$1']/operations/op[@name='$2']" \
                    | sed -n 's/.* id="\\([^"]*\\)".*/\\1/p')
                cibadmin --modify --xml-text "<op id='$id' $3='$4'/>"
            }

            """
    }

    /// Runs the sections of one script, in order.
    func run(_ script: SituationScript) async throws {
        for section in script.sections {
            let command = ["sh", "-euc", prelude + section.script]
            let outcome =
                switch section.place {
                case .serv1: try await pair.machine(.serv1).run(command, timeLimit: Self.sectionLimit)
                case .serv2: try await pair.machine(.serv2).run(command, timeLimit: Self.sectionLimit)
                case .dns: try await pair.nameServer.run(command, timeLimit: Self.sectionLimit)
                }
            guard outcome.succeeded else {
                throw LabError(
                    "\(script.name) failed on \(pair.student.id)/\(section.place.rawValue) (exit status \(outcome.status)): "
                        + "\(outcome.complaint). Start again with `bascule lab reset \(pair.student.id)`.")
            }
        }
    }
}
