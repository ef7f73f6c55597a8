import GraderCore
import InputFiles

struct SSHReader {
    private static let jumpLimit = 4
    private static let password = ["passwordFile", "passwordEnvironment", "askPassword"]
    private static let passphrase = [
        "identityPassphraseFile", "identityPassphraseEnvironment", "askPassphrase",
    ]
    private static let keys =
        ["user", "port", "identityFile"] + passphrase + ["agent"] + password
        + ["knownHosts", "become", "proxyJump"]
    private static let advice = [
        "password": LocalizedText(
            fr: """
                passwordFile, passwordEnvironment ou askPassword (un mot de passe n'a pas sa place dans la liste de classe)
                """,
            en: "passwordFile, passwordEnvironment or askPassword (a password does not belong in the roster)"),
        "passphrase": LocalizedText(
            fr: """
                identityPassphraseFile ou askPassphrase (une phrase secrète n'a pas sa place dans la liste de classe)
                """,
            en: "identityPassphraseFile or askPassphrase (a passphrase does not belong in the roster)"),
        "host": LocalizedText(
            fr: "login: hôte:port à côté de l'adresse de la machine",
            en: "login: host:port beside the node's address"),
    ]

    let files: RosterFiles
    let mistakes: InputMistakes

    /// - Parameter owner: whose log-in it is, for prompts, e.g. ` for etu1`; empty for the class.
    func read(_ node: InputNode, owner: LocalizedText) -> SSHSettings? {
        mistakes.mapping(node, .key("ssh"), keys: SSHReader.keys, advice: SSHReader.advice)
            .map { settings($0, owner: owner, depth: 0) }
    }

    private func settings(_ reader: MappingReader, owner: LocalizedText, depth: Int) -> SSHSettings {
        var settings = SSHSettings()
        settings.user = reader.node("user").flatMap { user($0, reader) }
        settings.port = reader.integer("port", in: 1...65535)
        settings.identityFiles = reader.node("identityFile").map { node in
            reader.items(node).compactMap { files.identityFile($0, reader: reader) }
        }
        settings.agent = reader.flag("agent")
        settings.knownHosts = reader.text("knownHosts").map(files.path)
        settings.passphrase = secret(
            reader, Self.passphrase,
            label: LocalizedText(
                fr: "Phrase secrète de la clé SSH\(owner)", en: "Passphrase of the SSH key\(owner)"))
        settings.password = secret(
            reader, Self.password,
            label: LocalizedText(fr: "Mot de passe SSH\(owner)", en: "SSH password\(owner)"))
        if let become = reader.node("become") { read(become: become, into: &settings, reader, owner: owner) }
        settings.jump = reader.node("proxyJump").flatMap { node in
            if case .scalar("none", _) = node.content { return [] }
            return jump(node, reader, owner: owner, depth: depth + 1).map { [$0] }
        }
        return settings
    }

    /// What `useradd` allows (its man page, CAVEATS), and capitals.
    private func user(_ node: InputNode, _ reader: MappingReader) -> String? {
        let expected = LocalizedText(
            fr: "un nom de compte tel que root", en: "an account's name such as root")
        return reader.value(node, .key("user"), expected: expected) { text in
            SafeName.isValid(text.hasPrefix("_") ? String(text.dropFirst()) : text) ? text : nil
        }
    }

    private func read(
        become node: InputNode, into settings: inout SSHSettings, _ outer: MappingReader, owner: LocalizedText
    ) {
        // The short form, `become: sudo`.
        if case .scalar = node.content {
            settings.becomeMethod = outer.choice(node, .key("become"))
            return
        }
        let keys = ["method"] + SSHReader.password
        guard let reader = mistakes.mapping(node, .key("become"), keys: keys, advice: Self.advice) else {
            return
        }
        settings.becomeMethod = reader.choice("method")
        settings.becomePassword = secret(
            reader, Self.password,
            label: LocalizedText(
                fr: "Mot de passe pour devenir root\(owner)", en: "Password to become root\(owner)"))
    }

    /// At most one of three ways: a file, a variable, a question on the terminal.
    private func secret(_ reader: MappingReader, _ keys: [String], label: LocalizedText) -> SecretSource? {
        let given = keys.compactMap(reader.entry)
            .filter { $0.key != keys.last || reader.flag($0.key) == true }
        if given.count > 1 {
            mistakes.add(
                given[1].keyPosition,
                LocalizedText(
                    fr: "« \(given[1].key) » en plus de « \(given[0].key) »",
                    en: "“\(given[1].key)” beside “\(given[0].key)”"),
                expected: LocalizedText(
                    fr: "une des clés \(keys.joined(separator: ", "))",
                    en: "one of \(keys.joined(separator: ", "))"))
            return nil
        }
        guard let entry = given.first else { return nil }
        switch keys.firstIndex(of: entry.key) {
        case 0: return files.secretFile(entry.value, entry.key, reader: reader).map { .file($0) }
        case 1: return variable(entry.value, entry.key, reader).map { .environment($0) }
        default: return .prompt(label: label)
        }
    }

    /// POSIX, Base Definitions, section 8.1.
    private func variable(_ node: InputNode, _ name: String, _ reader: MappingReader) -> String? {
        let expected = LocalizedText(
            fr: "le nom d'une variable d'environnement telle que BASCULE_PASSWORD",
            en: "the name of an environment variable such as BASCULE_PASSWORD")
        guard let text = reader.text(node, .key(name), expected: expected) else { return nil }
        let isName =
            text.utf8.first.map { !(0x30...0x39).contains($0) } == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard isName else {
            // Perhaps the password itself: it is not repeated.
            mistakes.add(
                node.position,
                LocalizedText(
                    fr: "\(name) ne nomme pas de variable d'environnement",
                    en: "\(name) does not name an environment variable"),
                expected: expected)
            return nil
        }
        return text
    }

    private func jump(
        _ node: InputNode, _ outer: MappingReader, owner: LocalizedText, depth: Int
    ) -> SSHSettings.JumpSettings? {
        guard depth <= SSHReader.jumpLimit else {
            mistakes.add(
                node.position,
                LocalizedText(fr: "trop de rebonds (proxyJump)", en: "there are too many jump hosts"),
                expected: LocalizedText(
                    fr: "\(SSHReader.jumpLimit) au plus", en: "at most \(SSHReader.jumpLimit)"))
            return nil
        }
        if case .scalar = node.content { return shortJump(node, outer) }
        let keys = ["host"] + SSHReader.keys.filter { $0 != "become" }
        var advice = SSHReader.advice
        advice["host"] = nil
        guard let reader = mistakes.mapping(node, .key("proxyJump"), keys: keys, advice: advice),
            let host = reader.required(
                "host", of: .key("proxyJump"),
                expected: LocalizedText(fr: "un nom ou une adresse", en: "a name or an address")),
            let login = LoginTarget.read(host, "host", reader: reader, portAllowed: false)
        else { return nil }
        return SSHSettings.JumpSettings(
            host: login.host, port: nil, position: node.position,
            settings: settings(
                reader,
                owner: LocalizedText(fr: "\(owner) sur \(login.host)", en: "\(owner) on \(login.host)"),
                depth: depth))
    }

    /// `user@host:port`.
    private func shortJump(_ node: InputNode, _ reader: MappingReader) -> SSHSettings.JumpSettings? {
        let expected = LocalizedText(
            fr: "compte@hôte:port ou un groupe de clés avec host",
            en: "user@host:port or a mapping with host")
        guard let text = reader.text(node, .key("proxyJump"), expected: expected) else { return nil }
        var settings = SSHSettings()
        var rest = node
        if let at = text.lastIndex(of: "@") {
            rest.content = .scalar(String(text[..<at]), isNull: false)
            guard let account = user(rest, reader) else { return nil }
            settings.user = account
            rest.content = .scalar(String(text[text.index(after: at)...]), isNull: false)
        }
        guard let target = LoginTarget.read(rest, "proxyJump", reader: reader) else { return nil }
        return SSHSettings.JumpSettings(
            host: target.host, port: target.port, position: node.position, settings: settings)
    }
}
