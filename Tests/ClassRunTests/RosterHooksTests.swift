import GraderCore
import Testing

@testable import ClassRun

@Suite struct RosterHooksTests {
    /// A class of one whose machines are written so.
    private func roster(_ hooks: String, serv1: String, serv2: String = "172.16.1.11") -> String {
        oneStudent("ssh: {agent: true}", defaults: "defaults:\n  hooks: {\(hooks)}")
            .replacing("serv1: 172.16.1.10", with: "serv1: \(serv1)")
            .replacing("serv2: 172.16.1.11", with: "serv2: \(serv2)")
    }

    @Test func aMachineHasANameOnItsHypervisor() throws {
        let text = roster(
            #"powerOn: [on, "{vm}"], snapshot: [snap, "{vm}", "{snapshot}"]"#,
            serv1: #"{address: 172.16.1.10, vm: "dupont {serv} 1"}"#,
            serv2: "{address: 172.16.1.11, vm: 0102}")
        let student = try #require(try TestFolder().roster(text)["etu1"])
        #expect(student.hooks.vms == [.serv1: "dupont {serv} 1", .serv2: "0102"])
        #expect(
            student.hooks.resolved(student: "etu1", node: "serv1", snapshot: "s").snapshot
                == ["snap", "dupont {serv} 1", "s"])
    }

    /// As before: nobody is asked for a name that nothing says.
    @Test func aNameMayBeLeftOut() throws {
        let text = roster(
            #"powerOn: [on, "{student}-{node}"]"#, serv1: "{address: 172.16.1.10, vm: x}")
        #expect(try TestFolder().roster(text)["etu1"]?.hooks.vms == [.serv1: "x"])
    }

    @Test func aHookThatSaysVMNeedsOneOfEveryMachine() throws {
        let mistakes = try TestFolder().mistakes(
            roster(
                #"powerOn: [on, "{vm}"], powerLoss: [off, "{vm}"]"#,
                serv1: "{address: 172.16.1.10, vm: a}"))
        #expect(mistakes.count == 1, "\(mistakes)")
        #expect(
            mistakes.first?.hasPrefix("9:12: serv2 has no “vm”, needed by powerOn and powerLoss") == true
        )
    }

    @Test(arguments: [
        (#"powerOn: [on, "{nodes}"]"#, "powerOn cannot fill in “{nodes}”, did you mean “{node}”?"),
        (#"powerLoss: [off, "{snapshot}"]"#, "powerLoss cannot fill in “{snapshot}”"),
        (#"snapshot: [snap, "{vn}"]"#, "did you mean “{vm}”?"),
        (#"powerOn: [on, "etu{n:02}"]"#, "powerOn cannot fill in “{n:02}”"),
        (#"powerUp: [on]"#, "did you mean “powerOn”?"), (#"snapshot: snap"#, "snapshot is “snap”"),
    ])
    func aPlaceholderThatIsNoneIsAMistake(hooks: String, problem: String) throws {
        let mistakes = try TestFolder().mistakes(roster(hooks, serv1: "172.16.1.10"))
        #expect(mistakes.count == 1 && mistakes[0].hasPrefix("4:"), "\(mistakes)")
        #expect(mistakes.first?.contains(problem) == true, "\(mistakes)")
    }

    @Test(arguments: [#"vm: """#, "vm:", #"vm: "a\tb""#, "vm: [a]", "vn: a"])
    func aNameThatIsNoneIsAMistake(key: String) throws {
        let mistakes = try TestFolder().mistakes(
            roster("powerOn: [on]", serv1: "{address: 172.16.1.10, \(key)}"))
        #expect(mistakes.count == 1 && mistakes[0].hasPrefix("8:"), "\(mistakes)")
    }

    /// One student's power would be cut for another's.
    @Test func noTwoMachinesHaveOneName() throws {
        let text = roster(
            #"powerLoss: [off, "{vm}"]"#, serv1: "{address: 172.16.1.10, vm: a}",
            serv2: "{address: 172.16.1.11, vm: a}")
        let mistakes = try TestFolder().mistakes(text)
        #expect(mistakes.count == 1, "\(mistakes)")
        #expect(mistakes.first?.contains("the vm “a” is already that of another machine, on line 8") == true)
        // On two hypervisors they are two.
        #expect(try TestFolder().mistakes(text.replacing("[off,", with: "[off, \"{node}\",")) == [])
    }

    private func pattern(vm: String) -> String {
        """
        class: c
        exercise: e
        defaults:
          ssh: {agent: true}
        pattern:
          n: 1..2
          id: etu{n}
          name: "{n}"
          serv1: {address: "172.16.{n}.10", vm: "\(vm) 1"}
          serv2: {address: "172.16.{n}.11", vm: "\(vm) 2"}
          vip: "172.16.{n}.12"
          hooks: {powerOn: [on, "host{n:02}", "{vm}", "{student}"], powerLoss: [off, "{vm}"]}
        """
    }

    @Test func aPatternFillsInItsNumber() throws {
        let student = try #require(try TestFolder().roster(pattern(vm: "poste {n:02}"))["etu2"])
        #expect(
            student.hooks.resolved(student: "etu2", node: "serv1").powerOn
                == ["on", "host02", "poste 02 1", "etu2"])
    }

    @Test func aPatternGivesEachMachineItsOwn() throws {
        let mistakes = try TestFolder().mistakes(pattern(vm: "poste"))
        #expect(mistakes.count == 2, "\(mistakes)")
        #expect(mistakes.allSatisfy { $0.contains("is already that of another machine") })
        let wrong = pattern(vm: "{n}").replacing("{student}", with: "{students}")
        #expect(try TestFolder().mistakes(wrong).map { $0.hasPrefix("12:") } == [true])
    }
}
