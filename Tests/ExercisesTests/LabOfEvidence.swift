import GraderCore

extension LabValues {
    var vip: String { self["vip"]?.text ?? "" }

    var nameServer: String? {
        get { self["dns"]?["server"]?.text }
        set { set("server", newValue.map(LabValue.text)) }
    }

    var names: [String]? {
        get { self["dns"]?["names"]?.list?.compactMap(\.text) }
        set { set("names", newValue.map { .list($0.map(LabValue.text)) }) }
    }

    private mutating func set(_ key: String, _ value: LabValue?) {
        guard case .mapping(var dns)? = self["dns"] else { return }
        dns[key] = value
        values["dns"] = .mapping(dns)
    }
}
