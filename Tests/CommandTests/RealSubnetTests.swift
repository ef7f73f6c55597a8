import Foundation
import GraderCore
import Testing

/// Pairs that nobody listed, on one network as in a classroom: found, graded, and what is doubtful said.
@Suite(.enabled(if: RealClass.isWanted, "real clusters were not asked for"), .serialized)
struct RealSubnetTests {
    @Test(.timeLimit(.minutes(5)))
    func aSubnetIsFoundAndGradedInOneGo() async throws {
        try await RealClass.with("ci-subnet", ["--students", "3", "--situation", "solved", "--one-network"]) {
            real in
            // One machine is a clone of a neighbour's, and one pair took another's virtual IP.
            let packed = try await real.node(
                "etu1/serv1", "cd / && tar -cf - etc/machine-id etc/ssh/ssh_host_* | gzip | base64 -w 0")
            let clone = try await real.node(
                "etu2/serv2",
                """
                set -eu
                echo \(packed.output.trimmingCharacters(in: .whitespacesAndNewlines)) | base64 -d | gunzip > /tmp/clone.tar
                tar -xf /tmp/clone.tar -C / --exclude=etc/machine-id
                tar -xOf /tmp/clone.tar etc/machine-id > /etc/machine-id
                systemctl restart ssh
                """)
            #expect(clone.status == 0, "\(clone.complaints)")
            try await real.node(
                "etu3/serv1", "crm resource param IPFailover set ip 172.16.0.22 && crm_resource --wait")

            let key = "/run/bascule/lab/\(real.name)/id_ed25519"
            let roster = real.folder.appending(path: "class.yaml").path(percentEncoded: false)
            let discovered = try await real.teacher(
                [Program.path, "discover", "172.16.0.0/24", "--identity-file", key, "-o", roster])
            #expect(discovered.status == 0, "\(discovered.output)\(discovered.complaints)")
            for doubt in ["the SSH host key of", "the machine-id of", "the virtual IP 172.16.0.22 is also"] {
                #expect(discovered.output.contains(doubt), "\(doubt): \(discovered.output)")
            }
            // Without an edit.
            let byRoster = try await real.grade(roster: roster).outcome
            #expect(byRoster.output.contains("3 of 3 students seen"), "\(byRoster.output)")

            let reports = real.folder.appending(path: "in-one-go").path(percentEncoded: false)
            // Somebody is listed whose machines are nowhere, and the program is there by its name.
            let list = real.folder.appending(path: "list.csv")
            try Data("id;name;address\nabsent;Absente Nour;172.16.0.200\n".utf8).write(to: list)
            let inOneGo = try await real.teacher([
                "bascule", "grade-all", "--subnet", "172.16.0.0/24", "--identity-file", key, "--class",
                "salle", "--reports", reports, "--students", list.path(percentEncoded: false),
            ])
            #expect(inOneGo.status == 2)
            #expect(inOneGo.output.contains("3 of 4 students seen"), "\(inOneGo.output)\(inOneGo.complaints)")
            #expect(inOneGo.output.contains("not assessed: no machine answers at 172.16.0.200"))
            let latest = URL(filePath: reports).appending(path: "salle/latest")
            let kept = try String(contentsOf: latest.appending(path: "roster.yaml"), encoding: .utf8)
            #expect(kept.contains("id: \"etu1\"") && kept.contains("#  absent, Absente Nour"))
            // Nor does anybody else's state count where one student is asked for.
            let alone = try await real.teacher([
                "bascule", "grade-all", latest.appending(path: "roster.yaml").path(percentEncoded: false),
                "--student", "etu1", "--reports", reports,
            ])
            #expect(alone.status == 0, "\(alone.output)\(alone.complaints)")
            let anomalies = try String(contentsOf: latest.appending(path: "anomalies.json"), encoding: .utf8)
            for kind in ["hostKey", "machineID", "virtualIP"] { #expect(anomalies.contains("\"\(kind)\"")) }

            // The virtual IP on the other node is no changed host key.
            try await real.node("etu1/serv1", "crm node standby && crm_resource --wait")
            let again = try await real.teacher(
                [
                    Program.path, "discover", "172.16.0.0/24", "--identity-file", key, "-o", roster,
                    "--force",
                    "--lang", "fr",
                ])
            #expect(again.status == 0, "\(again.output)\(again.complaints)")
            let french = try String(contentsOfFile: roster, encoding: .utf8)
            for doubt in ["la clé d’hôte SSH de", "le machine-id de", "l’IP virtuelle 172.16.0.22 est aussi"]
            {
                #expect(again.output.contains(doubt), "\(doubt): \(again.output)")
                #expect(french.contains(doubt), "\(doubt): \(french)")
            }
            #expect(try await Program.run(["roster", "lint", roster]).status == 0)
        }
    }
}
