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
                    option.keyPosition, "\(key) has no meaning for \(entry.key)",
                    expected: "it beside run, shell, script or file")
            }
        }
        look.become = check.flag("become") ?? true
        // Who lets one in does so at once; who is silent should not hold up everything else.
        if case .port = kind { look.timeLimit = .seconds(3) }
        if let node = check.node("timeLimit") {
            let limit = check.value(node, "timeLimit", expected: "a duration from 1s to 5min") { text in
                DurationText.parse(text).flatMap { .seconds(1)...(.seconds(300)) ~= $0 ? $0 : nil }
            }
            look.timeLimit = limit ?? look.timeLimit
        }
        if let node = check.node("outputLimit") {
            let limit = check.value(node, "outputLimit", expected: "a size from 1k to 1M") { text -> Int? in
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
        func text(_ expected: String) -> Template? { template(node, name, expected, reader) }
        switch name {
        case "run":
            guard case .sequence(let items) = node.content, !items.isEmpty else {
                reader.wrong(
                    node, name,
                    expected:
                        "a list of words such as [sysctl, -n, kernel.hostname]; shell: for a shell's line")
                return nil
            }
            let words = items.compactMap { template($0, name, "a word", reader) }
            return words.count == items.count ? .run(words) : nil
        case "shell":
            guard let line = text("a line for sh") else { return nil }
            if let variable = ShellQuotes.variable(in: line) {
                mistakes.add(
                    node.position, "{\(variable)} stands between quotes, and Bascule puts its own around it",
                    expected: "{\(variable)} without quotes, of an awk program by awk -v x={\(variable)}",
                    about: variable)
                return nil
            }
            return .shell(line)
        case "script": return script(node, reader)
        case "file":
            guard case .mapping = node.content else {
                return path(node, name, reader).map { .file($0, follow: false) }
            }
            guard let inner = mistakes.mapping(node, name, keys: ["path", "follow"]),
                let path = inner.required("path", of: name, expected: "an absolute path").flatMap({
                    path($0, "path", inner)
                })
            else { return nil }
            return .file(path, follow: inner.flag("follow") ?? false)
        case "service": return text("a unit of systemd such as ssh or backup.timer").map { .service($0) }
        case "package": return text("a Debian package").map { .package($0) }
        case "user": return text("a user's name").map { .user($0) }
        case "mount": return path(node, name, reader).map { .mount($0) }
        case "listen":
            guard case .mapping = node.content else {
                return reader.integer(node, name, in: 1...65_535).map { .listen(port: $0, isUDP: false) }
            }
            guard let inner = mistakes.mapping(node, name, keys: ["port", "protocol"]),
                let port = inner.required("port", of: name, expected: "a port").flatMap({
                    inner.integer($0, "port", in: 1...65_535)
                })
            else { return nil }
            let isUDP = inner.node("protocol").flatMap {
                inner.choice($0, "protocol", ["tcp": false, "udp": true])
            }
            return .listen(port: port, isUDP: isUDP ?? false)
        case "port":
            guard case .mapping = node.content else {
                return reader.integer(node, name, in: 1...65_535).map { .port($0, address: nil) }
            }
            guard let inner = mistakes.mapping(node, name, keys: ["number", "address"]),
                let port = inner.required("number", of: name, expected: "a port").flatMap({
                    inner.integer($0, "number", in: 1...65_535)
                })
            else { return nil }
            return .port(port, address: inner.node("address").flatMap { address($0, "address", inner) })
        case "http": return http(node, reader)
        case "dns": return dns(node)
        default:
            if case .mapping(let entries) = node.content, entries.isEmpty { return .address }
            reader.wrong(node, name, expected: "address: {}, and what is expected below expect")
            return nil
        }
    }

    private func template(
        _ node: InputNode, _ name: String, _ expected: String, _ reader: MappingReader
    ) -> Template? {
        guard reader.text(node, name, expected: expected) != nil else { return nil }
        return reader.template(node, name, expected: expected, known: known)
    }

    private func path(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Template? {
        let expected = "an absolute path such as /etc/hosts"
        guard let path = template(node, name, expected, reader) else { return nil }
        if case .text(let text)? = path.parts.first, !text.hasPrefix("/") {
            reader.wrong(node, name, expected: expected)
            return nil
        }
        return path
    }

    private func address(_ node: InputNode, _ name: String, _ reader: MappingReader) -> Template? {
        let expected = "an address, or a variable such as {machine.address}"
        guard let address = template(node, name, expected, reader) else { return nil }
        guard !address.variables.isEmpty || IPAddress(address.written) != nil else {
            reader.wrong(node, name, expected: expected)
            return nil
        }
        return address
    }

    private func http(_ node: InputNode, _ reader: MappingReader) -> Look.Kind? {
        let form = "a URL such as http://{machine.address}/"
        var (url, at): (Template?, Template?)
        var place = node
        if case .mapping = node.content {
            guard let inner = mistakes.mapping(node, "http", keys: ["url", "at"]),
                let own = inner.required("url", of: "http", expected: form)
            else { return nil }
            place = own
            url = template(own, "url", form, inner)
            if let node = inner.node("at") {
                at = address(node, "at", inner)
                if at == nil { return nil }
            }
        } else {
            url = template(node, "http", form, reader)
        }
        guard let url else { return nil }
        guard let filled = try? url.filled({ _ in "1" }), HTTPLook(filled) != nil else {
            reader.wrong(place, "http", expected: form)
            return nil
        }
        return .http(url: url, at: at)
    }

    private func dns(_ node: InputNode) -> Look.Kind? {
        guard let inner = mistakes.mapping(node, "dns", keys: ["name", "type", "server"]) else { return nil }
        let name = inner.required("name", of: "dns", expected: "a name").flatMap {
            template($0, "name", "a name", inner)
        }
        let server = inner.required("server", of: "dns", expected: "an address").flatMap {
            address($0, "server", inner)
        }
        let type: DNSProbeRequest.RecordType? = inner.node("type") == nil ? .a : inner.choice("type")
        guard let name, let server, let type else { return nil }
        return .dns(name: name, type: type, server: server)
    }

    /// A file beside the declaration, whose first line may name its interpreter.
    private func script(_ node: InputNode, _ reader: MappingReader) -> Look.Kind? {
        let expected = "a file beside this one, such as check.sh"
        guard let file = reader.text(node, "script", expected: expected) else { return nil }
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        guard !file.hasPrefix("/"), !parts.contains("..") else {
            reader.wrong(node, "script", expected: expected)
            return nil
        }
        let text: String
        do throws(InputErrors) {
            text = try InputText(
                file: folder.isEmpty ? file : "\(folder)/\(file)", limit: RemoteCommand.inputLimit - 16
            ).text
        } catch {
            let why = error.mistakes.first?.message ?? ""
            mistakes.add(node.position, "script \(quoted(file)) \(why)", expected: expected)
            return nil
        }
        let first = text.prefix { $0 != "\n" }
        let interpreters = ["sh", "bash", "python3", "perl"]
        let named =
            first.hasPrefix("#!") ? first.split { $0 == "/" || $0 == " " }.last.map(String.init) : "sh"
        guard let interpreter = named.map({ $0 == "dash" ? "sh" : $0 }), interpreters.contains(interpreter)
        else {
            mistakes.add(
                node.position, "script \(quoted(file)) begins with \(quoted(String(first)))",
                expected: "#!/bin/sh, or another of \(interpreters.joined(separator: ", "))")
            return nil
        }
        if let taken = known.first(where: { Self.shellsOwn.contains(Look.environmentName($0)) }) {
            mistakes.add(
                node.position, "a script has another \(Look.environmentName(taken)) than {\(taken)}",
                expected: "a key of another name in lab")
            return nil
        }
        return .script(Look.Script(file: file, interpreter: interpreter, text: text, variables: known))
    }
}
