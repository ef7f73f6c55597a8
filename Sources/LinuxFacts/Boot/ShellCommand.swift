import GraderCore

/// One command of a script: what it does to addresses, and whether it succeeds.
extension ShellReader {
    func text(of word: ShellTokens.Word) -> String? {
        var text = ""
        for part in word.parts {
            switch part {
            case .text(let literal): text += literal
            case .variable(let name):
                // A value that holds itself, again and again, would grow without end.
                guard let value = variables[name], text.utf8.count + value.utf8.count < 4096 else {
                    return nil
                }
                text += value
            case .unknown: return nil
            }
        }
        return text
    }

    mutating func simple(_ asked: Certainty) -> Bool? {
        var written: [ShellTokens.Word] = []
        while index < tokens.count, case .word(let word) = tokens[index] {
            written.append(word)
            index += 1
        }
        steps += written.count / Self.wordsOfAStep
        guard let first = written.first else {
            // What a shell would not take either.
            index += 1
            return nil
        }
        if written.count == 1, let name = first.plain, separator == "(" {
            return define(name)
        }
        let certainty = asked.and(flow)
        guard certainty != .never else { return nil }
        var words = written.map { text(of: $0) }[...]
        var isLast = false
        while let word = words.first {
            let isAssignment = isAssignment(written[words.startIndex])
            guard isAssignment || Self.prefixes.contains(word ?? "") else { break }
            if isAssignment { assign(written[words.startIndex], certainty) }
            words = words.dropFirst()
            guard !isAssignment else { continue }
            // Options of its own, a time limit.
            words = words.drop { $0?.utf8.first.map { $0 == UInt8(ascii: "-") || $0.isASCIIDigit } ?? false }
            isLast = isLast || word == "exec" && !words.isEmpty
        }
        guard let name = words.first else { return true }
        let isTrue = run(name?.lastPathComponent, Array(words), certainty)
        if isLast { leave(certainty) }
        return isTrue
    }

    private mutating func leave(_ certainty: Certainty) {
        flow = flow.and(certainty == .sure ? .never : .open)
    }

    private static let prefixes: Set<String> = [
        "sudo", "exec", "nohup", "command", "env", "timeout", "nice", "export", "readonly", "local", "time",
    ]
    /// That succeed, for what follows `&&`.
    private static let harmless: Set<String> = [
        "true", ":", "sleep", "echo", "printf", "logger", "modprobe", "set", "cd", "touch", "date",
    ]

    private mutating func run(_ name: String?, _ words: [String?], _ certainty: Certainty) -> Bool? {
        guard let name else { return nil }
        switch name {
        case "exit", "return":
            leave(certainty)
            return nil
        case "false": return false
        case _ where Self.harmless.contains(name): return true
        case "[", "[[", "test": return ShellTest.isTrue(Array(words.dropFirst()))
        case "sh", "bash", "dash":
            guard words.count > 2, words[1]?.hasPrefix("-") ?? false, words[1]?.hasSuffix("c") ?? false,
                let script = words[2], depth < Self.depthLimit
            else { return nil }
            var inner = ShellReader(ShellTokens(script), variables: variables, depth: depth + 1)
            inner.flow = certainty
            (inner.steps, inner.comparisons) = (steps, comparisons)
            inner.run()
            (steps, comparisons) = (inner.steps + script.utf8.count / 8, inner.comparisons)
            result.add(inner.result)
            return nil
        case "ip", "ifconfig":
            // What it shows or changes, it does, unless the interface is missing.
            _ = result.take(words, isSure: certainty == .sure)
            return true
        default:
            guard let body = functions[name], depth < Self.depthLimit else { return nil }
            let back = index
            index = body
            let isTrue = command(certainty)
            index = back
            return isTrue
        }
    }

    /// `name() { … }`: read when it is called.
    private mutating func define(_ name: String) -> Bool? {
        index += 1
        _ = take(")")
        takeLineEnds()
        functions[name] = index
        let (outer, known) = (flow, variables)
        _ = command(.never)
        (flow, variables) = (outer, known)
        return true
    }

    private func isAssignment(_ word: ShellTokens.Word) -> Bool {
        guard case .text(let text)? = word.parts.first, let equals = text.firstIndex(of: "=") else {
            return false
        }
        return equals > text.startIndex
            && text[..<equals].utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == 95 }
    }

    private mutating func assign(_ word: ShellTokens.Word, _ certainty: Certainty) {
        guard case .text(let text)? = word.parts.first, let equals = text.firstIndex(of: "=") else { return }
        var value = word
        // bounded: it begins with what was just read
        value.parts[0] = .text(String(text[text.index(after: equals)...]))
        variables[String(text[..<equals])] = certainty == .sure ? self.text(of: value) : nil
    }
}

/// `[ "$IFACE" = eth0 ]` (test(1)).
private enum ShellTest {
    /// nil where it cannot be told.
    static func isTrue(_ arguments: [String?]) -> Bool? {
        var words = arguments[...]
        if words.last == "]" || words.last == "]]" { words = words.dropLast() }
        // Each turns what follows about; a stranger's line may have thousands.
        let operands = words.drop { $0 == "!" }
        guard operands.count == words.count else {
            let result = isTrue(Array(operands))
            return (words.count - operands.count).isMultiple(of: 2) ? result : result.map(!)
        }
        let list = Array(words)
        switch list.count {
        case 1: return list[0].map { !$0.isEmpty }
        case 2:
            guard let operation = list[0], let operand = list[1] else { return nil }
            switch operation {
            case "-n": return !operand.isEmpty
            case "-z": return operand.isEmpty
            // What the address is then given with.
            case "-x", "-e", "-f": return ["ip", "ifconfig"].contains(operand.lastPathComponent) ? true : nil
            default: return nil
            }
        case 3:
            guard let left = list[0], let operation = list[1], let right = list[2] else { return nil }
            return ["=", "=="].contains(operation) ? left == right : operation == "!=" ? left != right : nil
        default: return nil
        }
    }
}

extension UInt8 {
    fileprivate var isASCIIAlphanumeric: Bool {
        isASCIIDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
    }
}
