import Foundation
import GraderCore

/// A text of a recording: in the index where it is short, otherwise a file beside it, which several may refer to.
enum RecordedText: Codable, Equatable {
    case short(Bytes)
    /// Relative to the recording's folder.
    case file(String)

    /// In bytes. What is longer is better read, and compared, as a file.
    static let longestShort = 160

    private enum CodingKeys: String, CodingKey { case file }

    init(from decoder: any Decoder) throws {
        let path = try? decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(
            String.self, forKey: .file)
        self = if let path { .file(path) } else { .short(try Bytes(from: decoder)) }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .short(let bytes): try bytes.encode(to: encoder)
        case .file(let path):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(path, forKey: .file)
        }
    }
}

/// One observation in a recording's index, under its id and without its times. What is usual is left out: the machine
/// where the id begins with it, the arguments where they are those of the probe's name, an empty standard error, what
/// was not cut off.
struct RecordedObservation: Codable {
    var vantage: Vantage?
    var arguments: [RecordedText]?
    /// Of a command; nil where it is none.
    var ending: CommandResult.Ending?
    var stdout: RecordedText?
    var stderr: RecordedText?
    var outputTruncated: Bool?
    var errorTruncated: Bool?
    /// What is no command, with its long text put into `body`.
    var outcome: Observation.Outcome?
    var body: RecordedText?

    /// - Parameters:
    ///   - folder: what its files' paths begin with: empty, or that of a drill.
    ///   - files: takes what is long.
    init(_ observation: Observation, in folder: String, _ files: inout RecordedFiles) {
        if observation.vantage != observation.id.machine { vantage = observation.vantage }
        let path = folder + observation.id.rawValue
        switch observation.outcome {
        case .command(let result):
            arguments = result.arguments.map { .short(Bytes($0)) }
            ending = result.ending
            stdout = files.text(result.standardOutput, path)
            if !result.standardError.raw.isEmpty {
                stderr = files.text(result.standardError, path + ".stderr")
            }
            if result.outputTruncated { outputTruncated = true }
            if result.errorTruncated { errorTruncated = true }
        case .http(var exchange):
            if case .response(var response) = exchange.answer {
                body = files.text(response.body, path)
                response.body = ""
                exchange.answer = .response(response)
            }
            outcome = .http(exchange)
        case .neighbours(let table):
            body = files.text(table, path)
            outcome = .neighbours("")
        case .port, .dns, .failed: outcome = observation.outcome
        }
    }

    /// - Parameters:
    ///   - usual: the arguments by the probe's name.
    ///   - text: reads a file.
    func observation(
        _ id: ProbeID, _ times: RecordedTimes, usual: [String: [RecordedText]],
        _ text: (RecordedText) throws -> Bytes
    ) throws -> Observation {
        var found: Observation.Outcome
        if let ending {
            guard let arguments = arguments ?? usual[id.name] else {
                throw StoreFailure(fr: "\(id) n'a pas d'arguments", en: "\(id) has no arguments")
            }
            found = .command(
                CommandResult(
                    answering: try arguments.map { try text($0).text }, ending: ending,
                    standardOutput: try stdout.map(text) ?? "", standardError: try stderr.map(text) ?? "",
                    outputTruncated: outputTruncated ?? false, errorTruncated: errorTruncated ?? false,
                    duration: times.command ?? .zero))
        } else if let outcome {
            found = outcome
        } else {
            throw StoreFailure(fr: "\(id) n'a pas de résultat", en: "\(id) has no outcome")
        }
        if let body {
            switch found {
            case .http(var exchange):
                guard case .response(var response) = exchange.answer else { break }
                response.body = try text(body)
                exchange.answer = .response(response)
                found = .http(exchange)
            case .neighbours: found = .neighbours(try text(body))
            default: break
            }
        }
        return Observation(
            id: id, vantage: vantage ?? id.machine, startedAt: times.startedAt, duration: times.duration,
            outcome: found)
    }
}

extension ProbeID {
    /// The machine that an id begins with.
    fileprivate var machine: Vantage {
        .node(MachineID(rawValue.split(separator: "/").first.map(String.init) ?? rawValue))
    }
}

/// When an observation was made and how long it took: a line of `times.tsv`, apart from what was observed, since it
/// is another in every recording.
struct RecordedTimes {
    var startedAt: Date
    var duration: Duration
    /// Of the command alone.
    var command: Duration?

    init(_ observation: Observation) {
        startedAt = observation.startedAt
        duration = observation.duration
        if case .command(let result) = observation.outcome { command = result.duration }
    }

    /// Of these cells: the beginning, and seconds.
    init?(_ cells: ArraySlice<String>) {
        let cells = Array(cells)
        guard 2...3 ~= cells.count, let start = StoredDate.date(cells[0]),
            let seconds = Double(cells[1]).flatMap(Duration.init(foreignSeconds:))
        else { return nil }
        startedAt = start
        duration = seconds
        if cells.count == 3 {
            guard let seconds = Double(cells[2]).flatMap(Duration.init(foreignSeconds:)) else { return nil }
            command = seconds
        }
    }

    func line(of id: ProbeID) -> String {
        let seconds = [duration, command].compactMap { $0 }.map {
            "\(SecondsCoded(wrappedValue: $0).seconds)"
        }
        return ([id.rawValue, StoredDate.string(startedAt)] + seconds).joined(separator: "\t")
    }
}

/// What a recording keeps as files: each content once.
struct RecordedFiles {
    /// The path by the content.
    private(set) var paths: [Bytes: String] = [:]
    private var taken: Set<String> = []

    /// - Parameter path: what the file is called where the text is long and no other has the same, without its ending.
    mutating func text(_ bytes: Bytes, _ path: String) -> RecordedText {
        guard bytes.raw.count > RecordedText.longestShort else { return .short(bytes) }
        if let known = paths[bytes] { return .file(known) }
        let isText = !bytes.raw.contains(0) && String(validating: bytes.raw, as: UTF8.self) != nil
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isSafe = parts.allSatisfy { SafeName.isValid(String($0)) }
        var name = isSafe ? path : "other/\(taken.count + 1)"
        if !taken.insert(name).inserted {
            name += "-\(taken.count + 1)"
            taken.insert(name)
        }
        let file = name + (isText ? ".txt" : ".bin")
        paths[bytes] = file
        return .file(file)
    }
}
