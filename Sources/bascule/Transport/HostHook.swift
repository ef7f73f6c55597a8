import ClassRun
import Foundation
import GraderCore
import Subprocess

/// Runs a command of the roster's hooks on this host. It may start a machine that outlives the grader, as a process
/// below it: so it has a session of its own, is the only one that is ended when its time is up, and writes into a
/// file that has no name any more: a pipe would break for whoever still writes into it.
enum HostHook {
    /// - Parameter secrets: variables of the teacher's environment that neither it nor what it starts is to have.
    static func run(
        _ words: [String], timeLimit: Duration, without secrets: Set<String> = []
    ) async -> HookResult {
        guard let program = words.first else {
            return HookResult(.notStarted(LocalizedText(fr: "aucun mot", en: "no words")))
        }
        guard let printed = PrintedFile() else {
            return HookResult(
                .notStarted(
                    LocalizedText(
                        fr: "aucun fichier ne peut être créé dans \(NSTemporaryDirectory())",
                        en: "no file can be made in \(NSTemporaryDirectory())")))
        }
        let work = Task { await ended(program, Array(words.dropFirst()), secrets, printed) }
        let timer = Task {
            try await Task.sleep(for: timeLimit)
            work.cancel()
        }
        defer { timer.cancel() }
        let ending = await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
        guard work.isCancelled else { return HookResult(ending, said: printed.end) }
        return HookResult(Task.isCancelled ? .interrupted : .timedOut, said: printed.end)
    }

    private static func ended(
        _ program: String, _ arguments: [String], _ secrets: Set<String>, _ printed: PrintedFile
    ) async -> HookResult.Ending {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))]
        let executable: Executable = program.contains("/") ? .path(.init(program)) : .name(program)
        let hidden: [Environment.Key: String?] = secrets.reduce(into: [:]) {
            $0.updateValue(nil, forKey: Environment.Key(stringLiteral: $1))
        }
        do {
            let result = try await Subprocess.run(
                executable, arguments: Arguments(arguments), environment: .inherit.updating(hidden),
                platformOptions: options, input: .none,
                output: .fileDescriptor(
                    .init(rawValue: printed.descriptor), closeAfterSpawningProcess: false),
                error: .fileDescriptor(.init(rawValue: printed.descriptor), closeAfterSpawningProcess: false))
            return switch result.terminationStatus {
            case .exited(let status): .exited(Int(status))  // bounded: widened
            case .signaled(let signal): .signalled(Int(signal))  // bounded: widened
            }
        } catch {
            return .notStarted(LocalizedText(verbatim: "\(error)"))
        }
    }
}

/// What a command prints, for as long as somebody has it open.
private final class PrintedFile: Sendable {
    let descriptor: Int32

    init?() {
        var template = Array("\(NSTemporaryDirectory())/bascule-hook-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return nil }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_APPEND)
    }

    deinit { close(descriptor) }

    /// The last lines, on one.
    var end: String {
        let limit = 2048
        let size = lseek(descriptor, 0, SEEK_END)
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = pread(descriptor, &bytes, limit, max(0, size - off_t(limit)))
        let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(
            whereSeparator: \.isNewline)
        return lines.suffix(3).map { line in
            line.unicodeScalars.prefix(160).map { $0.escaped(asASCII: false) }.joined()
        }.joined(separator: " / ")
    }
}
