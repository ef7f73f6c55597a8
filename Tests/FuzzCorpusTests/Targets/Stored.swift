import Foundation
import GraderCore

@testable import ClassRun
@testable import Exercises
@testable import InputFiles

extension FuzzTarget {
    /// Files of Bascule's own form, which anybody may have written.
    static let stored: [FuzzTarget] = [
        FuzzTarget("evidence", upTo: 32768) { bytes in
            guard let evidence = try? EvidenceStore.decode(bytes, path: "evidence.json") else { return }
            let written = try StoredJSON.encode(evidence)
            let again = try EvidenceStore.decode(written, path: "evidence.json")
            try expect(try StoredJSON.encode(again) == written, "written and read again, it is another")
            guard evidence.fault == nil else { return }
            _ = try EvidenceStory.grader.get().grade(
                evidence, className: "fuzz", student: EvidenceStory.student, evidenceSHA256: "")
        },
        // Any content under its right checksum: a wrong one is refused before anything is read.
        FuzzTarget("hand-in", upTo: 32768) { bytes in
            let content = [UInt8(ascii: "{")] + bytes.dropFirst()
            let head = #"{"sha256":""# + SHA256Digest.hexadecimal(of: content) + "\","
            guard let file = try? HandInFile(sealed: Array(head.utf8) + content.dropFirst()) else { return }
            let again = try HandInFile(sealed: file.sealed())
            try expect(again.sealed() == file.sealed(), "written and read again, it is another")
            let class1 = try EvidenceStory.handInClass.get()
            guard let student = class1.students.first, MachineID.pair.contains(file.machine) else { return }
            let together = HandInEvidence(
                exercise: Activite2(), student: student, files: [file.machine: file],
                importedAt: Date(timeIntervalSince1970: 1_800_000_000))
            _ = try EvidenceStory.grader.get().grade(
                together.assembled().evidence, className: "fuzz", student: EvidenceStory.student,
                evidenceSHA256: "")
        },
        FuzzTarget("run-files", upTo: 16384) { bytes in
            if let manifest = try? StoredJSON.decode(
                RunManifest.self, from: bytes, newest: RunManifest.currentSchemaVersion, path: "run.json")
            {
                let written = try StoredJSON.encode(manifest)
                let again = try StoredJSON.decode(
                    RunManifest.self, from: written, newest: RunManifest.currentSchemaVersion,
                    path: "run.json")
                try expect(
                    try StoredJSON.encode(again) == written, "a run's file is another when it is read again")
            }
            guard let result = try? StoredJSON.decodeLine(GradedResult.self, from: bytes) else { return }
            try PageRules.checkPages(result)
        },
    ]
}
