import GraderCore
import LinuxFacts

/// What is looked up in a table that a machine prints.
extension LookReading {
    /// proc(5), `/proc/pid/mounts`: what was mounted last there is seen; blanks stand as `\040`.
    func mountFacts(_ status: Int, _ result: CommandResult, _ path: Template) -> [String: FactValue] {
        let values = LookValues(evidence: evidence, machine: target)
        guard status == 0, !result.outputTruncated, let path = try? path.filled({ values($0) }) else {
            return all(Unseen.failed(status, result))
        }
        let wanted = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let entry = TextLines(result.standardOutput.text).lines.map(\.blankSeparatedWords)
            .last { $0.count >= 4 && Self.unescaped($0[1]) == wanted }
        guard let entry else {
            var facts = all(.absent(FoundWords.notMounted))
            facts["mounted"] = .flag(false)
            return facts
        }
        return [
            // bounded: four words, just above
            "mounted": .flag(true), "source": .text(Self.unescaped(entry[0])),
            "type": .text(Self.unescaped(entry[2])),  // bounded: four words
            "options": .lines(entry[3].split(separator: ",").map(Self.unescaped)),  // bounded: four words
        ]
    }

    /// `\040` is a blank: three octal digits behind a backslash.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let code = UInt8(Substring(digits), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func listenFacts(_ output: String, _ port: Int) -> [String: FactValue] {
        let sockets = ListeningSockets.read(output).sockets.filter { $0.port == port }
        // `*` is every address of both families, and `::ffff:127.0.0.1` is 127.0.0.1.
        let addresses = Set(
            sockets.flatMap { socket in
                [socket.address.unmapped] + (socket.isOfBothFamilies ? [IPAddress(.v4, 0)] : [])
            })
        return [
            "listening": .flag(!addresses.isEmpty),
            "addresses": addresses.isEmpty
                ? .absent(FoundWords.nobodyListens) : .lines(addresses.sorted().map(\.description)),
        ]
    }
}
