import GraderCore

/// The files from which a machine takes its addresses at boot, as a probe printed them, with the state of the units
/// that read them.
public struct BootFiles: Sendable, Equatable {
    /// In the order printed; of several of one path the first.
    public private(set) var files: [File] = []
    /// That are there and could not be read, each once.
    public private(set) var unread: [String] = []
    /// Links to /dev/null: they put the files of their names elsewhere out of use.
    public private(set) var masked: Set<String> = []
    /// What `systemctl show` said of each, by its name with `.service`.
    public private(set) var units: [String: Unit] = [:]
    /// Of the files and of what could not be read, in the order of their paths.
    private(set) var places: [Place] = []
    /// The same, to be looked up.
    private var paths: Set<String> = []
    private var filesByPath: [String: File] = [:]
    private var filesByFolder: [String: [File]] = [:]
    /// Names that what is masked or could not be read takes, by folder.
    private var takenByFolder: [String: Set<String>] = [:]

    /// A path, taken apart once.
    struct Place: Sendable, Equatable {
        let path: String
        let folder: String
        let name: String
        /// How many names it has.
        let depth: Int

        init(_ path: String) {
            self.path = path
            folder = path.parentPath
            name = path.lastPathComponent
            depth = path.split(separator: "/").count
        }
    }

    /// One file.
    public struct File: Sendable, Equatable {
        let place: Place
        /// Empty where it is not whole: half of a file may say what the whole one takes back.
        public fileprivate(set) var content: String
        public var isExecutable = true
        /// Whether nothing was cut off.
        public private(set) var isWhole = true

        public var path: String { place.path }
        public var name: String { place.name }
        public var folder: String { place.folder }

        init(path: String, content: String, isExecutable: Bool = true) {
            place = Place(path)
            self.content = content
            self.isExecutable = isExecutable
        }

        /// Leaves out what is longer than the probe prints, or has more lines than are read.
        fileprivate mutating func bound() {
            let lines = content.utf8.count(where: { $0 == UInt8(ascii: "\n") })
            isWhole = content.utf8.count <= sizeLimit && lines < ParsingLimits.lines
            if !isWhole { content = "" }
        }
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
        /// Whether nobody can: there is none (its files outlive a package that is removed), or it is masked.
        public var cannotStart: Bool {
            loadState == "not-found" || ["masked", "masked-runtime"].contains(fileState)
        }
        /// Whether nobody starts it.
        public var isOff: Bool { !isUsed && (cannotStart || fileState == "disabled") }
    }

    /// How much of a file is printed, in bytes.
    public static let sizeLimit = 65_536
    /// How many files are printed; of those beyond the probe says only that they were not read.
    private static let fileLimit = 200
    /// How many names of files that were not read are taken.
    private static let unreadLimit = 1_000
    /// Of a path, in bytes (`PATH_MAX`).
    private static let pathLimit = 4_096
    /// Of all that the probe prints, in bytes.
    public static let textLimit = 512 << 10

    /// What the first line of the newer form is.
    public static let title = "#files"
    /// What the last one is: without it something is missing.
    public static let end = "#end"

    /// Reads what the probe printed: `title`, lines `unit`, `file`, `unread` and `masked` with each line of a file behind
    /// a blank, `end`; in older recordings each file after a line `==> file <==`. nil where it is neither, or more than
    /// the probe prints: then nothing of it is known, as a file that is left out may take back what another says.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.textLimit, read(text), arrange() else { return nil }
    }

    init(files: [File]) {
        self.files = files
        _ = arrange()
    }

    /// - Returns: false where it is no form of the probe's.
    private mutating func read(_ text: String) -> Bool {
        guard text.hasPrefix(Self.title + "\n") else {
            guard text.isEmpty || text.hasPrefix("==> /") else { return false }
            readPlain(text)
            return true
        }
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        guard let last = lines.last, String(Substring(last)) == Self.end else { return false }
        var unit: String?
        var content: [Substring.UTF8View] = []
        func finishFile() {
            guard !files.isEmpty, !content.isEmpty else { return }
            let bytes = content.joined(separator: [UInt8(ascii: "\n")])
            files[files.count - 1].content = String(decoding: Array(bytes), as: UTF8.self) + "\n"
            files[files.count - 1].bound()
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
        return true
    }

    /// Puts everything where it is looked for.
    /// - Returns: false where there is more than the probe prints.
    private mutating func arrange() -> Bool {
        files = files.filter { paths.insert($0.path).inserted }
        unread = unread.filter { paths.insert($0).inserted }
        guard files.count <= Self.fileLimit, unread.count <= Self.unreadLimit,
            paths.union(masked).allSatisfy({ $0.utf8.count <= Self.pathLimit })
        else { return false }
        let others = unread.map { Place($0) }
        places = (files.map(\.place) + others).sorted { $0.path.utf8Order($1.path) }
        filesByPath = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        filesByFolder = Dictionary(grouping: files, by: \.folder)
        for place in others + masked.map({ Place($0) }) {
            takenByFolder[place.folder, default: []].insert(place.name)
        }
        return true
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
        for index in files.indices { files[index].bound() }
    }

    /// Whether a unit is off, or is not there; what is not known is taken to be in use.
    func isOff(_ unit: String) -> Bool { units[unit + ".service"]?.isOff ?? false }

    func file(_ path: String) -> File? { filesByPath[path] }

    /// Whether there is such a file, read or not.
    func isThere(_ path: String) -> Bool { paths.contains(path) }

    /// The files of a folder whose names match, in the order of their names.
    func files(in folder: String, named isMeant: (String) -> Bool) -> [File] {
        (filesByFolder[folder] ?? []).filter { isMeant($0.name) }.sorted { $0.name.utf8Order($1.name) }
    }

    /// Of the files of one name that of the first folder; none where that is a link to /dev/null, or could not be read.
    public func effective(in folders: [String], named isMeant: (String) -> Bool) -> [File] {
        var byName: [String: File?] = [:]
        for folder in folders {
            let taken = takenByFolder[folder] ?? []
            for name in taken where byName[name] == nil { byName.updateValue(nil, forKey: name) }
            for file in files(in: folder, named: isMeant) where byName[file.name] == nil {
                byName.updateValue(file, forKey: file.name)
            }
        }
        return byName.values.compactMap(\.self).sorted { $0.name.utf8Order($1.name) }
    }

    /// The unread ones that would be read.
    func unread(where isMeant: (String) -> Bool) -> [String] { unread.filter(isMeant) }
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
