import Foundation
import GraderCore
import Testing

/// The program on real clusters, from roster to report. Raised by `lab up`; serialised, because a machine holds one
/// class well.
@Suite(.enabled(if: RealClass.isWanted, "real clusters were not asked for"), .serialized)
struct RealClusterTests {
    /// What must be shown of the whole: solved has it all, fresh nothing, the sheet's own half-way state loses
    /// nothing, a fault exactly its checks, and machines that are off are not assessed.
    @Test(.timeLimit(.minutes(15)))
    func aClassIsGradedAndADozenFaultsAreFound() async throws {
        let situations = ["etu1=solved", "etu2=fresh", "etu3=after-q7", "etu4=solved", "etu5=off"]
        let arguments =
            ["--students", "5", "--release", "bookworm"] + situations.flatMap { ["--situation-of", $0] }
        try await RealClass.with("ci-grade", arguments) { real in
            let (outcome, results) = try await real.grade()
            #expect(outcome.status == 2, "\(outcome.output)\(outcome.complaints)")
            #expect(results["etu1"]?.lost == [])
            #expect(results["etu1"]?.score.earned == results["etu1"]?.score.decided)
            #expect((results["etu1"]?.score.decided ?? .zero) > Points(15))
            #expect(results["etu2"]?.score.earned == .zero)
            // Between Q7 and Q9 the two resources are not kept together yet; all before that is there.
            #expect(results["etu3"]?.lost.filter { !$0.hasPrefix("Q9.") } == [])
            #expect(results["etu3"]?.earned("Q4") == Points(1.5))
            #expect(results["etu5"]?.unreachable.count == 2)
            #expect(results["etu5"]?.score.decided == .zero)

            try await answersLeftOnTheMachinesAreTaken(real)

            // Three pairs take the faults in turns; the first stays solved beside them and must not notice.
            let faults = try Self.faults
            #expect(faults.count >= 12)
            for start in stride(from: 0, to: faults.count, by: 3) {
                let batch = Array(faults[start..<min(start + 3, faults.count)])
                let pairs = Array(zip(["etu2", "etu3", "etu4"], batch))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (student, fault) in pairs {
                        group.addTask {
                            try await real.apply("solved", to: student)
                            try await real.apply(fault.name, to: student)
                        }
                    }
                    try await group.waitForAll()
                }
                let graded = try await real.grade().results
                #expect(graded["etu1"]?.lost == [], "the solved pair beside \(batch.map(\.name))")
                for (student, fault) in pairs {
                    let lost = graded[student]?.lost.sorted() ?? ["no result"]
                    #expect(lost == fault.loses.sorted(), "\(fault.name) on \(student)")
                }
            }
        }
    }

    /// On either machine, once where both have the same; who is off is said, and costs nobody else anything.
    private func answersLeftOnTheMachinesAreTaken(_ real: RealClass) async throws {
        try await real.node("etu1/serv1", #"printf '# Q2\nSur serv1.\n' > /root/reponses.md"#)
        try await real.node("etu1/serv2", #"printf '# Q2\nSur serv1.\n' > /root/reponses.md"#)
        try await real.node(
            "etu3/serv2",
            #"mkdir -p /home/moi && printf '# Q7\n\351t\351\n' > "/home/moi/Réponses.TXT"; ln -s /etc/shadow /root/answers.md"#
        )
        try await real.node("etu4/serv1", "head -c 5000000 /dev/zero > /root/reponses.md")
        let reports = try #require(
            FileManager.default.contentsOfDirectory(atPath: real.folder.path(percentEncoded: false)).first)
        let folder = real.folder.appending(path: reports)
        let taken = try await real.teacher([
            Program.path, "answers", "--class", real.name, real.roster, "--reports",
            folder.path(percentEncoded: false),
        ])
        #expect(taken.status == 2, "\(taken.output)")
        #expect(
            Array(taken.lines.prefix(3)) == ["etu1  Q2", "etu3  Q7", "2 of 5 students: answers taken."],
            "\(taken.output)")
        #expect(
            taken.complaints.contains("etu4/serv1: /root/reponses.md is too large."), "\(taken.complaints)")
        #expect(taken.complaints.contains("etu5/serv1"))
        let answers = folder.appending(path: "\(real.name)/answers")
        #expect(
            try String(contentsOf: answers.appending(path: "etu1.md"), encoding: .utf8)
                .components(separatedBy: "Sur serv1.").count == 2)
        #expect(
            try String(contentsOf: answers.appending(path: "etu3.md"), encoding: .utf8).contains("été"))
    }

    /// One pair that misbehaves never delays or harms another.
    @Test(.timeLimit(.minutes(6)))
    func misbehavingPairsHarmNobody() async throws {
        try await RealClass.with("ci-hostile", ["--students", "3", "--situation", "solved"]) { real in
            let alone = try await real.grade(roster: nil, ["--student", "etu1"]).results["etu1"]
            try await real.node(
                "etu2/serv1",
                "printf '#!/bin/sh\\nsleep 600\\n' > /usr/sbin/crm; chmod +x /usr/sbin/crm")
            try await real.node(
                "etu3/serv1",
                "printf '#!/bin/sh\\nexec yes configure\\n' > /usr/sbin/crm; chmod +x /usr/sbin/crm"
            )
            // Ends by itself, should nobody stop it.
            try await real.node(
                "etu3/serv2",
                "systemd-run --quiet sh -c 'for i in $(seq 900); do "
                    + "crm_attribute --type crm_config --name tried --update $i; sleep 0.2; done'")
            let (outcome, results) = try await real.grade()
            #expect(outcome.status == 2, "\(outcome.output)\(outcome.complaints)")
            let (now, before) = try (#require(results["etu1"]), #require(alone))
            #expect(Self.verdicts(now) == Self.verdicts(before))
            #expect(now.score == before.score)
            // The flood and the endless command are themselves judged by the CIBs.
            #expect(results["etu2"]?.lost == [])
            #expect(results["etu3"]?.instability?.kind == .configurationChanging)
        }
    }

    /// All that was found and judged, a line for each check; not when.
    private static func verdicts(_ result: GradedResult) -> [String] {
        result.questions.flatMap(\.checks).map { check in
            let judged = check.result
            return "\(judged.id) \(judged.verdict) \(check.points) \(String(describing: check.earned)) "
                + "\(judged.expected.en) | \(judged.found.en)"
        }
    }

    private struct Fault {
        var name: String
        var loses: [String]
    }

    /// From the scripts' headers: those marked `# ci: yes` where there are such marks, all otherwise.
    private static var faults: [Fault] {
        get throws {
            let folder = Program.repository.appending(path: "exercises/activite-2/faults")
            let files = try FileManager.default.contentsOfDirectory(
                atPath: folder.path(percentEncoded: false))
            var faults: [(fault: Fault, isMarked: Bool)] = []
            for file in files.filter({ $0.hasSuffix(".sh") }).sorted() {
                let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                let lines = text.split(separator: "\n")
                let header = try #require(lines.first { $0.hasPrefix("# loses:") }, "\(file)")
                let ids = header.dropFirst("# loses:".count).split { $0 == "," || $0 == " " }.map(String.init)
                faults.append(
                    (Fault(name: String(file.dropLast(3)), loses: ids), lines.contains("# ci: yes")))
            }
            let marked = faults.filter(\.isMarked)
            return (marked.isEmpty ? faults : marked).map(\.fault)
        }
    }
}
