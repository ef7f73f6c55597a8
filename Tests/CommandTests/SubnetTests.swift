import ClassRun
import Exercises
import Foundation
import GraderCore
import Testing

@testable import bascule

/// What cannot be looked for is said in a sentence, before anything is sent or written.
struct SubnetTests {
    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test(arguments: [
        (["172.16.0.0/15"], "larger than a /16"), (["8.8.8.0/24"], "public addresses"),
        (["127.0.0.1", "--students", "bad.csv"], "bad.csv:1:1: error: there is no column “nam”"),
        (["127.0.0.1", "--identity-file", "nokey"], "nokey cannot be read"),
        (["127.0.0.1", "--exercise", "tp-9"], "There is no exercise tp-9"),
    ])
    func aWrongSubnetTableOrKey(_ arguments: [String], _ sentence: String) async throws {
        try await inFolder { folder in
            try "id;nam;adresse\n".write(
                to: folder.appending(path: "bad.csv"), atomically: true, encoding: .utf8)
            for command in [["discover"], ["grade-all", "--subnet"]] {
                let outcome = try await Program.run(command + arguments, in: folder)
                #expect(outcome.status == 65, "\(command): \(outcome.complaints)")
                #expect(outcome.complaints.contains(sentence), "\(command): \(outcome.complaints)")
                #expect(outcome.complaints.split(separator: "\n").count == 1)
                #expect(
                    try FileManager.default.contentsOfDirectory(
                        atPath: folder.path(percentEncoded: false)) == ["bad.csv"])
            }
        }
    }

    @Test func anExerciseWhoseMachinesCannotBeFound() throws {
        #expect(throws: StoreFailure.self) {
            _ = try DiscoveryOptions.discovery(of: "listed", among: [ListedSheet()])
        }
        _ = try DiscoveryOptions.discovery(of: "activite-2", among: [ListedSheet(), Activite2()])
    }

    /// Files that only root could write to would not do: the tests may run as root.
    @Test func aPlaceThatCannotBeWrittenTo() async throws {
        for command in [
            ["discover", "127.0.0.1", "-o", "/proc/self/class.yaml"],
            ["grade-all", "--subnet", "127.0.0.1", "--reports", "/proc/self/reports"],
        ] {
            let outcome = try await Program.run(command)
            #expect(outcome.status == 74)
            #expect(outcome.complaints.contains("cannot be written to"), "\(outcome.complaints)")
        }
    }

    @Test(arguments: [
        ["class.yaml", "--subnet", "127.0.0.1"], ["class.yaml", "--students", "list.csv"],
        ["--subnet", "127.0.0.1", "--resume"], ["--subnet", "127.0.0.1", "--drills", "standby"],
    ])
    func aRosterAndASubnetExcludeEachOther(_ arguments: [String]) async throws {
        #expect(try await Program.run(["grade-all"] + arguments).status == 64)
    }

    @Test func theLinesForStudentsNeedNoMachine() async throws {
        try await inFolder { folder in
            try "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIwyu86+0+DvryeIoVUvefSEyedsvvFuUdlh1bpwm+3k a'b\n"
                .write(
                    to: folder.appending(path: "key.pub"), atomically: true, encoding: .utf8)
            let outcome = try await Program.run(
                ["enroll", "--print-setup", "--identity-file", "key.pub", "--from", "172.16.0.1"], in: folder)
            #expect(outcome.status == 0, "\(outcome.complaints)")
            #expect(outcome.output.contains("from=\"172.16.0.1\",restrict,port-forwarding ssh-ed25519 AAAA"))
            // The comment is anybody's words.
            #expect(!outcome.output.contains("a'b"))
            let bad = try await Program.run(
                ["enroll", "--print-setup", "--identity-file", "none"], in: folder)
            #expect(bad.status == 65)
            #expect(try await Program.run(["enroll", "--from", "172.16.0.1"], in: folder).status == 64)
        }
    }
}

/// A sheet whose machines only a roster says.
private struct ListedSheet: Exercise {
    struct Findings: ExerciseFindings { var evidence: Evidence }

    let id = "listed"
    let title = LocalizedText(verbatim: "Listed")
    let machines = [MachineID("box")]
    let questions: [Question<Findings>] = []

    func findings(_ evidence: Evidence, after earlier: Findings?) -> Findings { Findings(evidence: evidence) }
}
