import GraderCore

/// The files from which a machine takes its addresses at boot, as a probe printed them, with the state of the units
/// that read them.
public struct BootFiles: Sendable, Equatable {
    /// In the order printed.
    public var files: [File] = []
    /// That are there and could not be read.
    public var unread: [String] = []
    /// Links to /dev/null: they put the files of their names elsewhere out of use.
    public var masked: Set<String> = []
    /// What `systemctl show` said of each, by its name with `.service`.
    public var units: [String: Unit] = [:]

    /// One file.
    public struct File: Sendable, Equatable {
        public var path: String
        public var content: String
        public var isExecutable = true
        /// Whether nothing was cut off.
        public var isWhole = true

        public var name: String { path.lastPathComponent }
        public var folder: String { path.parentPath }
    }

    /// A unit's state (systemctl(1)).
    public struct Unit: Sendable, Equatable {
        /// `enabled`, `disabled`, `masked`, `static`, …; empty for one that there is not.
        public var fileState = ""
        /// `active`, `inactive`, …
        public var activeState = ""
        /// `loaded`, `not-found`, `masked`, …
        public var loadState = ""

        /// Whether it runs, or will at the next boot.
        public var isUsed: Bool {
            activeState == "active"
                || ["enabled", "enabled-runtime", "generated", "alias"].contains(fileState)
        }
        /// Whether it is there and nobody starts it.
        public var isOff: Bool { !isUsed && ["disabled", "masked", "masked-runtime"].contains(fileState) }
    }

    /// How much of a file is printed, in bytes.
    public static let sizeLimit = 65_536

    /// What the first line of the newer form is.
    public static let title = "#files"
    /// What the last one is: without it something is missing.
    public static let end = "#end"

    /// Reads what the probe printed: `title`, lines `unit`, `file`, `unread` and `masked` with each line of a file behind
    /// a blank, `end`; in older recordings each file after a line `==> file <==`. nil where it is neither.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.title + "\n") else {
            guard text.isEmpty || text.hasPrefix("==> /") else { return nil }
            readPlain(text)
            return
        }
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        guard let last = lines.last, String(Substring(last)) == Self.end else { return nil }
        var unit: String?
        var content: [Substring.UTF8View] = []
        func finishFile() {
            guard !files.isEmpty, !content.isEmpty else { return }
            let bytes = content.joined(separator: [UInt8(ascii: "\n")])
            files[files.count - 1].content = String(decoding: Array(bytes), as: UTF8.self) + "\n"
            files[files.count - 1].isWhole = files[files.count - 1].content.utf8.count <= Self.sizeLimit
            content = []
        }
        for line in lines.dropFirst().dropLast() {
            if line.first == UInt8(ascii: " ") {
                content.append(Substring(line).utf8.dropFirst())
                continue
            }
            finishFile()
            let words = Substring(line).split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { continue }
            let rest = String(words[1])
            switch words[0] {
            case "file":
                files.append(
                    File(path: String(rest.dropFirst(2)), content: "", isExecutable: rest.hasPrefix("x")))
            case "unread": unread.append(rest)
            case "masked": masked.insert(rest)
            case "unit": take(property: rest, of: &unit)
            default: continue
            }
        }
        finishFile()
    }

    private mutating func take(property: String, of unit: inout String?) {
        let parts = property.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 2 else { return }
        if parts[0] == "Id" { unit = parts[1] }
        guard let unit else { return }
        switch parts[0] {
        case "UnitFileState": units[unit, default: Unit()].fileState = parts[1]
        case "ActiveState": units[unit, default: Unit()].activeState = parts[1]
        case "LoadState": units[unit, default: Unit()].loadState = parts[1]
        default: return
        }
    }

    private mutating func readPlain(_ text: String) {
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.hasPrefix("==> /"), line.hasSuffix(" <==") {
                files.append(File(path: String(line.dropFirst(4).dropLast(4)), content: ""))
            } else if !files.isEmpty {
                files[files.count - 1].content += line + "\n"
            }
        }
        for index in files.indices {
            files[index].isWhole = files[index].content.utf8.count <= Self.sizeLimit
        }
    }

    /// Whether a unit is there and off; what is not known is taken to be in use.
    func isOff(_ unit: String) -> Bool { units[unit + ".service"]?.isOff ?? false }

    /// The file of this path; the first of several.
    func file(_ path: String) -> File? { files.first { $0.path == path } }

    /// The files of a folder whose names match, in the order of their names.
    func files(in folder: String, named isMeant: (String) -> Bool) -> [File] {
        files.filter { $0.folder == folder && isMeant($0.name) }.sorted { $0.name.utf8Order($1.name) }
    }

    /// The unread ones that would be read.
    func unread(where isMeant: (String) -> Bool) -> [String] { unread.filter(isMeant) }
}

/// What a machine's files say of one address.
public struct AddressAtBoot: Sendable, Equatable {
    /// The file that gives it, and how, in a few words; the first of several.
    public var place: String?
    /// Files that may give it: they could not be read, or not understood.
    public var open: [String] = []

    public init(place: String? = nil, open: [String] = []) {
        self.place = place
        self.open = open
    }

    /// Takes in what other files say; who comes first is believed.
    public mutating func add(_ other: AddressAtBoot) {
        place = place ?? other.place
        open += other.open.filter { !open.contains($0) }
    }
}

extension String {
    public var parentPath: String {
        lastIndex(of: "/").map { $0 == startIndex ? "/" : String(self[..<$0]) } ?? ""
    }

    /// strcmp(3)'s order.
    func utf8Order(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }

    /// Whether the address stands anywhere in the text, in whatever spelling.
    public func mentions(_ address: IPAddress) -> Bool {
        split { !($0.isASCII && $0.isHexDigit) && $0 != "." && $0 != ":" }.contains {
            // An address of four numbers can end a sentence, or stand before a colon.
            IPAddress(parsing: $0) == address
                || IPAddress(parsing: $0.split { address.isIPv4 && $0 == ":" }.first ?? $0) == address
        }
    }
}
