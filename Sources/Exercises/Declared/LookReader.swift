import GraderCore
import InputFiles

/// Reads what a declared check looks at.
struct LookReader {
    /// The variables that may stand in it.
    let known: [String]
    /// Where the files lie that a declaration names.
    let folder: String
    let mistakes: InputMistakes

    /// What a shell, or what is run by one, takes to be its own.
    private static let shellsOwn = [
        "PATH", "HOME", "IFS", "ENV", "UID", "EUID", "PPID", "PWD", "OLDPWD", "GROUPS", "RANDOM", "SECONDS",
        "LINENO",
        "OPTIND",
    ]

    /// Keys that say how a command is run.
    static let optionKeys = ["become", "timeLimit", "outputLimit"]

    func read(_ entry: InputEntry, _ check: MappingReader) -> Look? {
        guard let kind = kind(entry, check) else { return nil }
        var look = Look(kind: kind)
        switch kind {
        case .run, .shell, .script, .file: break
        default:
            for key in ["become", "outputLimit"] {
                guard let option = check.entry(key) else { continue }
                mistakes.add(
                    option.keyPosition,
                    LocalizedText(
                        fr: "\(key) n'a pas de sens pour \(entry.key)",
                        en: "\(key) has no meaning for \(entry.key)"),
                    expected: LocalizedText(
                        fr: "cette clé à côté de run, shell, script ou file",
                        en: "it beside run, shell, script or file"))
            }
        }
        look.become = check.flag("become") ?? true
        // Who lets one in does so at once; who is silent should not hold up everything else.
        if case .port = kind { look.timeLimit = .seconds(3) }
        if let node = check.node("timeLimit") {
            let limit = check.value(
                node, .key("timeLimit"),
                expected: LocalizedText(fr: "une durée de 1s à 5min", en: "a duration from 1s to 5min")
            ) { text in
                DurationText.parse(text).flatMap { .seconds(1)...(.seconds(300)) ~= $0 ? $0 : nil }
            }
            look.timeLimit = limit ?? look.timeLimit
        }
        if let node = check.node("outputLimit") {
            let limit = check.value(
                node, .key("outputLimit"),
                expected: LocalizedText(fr: "une taille de 1k à 1M", en: "a size from 1k to 1M")
            ) { text -> Int? in
                let unit = ["k": 1 << 10, "M": 1 << 20][text.suffix(1)]
                guard let unit, let count = decimal(text.dropLast()), 1...(1 << 20) ~= count * unit else {
                    return nil
                }
                return count * unit
            }
            look.outputLimit = limit ?? look.outputLimit
        }
        return look
    }

    private func kind(_ entry: InputEntry, _ reader: MappingReader) -> Look.Kind? {
        let (node, name) = (entry.value, entry.key)
        func text(_ expected: LocalizedText) -> Template? { template(node, name, expected, reader) }
        switch name {
        case "run":
            guard case .sequence(let items) = node.content, !items.isEmpty else {
                reader.wrong(
                    node, .key(name),
                    expected: LocalizedText(
                        fr:
                            "une liste de mots telle que [sysctl, -n, kernel.hostname] ; shell: pour une ligne de shell",
                        en: "a list of words such as [sysctl, -n, kernel.hostname]; shell: for a shell's line"
                    ))
                return nil
            }
            let aWord = LocalizedText(fr: "un mot", en: "a word")
            let words = items.compactMap { template($0, name, aWord, reader) }
            return words.count == items.count ? .run(words) : nil
        case "shell":
            guard let line = text(LocalizedText(fr: "une ligne pour sh", en: "a line for sh")) else {
                return nil
            }
            if let variable = ShellQuotes.variable(in: line) {
                mistakes.add(
                    node.position,
                    LocalizedText(
                        fr: "{\(variable)} est entre guillemets, et Bascule met les siens autour",
                        en: "{\(variable)} stands between quotes, and Bascule puts its own around it"),
                    expected: LocalizedText(
                        fr: "{\(variable)} sans guillemets, pour un programme awk par awk -v x={\(variable)}",
                        en: "{\(variable)} without quotes, of an awk program by awk -v x={\(variable)}"),
                    about: variable)
                return nil
            }
            return .shell(line)
        case "script": return script(node, reader)
        case "file":
            guard case .mapping = node.content else {
                return path(node, name, reader).map { .file($0, follow: false) }
            }
            guard let inner = mistakes.mapping(node, .key(name), keys: ["path", "follow"]),
                let path = inner.required(
                    "path", of: .key(name),
                    expected: LocalizedText(fr: "un chemin absolu", en: "an absolute path")
                ).flatMap({
                    path($0, "path", inner)
                })
            else { return nil }
            return .file(path, follow: inner.flag("follow") ?? false)
        case "service":
            return text(
                LocalizedText(
                    fr: "une unité de systemd telle que ssh ou backup.timer",
                    en: "a unit of systemd such as ssh or backup.timer")
            ).map { .service($0) }
        case "package":
            return text(LocalizedText(fr: "un paquet Debian", en: "a Debian package")).map { .package($0) }
        case "user":
            return text(LocalizedText(fr: "un nom d'utilisateur", en: "a user's name")).map { .user($0) }
        case "mount": return path(node, name, reader).map { .mount($0) }
        case "listen":
            guard case .mapping = node.content else {
                return reader.integer(node, .key(name), in: 1...65_535).map {
                    .listen(port: $0, isUDP: false)
                }
            }
            guard let inner = mistakes.mapping(node, .key(name), keys: ["port", "protocol"]),
                let port = inner.required(
                    "port", of: .key(name), expected: LocalizedText(fr: "un port", en: "a port")
                ).flatMap({
                    inner.integer($0, .key("port"), in: 1...65_535)
                })
            else { return nil }
            let isUDP = inner.node("protocol").flatMap {
                inner.choice($0, .key("protocol"), ["tcp": false, "udp": true])
            }
            return .listen(port: port, isUDP: isUDP ?? false)
        case "port":
            guard case .mapping = node.content else {
                return reader.integer(node, .key(name), in: 1...65_535).map { .port($0, address: nil) }
            }
            guard let inner = mistakes.mapping(node, .key(name), keys: ["number", "address"]),
                let port = inner.required(
                    "number", of: .key(name), expected: LocalizedText(fr: "un port", en: "a port")
                ).flatMap({
                    inner.integer($0, .key("number"), in: 1...65_535)
                })
            else { return nil }
            return .port(port, address: inner.node("address").flatMap { address($0, "address", inner) })
        case "http": return http(node, reader)
        case "dns": return dns(node)
        default:
            if case .mapping(let entries) = node.content, entries.isEmpty { return .address }
            reader.wrong(
                node, .key(name),
                expected: LocalizedText(
                    fr: "address: {}, et ce qui est attendu sous expect",
                    en: "address: {}, and what is expected below expect"))
            return nil
        }
    }

    func template(
        _ node: InputNode, _ name: String, _ expected: LocalizedText, _ reader: MappingReader
    ) -> Template? {
        guard reader.text(node, .key(name), expected: expected) != nil else { return nil }
        return reader.template(node, .key(name), expected: expected, known: known)
    }

    private func path(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Template? {
        let expected = LocalizedText(
            fr: "un chemin absolu tel que /etc/hosts", en: "an absolute path such as /etc/hosts")
        guard let path = template(node, name, expected, reader) else { return nil }
        if case .text(let text)? = path.parts.first, !text.hasPrefix("/") {
            reader.wrong(node, .key(name), expected: expected)
            return nil
        }
        return path
    }

    /// A file beside the declaration, whose first line may name its interpreter.
    private func script(_ node: InputNode, _ reader: MappingReader) -> Look.Kind? {
        let expected = LocalizedText(
            fr: "un fichier à côté de celui-ci, tel que check.sh",
            en: "a file beside this one, such as check.sh")
        guard let file = reader.text(node, .key("script"), expected: expected) else { return nil }
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        guard !file.hasPrefix("/"), !parts.contains("..") else {
            reader.wrong(node, .key("script"), expected: expected)
            return nil
        }
        let text: String
        do throws(InputErrors) {
            text = try InputText(
                file: folder.isEmpty ? file : "\(folder)/\(file)", limit: RemoteCommand.inputLimit - 16
            ).text
        } catch {
            let why = error.mistakes.first?.message ?? .key("")
            mistakes.add(
                node.position,
                LocalizedText(fr: "script \(quoted(file)) : \(why)", en: "script \(quoted(file)) \(why)"),
                expected: expected)
            return nil
        }
        let first = text.prefix { $0 != "\n" }
        let interpreters = ["sh", "bash", "python3", "perl"]
        let others = interpreters.joined(separator: ", ")
        let named =
            first.hasPrefix("#!") ? first.split { $0 == "/" || $0 == " " }.last.map(String.init) : "sh"
        guard let interpreter = named.map({ $0 == "dash" ? "sh" : $0 }), interpreters.contains(interpreter)
        else {
            mistakes.add(
                node.position,
                LocalizedText(
                    fr: "le script \(quoted(file)) commence par \(quoted(String(first)))",
                    en: "script \(quoted(file)) begins with \(quoted(String(first)))"),
                expected: LocalizedText(
                    fr: "#!/bin/sh, ou un autre de \(others)", en: "#!/bin/sh, or another of \(others)"))
            return nil
        }
        if let taken = known.first(where: { Self.shellsOwn.contains(Look.environmentName($0)) }) {
            mistakes.add(
                node.position,
                LocalizedText(
                    fr: "un script a déjà un autre \(Look.environmentName(taken)) que {\(taken)}",
                    en: "a script has another \(Look.environmentName(taken)) than {\(taken)}"),
                expected: LocalizedText(
                    fr: "une clé d'un autre nom dans lab", en: "a key of another name in lab"))
            return nil
        }
        return .script(Look.Script(file: file, interpreter: interpreter, text: text, variables: known))
    }
}
