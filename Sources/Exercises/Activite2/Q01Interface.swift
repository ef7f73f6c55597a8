import GraderCore
import LinuxFacts
import Pacemaker

// Q1, the interface that the address comes up on.
extension Q1 {
    static let interface = Check<Findings>(
        "Q1.interface", about: configured,
        title: LocalizedText(fr: "L'interface réseau", en: "The network interface"),
        why: LocalizedText(
            fr:
                "L'interface nommée doit exister sur les deux nœuds, sinon la bascule échoue le jour où elle sert.",
            en: "The interface named must exist on both nodes, or failover fails on the day it is needed."),
        seeYourself: "ip -br addr",
        hint: LocalizedText(
            fr: "Comment s'appelle, sur chaque nœud, l'interface qui porte son adresse ?",
            en: "What is the interface that carries the node's address called, on each node?"),
        expected: { _, _ in
            LocalizedText(
                fr:
                    "l'interface du réseau du TP, présente sur les deux nœuds (ou aucune : l'agent la trouve)",
                en: "the lab network's interface, present on both nodes (or none: the agent finds it)")
        },
        judge: { vip, findings, _ in judgeInterface(findings, vip) })

    private static func judgeInterface(_ findings: Findings, _ vip: FoundVirtualIP) -> Judgement {
        var unseen: MachineID?
        let outcome = findings.fact(ofPrimitive: vip.id) { configuration, primitive in
            guard let given = configuration.effectiveParameter("nic", of: primitive), !given.isEmpty else {
                return FactReading(true, interfaceByRoute)
            }
            // `eth0:0` names an alias of eth0 (IPaddr2 takes the part before the colon).
            let name = String(given.prefix { $0 != ":" })
            for role in MachineID.pair {
                guard let interfaces = findings.interfaces[role] else {
                    unseen = unseen ?? role
                    continue
                }
                guard let interface = interfaces.interface(name) else {
                    return FactReading(false, noSuchInterface(given, findings.label(role), interfaces))
                }
                guard interface.name == name else {
                    return FactReading(false, alternativeName(given, findings.label(role), interface.name))
                }
                if let lab = findings.lab.addresses[role],
                    let holder = interfaces.holder(of: lab), holder.interface.name != interface.name
                {
                    return FactReading(
                        false,
                        otherInterface(
                            given, findings.label(role), lab: lab.description, on: holder.interface.name))
                }
            }
            return FactReading(true, LocalizedText(verbatim: "nic=\(given)"))
        }
        // One name for each node, by a rule: each is right where it holds.
        let isConditional = findings.configurations.contains { source in
            source.configuration.primitive(vip.id).map {
                let names = source.configuration.possibleParameters("nic", of: $0)
                return names.count > (source.configuration.effectiveParameter("nic", of: $0) == nil ? 0 : 1)
            } ?? false
        }
        if outcome.verdict == .notMet, isConditional {
            return .unseen(outcome.found, sources: outcome.sources)
        }
        if outcome.verdict == .met, let unseen {
            return .unseen(outcome.found + interfacesUnseen(findings.label(unseen)))
        }
        return outcome
    }

    private static let interfaceByRoute = LocalizedText(
        fr: "pas de nic : l'agent prend l'interface de la route",
        en: "no nic: the agent takes the route's interface")
    private static func noSuchInterface(
        _ given: String, _ node: String, _ interfaces: InterfaceAddresses
    ) -> LocalizedText {
        let names = interfaces.interfaces.filter { !$0.isLoopback }.map(\.name).prefix(8).joined(
            separator: ", ")
        return LocalizedText(
            fr: "nic=\(given), mais \(node) n'a pas cette interface (il a : \(names))",
            en: "nic=\(given), but \(node) has no such interface (it has: \(names))")
    }
    /// `ip` takes an altname for the interface; IPaddr2 looks for it in what `ip` prints, and its start fails ("Failed to
    /// add"), or every monitor after it.
    private static func alternativeName(_ given: String, _ node: String, _ name: String) -> LocalizedText {
        LocalizedText(
            fr: """
                nic=\(given), mais sur \(node) ce n'est qu'un autre nom (altname) de \(name), qu'IPaddr2 ne reconnaît pas
                """,
            en: """
                nic=\(given), but on \(node) that is only another name (altname) of \(name), which IPaddr2 does not recognise
                """)
    }
    private static func otherInterface(_ given: String, _ node: String, lab: String, on name: String)
        -> LocalizedText
    {
        LocalizedText(
            fr: "nic=\(given), mais sur \(node) l'adresse \(lab) est sur \(name)",
            en: "nic=\(given), but on \(node) the address \(lab) is on \(name)")
    }
    private static func interfacesUnseen(_ node: String) -> LocalizedText {
        LocalizedText(
            fr: " ; les interfaces de \(node) n'ont pu être lues",
            en: "; \(node)'s interfaces could not be read")
    }
}
