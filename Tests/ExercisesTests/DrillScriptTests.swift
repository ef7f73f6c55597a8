import Foundation
import GraderCore
import Testing

@testable import ClassRun
@testable import Exercises

/// `arm.sh`, `undo.sh` and the perturbing steps run by this machine's own shell, in a folder in the place of the node's
/// and with stand-ins for the cluster's tools, each of which logs its words: what is told to the cluster, and when not.
@Suite struct DrillScriptTests {
    private func plan(_ id: String, node: String = "serv1", unitManaged: Bool = true, pidFile: String = "")
        -> String
    {
        """
        id='\(id)'
        node='\(node)'
        peer='serv2'
        active='\(node)'
        members='web'
        web='web'
        unit='apache2.service'
        unit_managed='\(unitManaged ? "yes" : "no")'
        pid_file='\(pidFile)'
        breaking_file='/nowhere'
        configuration_test='true'
        grace='60'
        tools='crm_attribute crm_failcount crm_resource cibadmin'

        """
    }

    /// `serveur2` begins with `serveur`: on that the service runs, and nothing is to be started on the other.
    @Test(arguments: [("serveur", false), ("serveur2", true)])
    func aServiceIsStartedWhereTheClusterHasItOnly(_ node: String, _ isStarted: Bool) throws {
        let pair = try ArmedNode()
        try pair.tool("systemctl", "case $1 in is-active) exit 3 ;; esac")
        try pair.tool(
            "crm_resource", "case $* in *--locate*) echo 'resource web is running on: serveur2 ' ;; esac")
        try pair.arm(intents: ["failures", "stop"], plan: plan(pair.id, node: node))
        #expect(try pair.undo("now") == 0)
        #expect(pair.log.contains("systemctl start apache2.service") == isStarted)
    }

    /// Nobody notices a server that an agent of its own had started and that no monitor looks at: the cluster is made to.
    @Test func aServiceOfAnAgentsIsStartedByTheCluster() throws {
        let pair = try ArmedNode()
        let file = "\(pair.root)/apache2.pid"
        // What the agent would do: this process, which lives, is the server then.
        try pair.tool(
            "crm_resource",
            """
            case $* in
            *--locate*) echo 'resource web is running on: serv1 ' ;;
            *--refresh*) echo \(getpid()) >'\(file)' ;;
            esac
            """)
        try pair.arm(
            intents: ["failures", "stop"], plan: plan(pair.id, unitManaged: false, pidFile: file))
        #expect(try pair.undo("now") == 0)
        #expect(pair.log.contains("crm_resource --refresh --resource web --node serv1"))
        #expect(!pair.log.contains("systemctl start"))
        // Once more, with the server there: nothing to do.
        let before = pair.log.components(separatedBy: "--refresh").count
        #expect(try pair.undo("now") == 0)
        #expect(pair.log.components(separatedBy: "--refresh").count == before)
    }

    /// The student's monitor sees the stopped server just after the failures were looked for, and Pacemaker starts it again:
    /// recorded on trixie under load, where one failure stayed.
    @Test func aFailureThatComesMeanwhileIsClearedToo() throws {
        let pair = try ArmedNode()
        try pair.tool("systemctl", "case $1 in is-active) touch '\(pair.root)/failed' ;; esac")
        try pair.tool(
            "crm_failcount",
            """
            count=0
            [ ! -e '\(pair.root)/failed' ] || count=1
            echo "scope=status name=fail-count-web value=$count"
            """)
        try pair.tool("crm_resource", "case $* in *--cleanup*) rm -f '\(pair.root)/failed' ;; esac")
        try pair.arm(intents: ["failures", "stop"], plan: plan(pair.id))
        #expect(try pair.undo("now") == 0)
        #expect(pair.log.contains("crm_resource --cleanup --resource web --node serv1"))
        #expect(!FileManager.default.fileExists(atPath: "\(pair.root)/failed"))
    }

    /// A query that fails says nothing: the timer must not take itself away on it.
    @Test func failuresThatCannotBeAskedForAreNotGivenBack() throws {
        let pair = try ArmedNode()
        try pair.tool("crm_failcount", "exit 1")
        try pair.arm(intents: ["failures"], plan: plan(pair.id))
        #expect(try pair.undo("now") == 75)
        try pair.tool("crm_failcount", "echo 'scope=status name=fail-count-web value=0'")
        #expect(try pair.undo("now") == 0)
    }

    /// On a full disk too, for which folders stand in the place of what cannot be written: after a restart, by the timer,
    /// and with nothing left of an arming that was cut off.
    @Test func aDiskThatTakesNothingDelaysNoUndo() throws {
        let pair = try ArmedNode()
        try pair.tool("crm_attribute", "case $* in *--query*) echo on ;; esac")
        let listed = "<rsc_location id=\"bascule-drill-\(pair.id)-1\" rsc=\"web\"/>"
        // There until it is taken away.
        try pair.tool(
            "cibadmin",
            """
            case $* in
            *--delete*) rm -f '\(pair.root)/marked' ;;
            *constraints*) if [ -e '\(pair.root)/marked' ]; then echo '\(listed)'; fi ;;
            esac
            """)
        #expect(FileManager.default.createFile(atPath: "\(pair.root)/marked", contents: nil))
        let values = plan(pair.id).replacing("grace='60'", with: "grace='0'\nhomes=''\nconstraints=''")
        try pair.arm(intents: ["standby", "failures", "homes"], plan: values)
        for name in ["deadline.new", "count", "constraints"] {
            try FileManager.default.createDirectory(
                atPath: "\(pair.base)/\(pair.id)/\(name)", withIntermediateDirectories: true)
        }
        try FileManager.default.createDirectory(
            atPath: "\(pair.base)/.lock-\(pair.id)", withIntermediateDirectories: true)
        try Data("another-boot 5\n".utf8).write(to: URL(filePath: "\(pair.base)/\(pair.id)/deadline"))
        try pair.tool("crm_mon", "echo '<node name=\"serv1\" online=\"true\" />'")
        #expect(try pair.undo("tick") == 0)
        #expect(pair.log.contains("crm_attribute --node serv1 --name standby --lifetime reboot --delete"))
        #expect(pair.log.contains("--delete --scope constraints"))
        #expect(!pair.has("\(pair.id)/undo") && !pair.has(".lock-\(pair.id)"))
    }

    /// The update may still be on its way to the cluster when the query finds nothing.
    @Test func standbyIsTakenOffAlsoWhereItIsNotSeenYet() throws {
        let pair = try ArmedNode()
        try pair.tool("crm_attribute", "case $* in *--query*) echo absent ;; esac")
        try pair.arm(intents: ["standby"], plan: plan(pair.id))
        #expect(try pair.undo("now") == 0)
        #expect(pair.log.contains("crm_attribute --node serv1 --name standby --lifetime reboot --delete"))
    }

    /// A step whose grader has gone runs before the undo, or not at all.
    @Test func noStepComesAfterTheUndo() throws {
        let pair = try ArmedNode()
        try pair.arm(intents: ["failures", "stop"], plan: plan(pair.id))
        let scripts = DrillScripts(
            id: pair.id,
            plan: try SampleDrill.plan(.serviceStop), owner: "o", lease: .seconds(60))
        let step = try #require(scripts.perturbation().first).arguments.map(pair.placed)
        #expect(try pair.run(step).status == 0)
        #expect(pair.log.contains("systemctl stop apache2.service"))
        #expect(try pair.undo("now") == 0)
        #expect(try pair.run(step).status == 76)
        #expect(pair.log.components(separatedBy: "systemctl stop apache2.service").count == 2)
    }

    private func arm(_ pair: ArmedNode, id: String) throws -> (status: Int32, output: String) {
        try pair.run([
            "sh", "-c", pair.placed(DrillScripts.armText), "arm", id, "me@here pid 2", "60",
            pair.placed(try ArmedNode.undoText()), plan(id), "service", "timer",
        ])
    }

    /// What a student put in the place of the folder: nothing behind it is written to, nor its mode changed.
    @Test func aLinkInTheFoldersPlaceIsRefused() throws {
        let pair = try ArmedNode()
        let other = "\(pair.root)/other"
        try FileManager.default.removeItem(atPath: pair.base)
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: other)
        try FileManager.default.createSymbolicLink(atPath: pair.base, withDestinationPath: other)
        let refused = try arm(pair, id: pair.id)
        #expect(refused.status == 70 && refused.output.contains("not a folder of root's"), "\(refused)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: other).isEmpty)
        let mode = try FileManager.default.attributesOfItem(atPath: other)[.posixPermissions] as? Int
        #expect(mode == 0o777)
    }

    @Test func aLockWithoutAFolderIsNobodys() throws {
        let pair = try ArmedNode()
        // `undo check` looks for them.
        #expect(try arm(pair, id: pair.id).output.hasSuffix("armed\n"))
        #expect(try arm(pair, id: "second").status == 73)
        #expect(pair.has("lock") && pair.has(pair.id) && !pair.has("second"))
        // As a grader left it that gave up while this was being armed.
        try FileManager.default.removeItem(atPath: "\(pair.base)/\(pair.id)")
        #expect(try arm(pair, id: "third").output.hasSuffix("armed\n"))
        #expect(try String(contentsOfFile: "\(pair.base)/lock/owner", encoding: .utf8).hasPrefix("third\n"))
        #expect(try pair.run(["sh", "\(pair.base)/third/undo", "disarm"]).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: pair.root).contains("lib") == false)
    }

    /// A grader that gives up while arming disarms at once: neither lock nor folder nor unit stays, whoever is first.
    @Test func disarmingWaitsForAnArmingThatIsUnderWay() throws {
        let pair = try ArmedNode()
        // Flushing takes as long as the other side is given to come in between.
        try pair.tool(
            "sync",
            """
            [ -e '\(pair.root)/disarming' ] && exit 0
            : >'\(pair.root)/disarming'
            sh '\(pair.base)/\(pair.id)/undo' disarm >/dev/null 2>&1 9>&- &
            sleep 0.3
            """)
        _ = try arm(pair, id: pair.id)
        // The disarming goes on behind; it is over when the drill's folder is gone.
        for _ in 0..<200 where pair.has(pair.id) || pair.has("lock") { usleep(50_000) }
        #expect(!pair.has(pair.id) && !pair.has("lock") && !pair.has(".lock-\(pair.id)"))
        for _ in 0..<200
        where try !FileManager.default.contentsOfDirectory(atPath: "\(pair.root)/units").isEmpty {
            usleep(50_000)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(pair.root)/units").isEmpty)
    }

    /// The timer's service beside a grader that takes everything away: it ends well, whatever is gone by then.
    @Test func aTimerThatFindsNothingHasNotFailed() throws {
        let node = try ArmedNode()
        let plan = try SampleDrill.plan(.serviceStop)
        let unit = DrillScripts(id: node.id, plan: plan, owner: "o", lease: .seconds(60)).serviceUnit
        let line: Substring = try #require(
            unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=/bin/sh -c '") })
        let script = node.placed(String(line.dropFirst("ExecStart=/bin/sh -c '".count).dropLast()))
            .replacingOccurrences(of: "$$", with: "$")
        func tick() throws -> Int32 { try node.run(["sh", "-c", script]).status }
        // As systemctl(1) ends for a unit that is not loaded.
        try node.tool("systemctl", "exit 5")
        try node.arm(intents: [], plan: "id=\(node.id) grace=60\n")
        let undo = "\(node.base)/\(node.id)/undo"
        // Not yet, and not given back: it is there, and its own status counts.
        for status: Int32 in [0, 75, 1] {
            try Data("exit \(status)\n".utf8).write(to: URL(filePath: undo))
            #expect(try tick() == status)
            #expect(!node.log.contains("systemctl"))
        }
        // Taken away between two of its lines, and before the first.
        try Data("rm \(undo); exit 2\n".utf8).write(to: URL(filePath: undo))
        for _ in 0..<2 {
            try FileManager.default.createDirectory(
                atPath: "\(node.base)/lock", withIntermediateDirectories: true)
            try Data("\(node.id)\no\n".utf8).write(to: URL(filePath: "\(node.base)/lock/owner"))
            #expect(try tick() == 0)
            #expect(!node.has("lock"))
        }
        #expect(node.log.contains("systemctl stop bascule-undo-\(node.id).timer"))
    }
}
