import GraderCore

extension LabValues {
    var vip: String { self["vip"]?.text ?? "" }

    var nameServer: String? {
        get { self["dns"]?["server"]?.text }
        set { set("server", newValue.map(LabValue.string)) }
    }

    var names: [String]? {
        get { self["dns"]?["names"]?.list?.compactMap(\.text) }
        set { set("names", newValue.map { .array($0.map(LabValue.string)) }) }
    }

    private mutating func set(_ key: String, _ value: LabValue?) {
        guard case .object(var dns)? = self["dns"] else { return }
        dns[key] = value
        values["dns"] = .object(dns)
    }
}
