import Foundation
import Testing

@testable import VirtualClass

@Suite struct LabRosterTests {
    private func specification(forwarded: Bool) throws -> ClassSpecification {
        try ClassSpecification(
            name: "demo", release: .bookworm, students: [VirtualStudent(number: 2, situation: "fresh")],
            forwarded: forwarded)
    }

    @Test func theRosterSaysWhereEverythingIs() throws {
        let text = try LabRoster.text(
            specification(forwarded: false), of: TestRecipes.activite2(), throughSu: false, program: "bascule"
        )
        #expect(
            text == """
                # Written by `bascule lab up`, removed by `bascule lab down`.
                class: demo
                exercise: activite-2
                defaults:
                  ssh:
                    user: root
                    identityFile: id_ed25519
                    knownHosts: known_hosts
                  hooks:
                    powerOn: [bascule, lab, power, --class, demo, "{student}/{node}", "on"]
                    powerLoss: [bascule, lab, power, --class, demo, "{student}/{node}", "loss"]
                students:
                  - id: etu2
                    name: "Basile CORMORAN"
                    serv1: {address: 172.16.2.10}
                    serv2: {address: 172.16.2.11}
                    vip: 172.16.2.12/24
                    dns: {server: 172.16.2.13, names: [www.etu2.lab]}
                    web: {url: "http://172.16.2.12/", expect: "Intralab de etu2", server: apache}

                """)
    }

    @Test func aRosterHasAsManyMachinesAsTheLab() throws {
        let specification = try specification(forwarded: true)
        let three = LabRoster.text(
            specification, of: TestRecipes.exercise(TestRecipes.three), throughSu: false)
        #expect(three.contains("exercise: test-sheet\n"))
        #expect(
            three.contains(
                """
                    name: "Basile CORMORAN"
                    balancer: {address: 172.16.0.10, login: "10.99.0.2:2210"}
                    app-1: {address: 172.16.0.11, login: "10.99.0.2:2211"}
                    app-2: {address: 172.16.0.12, login: "10.99.0.2:2212"}
                    site: 172.16.0.13/24

                """))
        let one = LabRoster.text(specification, of: TestRecipes.exercise(TestRecipes.one), throughSu: false)
        #expect(one.hasSuffix("    web: {address: 172.16.0.10, login: \"10.99.0.2:2210\"}\n"))
    }

    @Test func behindForwardedPortsLoginIsApartFromTheLabsAddress() throws {
        let text = try LabRoster.text(
            specification(forwarded: true), of: TestRecipes.activite2(), throughSu: true)
        #expect(text.contains("    serv2: {address: 172.16.0.11, login: \"10.99.0.2:2211\"}\n"))
        #expect(text.contains("    user: etudiant\n    passwordFile: etudiant.password\n"))
        #expect(text.contains("    become: {method: su, passwordFile: root.password}\n"))
    }

    @Test func somebodysOwnRosterIsNeitherOverwrittenNorRemoved() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "roster-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = LabRoster(folder: folder.path())
        try Data("class: mine\n".utf8).write(to: URL(filePath: files.roster))
        await #expect(throws: LabError.self) {
            _ = try await files.write(
                specification(forwarded: false), of: TestRecipes.activite2(), userPassword: "a",
                rootPassword: "b")
        }
        try files.remove()
        #expect(try String(contentsOfFile: files.roster, encoding: .utf8) == "class: mine\n")
    }

    @Test func secretsAreForTheirOwnerOnlyAndAllIsRemoved() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "roster-\(UUID().uuidString)")
            .path()
        let files = LabRoster(folder: folder)
        let key = try await files.write(
            specification(forwarded: false), of: TestRecipes.activite2(), userPassword: "a", rootPassword: "b"
        )
        #expect(key.hasPrefix("ssh-ed25519 "))
        for name in ["id_ed25519", "etudiant.password", "root.password"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        try files.remove()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        try FileManager.default.removeItem(atPath: folder)
    }
}
