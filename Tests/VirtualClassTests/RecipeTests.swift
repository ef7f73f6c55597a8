import Foundation
import GraderCore
import Testing

@testable import VirtualClass

@Suite struct RecipeTests {
    private func identity(_ recipe: VirtualLab, _ machine: String) throws -> [String: VirtualLab.File] {
        let student = VirtualStudent(number: 4, situation: "fresh")
        let identity = MachineIdentity(
            name: MachineName(student: student, machine: MachineID(machine)),
            plan: AddressPlan(recipe: recipe, number: 4, forwarded: false),
            machineID: String(repeating: "a", count: 32), secret: [1, 2, 3],
            hostKeys: [VirtualLab.File("/etc/ssh/key", mode: 0o600, "key")])
        return Dictionary(identity.files.map { ($0.path, $0) }) { first, _ in first }
    }

    private func text(_ file: VirtualLab.File?) -> String {
        String(decoding: file?.contents ?? [], as: UTF8.self)
    }

    @Test func aMachineKnowsTheOthersAndItsNameServer() throws {
        let files = try identity(TestRecipes.three, "app-1")
        #expect(text(files["/etc/hostname"]) == "app-1\n")
        #expect(
            text(files["/etc/hosts"]) == """
                127.0.0.1 localhost
                172.16.4.10 balancer.etu4.lab balancer
                172.16.4.11 app-1.etu4.lab app-1
                172.16.4.12 app-2.etu4.lab app-2

                """)
        #expect(text(files["/etc/resolv.conf"]) == "search etu4.lab\nnameserver 172.16.4.15\n")
        #expect(text(files["/etc/network/interfaces"]).contains("    address 172.16.4.11\n"))
        #expect(text(files["/etc/lab/peers"]) == "172.16.4.10\n172.16.4.11\n172.16.4.12")
        #expect(files["/etc/lab/secret"]?.contents == [1, 2, 3])
        #expect(files["/etc/ssh/key"]?.mode == 0o600)
    }

    @Test func oneMachineIsAlone() throws {
        let files = try identity(TestRecipes.one, "web")
        #expect(text(files["/etc/hosts"]) == "127.0.0.1 localhost\n172.16.4.10 web.etu4.lab web\n")
        #expect(text(files["/etc/resolv.conf"]) == "search etu4.lab\n")
    }

    private func lab(_ recipe: VirtualLab) throws -> StudentLab {
        let specification = try TestRecipes.specification("fresh")
        return StudentLab(
            student: specification.students[0], recipe: recipe, specification: specification,
            state: ClassState(base: "/nowhere", className: "demo"),
            namespace: ClassNamespace(group: try ControlGroup(className: "demo", hierarchy: "/nowhere")),
            rootFileSystem: "/nowhere")
    }

    @Test func scriptsFindAddressesAndFunctions() throws {
        #expect(
            try lab(TestRecipes.three).prelude == """
                ADMIN=172.16.1.14
                APP_1=172.16.1.11
                APP_2=172.16.1.12
                BALANCER=172.16.1.10
                DNS=172.16.1.15
                SITE=172.16.1.13
                STUDENT=etu1
                URL='http://172.16.1.13/a b'
                ZONE=etu1.lab
                ZONE_FILE=/var/lib/zones/lab.zone
                mark() { touch /root/marked; }

                """)
        #expect(try lab(TestRecipes.one).prelude == "STUDENT=etu1\nWEB=172.16.1.10\n\n")
    }

    @Test func theZoneHasTheMachinesAndTheRecipesRecords() throws {
        #expect(try lab(TestRecipes.one).nameServer == nil)
        #expect(
            try lab(TestRecipes.three).nameServer?.zone == """
                $TTL 60
                @ IN SOA dns.etu1.lab. root.etu1.lab. (1 3600 600 86400 60)
                @ IN NS dns
                dns IN A 172.16.1.15
                balancer IN A 172.16.1.10
                app-1 IN A 172.16.1.11
                app-2 IN A 172.16.1.12
                www IN A 172.16.1.13

                """)
    }

    @Test func theNetworkHasANameServerOnlyWhereTheRecipeHasOne() throws {
        let specification = try TestRecipes.specification("fresh", forwarded: true)
        let one = ClassNetwork(recipe: TestRecipes.one, specification: specification).script
        let three = ClassNetwork(recipe: TestRecipes.three, specification: specification).script
        #expect(!one.contains("etu1-dns") && three.contains("plug etu1-dns br-etu1 eth0 172.16.0.15/24"))
    }

    /// Trees take minutes and a mirror to build: a recipe that says the same finds the one that is there, and a change
    /// of this name is one that is wanted.
    @Test func theFileSystemIsTheRecipesOwn() throws {
        func path(_ recipe: VirtualLab, _ release: Release = .bookworm) -> String {
            RootFileSystem(recipe: recipe, release: release, cache: "/c").path
        }
        let pair = try TestRecipes.activite2().recipe
        #expect(path(pair) == "/c/bookworm-070684ac42db43bf")
        #expect(path(pair, .trixie) == "/c/trixie-070684ac42db43bf")
        var other = TestRecipes.one
        #expect(path(other) != path(TestRecipes.three))
        other.image.units = ["nginx"]
        #expect(path(other) != path(TestRecipes.one))
        other.image = TestRecipes.one.image
        other.services = ["site"]
        #expect(path(other) == path(TestRecipes.one))
    }

    @Test(arguments: [
        [], ["dns"], ["nat"], ["a", "a"], ["Web"], ["1st"], ["a b"], ["a/b"],
        [String(repeating: "a", count: 21)],
        (1...9).map { "m\($0)" },
    ])
    func machinesThatCannotBeNamedAreRefused(_ names: [String]) throws {
        var recipe = VirtualLab(summary: LocalizedText(verbatim: ""), machines: names.map { MachineID($0) })
        recipe.nameServer = VirtualLab.NameServer(zoneFile: "/z")
        let exercise = TestRecipes.exercise(recipe)
        let specification = try TestRecipes.specification("fresh")
        #expect(throws: LabError.self) { try exercise.check(for: specification) }
    }

    @Test func aLabOfTooManyAddressesIsRefusedOnOneNetwork() throws {
        let alone = try TestRecipes.specification("fresh")
        let together = try TestRecipes.specification("fresh", onOneNetwork: true)
        var recipe = VirtualLab(
            summary: LocalizedText(verbatim: ""), machines: (1...8).map { MachineID("m\($0)") })
        recipe.services = ["a", "b"]
        try TestRecipes.exercise(recipe).check(for: together)
        recipe.services.append("c")
        try TestRecipes.exercise(recipe).check(for: alone)
        #expect(throws: LabError.self) { try TestRecipes.exercise(recipe).check(for: together) }
        // The address of the 25th student's sixth would be everybody's.
        #expect(AddressPlan.fitsOnOneNetwork(students: 25, addresses: 5))
        #expect(!AddressPlan.fitsOnOneNetwork(students: 25, addresses: 6))
    }

    @Test func aLabIsSpokenOfByItsNumberOfMachines() throws {
        #expect(try TestRecipes.activite2().recipe.allMachines.en == "both machines")
        #expect(TestRecipes.one.allMachines.en == "the machine")
        #expect(TestRecipes.three.allMachines.en == "all 3 machines")
    }
}

@Suite struct ClassRecordTests {
    /// As `lab up` wrote it before there was a choice of exercises.
    @Test(.enabled(if: (try? ControlGroup.unifiedHierarchy()) != nil))
    func aClassOfAnEarlierProgramIsRead() throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "lab-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: base) }
        let state = ClassState(base: base, className: "demo")
        try state.create()
        try Data(
            """
            {
              "rosterFolder" : "\(base)/demo",
              "specification" : {
                "forwarded" : false, "name" : "demo", "onOneNetwork" : false, "release" : "bookworm",
                "students" : [{"number" : 1, "situation" : "solved"}]
              }
            }
            """.utf8
        ).write(to: URL(filePath: "\(state.folder)/class.json"))
        let record = try #require(try state.record())
        #expect(record.exercise == nil && record.specification.students.count == 1)
        let pair = try TestRecipes.activite2()
        let places = VirtualClass.Places(environment: ["BASCULE_LAB": base]) { id in
            #expect(id == nil)
            return pair
        }
        let found = try VirtualClass(record, places: places)
        #expect(try found.status().map { $0.power.map(\.machine.rawValue) } == [["serv1", "serv2"]])
    }
}
