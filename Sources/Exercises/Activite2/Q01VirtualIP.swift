import GraderCore
import LinuxFacts
import Pacemaker

/// Q1. Create the resource that moves the virtual IP, with a monitor every 10 s, a start time-out of 30 s and a
/// stop time-out of 40 s.
///
/// Points are for the primitive (`ocf:heartbeat:IPaddr2`), its address, netmask and interface, its operations, and
/// for the address being up on exactly one node because the cluster put it there. Names are free; the label is
/// advice. Source: lab sheet, Q1 and document 1, "Configuration du failover d'IP".
enum Q1 {
    static let question = Question<Findings>(
        "Q1",
        parameters: [
            ParameterDefinition("monitor-intervals", .durations),
            ParameterDefinition("start-timeouts", .durations),
            ParameterDefinition("stop-timeouts", .durations),
        ],
        checks: [
            primitive, address, netmask, interface, monitorInterval, startTimeout, stopTimeout, running,
            notStatic, label,
        ],
        probes: { stage, findings in
            guard stage == .nodes else { return [] }
            return findings.reached.map { node in
                Activite2Probes.shell(
                    node, StaticConfiguration.probe, StaticConfiguration.script, outputLimit: 512 << 10,
                    brief: true)
            }
        })

    /// The primitive, as this question's own checks say that there is none.
    static let configured = subject(find: \.virtualIP)

    private static func subject(
        find: @escaping @Sendable (Findings) -> Lookup<FoundVirtualIP>
    ) -> Subject<Findings, FoundVirtualIP> {
        Subject(
            declaredBy: "Q1.primitive", unknown: \.unreadConfiguration,
            absent: { _ in
                LocalizedText(
                    fr: "aucune primitive ocf:heartbeat:IPaddr2 dans la configuration",
                    en: "no primitive ocf:heartbeat:IPaddr2 in the configuration")
            },
            sources: { $0.configurations.map(\.probe) }, find: find)
    }

    static let primitive = Check<Findings>(
        "Q1.primitive",
        // One node says so and the other denies it: that is what the student has to read.
        about: subject { findings in
            findings.contestedVirtualIP.map { .found($0) } ?? findings.virtualIP
        },
        title: LocalizedText(
            fr: "Une primitive pour l'adresse virtuelle", en: "A primitive for the virtual IP"),
        why: LocalizedText(
            fr:
                "Pacemaker ne déplace que ce qu'il connaît : sans primitive, l'adresse ne suivra aucun service.",
            en: "Pacemaker moves only what it knows: without a primitive the address follows no service."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr:
                "Document 1 : quelle classe et quel fournisseur, et quel script donne une adresse à une interface ?",
            en: "Document 1: which class and provider, and which script gives an interface an address?"),
        expected: { _, _ in
            LocalizedText(
                fr: "une primitive ocf:heartbeat:IPaddr2, de nom libre",
                en: "a primitive ocf:heartbeat:IPaddr2, under any name")
        },
        judge: { vip, findings, _ in
            findings.fact(ofPrimitive: vip.id) { configuration, primitive in
                FactReading(
                    configuration.isVirtualIP(primitive),
                    LocalizedText(verbatim: "\(primitive.id) (\(configuration.agent(of: primitive)))"))
            }
        })

    static let address = Check<Findings>(
        "Q1.address", about: configured,
        title: LocalizedText(fr: "L'adresse demandée", en: "The address that was asked for"),
        why: LocalizedText(
            fr:
                "Les clients, le DNS et vos voisins de réseau comptent sur cette adresse et pas sur une autre.",
            en: "Clients, the DNS and your neighbours on the network count on this address and no other."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Relisez l'adresse virtuelle attribuée à votre paire.",
            en: "Read again which virtual address your pair was given."),
        expected: { findings, _ in LocalizedText(verbatim: "ip=\(findings.lab.vipText)") },
        judge: { vip, findings, _ in
            let wanted = findings.lab.vip
            return findings.fact(ofPrimitive: vip.id) { configuration, primitive in
                let given = configuration.effectiveParameter("ip", of: primitive)
                return FactReading(
                    wanted != nil && given.flatMap { IPAddress($0) } == wanted,
                    LocalizedText(verbatim: "ip=\(given ?? "–")"))
            }
        })

    /// What the mask comes to counts: `24`, `255.255.255.0`, or none where the agent takes the network's own.
    static let netmask = Check<Findings>(
        "Q1.netmask", about: configured,
        title: LocalizedText(fr: "Le masque de sous-réseau", en: "The netmask"),
        why: LocalizedText(
            fr: "Avec un autre masque que celui du réseau, le nœud actif ne joint plus les mêmes voisins.",
            en: "With another mask than the network's, the active node no longer reaches the same neighbours."
        ),
        seeYourself: "ip addr show",
        hint: LocalizedText(
            fr: "Comparez le masque de l'adresse virtuelle à celui de l'adresse du serveur.",
            en: "Compare the virtual address's mask with that of the server's own address."),
        expected: { findings, _ in
            guard let prefixLength = wantedPrefixLength(findings) else {
                return LocalizedText(fr: "le masque du réseau du TP", en: "the lab network's netmask")
            }
            return LocalizedText(
                fr: "le masque du réseau du TP : /\(prefixLength)",
                en: "the lab network's netmask: /\(prefixLength)")
        },
        judge: { vip, findings, _ in
            guard let wanted = wantedPrefixLength(findings) else { return .unseen(noAddresses) }
            let live = vip.address.flatMap { address in
                findings.reached.lazy.compactMap {
                    findings.interfaces[$0]?.holder(of: address)?.entry.prefixLength
                }.first
            }
            return findings.fact(ofPrimitive: vip.id) { configuration, primitive in
                if let given = configuration.effectiveParameter("cidr_netmask", of: primitive), !given.isEmpty
                {
                    return FactReading(
                        PrefixLength.parse(given) == wanted, LocalizedText(verbatim: "cidr_netmask=\(given)"))
                }
                // IPaddr2(7): without cidr_netmask the agent takes the mask of the route that leads to the address.
                return FactReading((live ?? wanted) == wanted, netmaskFromRoute(live))
            }
        })

    /// The roster's, or else the one of the nodes' own interfaces, where there is a primitive to compare with it.
    private static func wantedPrefixLength(_ findings: Findings) -> Int? {
        findings.lab.vipPrefixLength
            ?? (findings.virtualIP.found == nil ? nil : findings.labPrefixLength)
    }

    private static let noAddresses = LocalizedText(
        fr: "Les adresses des interfaces n'ont pu être lues sur aucun nœud joint.",
        en: "The interfaces' addresses could not be read on any node reached.")
    private static func netmaskFromRoute(_ live: Int?) -> LocalizedText {
        let effect = live.map { " (/\($0))" } ?? ""
        return LocalizedText(
            fr: "pas de cidr_netmask : l'agent prend celui de la route\(effect)",
            en: "no cidr_netmask: the agent takes the route's\(effect)")
    }

    static let label = Check<Findings>(
        "Q1.label", about: configured,
        title: LocalizedText(fr: "Un label (conseil)", en: "A label (advice)"),
        why: LocalizedText(
            fr: "Avec un label, l'adresse se voit aussi avec ifconfig.",
            en: "With a label, ifconfig shows the address too."),
        seeYourself: "ifconfig",
        expected: { _, _ in LocalizedText(fr: "un paramètre iflabel (facultatif)", en: "iflabel (optional)")
        },
        judge: { vip, findings, _ in
            findings.fact(ofPrimitive: vip.id) { configuration, primitive in
                let label = configuration.effectiveParameter("iflabel", of: primitive)
                return FactReading(
                    label != nil,
                    label.map { LocalizedText(verbatim: "iflabel=\($0)") }
                        ?? LocalizedText(fr: "pas de label", en: "no label"))
            }
        })
}
