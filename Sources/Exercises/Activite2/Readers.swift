import GraderCore
import LinuxFacts
import Pacemaker

extension Activite2 {
    public var readers: [PrintedReader] {
        [
            PrintedReader(
                "crm", command: "crm configure show",
                forms: LocalizedText(
                    fr: "`crm configure show`, ou la CIB (`cibadmin -Q`)",
                    en: "`crm configure show`, or the CIB (`cibadmin -Q`)"), read: Self.configuration),
            PrintedReader(
                "mon", command: "crm_mon -1",
                forms: LocalizedText(
                    fr: "`crm_mon -1`, en texte ou en XML", en: "`crm_mon -1`, printed or as XML"),
                read: Self.status),
            PrintedReader(
                "ip", command: "ip addr",
                forms: LocalizedText(
                    fr: "`ip addr`, en texte ou en JSON", en: "`ip addr`, as text or as JSON"),
                read: Self.interfaces),
        ]
    }

    private static func firstByte(_ bytes: [UInt8]) -> UInt8? {
        bytes.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    }

    private static func configuration(_ bytes: [UInt8]) -> PrintedReader.Reading {
        var configuration: ClusterConfiguration
        var further: [LocalizedText] = []
        if firstByte(bytes) == UInt8(ascii: "<") {
            let cib = CIBReader.read(bytes)
            (configuration, further) = (cib.configuration, cib.problems)
        } else {
            configuration = CrmShowReader.read(String(decoding: bytes, as: UTF8.self))
        }
        // An empty configuration is one too, an empty file is none.
        var nothing = ClusterConfiguration()
        (nothing.unknown, nothing.problems) = (configuration.unknown, configuration.problems)
        let (facts, problems) = (configuration.facts, further + configuration.problems)
        return PrintedReader.Reading(
            facts: problems.isEmpty ? facts : facts.adding("problems", FactsValue(problems)),
            problems: problems, isUnderstood: configuration != nothing)
    }

    private static func status(_ bytes: [UInt8]) -> PrintedReader.Reading {
        let status = ClusterStatusReader.read(anyForm: bytes)
        var nothing = ClusterStatus()
        (nothing.unknown, nothing.problems) = (status.unknown, status.problems)
        return PrintedReader.Reading(
            facts: status.facts, problems: status.problems, isUnderstood: status != nothing)
    }

    private static func interfaces(_ bytes: [UInt8]) -> PrintedReader.Reading {
        let first = firstByte(bytes)
        let isJSON = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
        let interfaces =
            isJSON
            ? InterfaceAddresses.read(json: bytes)
            : InterfaceAddresses.read(text: String(decoding: bytes, as: UTF8.self))
        return PrintedReader.Reading(
            facts: interfaces.facts, problems: interfaces.problems,
            isUnderstood: !interfaces.interfaces.isEmpty)
    }
}
