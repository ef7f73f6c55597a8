import GraderCore

/// Where a node keeps what Pacemaker has to say.
public struct LogSource: Sendable, Hashable {
    /// Which of the node's logs, by what it leaves out.
    public enum Kind: String, Sendable, Hashable {
        /// Pacemaker's own (`PCMK_logfile`), with everything it says.
        case file
        /// journald's: what Pacemaker says at *notice* and above, and so not why a resource moved.
        case journal
        /// The same, as syslog wrote it.
        case syslog
    }
    public var kind: Kind
    /// Of the newest file, absolute; empty of the journal. As foreign as anything from a student's machine.
    public var path: String
}

/// One node's logs as they were collected: a few lines that say what there is, each beginning with `#`, and the lines
/// of each log that matter. A log's own lines begin with a time and never with that.
///
/// ```
/// #history 2 +0100
/// #logfile /var/log/pacemaker/pacemaker.log
/// #facility daemon
/// #priority notice
/// Nov 22 18:13:18 serv1 bascule[71]: drill 3f2a-1 begins: …
/// #log file /var/log/pacemaker/pacemaker.log
/// Nov 22 18:13:18 serv1 pacemaker-schedulerd[201] …
/// #from Nov 22 18:13:18
/// #to Nov 22 19:00:00
/// #input pe-input-9.bz2 Nov 22 18:13:18
/// #<node id="1" uname="serv1">
/// #<nvpair id="nodes-1-standby" name="standby" value="on"/>
/// #end
/// ```
/// Evidence from before these lines were there holds one log and nothing about it; `#history 1`, no lines that tell of
/// locations.
public struct NodeLog: Sendable, Equatable {
    /// How far back a node's history goes.
    public enum Reach: Sendable, Hashable {
        /// The evidence does not say.
        case unknown
        /// To when the node's Pacemaker began with an empty configuration, and up to now.
        case whole
        /// To that time, by the node's clock: `Nov 22 18:13:18`.
        case since(String)
        /// The log is there, or should be, and has nothing.
        case empty
        /// Pacemaker was told to keep none (`PCMK_logfile=none`), and neither the journal nor syslog has it.
        case notKept
        /// The log that Pacemaker was told to write is no file that can be read.
        case unfit(path: String)
    }

    struct Section: Sendable, Equatable {
        var source: LogSource
        var lines: [Substring] = []
        var from: LogStamp?
        var to: LogStamp?

        /// Whether its node's Pacemaker is seen to begin with no configuration (`readCibXmlFile`).
        var hasBeginning: Bool { lines.contains { $0.holds(" empty configuration") } }
        var isEmpty: Bool { from == nil && !lines.contains { LogStamp($0) != nil } }
        /// Bounded in collecting: the oldest lines may be missing then.
        var isCut: Bool { lines.reduce(0) { $0 + $1.utf8.count + 1 } >= NodeLog.longest }
        var begin: LogStamp? { (isCut ? nil : from) ?? lines.lazy.compactMap { LogStamp($0) }.first }
        var end: LogStamp? { to ?? lines.last.flatMap { LogStamp($0) } }
    }

    /// Bytes of one log's lines.
    private static let longest = 449_000
    /// Between two logs where one goes on with what the other left, in seconds: Pacemaker restarts in less.
    private static let longestGap = 60
    /// The script prints seven at most; each is held against all the others.
    private static let mostSections = 16

    /// Lines that tell of drills.
    public private(set) var marks: [Substring] = []
    /// Seconds east of Greenwich.
    public private(set) var zone = 0
    private(set) var sections: [Section] = []
    private var inputs: [String: SchedulerInput] = [:]
    private var isOld = false
    /// Whether the lines that tell of locations were collected.
    private var tellsLocations = false
    private var logfile = ""
    private var facility = ""
    private var priority = ""
    private var isUnfit = false

    /// Nil where the text is no log, or not all of one, or more than a node has.
    public init?(_ text: String) {
        let lines = TextLines(text).lines
        guard let first = lines.first, first.utf8.starts(with: "#history ".utf8) else {
            guard ClusterHistory.isLog(text) else { return nil }
            isOld = true
            marks = lines.filter { $0.holds(DrillBrackets.mark) }
            let path = "/var/log/pacemaker/pacemaker.log"
            sections = [Section(source: LogSource(kind: .file, path: path), lines: lines)]
            return
        }
        zone = first.split(separator: " ").last.flatMap { LogStamp.zone($0) } ?? 0
        tellsLocations = first.utf8.starts(with: "#history 2".utf8)
        guard lines.last(where: { !$0.isEmpty }) == "#end" else { return nil }
        var input: String?
        for line in lines.dropFirst() {
            if line.utf8.first != UInt8(ascii: "#") {
                if line.holds(DrillBrackets.mark) {
                    marks.append(line)
                } else if !line.isEmpty, !sections.isEmpty {
                    sections[sections.count - 1].lines.append(line)
                }
            } else if line.utf8.starts(with: "#<".utf8) {
                if let input { inputs[input]?.take(line.dropFirst()) }
            } else {
                input = take(line.dropFirst().split(separator: " ", maxSplits: 2))
            }
        }
        guard sections.count <= Self.mostSections else { return nil }
    }

    /// - Returns: the scheduler's input that begins here.
    private mutating func take(_ words: [Substring]) -> String? {
        let value = words.dropFirst().joined(separator: " ")
        let last = sections.indices.last
        switch words.first {
        case "logfile": logfile = value
        case "facility": facility = value
        case "priority": priority = value
        case "unfit": isUnfit = true
        case "log":
            guard words.count > 1, let kind = LogSource.Kind(rawValue: String(words[1])) else { return nil }
            let path = words.count > 2 ? String(words[2]) : ""
            sections.append(Section(source: LogSource(kind: kind, path: path)))
        case "from": if let last { sections[last].from = LogStamp(value[...]) }
        case "to": if let last { sections[last].to = LogStamp(value[...]) }
        case "input":
            guard words.count == 3, let stamp = LogStamp(words[2]), inputs.count < 64 else { return nil }
            inputs[String(words[1])] = SchedulerInput(seconds: stamp.universal(zone: zone))
            return String(words[1])
        default: break
        }
        return nil
    }

    /// What each log says has happened.
    /// - Parameter drills: what happened then is passed over.
    public func histories(without drills: DrillBrackets? = nil) -> [(
        source: LogSource, history: ClusterHistory
    )] {
        sections.map { section in
            let isFile = section.source.kind == .file
            var history = ClusterHistory.read(
                section.lines, drills: drills, zone: zone, inputs: isFile ? nil : inputs)
            history.isCut = section.isCut
            // A change of the configuration is below a notice.
            if !isFile || !tellsLocations { history.locationSettings = nil }
            return (section.source, history)
        }
    }

    public var reach: Reach {
        guard !isOld else { return .unknown }
        let current = self.current
        if current.isEmpty {
            if isUnfit { return .unfit(path: logfile) }
            return hasFile ? .empty : .notKept
        }
        let isWhole = sections.contains { section in
            guard section.hasBeginning, !section.isCut else { return false }
            if isWritten(section.source) { return true }
            // Pacemaker was told to write elsewhere since.
            guard let end = section.end else { return false }
            return current.contains { next in
                guard let begin = next.from else { return false }
                return begin.universal(zone: zone) <= end.universal(zone: zone) + NodeLog.longestGap
            }
        }
        if isWhole { return .whole }
        return oldest.map { .since($0.text) } ?? .empty
    }

    /// Whether it goes back further than a time, by Greenwich's clock since the year began. What happened then is in it: a
    /// node without power loses its last lines at most.
    public var goesBackBeyond: (_ seconds: Int) -> Bool {
        let told: [Section]
        switch reach {
        case .unknown: return { _ in true }
        case .empty, .notKept, .unfit: return { _ in false }
        // A file that is no longer written may hold the beginning, which a machine that was made anew has late.
        case .whole: told = sections
        case .since: told = current
        }
        let spans = told.compactMap { section in
            section.begin.map {
                (begin: $0.universal(zone: zone), end: section.end?.universal(zone: zone))
            }
        }
        return { seconds in
            spans.contains { LogStamp.isBefore($0.begin, seconds, inLogTo: $0.end) }
        }
    }

    private var current: [Section] { sections.filter { isWritten($0.source) && !$0.isEmpty } }

    private var oldest: LogStamp? {
        current.compactMap(\.begin).min { $0.universal(zone: zone) < $1.universal(zone: zone) }
    }

    /// Pacemaker takes both words for it (`pcmk__add_logfile`).
    private var hasFile: Bool { !["none", "/dev/null"].contains(logfile) }

    /// Whether Pacemaker writes there now.
    private func isWritten(_ source: LogSource) -> Bool {
        switch source.kind {
        case .file: hasFile && source.path == logfile
        // The scheduler's decisions are notices.
        case .journal, .syslog:
            facility != "none" && ["notice", "info", "debug", "trace"].contains(priority)
        }
    }
}

/// What Pacemaker's scheduler had before it when it decided (`/var/lib/pacemaker/pengine/pe-input-9.bz2`): there the
/// cause is where the log says only what was decided.
struct SchedulerInput: Sendable, Equatable {
    /// When it was written, by Greenwich's clock, since the year began.
    var seconds: Int
    /// Nodes whose permanent attribute `standby` was set.
    private(set) var standby: Set<String> = []
    private var node: String?

    init(seconds: Int) { self.seconds = seconds }

    /// A start tag of the nodes' section: `<node id="1" uname="serv1">`, `<nvpair … name="standby" value="on"/>`.
    mutating func take(_ tag: Substring) {
        func value(_ name: String) -> Substring? {
            guard let found = tag.firstRange(of: " \(name)=\"") else { return nil }
            return tag[found.upperBound...].prefix { $0 != "\"" }
        }
        if tag.utf8.starts(with: "<node ".utf8) {
            node = tag.hasSuffix("/>") ? nil : value("uname").map(String.init)
        } else if let node, let value = value("value"),
            ["on", "true", "yes", "y", "1"].contains(value.lowercased())
        {
            standby.insert(node)
        }
    }
}
