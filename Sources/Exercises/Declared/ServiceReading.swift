import GraderCore

extension LookReading {
    /// What `systemctl show` says of a unit and of those that trigger it (systemctl(1), org.freedesktop.systemd1(5)).
    func serviceFacts(_ status: Int, _ result: CommandResult) -> [String: FactValue] {
        let units = Self.units(result.standardOutput.text)
        guard status == 0, !result.outputTruncated, let unit = units.first, unit["LoadState"] != nil else {
            return all(Unseen.failed(status, result))
        }
        guard unit["LoadState"] != "not-found" else {
            return [
                "active": .flag(false), "enabled": .flag(false), "ran": .flag(false),
                "result": .absent(FoundWords.noUnit),
            ]
        }
        return [
            "active": .flag(["active", "reloading"].contains(unit["ActiveState"])),
            // What triggers it at boot has it run when it is wanted: a socket, a timer, a path.
            "enabled": .flag(units.contains(where: Self.isEnabled)), "ran": .flag(Self.hasRun(unit)),
            "result": .text(unit["Result"] ?? ""),
        ]
    }

    /// Units parted by empty lines, a property on each line.
    private static func units(_ text: String) -> [[String: String]] {
        TextLines(text, named: "").lines.split(whereSeparator: \.isEmpty).map { lines in
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

    /// Since the machine booted: a service that ended well, a timer that elapsed.
    private static func hasRun(_ unit: [String: String]) -> Bool {
        if unit["Id"]?.hasSuffix(".timer") == true {
            return !["", "n/a", "0"].contains(unit["LastTriggerUSec"] ?? "")
        }
        return !["", "n/a", "0"].contains(unit["ExecMainExitTimestamp"] ?? "")
            && unit["ExecMainStatus"] == "0"
            && unit["Result"] == "success"
    }
}
