import GraderCore
import Pacemaker

// The part of H0 that reads the cluster's configuration.
extension H0 {
    static let fencing = Check<Findings>(
        "H0.fencing",
        title: LocalizedText(fr: "Le fencing (STONITH) est réglé", en: "Fencing (STONITH) is settled"),
        why: LocalizedText(
            fr: "Activé sans aucun dispositif, le fencing empêche Pacemaker de démarrer quoi que ce soit.",
            en: "Switched on without any device, fencing keeps Pacemaker from starting anything."),
        seeYourself: "crm_verify -L -V",
        hint: LocalizedText(
            fr:
                "L'activité précédente désactivait une propriété du cluster. Laquelle, et est-ce toujours le cas ?",
            en:
                "The activity before this one switched off a property of the cluster. Which, and is it still off?"
        ),
        expected: { _, _ in
            LocalizedText(
                fr: "stonith-enabled=false, ou un dispositif de fencing",
                en: "stonith-enabled=false, or a fencing device")
        },
        judge: { findings, _ in
            let outcome = findings.fact { configuration in
                switch configuration.fencingState {
                case .off: FactReading(true, LocalizedText(verbatim: "stonith-enabled=false"))
                case .device(let id): FactReading(true, fencingDevice(id))
                case .onWithoutDevice: FactReading(false, fencingOn)
                }
            }
            return outcome
        })

    private static let fencingOn = LocalizedText(
        fr:
            "stonith-enabled vaut true (c'est la valeur par défaut) et il n'y a aucun dispositif : rien ne démarre",
        en: "stonith-enabled is true (the default) and there is no device: nothing is started")
    private static func fencingDevice(_ id: String) -> LocalizedText {
        LocalizedText(fr: "dispositif \(id)", en: "device \(id)")
    }

    /// Neither the cluster nor the exercise's resources are out of the cluster's hands.
    static let managed = Check<Findings>(
        "H0.managed",
        title: LocalizedText(fr: "Le cluster a la main sur ses ressources", en: "The cluster is in control"),
        why: LocalizedText(
            fr: "En maintenance tout continue de tourner, mais plus rien ne bascule.",
            en: "In maintenance everything goes on running, but nothing fails over any more."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr: "Que signifie « unmanaged » à côté d'une ressource dans crm_mon ?",
            en: "What does “unmanaged” mean beside a resource in crm_mon?"),
        expected: { _, _ in
            LocalizedText(
                fr: "ni maintenance, ni ressource non gérée", en: "no maintenance, no unmanaged resource")
        },
        judge: { findings, _ in
            let resources = [findings.virtualIP.found?.id, findings.webResource.found?.id].compactMap(\.self)
            let outcome = findings.fact { configuration in
                if configuration.properties["maintenance-mode"].flatMap({ ClusterBoolean.parse($0) }) == true
                {
                    return FactReading(false, maintenanceMode)
                }
                if let node = configuration.nodes.first(where: { $0.maintenance ?? false }) {
                    return FactReading(false, nodeInMaintenance(node.name))
                }
                if let resource = resources.first(where: { !configuration.isManaged($0) }) {
                    return FactReading(false, unmanaged(resource))
                }
                return FactReading(true, everythingManaged)
            }
            return outcome
        })

    private static let maintenanceMode = LocalizedText(
        fr: "maintenance-mode=true : le cluster ne touche plus à rien",
        en: "maintenance-mode=true: the cluster touches nothing any more")
    private static let everythingManaged = LocalizedText(fr: "tout est géré", en: "everything is managed")
    private static func nodeInMaintenance(_ name: String) -> LocalizedText {
        LocalizedText(
            fr: "\(name) est en maintenance : le cluster n'y touche plus à rien",
            en: "\(name) is in maintenance")
    }
    static func unmanaged(_ resource: String) -> LocalizedText {
        LocalizedText(
            fr: "\(resource) n'est pas gérée par le cluster (unmanaged)",
            en: "\(resource) is not managed by the cluster (unmanaged)")
    }

    /// What `crm_verify` says of the live CIB. It complains of fencing too, which has a check of its own.
    static let valid = Check<Findings>(
        "H0.valid",
        title: LocalizedText(
            fr: "La configuration est valide (crm_verify)", en: "The configuration is valid (crm_verify)"),
        why: LocalizedText(
            fr: "Pacemaker ignore sans bruit une partie de ce qu'il ne comprend pas.",
            en: "Pacemaker silently ignores part of what it does not understand."),
        seeYourself: "crm_verify -L -V",
        hint: LocalizedText(
            fr: "crm_verify nomme ce qui le gêne : retrouvez ce nom dans « crm configure show ».",
            en: "crm_verify names what it does not like: find that name in “crm configure show”."),
        mayWaitFor: ["H0.fencing"],
        expected: { _, _ in
            LocalizedText(fr: "crm_verify ne trouve rien à redire", en: "crm_verify finds no fault")
        },
        judge: { findings, _ in
            // Both nodes are asked: that one finds nothing to say does not silence the other.
            var valid: [ProbeID] = []
            for role in findings.reached {
                guard let result = findings.evidence.result(of: HealthProbe.verify, on: role) else {
                    continue
                }
                let source = [ProbeID(role, HealthProbe.verify)]
                let said = result.standardError.text + "\n" + result.standardOutput.text
                // Without a cluster there is nothing to verify, which it complains of too.
                guard let isValid = HealthProbe.isValid(result.ending, said), findings.cibs[role] != nil
                else {
                    continue
                }
                if isValid {
                    valid += source
                    continue
                }
                let lines = said.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " || $0 == "\t" } }
                    .filter { !$0.isEmpty }.prefix(3).joined(separator: " ; ")
                let found = LocalizedText(verbatim: String(lines.prefix(400)))
                if findings.isHeldByFencing(nil) {
                    return Judgement(.blocked(by: H0.fencing.id), found, sources: source)
                }
                return Judgement(.notMet, found, sources: source)
            }
            return valid.isEmpty ? .unseen(notVerified) : Judgement(.met, H0.isValid, sources: valid)
        })

    static let isValid = LocalizedText(fr: "rien à redire", en: "no fault found")
    private static let notVerified = LocalizedText(
        fr: "crm_verify n'a pu être exécutée", en: "crm_verify could not be run")

    static let noClone = Check<Findings>(
        "H0.no-clone",
        title: LocalizedText(fr: "Ni adresse ni service clonés", en: "Neither address nor service cloned"),
        why: LocalizedText(
            fr: "Un clone tourne sur les deux nœuds à la fois : l'inverse d'un couple actif/passif.",
            en: "A clone runs on both nodes at once: the opposite of an active/passive pair."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Combien d'exemplaires de l'adresse et du serveur web faut-il à la fois ?",
            en: "How many of the address and of the web server are wanted at a time?"),
        expected: { _, _ in LocalizedText(fr: "des ressources simples", en: "plain resources") },
        judge: { findings, _ in
            let resources = [findings.virtualIP.found?.id, findings.webResource.found?.id].compactMap(\.self)
            let outcome = findings.fact { configuration in
                for resource in resources {
                    let containers = Set(configuration.containers(of: resource))
                    if let clone = configuration.clones.first(where: { containers.contains($0.id) }) {
                        return FactReading(false, cloned(resource, clone.id))
                    }
                }
                return FactReading(true, notCloned)
            }
            return outcome
        })

    private static let notCloned = LocalizedText(fr: "aucun clone", en: "no clone")
    private static func cloned(_ resource: String, _ clone: String) -> LocalizedText {
        LocalizedText(
            fr: "\(resource) est dans le clone \(clone)", en: "\(resource) is in the clone \(clone)")
    }
}
