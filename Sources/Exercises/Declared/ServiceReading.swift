import GraderCore

extension LookReading {
    /// What `systemctl show` says of a unit and of those that trigger it (systemctl(1), org.freedesktop.systemd1(5)).
    func serviceFacts(_ status: Int, _ result: CommandResult) -> [String: FactValue] {
        let units = Self.units(result.standardOutput.text)
        guard status == 0, !result.outputTruncated, let unit = units.first, unit["LoadState"] != nil else {
            return all(Unseen.failed(status, result))
        }
        let active = Self.active(unit)
        // What runs goes on running where its file was removed.
        guard unit["LoadState"] != "not-found" else {
            return [
                "active": active, "enabled": .flag(false), "ran": .flag(false),
                "result": .absent(FoundWords.noUnit),
            ]
        }
        let isMasked = unit["LoadState"] == "masked"
        return [
            "active": active,
            // What triggers it at boot has it run when it is wanted: a socket, a timer, a path.
            "enabled": .flag(!isMasked && units.contains(where: Self.isEnabled)),
            "ran": Self.ran(unit, isTriggered: units.count > 1), "result": .text(unit["Result"] ?? ""),
        ]
    }

    /// On its way from one state to the other it is in neither; one that fails and is started again and again is not
    /// active.
    private static func active(_ unit: [String: String]) -> FactValue {
        switch unit["ActiveState"] ?? "" {
        case "active", "reloading", "refreshing": .flag(true)
        case "activating" where unit["SubState"]?.hasPrefix("auto-restart") != true: Unseen.underWay
        case "deactivating": Unseen.underWay
        default: .flag(false)
        }
    }

    /// Units parted by empty lines, a property on each line.
    private static func units(_ text: String) -> [[String: String]] {
        TextLines(text).lines.split(whereSeparator: \.isEmpty).map { lines in
            lines.reduce(into: [:]) { properties, line in
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2 { properties[String(parts[0])] = String(parts[1]) }
            }
        }
    }

    /// Started at boot: by its own [Install] section, or because a target wants it (a generated or a static unit).
    /// `enabled-runtime` is gone at the next boot.
    private static func isEnabled(_ unit: [String: String]) -> Bool {
        let state = unit["UnitFileState"] ?? ""
        if ["enabled", "alias"].contains(state) { return true }
        guard ["static", "generated", "indirect"].contains(state) else { return false }
        return ["WantedBy", "RequiredBy"].contains { (unit[$0] ?? "").contains(".target") }
    }

    /// Since the machine booted: a service that ended well, a timer that elapsed. Of the run before the one under way
    /// systemd says nothing, nor of a unit that nothing refers to, which it forgets as soon as it has ended.
    private static func ran(_ unit: [String: String], isTriggered: Bool) -> FactValue {
        let never = ["", "n/a", "0"]
        if unit["Id"]?.hasSuffix(".timer") == true {
            return .flag(!never.contains(unit["LastTriggerUSec"] ?? ""))
        }
        if !never.contains(unit["ExecMainExitTimestamp"] ?? "") {
            return .flag(unit["ExecMainStatus"] == "0" && unit["Result"] == "success")
        }
        switch unit["ActiveState"] ?? "" {
        case "active", "activating", "reloading", "refreshing", "deactivating": return Unseen.stillRunning
        case "failed": return .flag(false)
        default: break
        }
        let isKept = isTriggered || ["WantedBy", "RequiredBy"].contains { unit[$0]?.isEmpty == false }
        return isKept || unit["LoadState"] != "loaded" ? .flag(false) : Unseen.forgotten
    }
}
