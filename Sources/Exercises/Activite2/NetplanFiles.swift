import GraderCore
import InputFiles
import LinuxFacts

/// What netplan brings up at boot: the files `*.yaml` of its three folders, merged (netplan(5), "General structure").
enum NetplanFiles {
    /// The first wins over files of the same name in the others.
    static let folders = ["/run/netplan", "/etc/netplan", "/usr/lib/netplan", "/lib/netplan"]

    /// One interface's settings, of all files by name: lists add up, of other values the last counts.
    private struct Device {
        var addresses: [(text: String, file: String)] = []
        var activation: String?
    }

    /// - Returns: the file that gives the address, or those that name it and could not be understood.
    static func say(of address: IPAddress, in files: BootFiles) -> AddressAtBoot {
        var result = AddressAtBoot()
        // Either of them carries out what netplan says.
        let renderers = ["systemd-networkd.service", "NetworkManager.service"]
        if renderers.allSatisfy({ files.units[$0]?.cannotStart ?? false }) { return result }
        let isInUse = isInUse(files)
        var devices: [String: Device] = [:]
        for file in files.effective(in: folders, named: { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }) {
            let isUnderstood = file.isWhole && read(file, into: &devices)
            if !isUnderstood, file.content.mentions(address) || !file.isWhole {
                result.open.append(file.path)
            }
        }
        // One that was cut off may switch off what another gives.
        let isCut = !result.open.isEmpty
        for (name, device) in devices.sorted(by: { $0.key < $1.key })
        where !["manual", "off"].contains(device.activation ?? "") {
            for (text, file) in device.addresses where IPAddress(withPrefix: text) == address {
                // Without its length netplan takes none of the file.
                if text.contains("/"), !isCut, isInUse {
                    result.place = result.place ?? "\(file): \(text) (\(name))"
                } else {
                    result.open.append(file)
                }
            }
        }
        result.open += files.unread.filter { path in
            folders.contains(path.parentPath) && path.hasSuffix(".yaml")
        }
        return result
    }

    /// Whether netplan is seen to be there: it is no unit that could be asked, but writes files at boot. Its own are left
    /// over where it was removed.
    private static func isInUse(_ files: BootFiles) -> Bool {
        (files.files.map(\.path) + files.unread).contains { path in
            path.hasPrefix("/run/systemd/network/10-netplan-")
                || path.hasPrefix("/run/NetworkManager/system-connections/netplan-")
        }
    }

    /// Takes a file in; false where it is not what netplan understands.
    private static func read(_ file: BootFiles.File, into devices: inout [String: Device]) -> Bool {
        let mistakes = InputMistakes(file: file.path)
        // One mistake is enough: a stranger's file is read once, however many of its keys stand there twice.
        let root = YAMLDocument.read(
            InputText(file: file.path, text: file.content), mistakes: mistakes, rereadings: 0)
        guard let root, mistakes.isEmpty, case .mapping(let top) = root.content else { return false }
        var isUnderstood = true
        for network in top where network.key == "network" {
            guard case .mapping(let kinds) = network.value.content else { return false }
            for kind in kinds {
                guard case .mapping(let entries) = kind.value.content else { continue }
                for entry in entries {
                    guard case .mapping(let settings) = entry.value.content else { continue }
                    if !take(settings, of: entry.key, in: file.path, into: &devices) { isUnderstood = false }
                }
            }
        }
        return isUnderstood
    }

    private static func take(
        _ settings: [InputEntry], of name: String, in file: String, into devices: inout [String: Device]
    ) -> Bool {
        var isUnderstood = true
        for setting in settings {
            switch (setting.key, setting.value.content) {
            case ("activation-mode", .scalar(let mode, _)): devices[name, default: Device()].activation = mode
            case ("addresses", .sequence(let nodes)):
                for node in nodes {
                    switch node.content {
                    case .scalar(let text, _):
                        devices[name, default: Device()].addresses.append((text, file))
                    // `- 172.16.0.12/24: {label: "eth0:0", lifetime: 0}`
                    case .mapping(let entries):
                        devices[name, default: Device()].addresses += entries.map { ($0.key, file) }
                    case .sequence: isUnderstood = false
                    }
                }
            case ("addresses", .scalar(_, isNull: true)): continue
            case ("addresses", _): isUnderstood = false
            default: continue
            }
        }
        return isUnderstood
    }
}
