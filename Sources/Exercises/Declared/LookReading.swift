import Foundation
import GraderCore
import LinuxFacts

/// What the observations of a look say, as facts. What could not be seen is unknown, by the rules of every check: a command
/// counts that ended by itself and whose program is there; what the grader could not do says nothing.
struct LookReading {
    let look: Look
    let target: LookTarget
    let evidence: Evidence
    let probes: [Look.Part: Probe]

    var sources: [ProbeID] { probes.values.map(\.id).sorted().filter { evidence[$0] != nil } }

    /// By the facts' names; those that cannot be told of are unknown.
    var facts: [String: FactValue] {
        if let target, let failure = evidence.unreachable[target] {
            return all(.unknown(failure.kind.reason, failure.kind.words.what))
        }
        switch look.kind {
        case .run, .shell, .script: return ended(commandFacts)
        case .file: return ended(fileFacts)
        case .service: return ended(serviceFacts)
        case .package: return ended(packageFacts)
        case .user: return ended(userFacts)
        case .mount(let path): return ended { mountFacts($0, $1, path) }
        case .listen(let port, _): return printed { listenFacts($0, port) }
        case .address:
            return printed { output in
                let read = InterfaceAddresses.read(json: Array(output.utf8))
                guard !read.interfaces.isEmpty else { return all(Unseen.unreadable) }
                return ["addresses": .lines(read.all.map { "\($0.address)/\($0.prefixLength)" })]
            }
        case .port, .http, .dns: return NetworkReading(self).facts
        }
    }

    /// The same of every fact.
    func all(_ value: FactValue) -> [String: FactValue] {
        Dictionary((look.kind.facts.map(\.name) + ["digest"]).map { ($0, value) }) { first, _ in first }
    }

    /// How a command on the machine ended, or why that cannot be told.
    enum Command {
        case ended(Int, CommandResult)
        case unseen(FactValue)
    }

    func outcome(_ part: Look.Part) -> Result<Observation.Outcome, Unseen> {
        guard let probe = probes[part], let observation = evidence[probe.id] else {
            return .failure(.notCollected)
        }
        if case .failed(let failure) = observation.outcome {
            return .failure(Unseen(.unknown(failure.kind.reason, failure.kind.words.what)))
        }
        return .success(probe.accepting(observation.outcome))
    }

    private func command(_ part: Look.Part) -> Command {
        switch outcome(part) {
        case .failure(let unseen): return .unseen(unseen.value)
        case .success(.command(let result)):
            switch result.ending {
            case .exited(let status) where status == 126 || status == 127 || saysBroken(result):
                return .unseen(Unseen.noCommand(result))
            case .exited(let status): return .ended(status, result)
            case .timedOut: return .unseen(Unseen.timedOut(look.timeLimit))
            case .signalled(let name): return .unseen(Unseen.signalled(name))
            case .unknown: return .unseen(Unseen.unreadable)
            }
        case .success: return .unseen(Unseen.unreadable)
        }
    }

    private func saysBroken(_ result: CommandResult) -> Bool {
        let interpreter: String
        switch look.kind {
        case .shell: interpreter = "sh"
        case .script(let script): interpreter = script.interpreter
        default: return false
        }
        return BrokenScript.isTold(by: result, of: interpreter)
    }

    /// Of a command that ended by itself, however.
    private func ended(_ read: (Int, CommandResult) -> [String: FactValue]) -> [String: FactValue] {
        switch command(.main) {
        case .ended(let status, let result): read(status, result)
        case .unseen(let value): all(value)
        }
    }

    /// Of a command that ends with 0 wherever it can do its work.
    private func printed(_ read: (String) -> [String: FactValue]) -> [String: FactValue] {
        ended { status, result in
            guard status == 0 else { return all(Unseen.failed(status, result)) }
            return result.outputTruncated ? all(Unseen.cutOff) : read(result.standardOutput.text)
        }
    }

    private func commandFacts(_ status: Int, _ result: CommandResult) -> [String: FactValue] {
        [
            "exit": .number(Double(status)),
            "output": result.outputTruncated ? Unseen.cutOff : .text(result.standardOutput.text),
            "error": result.errorTruncated ? Unseen.cutOff : .text(result.standardError.text),
        ]
    }

    private func fileFacts(_ status: Int, _ result: CommandResult) -> [String: FactValue] {
        let missing = ["No such file or directory", "Not a directory"]
        if status == 1, missing.contains(where: { result.standardError.text.trimmed.hasSuffix($0) }) {
            var facts = all(.absent(FoundWords.noFile))
            facts["exists"] = .flag(false)
            return facts
        }
        let words = TextLines(result.standardOutput.text).lines
        guard status == 0, words.count >= 5, let mode = Int(words[1], radix: 8), let size = Double(words[4])
        else {
            return all(Unseen.failed(status, result))
        }
        let kinds = [
            "regular file": "file", "regular empty file": "file", "directory": "directory",
            "symbolic link": "link",
        ]
        let kind = kinds[String(words[0])] ?? "other"
        var facts: [String: FactValue] = [
            "exists": .flag(true), "kind": .text(kind), "mode": .permissions(mode),
            "owner": .text(String(words[2])),
            "group": .text(String(words[3])), "size": .number(size),
        ]
        // A link's own permissions say nothing, and where it leads is not looked at.
        if kind == "link" {
            for name in ["mode", "content", "digest", "size"] { facts[name] = Unseen.link }
            return facts
        }
        let isFile = kind == "file"
        facts["content"] = isFile ? contents(.content) { .text($0) } : .absent(FoundWords.noContent)
        facts["digest"] =
            isFile
            ? contents(.digest) { printed in
                let digest = printed.prefix { $0 != " " }
                return digest.count == 64 ? .text(String(digest)) : Unseen.unreadable
            } : .absent(FoundWords.noContent)
        return facts
    }

    private func contents(_ part: Look.Part, _ read: (String) -> FactValue) -> FactValue {
        switch command(part) {
        case .unseen(let value): value
        case .ended(0, let result):
            result.outputTruncated || result.standardOutput.raw.count > look.outputLimit
                ? Unseen.cutOff : read(result.standardOutput.text)
        case .ended(let status, let result): Unseen.failed(status, result)
        }
    }

    /// dpkg(1): a package whose triggers are still to be run is there and configured.
    private static let installedStates: [Substring] = ["installed", "triggers-pending", "triggers-awaited"]

    private func packageFacts(_ status: Int, _ result: CommandResult) -> [String: FactValue] {
        if status == 1, result.standardError.text.contains("no packages found matching") {
            return ["installed": .flag(false), "version": .absent(FoundWords.notInstalled)]
        }
        guard status == 0, !result.outputTruncated else { return all(Unseen.failed(status, result)) }
        // A line for each architecture.
        let installed = TextLines(result.standardOutput.text).lines.map(\.blankSeparatedWords)
            .first { Self.installedStates.contains($0.first ?? "") }
        return [
            "installed": .flag(installed != nil),
            "version": (installed?.dropFirst().first).map { .text(String($0)) }
                ?? .absent(FoundWords.notInstalled),
        ]
    }

    private func userFacts(_ status: Int, _ result: CommandResult) -> [String: FactValue] {
        if status == 2 {
            var facts = all(.absent(FoundWords.noUser))
            facts["exists"] = .flag(false)
            return facts
        }
        let lines = TextLines(result.standardOutput.text).lines
        let fields = lines.first?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        guard status == 0, !result.outputTruncated, fields.count == 7, lines.count >= 2,
            let uid = Double(fields[2])
        else {
            return all(Unseen.failed(status, result))
        }
        return [
            "exists": .flag(true), "uid": .number(uid), "home": .text(String(fields[5])),
            "shell": .text(String(fields[6])),
            "groups": .lines(lines[1].split(separator: "\0").map(String.init)),
        ]
    }
}
