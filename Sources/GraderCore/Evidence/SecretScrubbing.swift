/// Takes out of an answer what no evidence may keep: a private key, a password's hash. Nobody asked for it; it stands in a
/// log line, a page, a file that a check prints. What it was and where stays to be seen.
enum SecretScrubbing {
    /// What stands in the place of what was taken out.
    static let mark = Array("[…]".utf8)

    /// The same bytes where there is nothing to take out, and where it was done before.
    static func scrubbed(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var copied = 0
        var ends = KeyEnds()
        var index = 0
        while index < bytes.count {
            let secret: Range<Int>? =
                switch bytes[index] {
                case UInt8(ascii: "-"): keyBody(in: bytes, at: index, &ends)
                case UInt8(ascii: "$"): hash(in: bytes, at: index)
                default: nil
                }
            guard let secret, !bytes[secret].elementsEqual(mark) else {
                index += 1
                continue
            }
            out += bytes[copied..<secret.lowerBound]
            out += mark
            copied = secret.upperBound
            index = max(secret.upperBound, index + 1)
        }
        return copied == 0 ? bytes : out + bytes[copied...]
    }

    private static let begin = Array("-----BEGIN ".utf8)
    private static let end = Array("-----END ".utf8)
    private static let dashes = Array("-----".utf8)
    private static let privateKey = Array("PRIVATE KEY".utf8)
    /// No private key is longer; a student must not hide the rest of an answer behind a first line of one.
    private static let keyLimit = 16 << 10

    /// What is between the first and the last line of a private key (RFC 7468, OpenSSH's PROTOCOL.key, and PGP's); up to
    /// where the key's letters end where it is cut off.
    private static func keyBody(in bytes: [UInt8], at start: Int, _ ends: inout KeyEnds) -> Range<Int>? {
        guard bytes[start...].starts(with: begin) else { return nil }
        let label = bytes[start...].dropFirst(begin.count).prefix(60)
        guard let close = first(dashes, in: label), contains(privateKey, label[..<close]) else { return nil }
        let body = close + dashes.count
        let room = bytes[body...].prefix(keyLimit)
        if let last = ends.next(in: bytes, from: body), last < room.endIndex { return body..<last }
        return body..<(room.firstIndex { !isKeyLetter($0) } ?? room.endIndex)
    }

    /// crypt(5)'s ids: yescrypt, gost-yescrypt, scrypt, bcrypt, SHA, MD5, SunMD5.
    private static let ids = [
        "y", "gy", "7", "2", "2a", "2b", "2x", "2y", "6", "5", "sha1", "1", "md5", "argon2id", "argon2i",
    ]
    .map { Array($0.utf8) }

    /// Salt and hash behind `$id$`: crypt(5)'s alphabet. A shell's `$1$2` is none: no hash is shorter than DES's.
    private static func hash(in bytes: [UInt8], at start: Int) -> Range<Int>? {
        for id in ids where bytes[start...].dropFirst().starts(with: id) {
            let body = start + 1 + id.count + 1
            guard body < bytes.count, bytes[body - 1] == UInt8(ascii: "$") else { continue }
            let rest = bytes[body...].prefix(512)
            let last = rest.firstIndex { !isHashLetter($0) } ?? rest.endIndex
            return last - body >= 13 ? body..<last : nil
        }
        return nil
    }

    private static func isKeyLetter(_ byte: UInt8) -> Bool {
        isHashLetter(byte) && byte != UInt8(ascii: "$") && byte != UInt8(ascii: ".")
            || [0x0A, 0x0D, UInt8(ascii: "+"), UInt8(ascii: "\\")].contains(byte)
    }

    private static func isHashLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "./$=,-+".utf8.contains(byte)
        }
    }

    /// Where last lines begin, each looked for once, however many first lines there are.
    private struct KeyEnds {
        private var found: Int? = -1

        mutating func next(in bytes: [UInt8], from start: Int) -> Int? {
            if let found, found < start { self.found = first(end, in: bytes[start...]) }
            return found
        }
    }

    private static func first(_ word: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.indices.first { bytes[$0] == word.first && bytes[$0...].starts(with: word) }
    }

    private static func contains(_ word: [UInt8], _ bytes: ArraySlice<UInt8>) -> Bool {
        first(word, in: bytes) != nil
    }
}

extension Observation.Outcome {
    /// Without private keys and hashes of passwords.
    var scrubbed: Observation.Outcome {
        switch self {
        case .command(var result):
            result.standardOutput.raw = SecretScrubbing.scrubbed(result.standardOutput.raw)
            result.standardError.raw = SecretScrubbing.scrubbed(result.standardError.raw)
            return .command(result)
        case .http(var exchange):
            if case .response(var response) = exchange.answer {
                response.body.raw = SecretScrubbing.scrubbed(response.body.raw)
                exchange.answer = .response(response)
            }
            return .http(exchange)
        case .port, .dns, .neighbours, .failed: return self
        }
    }
}
