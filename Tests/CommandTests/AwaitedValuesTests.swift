import Foundation
import GraderCore
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The guard against values awaited inside a tuple, which this compiler's optimiser may exchange
/// (scripts/compiler-fault): it has to see the lines that once gave each probe another probe's output.
@Suite struct AwaitedValuesTests {
    private func places(_ source: String) async throws -> (status: TerminationStatus, lines: [String]) {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "Case.swift")
        try Data(source.utf8).write(to: file)
        let result = try await Subprocess.run(
            .path(FilePath("\(Program.repository.path(percentEncoded: false))/scripts/awaited_values.py")),
            arguments: [file.path(percentEncoded: false)], output: .string(limit: 1 << 16))
        return (
            result.terminationStatus, result.standardOutput.split(separator: "\n").map(String.init)
        )
    }

    @Test(arguments: [
        "group.addTask {\n    do throws(F) { return (index, .success(try await run(command))) } catch {}\n}",
        "return (role, .success(try await access.connect(role)))",
        "group.addTask { (role, await observe(probe.id)) }",
        "outcome = .command(command.arguments, try await session.run(command))",
        "let one = Observation(\n    role: role,\n    answer: .success(\n        try await connect(role)))",
        "let all = [\"a, b\", await second()]",
        "return try await (output, error)",
        "found.append((key, await f()))",
    ])
    func whatIsAwaitedBesideAnotherValueIsRefused(source: String) async throws {
        let (status, lines) = try await places(source)
        #expect(status == .exited(1) && lines.count == 2, "\(lines)")
    }

    @Test(arguments: [
        "let value = try await run(command)\nreturn (index, .success(value))",
        "for await (role, result) in group { found[role] = result }",
        "for try await (a, b) in pairs { use(a, b) }",
        "group.addTask { await self.observe(probe, sessions: sessions) }",
        "let text = f(a, b) { await g() }",
        "// return (key, await f())\nlet words = \"(a, await b)\"",
        "result = .success(try await run(command))",
    ])
    func whatIsAwaitedByItselfIsNot(source: String) async throws {
        let (status, lines) = try await places(source)
        #expect(status == .exited(0) && lines.isEmpty, "\(lines)")
    }
}
