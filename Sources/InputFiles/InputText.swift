import GraderCore

/// The bytes of a file that a person wrote, read with bounds and known to be text.
public struct InputText {
    /// Generous for a class of some hundred students, small enough that nothing hostile takes long.
    public static let sizeLimit = 256 << 10

    /// As the caller named it.
    public var file: String
    /// Without a byte order mark.
    public var text: String
    /// The bytes as they stand in the file, for its checksum.
    public var bytes: [UInt8]

    /// Reads a regular file of at most so many bytes. A device, a pipe or a folder is refused unread.
    /// - Throws: ``InputErrors`` where the file cannot be read, is too large, or no UTF-8.
    public init(file: String, limit: Int = sizeLimit) throws(InputErrors) {
        self.init(file: file, bytes: try InputText.read(file, limit))
        try check()
    }

    /// A text that is in no file yet, under the name that it is going to have.
    /// - Throws: ``InputErrors`` where a character cannot stand in such a file.
    public init(text: String, file: String) throws(InputErrors) {
        self.init(file: file, bytes: Array(text.utf8))
        try check()
    }

    /// A text of ours that stands in no file yet.
    public init(file: String, text: String) {
        self.file = file
        self.text = text
        bytes = Array(text.utf8)
    }

    private init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        text = String(decoding: Self.content(bytes), as: UTF8.self)
    }

    private static func content(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
    }

    private static func read(_ file: String, _ limit: Int) throws(InputErrors) -> [UInt8] {
        let message: LocalizedText
        switch BoundedFile.read(file, limit: limit) {
        case .success(let bytes): return bytes
        case .failure(.unreadable(let reason)):
            message = LocalizedText(
                fr: "illisible : \(reason)",
                en: "cannot be read: \(reason)")
        case .failure(.notAFile):
            message = LocalizedText(
                fr: "n'est pas un fichier ordinaire : attendu : un fichier de texte",
                en: "is not a regular file: expected a text file")
        case .failure(.tooLarge(let size)):
            message = LocalizedText(
                fr: "fait \(size) octets : attendu : \(limit) octets au plus",
                en: "is \(size) bytes long: expected at most \(limit) bytes")
        }
        throw InputErrors([InputMistake(file: file, message: message)])
    }

    /// Refuses what is not UTF-8 or holds control characters, with the place.
    private func check() throws(InputErrors) {
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        var problem =
            isUTF8 ? nil : LocalizedText(fr: "n'est pas du texte UTF-8 ici", en: "is not UTF-8 text here")
        var position = InputPosition(line: 1, column: 1)
        // Of what is not UTF-8 it walks the valid part, to find the place.
        var decoder = UTF8()
        var iterator = Self.content(bytes).makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            if isUTF8, scalar.isForbiddenInYAML {
                let code = String(scalar.value, radix: 16, uppercase: true)
                problem = LocalizedText(
                    fr: "contient le caractère de contrôle U+\(code)",
                    en: "holds the control character U+\(code)")
                break
            }
            position.advance(over: scalar)
        }
        guard let problem else { return }
        let mistakes = InputMistakes(file: file)
        mistakes.add(
            position, LocalizedText(fr: "le fichier \(problem)", en: "the file \(problem)"),
            expected: LocalizedText(
                fr: "un fichier de texte enregistré en UTF-8", en: "a text file saved as UTF-8"))
        throw mistakes.errors
    }
}

extension InputPosition {
    fileprivate mutating func advance(over scalar: Unicode.Scalar) {
        if scalar == "\n" {
            line += 1
            column = 1
        } else {
            column += 1
        }
    }
}

extension Unicode.Scalar {
    /// YAML 1.1, section 4.1: control characters other than tab, line feed, carriage return and next line.
    fileprivate var isForbiddenInYAML: Bool {
        properties.generalCategory == .control && ![0x09, 0x0A, 0x0D, 0x85].contains(value)
    }
}
