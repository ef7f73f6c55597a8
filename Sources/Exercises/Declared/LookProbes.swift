import Foundation
import GraderCore

extension Look {
    /// What of a look one probe brings.
    enum Part: String, Sendable { case main, content, digest }

    /// The probes of a look at one target.
    /// - Throws: where a variable stands for nothing that can be used.
    func probes(_ target: LookTarget, _ evidence: Evidence) throws(LookObstacle) -> [Part: Probe] {
        let values = LookValues(evidence: evidence, machine: target)
        func filled(
            _ template: Template, as form: (String) -> String = { $0 }
        ) throws(LookObstacle) -> String {
            do throws(Template.ValueMissing) {
                return try template.filled({ values($0) }, as: form)
            } catch {
                throw .valueMissing(error.name)
            }
        }
        switch kind {
        case .port(let port, let address):
            let address =
                try address.map { (text) throws(LookObstacle) in try filled(text) }
                ?? values("machine.address")
            guard let address, let known = IPNetwork.address(address)?.description else {
                throw .valueUnfit(address ?? "")
            }
            return [
                .main: network(.port(address: known, port: port, timeLimit: timeLimit), [known, "\(port)"])
            ]
        case .http(let url, let at):
            let text = try filled(url)
            guard let look = HTTPLook(text) else { throw .valueUnfit(text) }
            let named = try at.map { (text) throws(LookObstacle) in try filled(text) }
            let address = named ?? (IPAddress(look.host) == nil ? values("machine.address") : look.host)
            guard let address, let known = IPNetwork.address(address)?.description else {
                throw .valueUnfit(address ?? "")
            }
            let request = look.request(to: known, mark: evidence.nonce)
            return [
                .main: network(
                    .http(request, timeLimit: timeLimit, bodyLimit: outputLimit),
                    [known, "\(look.port)", "\(look.isTLS)", request.host, request.target])
            ]
        case .dns(let name, let type, let server):
            let (name, server) = (try filled(name), try filled(server))
            guard let known = IPNetwork.address(server)?.description else { throw .valueUnfit(server) }
            // What an address is called is asked for below another name (RFC 1035, section 3.5).
            let asked = type == .ptr ? IPNetwork.address(name)?.reverseName ?? name : name
            let request = DNSProbeRequest(server: known, name: asked, type: type, recursionDesired: true)
            return [.main: network(.dns(request, timeLimit: timeLimit), [known, asked, type.rawValue])]
        case .run(let templates):
            var arguments: [String] = []
            for template in templates {
                let argument = try filled(template)
                // An option would be what nobody wrote.
                if case .variable? = template.parts.first, argument.hasPrefix("-") {
                    throw .valueUnfit(argument)
                }
                arguments.append(argument)
            }
            return [.main: command(target, arguments)]
        case .shell(let text):
            return [.main: command(target, ["sh", "-c", try filled(text, as: ShellWord.quoted)])]
        case .script(let script):
            var environment: [String] = []
            for name in script.variables {
                guard let value = values(name) else { continue }
                environment.append("\(Self.environmentName(name))=\(value)")
            }
            let isShell = script.interpreter == "sh" || script.interpreter == "bash"
            let arguments = ["env"] + environment + [script.interpreter, isShell ? "-s" : "-"]
            // Between braces a shell reads it to the end before it runs any of it: of what is still to come, a command
            // that reads its standard input would take the rest away, and with it what decides.
            let input = isShell ? "{ \(script.text)\n}" : script.text
            return [.main: command(target, arguments, input: input, named: script.text)]
        case .file(let path, let follow): return file(target, try filled(path), follow: follow)
        case .service(let unit): return [.main: sh(target, Self.serviceScript, [try filled(unit)])]
        case .package(let name):
            let form = "${db:Status-Status} ${Version}\\n"
            return [
                .main: command(target, ["dpkg-query", "-W", "-f", form, "--", try filled(name)], brief: true)
            ]
        case .listen(_, let isUDP):
            return [.main: command(target, ["ss", isUDP ? "-Hlunp" : "-Hltnp"], limit: 1 << 20, brief: true)]
        case .user(let name): return [.main: sh(target, Self.userScript, [try filled(name)])]
        case .mount:
            return [.main: command(target, ["cat", "/proc/self/mounts"], limit: 1 << 20, brief: true)]
        case .address:
            return [.main: command(target, ["ip", "-j", "addr", "show"], limit: 1 << 20, brief: true)]
        }
    }

    /// `WEB_ADDRESS` of `web.address`.
    static func environmentName(_ variable: String) -> String {
        String(variable.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    private func file(_ target: LookTarget, _ path: String, follow: Bool) -> [Part: Probe] {
        let follows = follow ? ["-L"] : []
        var probes: [Part: Probe] = [
            .main: command(
                target, ["stat"] + follows + ["--printf=%F\\n%a\\n%U\\n%G\\n%s\\n", "--", path], brief: true)
        ]
        // A link is not followed unless that was asked for, and nothing but a file is ever opened: a pipe would wait.
        let guarded = "\(follow ? "" : "[ ! -L \"$1\" ] || exit 3; ")[ -f \"$1\" ] || exit 4; "
        if wantsContent {
            let read = [
                "sh", "-c", guarded + "exec head -c \"$2\" -- \"$1\"", "sh", path, "\(outputLimit + 1)",
            ]
            probes[.content] = command(target, read)
        }
        if wantsDigest {
            probes[.digest] = command(target, ["sh", "-c", guarded + "exec sha256sum < \"$1\"", "sh", path])
        }
        return probes
    }

    /// systemctl(1) of a unit, and behind an empty line of each unit that triggers it.
    private static let serviceScript = """
        show() { systemctl show --property=Id,LoadState,ActiveState,SubState,UnitFileState,WantedBy,RequiredBy,\
        Result,ExecMainStatus,ExecMainExitTimestamp,LastTriggerUSec -- "$1"; }
        show "$1" || exit
        for unit in $(systemctl show --property=TriggeredBy --value -- "$1"); do echo; show "$unit"; done
        """

    /// getent(1): status 2 where there is no such user. Groups of a directory have blanks in their names, so that they are
    /// parted by NUL.
    private static let userScript = #"getent passwd -- "$1" || exit; id -nGz -- "$1""#

    private func sh(_ target: LookTarget, _ script: String, _ parameters: [String]) -> Probe {
        command(target, ["sh", "-c", script, "sh"] + parameters, brief: true)
    }

    private func command(
        _ target: LookTarget, _ arguments: [String], input: String? = nil, named: String = "",
        limit: Int? = nil,
        brief: Bool = false
    ) -> Probe {
        let command = RemoteCommand(
            arguments, asRoot: become, timeLimit: timeLimit, outputLimit: limit ?? outputLimit, input: input)
        // What a command may cost is not part of what it looks at.
        let name = name(arguments + ["\(become)", named])
        let machine = target ?? MachineID("")
        return Probe(ProbeID(machine, name), .command(node: machine, command), isBrief: brief)
    }

    private func network(_ kind: Probe.Kind, _ what: [String]) -> Probe {
        Probe(.network(name(what)), kind)
    }

    /// One name for one thing to look at, whichever check asks for it: evidence answers another expectation as well, and
    /// never another question.
    private func name(_ what: [String]) -> String {
        let digest = SHA256Digest.hexadecimal(of: what.joined(separator: "\0").utf8)
        return "look-\(kind.key)-\(digest.prefix(12))"
    }
}
