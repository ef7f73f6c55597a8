import GraderCore
import Testing

@Suite struct PowerHooksTests {
    private let vms: [MachineID: String] = [MachineID("serv1"): "dupont {node} serv1"]

    @Test func hooksAreWordsAndStayWords() {
        let hooks = PowerHooks(powerOn: ["virsh", "start", "{student}-{node}"])
        #expect(
            hooks.resolved(student: "etu1", node: "serv2").powerOn == ["virsh", "start", "etu1-serv2"])
        #expect(hooks.resolved(student: "a b; rm", node: "serv2").powerOn?.count == 3)
    }

    /// What is put in is not looked through again, and stays in its word.
    @Test func aMachinesNameIsPutInAsItIs() {
        let hooks = PowerHooks(
            powerOn: ["virsh", "start", "--domain", "{vm}"],
            snapshot: ["snap", "{vm}@{snapshot}", "{{student}}"], vms: vms)
        let resolved = hooks.resolved(student: "{vm}", node: "serv1", snapshot: "{student}")
        #expect(resolved.powerOn == ["virsh", "start", "--domain", "dupont {node} serv1"])
        #expect(resolved.snapshot == ["snap", "dupont {node} serv1@{student}", "{{vm}}"])
    }

    /// Half a command is not run.
    @Test func aHookThatLacksAValueIsNone() {
        let hooks = PowerHooks(
            powerOn: ["on", "{vm}"], powerLoss: ["off", "{node}"], snapshot: ["snap", "{snapshot}"], vms: vms)
        let other = hooks.resolved(student: "etu1", node: "serv2", snapshot: "s")
        #expect(other.powerOn == nil)
        #expect(other.powerLoss == ["off", "serv2"])
        #expect(other.snapshot == ["snap", "s"])
        #expect(hooks.resolved(student: "etu1", node: "serv1").snapshot == nil)
    }

    @Test func whatIsNoPlaceholderIsLeftAlone() {
        let words = ["sh", "-c", "echo ${vm} \"${HOME}\"; { true; }", "{\"a\": 1}", "{ }", "{}"]
        let hooks = PowerHooks(powerOn: words)
        #expect(hooks.resolved(student: "etu1", node: "serv1").powerOn == words)
        #expect(words.flatMap(PowerHooks.names).isEmpty)
        #expect(PowerHooks.names(in: "{nodes}-{n:02}{vm}") == ["nodes", "n:02", "vm"])
        #expect(hooks.saying(.vm) == [] && PowerHooks(snapshot: ["{vm}"]).saying(.vm) == ["snapshot"])
    }
}
