import GraderCore
import InputFiles

extension MappingReader {
    /// `hooks: {powerOn: […], powerLoss: […], snapshot: […]}`: argument vectors for the grader's own host, with
    /// ``PowerHooks/Placeholder`` in them. Never a string for a shell.
    func hooks() -> PowerHooks? {
        guard let node = node("hooks"),
            let reader = mistakes.mapping(node, .key("hooks"), keys: ["powerOn", "powerLoss", "snapshot"])
        else { return nil }
        let usual: [PowerHooks.Placeholder] = [.student, .node, .vm]
        return PowerHooks(
            powerOn: reader.words("powerOn", usual), powerLoss: reader.words("powerLoss", usual),
            snapshot: reader.words("snapshot", PowerHooks.Placeholder.allCases))
    }

    private func words(_ key: String, _ placeholders: [PowerHooks.Placeholder]) -> [String]? {
        guard let node = node(key) else { return nil }
        let expected = LocalizedText(
            fr: "une liste de mots : [virsh, start, \"{vm}\"]",
            en: "a list of words: [virsh, start, \"{vm}\"]")
        guard case .sequence(let items) = node.content, !items.isEmpty else {
            wrong(node, .key(key), expected: expected)
            return nil
        }
        return items.compactMap { item in
            let word = text(item, .key(key), expected: expected)
            checkPlaceholders(word ?? "", at: item.position, key, placeholders.map(\.rawValue))
            return word
        }
    }

    /// What nothing is put in for would reach the hypervisor as it stands there.
    private func checkPlaceholders(_ word: String, at place: InputPosition, _ key: String, _ known: [String])
    {
        for name in PowerHooks.names(in: word) where !known.contains(name) {
            let meant =
                nearest(to: name, in: known).map {
                    LocalizedText(
                        fr: ", vouliez-vous dire « {\($0)} » ?", en: ", did you mean “{\($0)}”?")
                } ?? .nothing
            let braced = known.map { "{\($0)}" }.joined(separator: ", ")
            mistakes.add(
                place,
                LocalizedText(
                    fr: "\(key) : rien à mettre à la place de \(quoted("{\(name)}"))\(meant)",
                    en: "\(key) cannot fill in \(quoted("{\(name)}"))\(meant)"),
                expected: LocalizedText(
                    fr: "\(braced), et dans pattern {n}", en: "\(braced), and in a pattern {n}"),
                about: "placeholder {\(name)}")
        }
    }

    /// What a machine is called on its hypervisor; anything that fits on a line.
    func machineName(_ node: InputNode) -> String? {
        let expected = LocalizedText(
            fr: "le nom ou le numéro de la machine sur son hyperviseur",
            en: "the machine's name or number on its hypervisor")
        return value(node, .key("vm"), expected: expected) { text in
            let isLine = !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
            return isLine && !text.allSatisfy(\.isWhitespace) ? text : nil
        }
    }
}

extension StudentDraft {
    /// A hook that says `{vm}` needs one of every machine.
    func checkMachineNames(_ exercise: any Exercise, _ mistakes: InputMistakes) {
        let needing = hooks.saying(.vm)
        guard !needing.isEmpty else { return }
        for role in exercise.machines where vmPositions[role] == nil {
            guard let position = addressPositions[role] else { continue }
            mistakes.add(
                position,
                LocalizedText(
                    fr: "\(role) : il manque « vm », que demande \(needing.joined(separator: " et "))",
                    en: "\(role) has no “vm”, needed by \(needing.joined(separator: " and "))"),
                expected: LocalizedText(
                    fr: "\(role): {address: …, vm: \"son nom sur l'hyperviseur\"}",
                    en: "\(role): {address: …, vm: \"its name on the hypervisor\"}"),
                about: "vm")
        }
    }
}

extension [StudentDraft] {
    /// Where a hook, by the names, means the same machine twice, one student's power would be cut for another's. The
    /// same name on two hypervisors is none: there the hook says which.
    func checkMachineNames(_ exercise: any Exercise, _ mistakes: InputMistakes) {
        var lines: [[String]: Int] = [:]
        for draft in self {
            for role in exercise.machines {
                guard let position = draft.vmPositions[role], let vm = draft.hooks.vms[role] else { continue }
                for (hook, words) in draft.commands(on: role) {
                    let line = lines[[hook] + words]
                    lines[[hook] + words] = line ?? position.line
                    guard let line else { continue }
                    mistakes.add(
                        position,
                        LocalizedText(
                            fr: "la vm \(quoted(vm)) est déjà celle d'une autre machine, ligne \(line)",
                            en: "the vm \(quoted(vm)) is already that of another machine, on line \(line)"),
                        expected: LocalizedText(
                            fr: "une par machine, avec {n} dedans sous pattern",
                            en: "one for each machine, in a pattern with {n} in it"),
                        about: "vm")
                }
            }
        }
    }
}

extension StudentDraft {
    /// What the hooks that say `{vm}` run for one of the machines.
    fileprivate func commands(on role: MachineID) -> [(hook: String, words: [String])] {
        let resolved = hooks.resolved(student: id ?? "", node: role.rawValue, snapshot: "")
        let all = [
            "powerOn": resolved.powerOn, "powerLoss": resolved.powerLoss, "snapshot": resolved.snapshot,
        ]
        return hooks.saying(.vm).compactMap { hook in (all[hook] ?? nil).map { (hook, $0) } }
    }
}
