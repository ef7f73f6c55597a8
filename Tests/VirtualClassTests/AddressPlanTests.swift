import Testing

@testable import VirtualClass

@Suite struct AddressPlanTests {
    @Test func everyStudentHasANetworkOfHisOwn() {
        let plan = AddressPlan(number: 7, forwarded: false)
        #expect(plan.serv1 == "172.16.7.10")
        #expect(plan.serv2 == "172.16.7.11")
        #expect(plan.virtual == "172.16.7.12")
        #expect(plan.dns == "172.16.7.13")
        #expect(plan.teacher == "172.16.7.1")
        #expect(plan.siteName == "www.etu7.lab")
        #expect(plan.login(.serv1) == nil)
        #expect(plan.bridge == AddressPlan.classBridge)
    }

    @Test func behindForwardedPortsEverybodyHasTheSheetsAddresses() {
        let plans = (1...3).map { AddressPlan(number: $0, forwarded: true) }
        #expect(Set(plans.map(\.virtual)) == ["172.16.0.12"])
        #expect(plans.map { $0.login(.serv1) } == ["10.99.0.1:2210", "10.99.0.2:2210", "10.99.0.3:2210"])
        #expect(plans[2].login(.serv2) == "10.99.0.3:2211")
        #expect(Set(plans.map(\.bridge)).count == 3)
    }

    @Test func onOneNetworkNobodySharesAnAddress() throws {
        let plans = (1...ClassSpecification.mostStudentsOnOneNetwork).map {
            AddressPlan(number: $0, forwarded: false, onOneNetwork: true)
        }
        let all = plans.flatMap { [$0.serv1, $0.serv2, $0.virtual, $0.dns] }
        #expect(Set(all).count == all.count)
        #expect(plans[24].dns == "172.16.0.253")
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
            NodeName.Host.allCases.map { AddressPlan(number: number, forwarded: false).hardwareAddress($0) }
        }
        #expect(Set(all).count == all.count)
        #expect(AddressPlan(number: 200, forwarded: false).hardwareAddress(.serv2) == "02:ba:5c:00:c8:11")
    }

    @Test func interfaceNamesFitIntoTheKernelsFifteenBytes() throws {
        let student = VirtualStudent(number: ClassSpecification.mostStudents, situation: "fresh")
        let labels = [
            "p-" + NodeName(student: student, host: .serv1).label,
            ClassNetwork.dnsNamespace(student) + "-eth0",
            ClassNetwork.natNamespace(student) + "-eth1", ClassNetwork.teacherNamespace + "-eth0",
            AddressPlan(number: student.number, forwarded: true).bridge,
        ]
        #expect(labels.allSatisfy { $0.utf8.count <= 15 })
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
