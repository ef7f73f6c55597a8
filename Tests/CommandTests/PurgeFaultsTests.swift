import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What `purge` and `bundle` do where something is in their way, or comes there while they wait.
struct PurgeFaultsTests {
    private func inReports(_ body: (_ folder: URL, _ path: String) async throws -> Void) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path(percentEncoded: false)
        try await Program.run(["score", "exercises/activite-2/recorded", "--reports", path])
        try await Program.run([
            "mark", "--class", "demo", "--student", "etu1", "Q2.written", "0.5", "--reports", path,
        ])
        try await body(folder, path)
    }

    private func files(_ folder: URL) throws -> Set<String> {
        Set(try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false)))
    }

    /// The answer is to what was shown, not to what has come since.
    @Test(arguments: [("C.UTF-8", "nothing was removed"), ("fr_FR", "rien n'a été effacé")])
    func aRunMadeWhileItAsksStays(_ locale: String, _ words: String) async throws {
        try await inReports { folder, path in
            let answered = try await Program.bash(
                """
                { until grep -q '\\[[yo]/N\\]' "$1.said"; do sleep 0.1; done
                  "$0" score --class demo --reports "$1" > /dev/null; echo y
                } | { script -qec "'$0' purge --class demo --before 2040-01-01 --reports '$1'" /dev/null > "$1.said"
                      status=$?; cat "$1.said"; rm "$1.said"; exit $status; }
                """, [String(path.dropLast(path.hasSuffix("/") ? 1 : 0))], environment: ["LC_ALL": locale])
            #expect(answered.status == 75, "\(answered.output)")
            let said = answered.output.replacing("\u{2019}", with: "'")
            #expect(said.contains(words), "\(answered.output)")
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/demo")
            #expect(names.count { $0.hasPrefix("20") } == 2 && names.contains("marks.yaml"), "\(names)")
            let history = try await Program.run(["history", "--student", "etu1", "--reports", path])
            // His name, and a line for each.
            #expect(history.lines.count == 3, "\(history.output)")
        }
    }

    /// Below a run, what is somebody else's stops it before anything has gone, in the words of its language.
    @Test(.enabled(if: geteuid() == 0, "needs root")) func aFolderOfSomebodyElseStopsIt() async throws {
        try await inReports { folder, path in
            let closed = folder.appending(path: "demo/latest/students/etu3").resolvingSymlinksInPath()
                .path(percentEncoded: false)
            try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: closed)
            let before = try files(folder)
            let outcome = try await Program.run(
                ["purge", "--class", "demo", "--before", "2040-01-01", "--yes", "--reports", path],
                environment: ["LC_ALL": "fr_FR"],
                through: ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"])
            #expect(outcome.status == 74, "\(outcome.complaints)")
            #expect(outcome.complaints.contains("demo/") && outcome.complaints.contains("students/etu3"))
            #expect(outcome.complaints.contains("Permission non accordée"), "\(outcome.complaints)")
            #expect(try before.subtracting([".lock", ".grading", ".judging"]).isSubset(of: files(folder)))
        }
    }

    /// A full disk is what some purge for. Where what goes makes no room either, nothing has gone.
    @Test(.enabled(if: geteuid() == 0, "needs root"), arguments: [true, false])
    func aFullDiskIsMadeRoomOn(_ hasEvidence: Bool) async throws {
        try await inReports { folder, path in
            let outcome = try await Program.bash(
                """
                set -e
                cp -r exercises/activite-2/recorded "$1/later"
                python3 - "$1/later/run.json" <<'END'
                import json, sys
                run = json.load(open(sys.argv[1]))
                run["startedAt"] = "2050" + run["startedAt"][4:]
                run["students"] = [who for who in run["students"] if who["id"] != "etu1"]
                json.dump(run, open(sys.argv[1], "w"))
                END
                "$0" score "$1/later" --reports "$1" >/dev/null || [ $? = 2 ]
                rm -r "$1/later"
                mkdir "$1/disk"
                unshare --mount bash -c '
                    mount -t tmpfs -o size=40m none "$1/disk" && cp -r "$1/demo" "$1/disk" || exit 99
                    cd "$1/disk/demo"
                    [ "$2" = true ] || rm "$(ls -d 20* | head -1)"/students/*/evidence.json
                    cat /dev/zero >../fill 2>/dev/null
                    "$0" purge --class demo --before 2040-01-01 --yes --reports "$1/disk"; status=$?
                    ls -d 20* marks.yaml; exit $status' "$0" "$1" \(hasEvidence)
                """, [String(path.dropLast(path.hasSuffix("/") ? 1 : 0))])
            let left = outcome.lines.filter { $0.hasPrefix("20") }
            if hasEvidence {
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
                #expect(left.count == 1 && !outcome.lines.contains("marks.yaml"), "\(outcome.output)")
            } else {
                #expect(outcome.status == 74, "\(outcome.output)\(outcome.complaints)")
                #expect(left.count == 2 && outcome.lines.contains("marks.yaml"), "\(outcome.output)")
                #expect(outcome.complaints.contains("then `bascule purge` again"), "\(outcome.complaints)")
            }
        }
    }

    @Test func aBundleWithoutTheMarksSaysSo() async throws {
        try await inReports { folder, path in
            try Data("students: [".utf8).write(to: folder.appending(path: "demo/marks.yaml"))
            let outcome = try await Program.run([
                "bundle", "--class", "demo", "--student", "etu1", "--reports", path, "-o", "\(path)/out",
            ])
            #expect(outcome.status == 2 && outcome.complaints.contains("marks.yaml"), "\(outcome.complaints)")
        }
    }

    /// There is no half of one that the next would stumble over.
    @Test(.enabled(if: geteuid() == 0, "needs root"), arguments: [16, 64])
    func aBundleOnAFullDiskLeavesNothing(_ kibibytes: Int) async throws {
        try await inReports { folder, path in
            let disk = folder.appending(path: "disk").path(percentEncoded: false)
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
            let outcome = try await Program.run(
                ["bundle", "--class", "demo", "--student", "etu1", "--reports", path, "-o", "\(disk)/out"],
                through: [
                    "unshare", "--mount", "--", "sh", "-c",
                    "mount -t tmpfs -o size=\(kibibytes)k tmpfs \"$0\" && { \"$@\"; s=$?; ls -A \"$0\"; exit $s; }",
                    disk,
                ])
            #expect(outcome.status == 74 && outcome.output.isEmpty, "\(outcome.output)\(outcome.complaints)")
        }
    }
}
