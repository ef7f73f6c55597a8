import Foundation
import GraderCore
import InputFiles

/// What a whole class shares: the `defaults:` section.
struct RosterDefaults {
    var ssh = SSHSettings()
    var network = NetworkPolicy.auto
    var lab: [String: InputNode] = [:]
    var hooks = PowerHooks()
    /// Of the whole class; both stand at the head of the roster.
    var deadline: Date?
    var timeZone = TimeZone.current
}

extension RosterDefaults {
    init(_ node: InputNode, ssh sshReader: SSHReader, lab labReader: LabReader, mistakes: InputMistakes) {
        let keys = ["ssh", "network"] + labReader.shared.map(\.name) + ["hooks"]
        guard let reader = mistakes.mapping(node, .key("defaults"), keys: keys) else { return }
        ssh = reader.node("ssh").flatMap { sshReader.read($0, owner: .nothing) } ?? ssh
        network = reader.choice("network") ?? network
        lab = labReader.defaults(reader)
        hooks = reader.hooks() ?? hooks
    }
}

struct StudentReader {
    let exercise: any Exercise
    let defaults: RosterDefaults
    let ssh: SSHReader
    /// Where the class's host keys are, unless a section says otherwise.
    let knownHosts: String
    let mistakes: InputMistakes

    /// What a student's entry of this exercise may hold.
    static func keys(_ exercise: any Exercise) -> [String] {
        ["id", "name", "names"] + exercise.machines.map(\.rawValue) + exercise.labKeys.map(\.name)
            + ["ssh", "network", "hooks", "deadline"]
    }

    /// What is read, within a sentence.
    static let pair = LocalizedText(fr: "la paire", en: "the pair")
    private static let student = LocalizedText(fr: "l'étudiant", en: "the student")

    private var lab: LabReader { LabReader(keys: exercise.labKeys, mistakes: mistakes) }

    /// What is left out of a draft could not be read and is reported.
    /// - Parameter owner: for prompts; the student's id where it is nil.
    func read(_ node: InputNode, owner: LocalizedText? = nil) -> StudentDraft? {
        let entry = LocalizedText(fr: "l'entrée d'un étudiant", en: "a student")
        guard let reader = mistakes.mapping(node, entry, keys: Self.keys(exercise)) else { return nil }
        var draft = StudentDraft()
        let shortName = LocalizedText(fr: "un nom court tel que etu1", en: "a short name such as etu1")
        if let id = reader.required("id", of: Self.student, expected: shortName) {
            draft.idPosition = id.position
            draft.id = StudentReader.safeName(id, "id", reader)
        }
        draft.names = names(reader)
        let who =
            draft.id.map { LocalizedText(fr: " pour \($0)", en: " for \($0)") }
            ?? LocalizedText(fr: " pour un étudiant", en: " for a student")
        readLab(reader, of: Self.student, owner: owner ?? who, into: &draft)
        return draft
    }

    /// One pair that is in no class: it needs neither an id nor a name.
    func readPair(_ reader: MappingReader) -> StudentDraft {
        var draft = StudentDraft()
        draft.id = reader.node("id").map { Self.safeName($0, "id", reader) } ?? "local"
        draft.names = reader.text("name").map { [$0] } ?? []
        readLab(reader, of: Self.pair, owner: .nothing, into: &draft)
        return draft
    }

    private func readLab(
        _ reader: MappingReader, of what: LocalizedText, owner: LocalizedText, into draft: inout StudentDraft
    ) {
        draft.deadline = reader.moment("deadline", in: defaults.timeZone) ?? defaults.deadline
        draft.network = reader.choice("network") ?? defaults.network
        draft.hooks = reader.hooks() ?? defaults.hooks
        let studentSSH = reader.node("ssh").flatMap { ssh.read($0, owner: owner) } ?? SSHSettings()
        let settings = studentSSH.over(defaults.ssh)
        for role in exercise.machines {
            let expected = LocalizedText(
                fr: "une adresse IPv4, ou un groupe de clés avec address et login",
                en: "an IPv4 address, or a mapping with address and login")
            guard let value = reader.required(role.rawValue, of: what, expected: expected) else { continue }
            read(value, role, settings: settings, owner: owner, into: &draft, reader)
        }
        draft.services = lab.serviceAddresses(reader, of: what)
        draft.checkAddresses(exercise, mistakes)
        draft.checkMachineNames(exercise, mistakes)
        draft.values = lab.values(reader, of: what, defaults: defaults.lab, services: draft.services)
    }

    private func names(_ reader: MappingReader) -> [String] {
        switch (reader.entry("name"), reader.entry("names")) {
        case (let name?, nil):
            let expected = LocalizedText(fr: "le nom de l'étudiant", en: "the student's name")
            return reader.text(name.value, .key("name"), expected: expected).map { [$0] } ?? []
        case (nil, let names?):
            let expected = LocalizedText(fr: "les noms de l'équipe", en: "the names of the team")
            var team = Team()
            return reader.list(names.value, .key("names"), expected: expected) { node in
                reader.text(node, .key("names"), expected: LocalizedText(fr: "un nom", en: "a name"))
                    .flatMap { team.take($0, at: node.position, mistakes) ? $0 : nil }
            } ?? []
        case (_?, let names?):
            mistakes.add(
                names.keyPosition,
                LocalizedText(fr: "« names » en plus de « name »", en: "“names” beside “name”"),
                expected: LocalizedText(fr: "l'un des deux", en: "one of the two"))
            return []
        case (nil, nil):
            mistakes.add(
                reader.position,
                LocalizedText(fr: "l'étudiant : il manque « name »", en: "the student has no “name”"),
                expected: LocalizedText(
                    fr: "name: celui de l'étudiant, ou names: ceux de l'équipe",
                    en: "name: the student's, or names: the team's"),
                about: "name")
            return []
        }
    }

    private func read(
        _ node: InputNode, _ role: MachineID, settings: SSHSettings, owner: LocalizedText,
        into draft: inout StudentDraft, _ outer: MappingReader
    ) {
        var settings = settings
        var addressNode: InputNode? = node
        var loginNode: InputNode?
        var target: LoginTarget?
        var reader = outer
        if case .mapping = node.content {
            let keys = ["address", "login", "ssh", "vm"]
            let advice = [
                "port": LocalizedText(
                    fr: "login: hôte:port, ou port sous ssh", en: "login: host:port, or port under ssh")
            ]
            guard let inner = mistakes.mapping(node, .key(role.rawValue), keys: keys, advice: advice) else {
                return
            }
            reader = inner
            addressNode = inner.required(
                "address", of: .key(role.rawValue),
                expected: LocalizedText(fr: "l'adresse IPv4 dans le TP", en: "the lab's IPv4 address"))
            loginNode = inner.node("login")
            if let vm = inner.node("vm") {
                draft.vmPositions[role] = vm.position
                draft.hooks.vms[role] = inner.machineName(vm)
            }
            target = loginNode.flatMap { LoginTarget.read($0, "login", reader: inner) }
            if let section = inner.node("ssh"),
                let own = ssh.read(
                    section, owner: LocalizedText(fr: "\(owner) \(role)", en: "\(owner) \(role)"))
            {
                settings = own.over(settings)
            }
        }
        if let addressNode {
            draft.addressPositions[role] = addressNode.position
            draft.addresses[role] = StudentReader.address(addressNode, role.rawValue, reader)
            if loginNode == nil { target = draft.addresses[role].map { LoginTarget(host: $0.description) } }
        }
        guard let target, let position = (loginNode ?? addressNode)?.position else { return }
        draft.loginPositions[role] = position
        draft.logins[role] = settings.login(
            host: target.host, port: target.port, knownHosts: knownHosts, at: position, mistakes: mistakes)
    }

    static func safeName(_ node: InputNode, _ name: String, _ reader: MappingReader) -> String? {
        reader.value(node, .key(name), expected: SafeName.rule) { SafeName.isValid($0) ? $0 : nil }
    }

    static func address(_ node: InputNode, _ name: String, _ reader: MappingReader) -> IPAddress? {
        let expected = LocalizedText(
            fr: "une adresse IPv4 telle que 172.16.1.10", en: "an IPv4 address such as 172.16.1.10")
        return reader.value(node, .key(name), expected: expected) { IPAddress(ofHost: $0) }
    }
}

/// The members of a team as they are read: a mark is somebody's own by the name alone.
struct Team {
    private var names: Set<String> = []

    /// - Returns: whether nobody before has the name; who has is noted.
    mutating func take(_ name: String, at position: InputPosition, _ mistakes: InputMistakes) -> Bool {
        let isNew = names.insert(name).inserted
        if !isNew {
            mistakes.add(
                position,
                LocalizedText(
                    fr: "\(quoted(name)) est déjà dans l'équipe", en: "\(quoted(name)) is already in the team"
                ),
                expected: LocalizedText(fr: "un autre nom par membre", en: "a different name for each member")
            )
        }
        return isNew
    }
}
