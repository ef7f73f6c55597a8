import GraderCore
import Testing

@testable import VirtualClass

@Suite struct AddressPlanTests {
    private func plan(_ number: Int, of recipe: VirtualLab = TestRecipes.three, forwarded: Bool = false)
        -> AddressPlan
    {
        AddressPlan(recipe: recipe, number: number, forwarded: forwarded)
    }

    @Test func everyStudentHasANetworkOfHisOwn() throws {
        let plan = AddressPlan(recipe: try TestRecipes.activite2().recipe, number: 7, forwarded: false)
        let pair = plan.recipe.machines
        #expect(pair.map { plan.lab[$0] } == ["172.16.7.10", "172.16.7.11"])
        #expect(plan.lab[service: "vip"] == "172.16.7.12")
        #expect(plan.lab.nameServer == "172.16.7.13")
        #expect(plan.teacher == "172.16.7.1")
        #expect(plan.lab.zone == "etu7.lab")
        #expect(plan.login(pair[0]) == nil)
        #expect(plan.bridge == AddressPlan.classBridge)
    }

    @Test func servicesAndNameServerFollowHoweverManyMachinesThereAre() {
        let three = plan(2).lab
        #expect(
            TestRecipes.three.machines.map { three[$0] } == ["172.16.2.10", "172.16.2.11", "172.16.2.12"])
        #expect(three.services == ["site": "172.16.2.13", "admin": "172.16.2.14"])
        #expect(three.nameServer == "172.16.2.15")
        let one = plan(2, of: TestRecipes.one).lab
        #expect(one.machines == [MachineID("web"): "172.16.2.10"])
        #expect(one.services.isEmpty && one.nameServer == nil)
    }

    @Test func behindForwardedPortsEverybodyHasTheSameAddresses() {
        let plans = (1...3).map { plan($0, forwarded: true) }
        let machines = TestRecipes.three.machines
        #expect(Set(plans.map { $0.lab[service: "site"] }) == ["172.16.0.13"])
        #expect(
            plans.map { $0.login(machines[0]) } == ["10.99.0.1:2210", "10.99.0.2:2210", "10.99.0.3:2210"])
        #expect(
            machines.map { plans[2].login($0) } == ["10.99.0.3:2210", "10.99.0.3:2211", "10.99.0.3:2212"])
        #expect(Set(plans.map(\.bridge)).count == 3)
    }

    @Test func onOneNetworkNobodySharesAnAddress() throws {
        let recipe = try TestRecipes.activite2().recipe
        let plans = (1...ClassSpecification.mostStudentsOnOneNetwork).map {
            AddressPlan(recipe: recipe, number: $0, forwarded: false, onOneNetwork: true)
        }
        let all = plans.map(\.lab).flatMap {
            Array($0.machines.values) + Array($0.services.values) + [$0.nameServer ?? ""]
        }
        #expect(Set(all).count == all.count)
        #expect(plans[24].lab.nameServer == "172.16.0.253")
        #expect(Set(plans.map(\.teacher)) == ["172.16.0.1"])
        #expect(!all.contains("172.16.0.1"))
        let students = (1...26).map { VirtualStudent(number: $0, situation: "fresh") }
        #expect(throws: LabError.self) {
            try ClassSpecification(
                name: "a", release: .bookworm, students: students, forwarded: false, onOneNetwork: true)
        }
    }

    @Test func hardwareAddressesAreUniqueInTheLargestClass() {
        let all = (1...ClassSpecification.mostStudents).flatMap { number in
            TestRecipes.three.machines.map { plan(number).hardwareAddress($0) }
        }
        #expect(Set(all).count == all.count)
        #expect(plan(200).hardwareAddress(MachineID("app-1")) == "02:ba:5c:00:c8:11")
    }

    /// Also where a machine's name alone is longer.
    @Test(arguments: ["a", "serv1", "balancer", "a-name-of-20-letters"])
    func interfaceNamesFitIntoTheKernelsFifteenBytes(_ name: String) throws {
        let student = VirtualStudent(number: ClassSpecification.mostStudents, situation: "fresh")
        let recipe = VirtualLab(
            summary: LocalizedText(verbatim: ""), machines: [MachineID(name), MachineID("other")])
        let plan = plan(student.number, of: recipe, forwarded: true)
        let ports = recipe.machines.map(plan.switchPort)
        let labels =
            ports + [
                ClassNetwork.dnsNamespace(student) + "-eth0",
                ClassNetwork.natNamespace(student) + "-eth1", ClassNetwork.teacherNamespace + "-eth0",
                plan.bridge,
            ]
        #expect(labels.allSatisfy { $0.utf8.count <= 15 })
        #expect(Set(ports).count == 2)
    }

    /// Classes that are up have these names: `lab power` has to find their cables.
    @Test func aPairsCablesKeepTheirNames() throws {
        let plan = AddressPlan(recipe: try TestRecipes.activite2().recipe, number: 25, forwarded: false)
        #expect(plan.recipe.machines.map(plan.switchPort) == ["p-etu25-serv1", "p-etu25-serv2"])
    }

    @Test func studentsOfTheLargestClassHaveDifferentNames() {
        let names = (1...ClassSpecification.mostStudents).map(InventedNames.name)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: ["", "-a", "Démo", "a/b", "..", "a b", String(repeating: "a", count: 33)])
    func aClassNameThatCannotNameAFolderIsRefused(_ name: String) {
        #expect(throws: LabError.self) {
            try ClassSpecification(
                name: name, release: .bookworm, students: [VirtualStudent(number: 1, situation: "fresh")],
                forwarded: false)
        }
    }
}
