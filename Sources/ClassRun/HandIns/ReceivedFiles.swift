import Foundation
import GraderCore
import InputFiles

/// Reads what came in: zips of `check --hand-in`, folders of them, or the zip of an assignment that Moodle makes of
/// them. All of it is foreign: nothing but the one member is read, by unzip(1), bounded in time and size, and no name in
/// it becomes a path.
struct ReceivedFiles: Sendable {
    /// On this machine.
    var session: any NodeSession
    var owners: FileOwners
    /// A folder of our own.
    var scratch: String

    /// Of one zip, in bytes: its content is stored as it is.
    static let fileLimit = HandInFile.contentLimit + 1 << 20
    /// In one assignment's zip.
    static let mostFiles = 500
    private static let namesLimit = 1 << 20

    /// Of each path what is in it.
    /// - Throws: ``StoreFailure`` where a path cannot be read at all, nothing can be written in the folder of our own, or
    ///   unzip(1) is not there; where the work was cut off, before anything of it passes for a file's fault.
    func read(_ paths: [String]) async throws -> [ReceivedFile] {
        try await requireUnzip()
        var received: [ReceivedFile] = []
        for path in paths {
            let url = URL(filePath: path).standardizedFileURL
            let absolute = url.path(percentEncoded: false)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: absolute, isDirectory: &isFolder) else {
                throw StoreFailure(
                    fr: "\(path) n'existe pas : vérifier le nom.",
                    en: "\(path) is not there: check the name.")
            }
            let folder = isFolder.boolValue ? try HandedIn(folder: absolute, students: []) : nil
            if let folder {
                received += folder.passedOver.map { name in
                    self.received(name.split(separator: "/").map(String.init), .failure(.notAFile))
                }
                for file in folder.files where Self.isZip(file.name) {
                    received.append(
                        try await one(file.path, called: file.name.split(separator: "/").map(String.init)))
                }
            } else {
                received += try await file(
                    absolute, called: path.split(separator: "/").suffix(2).map(String.init))
            }
        }
        return received
    }

    static func isZip(_ name: String) -> Bool { (name as NSString).pathExtension.lowercased() == "zip" }

    /// A file that was named: a student's, or an assignment's with the students' in it.
    private func file(_ path: String, called parts: [String]) async throws -> [ReceivedFile] {
        let own = try await one(path, called: parts)
        guard case .failure(let refusal) = own.content, [.none, .tooLong].contains(refusal),
            case let names = try await zips(in: path), !names.isEmpty
        else { return [own] }
        // Who it is named after, or whose folder on Moodle it lies in, has named what is in it; another folder is the
        // teacher's.
        let isParticipants = owners.ownerByBeginning(Array(parts.prefix(1))).participant != nil
        let outer = isParticipants ? parts : Array(parts.suffix(1))
        var received: [ReceivedFile] = []
        for name in names {
            let parts = outer + name.split(separator: "/").map(String.init)
            let bytes = try await member(name, of: path, limit: Self.fileLimit)
            if bytes.count > Self.fileLimit {
                received.append(self.received(parts, .failure(.tooLong)))
                continue
            }
            let content = try await handIn(bytes)
            received.append(self.received(parts, content))
        }
        return received
    }

    private func received(
        _ parts: [String], _ content: Result<HandInFile, HandInRefusal>
    ) -> ReceivedFile {
        let (student, participant) = owners.ownerByBeginning(parts)
        return ReceivedFile(
            name: parts.suffix(2).joined(separator: "/"), owner: student, participant: participant,
            // Whoever it is on Moodle: what the file says of itself is no better than that.
            content: participant != nil && student == nil ? .failure(.nobodys) : content)
    }

    private func one(_ path: String, called parts: [String]) async throws -> ReceivedFile {
        let content: Result<HandInFile, HandInRefusal>
        switch BoundedFile.read(path, limit: Self.fileLimit) {
        case .success(let zip): content = try await handIn(zip)
        case .failure(.unreadable(let why)): content = .failure(.unreadable(why))
        case .failure(.notAFile): content = .failure(.notAFile)
        case .failure(.tooLarge): content = .failure(.tooLong)
        }
        return received(parts, content)
    }

    /// What a zip holds.
    private func handIn(_ zip: [UInt8]) async throws -> Result<HandInFile, HandInRefusal> {
        // Under a name of ours: unzip(1) would take others for patterns.
        let copy = "\(scratch)/\(UUID().uuidString).zip"
        defer { unlink(copy) }
        try AtomicFile.write(zip, to: copy, isFlushed: false)
        let bytes = try await member(HandInFile.memberName, of: copy, limit: HandInFile.contentLimit)
        if bytes.isEmpty { return .failure(HandInFile.isOne(zip) ? .damaged : .none) }
        if bytes.count > HandInFile.contentLimit { return .failure(.tooLarge) }
        do throws(HandInRefusal) { return .success(try HandInFile(sealed: bytes)) } catch {
            return .failure(error)
        }
    }

    // MARK: unzip(1)

    /// The password keeps unzip(1) from asking somebody for one. What head(1) no longer takes is not unpacked: the pipe ends unzip(1).
    private static let extract =
        #"prlimit --cpu=20 --fsize=0 -- unzip -P none -p "$1" "$2" 2>/dev/null | head -c "$3""#
    private static let list = #"prlimit --cpu=20 --fsize=0 -- unzip -Z1 "$1" 2>/dev/null | head -c "$2""#

    /// Empty where there is no such member; one byte more than the limit where it is longer.
    private func member(_ name: String, of path: String, limit: Int) async throws -> [UInt8] {
        let result = try await session.run(
            RemoteCommand(
                ["sh", "-c", Self.extract, "sh", path, Unzip.pattern(name), "\(limit + 1)"], asRoot: false,
                timeLimit: .seconds(60), outputLimit: limit + 1))
        try Task.checkCancellation()
        try requireStarted(result)
        return result.ending == .exited(0) ? result.standardOutput.raw : []
    }

    /// The names of zips in a zip.
    private func zips(in path: String) async throws -> [String] {
        let link = "\(scratch)/\(UUID().uuidString).zip"
        guard symlink(path, link) == 0 else { throw StoreFailure(writing: link, errno) }
        defer { unlink(link) }
        let result = try await session.run(
            RemoteCommand(
                ["sh", "-c", Self.list, "sh", link, "\(Self.namesLimit)"], asRoot: false,
                timeLimit: .seconds(60), outputLimit: Self.namesLimit))
        try Task.checkCancellation()
        try requireStarted(result)
        let names = result.standardOutput.text.split(separator: "\n").map(String.init).filter(Self.isZip)
        guard names.count <= Self.mostFiles else {
            throw StoreFailure(
                fr:
                    "\(path) contient plus de \(Self.mostFiles) zips : le décompresser, et nommer des dossiers qui en ont moins.",
                en: "\(path) holds more than \(Self.mostFiles) zips: unpack it, and name folders of fewer.")
        }
        return names
    }

    /// Whatever is in the file, the line ends well, or when its time is up: what the shell says otherwise is about this
    /// machine.
    private func requireStarted(_ result: CommandResult) throws {
        guard ![.exited(0), .timedOut].contains(result.ending) else { return }
        let said = result.complaint
        throw StoreFailure(
            fr: "unzip n'a pas pu être lancé ici (\(said)) : fermer d'autres programmes, puis recommencer.",
            en: "unzip could not be started here (\(said)): close other programs, then try again.",
            .unavailable)
    }

    private func requireUnzip() async throws {
        let result = try await session.run(RemoteCommand(["unzip", "-v"], asRoot: false))
        guard result.ending != .exited(126), result.ending != .exited(127) else {
            throw StoreFailure(
                fr: "unzip ne fonctionne pas ici : installer le paquet unzip.",
                en: "unzip does not run here: install the package unzip.", .unavailable)
        }
    }
}

/// What unzip(1) makes of its arguments.
public enum Unzip {
    /// What unzip(1) takes for this name alone: neither for a pattern of others nor for an option.
    public static func pattern(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            if text.isEmpty, character == "-" { return text = "[-]" }
            if #"\[]*?"#.contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
