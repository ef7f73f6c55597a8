import Foundation
import GraderCore
import Testing

/// `bascule parse`, from outside.
struct ParseTests {
    private static let fixtures = "Tests/ReadersTests/Fixtures"

    private func json(_ text: String) throws -> FactsValue {
        try JSONDecoder().decode(FactsValue.self, from: Data(text.utf8))
    }

    @Test(arguments: ["crmsh-2.2.0", "crmsh-4.4.1", "crmsh-5.0.0"])
    func crmPrintsTheFacts(_ version: String) async throws {
        // Every state is compared by the reader's own tests; here it is the command that is looked at.
        for state in ["00-base", "02-move-lifetime", "24-values"] {
            let path = "\(Self.fixtures)/corpus/\(version)/\(state)"
            let outcome = try await Program.run(["parse", "crm", path + ".show.txt"])
            #expect(outcome.status == 0 && outcome.complaints.isEmpty, "\(outcome.complaints)")
            let facts = try Data(contentsOf: Program.repository.appending(path: path + ".facts.json"))
            #expect(
                try json(outcome.output) == JSONDecoder().decode(FactsValue.self, from: facts),
                "\(version) \(state)")
        }
    }

    @Test func standardInputIsReadToo() async throws {
        let path = "\(Self.fixtures)/corpus/crmsh-4.4.1/00-base.show.txt"
        let direct = try await Program.run(["parse", "crm", path])
        for arguments in [["parse", "crm"], ["parse", "crm", "-"]] {
            let piped = try await Program.run(arguments, inputFile: path)
            #expect(piped.status == 0 && piped.output == direct.output, "\(piped.complaints)")
        }
    }

    @Test func theCIBSaysTheSameAsCrm() async throws {
        let shown = try await Program.run(
            ["parse", "crm", "\(Self.fixtures)/corpus/crmsh-4.4.1/05-standby.show.txt"])
        let stored = try await Program.run(
            ["parse", "crm", "\(Self.fixtures)/cib/bookworm/05-standby.cib.xml"])
        #expect(stored.status == 0 && stored.output == shown.output, "\(stored.complaints)")
    }

    @Test func monReadsBothForms() async throws {
        let path = "\(Self.fixtures)/corpus/crmsh-4.4.1/19-failed-monitor.mon"
        for form in [".txt", ".xml"] {
            let outcome = try await Program.run(["parse", "mon", path + form])
            #expect(outcome.status == 0, "\(outcome.complaints)")
            guard case .object(let entries) = try json(outcome.output),
                case .array(let failures) = entries["failures"], case .object(let failure) = failures.first
            else {
                Issue.record("no failures in \(outcome.output)")
                continue
            }
            #expect(entries["dc"] == .string("serv1") && failures.count == 1)
            #expect(failure["op_key"] == .string("Web_monitor_15000"))
            #expect(failure["exitstatus"] == .string("not running"))
        }
    }

    @Test func ipReadsTextAndJSON() async throws {
        let text = try await Program.run(
            ["parse", "ip", "\(Self.fixtures)/network/bookworm/ip-addr.txt"])
        let json = try await Program.run(
            ["parse", "ip", "\(Self.fixtures)/network/bookworm/ip-addr.json"])
        #expect(text.status == 0 && text.output == json.output, "\(text.complaints)\(json.complaints)")
        #expect(text.output.contains("\"label\" : \"eth0:VIP\""))
    }

    @Test func whatIsNotUnderstoodShowsVerbatim() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "show.txt").path(percentEncoded: false)
        let odd = "gadget \u{1B}]0;x\u{7} " + String(repeating: "long ", count: 100) + "end"
        try Data("node 1: serv1\n\(odd)\nprimitive a lsb:apache2\n".utf8).write(to: URL(filePath: file))
        let outcome = try await Program.run(["parse", "crm", file])
        #expect(outcome.status == 0)
        guard case .object(let entries) = try json(outcome.output) else { return }
        guard case .array(let unknown) = entries["unknown"], case .string(let kept) = unknown.first else {
            Issue.record("nothing is kept")
            return
        }
        #expect(unknown.count == 1 && kept.hasPrefix("gadget") && kept.hasSuffix("long end"))
        #expect(!outcome.output.contains("\u{1B}") && !outcome.complaints.contains("\u{1B}"))
    }

    @Test func whatCannotBeReadIsNamedWithItsCause() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let empty = folder.appending(path: "empty").path(percentEncoded: false)
        try Data().write(to: URL(filePath: empty))
        let long = folder.appending(path: "long").path(percentEncoded: false)
        try Data(repeating: UInt8(ascii: "a"), count: ParsingLimits.bytes + 1).write(to: URL(filePath: long))
        let other = folder.appending(path: "other").path(percentEncoded: false)
        try Data("bash: crm: command not found\n".utf8).write(to: URL(filePath: other))
        let missing = folder.path(percentEncoded: false) + "/missing"
        for (file, cause) in [
            (empty, "empty"), (long, "4 MiB"), (missing, "no such file"),
            (folder.path(percentEncoded: false), "a folder"), (other, "nothing in it"),
        ] {
            for subject in ["crm", "mon", "ip"] {
                let outcome = try await Program.run(["parse", subject, file])
                #expect(outcome.status == 65, "\(subject) \(file)")
                #expect(
                    outcome.complaints.contains(file + ":") && outcome.complaints.contains(cause),
                    "\(subject): \(outcome.complaints)")
            }
        }
        let french = try await Program.run(["parse", "crm", missing, "--lang", "fr"])
        #expect(french.complaints.contains("ce fichier n’existe pas"))
        #expect(try await Program.run(["parse", "xyz", other]).status == 64)
    }
}
