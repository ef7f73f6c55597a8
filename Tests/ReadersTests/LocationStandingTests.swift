import Foundation
import GraderCore
import Pacemaker
import Testing

/// Where constraints let resources run, by our reading and by Pacemaker's scheduler.
@Suite struct LocationStandingTests {
    private func configuration(_ text: String) -> ClusterConfiguration {
        CrmShowReader.read(
            """
            node 1: serv1
            node 2: serv2
            primitive ip IPaddr2
            primitive web apache
            \(text)

            """)
    }

    private func standing(_ text: String, of resource: String = "ip") -> LocationStanding {
        configuration(text).standing(of: resource)
    }

    @Test func whatHasToBeWithItSpeaksForIt() {
        let preferred = standing("colocation c inf: web ip\nlocation l web 100: serv1")
        #expect(preferred.prefers("serv1", to: "serv2") == true)
        let banned = standing("colocation c inf: ip web\nlocation l web -inf: serv2")
        #expect(banned.mayRun(on: "serv2") == false && banned.mayRun(on: "serv1") == true)
        #expect(standing("location l web -inf: serv2").mayRun(on: "serv2") == true)
    }

    @Test func aNegativeScoreForbidsWhateverItsSize() {
        #expect(standing("location l ip -1: serv2").mayRun(on: "serv2") == false)
        let outweighed = standing("location l ip -100: serv2\nlocation m ip 100: serv2")
        #expect(outweighed.mayRun(on: "serv2") == true)
    }

    @Test func whatGivesBothNodesTheSameDecidesNothing() {
        func isUndecided(_ text: String) -> Bool {
            standing(text).isUndecided(between: "serv1", and: "serv2")
        }
        #expect(isUndecided("location l web 100: serv1"))
        #expect(isUndecided("location l ip rule 50: #kind eq cluster"))
        #expect(!isUndecided("location l ip rule -50: #kind eq cluster"))
        #expect(!isUndecided("location l ip 50: serv1\nlocation m ip 50: serv2"))
        // Whether the nodes have it, what crm prints does not say.
        #expect(!isUndecided("location l ip rule 50: defined pingd"))
    }

    /// What a pattern reaches is either known or said not to be: one that is beyond the limits forbids nothing.
    @Test func aPatternThatIsNotMatchedLeavesItOpen() {
        #expect(standing("location l /^ip$/ -inf: serv2").mayRun(on: "serv2") == false)
        #expect(standing("location l /^web$/ -inf: serv2").mayRun(on: "serv2") == true)
        let plus = String(repeating: "+", count: 30)
        #expect(standing("location l /i\(plus)/ -inf: serv2").mayRun(on: "serv2") == nil)
        let many = (0..<60).map { "location l\($0) /^other$/ 1: serv2" }.joined(separator: "\n")
        #expect(standing(many).mayRun(on: "serv2") == nil)
        let long = "primitive \(String(repeating: "i", count: 129)) IPaddr2\nlocation l /^other$/ 1: serv2"
        #expect(standing(long, of: String(repeating: "i", count: 129)).mayRun(on: "serv2") == nil)
    }

    @Test func anOptInClusterRunsNothingWhereNothingSaysSo() {
        let one = "location l ip 100: serv1\nproperty o: symmetric-cluster=false"
        #expect(standing(one).mayRun(on: "serv2") == false)
        #expect(standing(one + "\nlocation m ip 0: serv2").mayRun(on: "serv2") == true)
    }

    /// What follows has to be let there itself: that the address wants the node says nothing of the web server.
    @Test func aFollowersOwnScoreIsNotMadeUpFor() {
        let follower = standing(
            "colocation c inf: web ip\nlocation l web -1: serv2\nlocation m ip 100: serv2")
        #expect(follower.mayRun(on: "serv2") == nil)
    }

    @Test func whatMayLetItRunThereLeavesAnOptInClusterOpen() {
        let rule = "location l ip rule inf: pingd ne 500\nproperty o: symmetric-cluster=false"
        #expect(standing(rule).mayRun(on: "serv1") == nil)
    }

    @Test func exclusiveDiscoveryIsTheOutermostResources() {
        let alone = standing("location l ip resource-discovery=exclusive 100: serv1")
        #expect(alone.mayRun(on: "serv2") == false)
        // The scheduler, asked, lets a group's member go anywhere with its group.
        let member = standing("group g ip web\nlocation l ip resource-discovery=exclusive 100: serv1")
        #expect(member.mayRun(on: "serv2") == true)
    }

    /// A hostile configuration, in which everything may be tied to everything, costs nothing: it is left open.
    @Test func whatIsFarLargerThanALabIsLeftOpen() {
        let many =
            (0..<4000).map { "primitive p\($0) Dummy\ncolocation c\($0) inf: p\($0) ip" }
            + (0..<4000).map { "location l\($0) /(a|b|ip){1,200}/ -inf: serv2" }
        let standing = standing(many.joined(separator: "\n"))
        #expect(standing.mayRun(on: "serv2") == nil && standing.prefers("serv1", to: "serv2") == nil)
        #expect(standing.tied == ["ip"])
    }

    /// The scheduler is asked about the constraints alone only where there is something to interpret.
    @Test(arguments: [
        ("location l ip 50: serv1", true), ("location l ip role=Started inf: serv1", true),
        ("colocation c inf: web ip", true),
        ("location l ip rule 50: #uname eq serv1", false), ("location l /i.*/ 50: serv1", false),
        ("location l { ip } 50: serv1", false), ("location l ip role=Promoted inf: serv1", false),
        ("location l ip resource-discovery=never -inf: serv2", false),
        ("colocation c 50: web ip", false),
        ("colocation c inf: web:Master ip", false),
        ("clone webs web", false), ("property symmetric-cluster=false", false),
        ("tag t: ip", false),
    ])
    func whatIsPlainNeedsNoScheduler(_ lines: String, _ isPlain: Bool) {
        #expect(configuration(lines).isPlainlyPlaced == isPlain)
    }

    /// What cannot be weighed is neither a ban nor none.
    @Test(arguments: [
        "location l ip rule -inf: not_defined pingd or pingd lte 0",
        "colocation c -inf: ip web",
        "rsc_ticket t T: ip",
        "location l /(a{1,250}){1,250}/ -inf: serv2",
        "order o Mandatory: web ip\nlocation l web -inf: serv2",
        "order o Mandatory: ip web\norder p Optional: web ip",
    ]) func whatCannotBeWeighedIsOpen(_ text: String) {
        let standing = standing(text)
        #expect(standing.mayRun(on: "serv2") == nil)
        #expect(standing.prefers("serv1", to: "serv2") == nil)
    }

    /// A finite colocation moves the score by no more than its own.
    @Test func aFiniteColocationIsWeighed() {
        let pulled = standing("colocation c 100: ip web\nlocation l ip 50: serv1")
        #expect(pulled.mayRun(on: "serv2") == true)
        #expect(pulled.prefers("serv1", to: "serv2") == nil)
        let strong = standing("colocation c 100: ip web\nlocation l ip 500: serv1")
        #expect(strong.prefers("serv1", to: "serv2") == true)
        #expect(standing("colocation c -100: ip web").mayRun(on: "serv2") == nil)
        // A pattern weighs for each resource that it names.
        let tied = "colocation c inf: ip web\nlocation l ip 50: serv1\nlocation m /ip|web/ 30: serv2"
        #expect(standing(tied).prefers("serv2", to: "serv1") == true)
        // What follows and wants nothing itself changes nothing.
        let followed = standing("colocation c -inf: web ip\nlocation l ip 50: serv1")
        #expect(followed.prefers("serv1", to: "serv2") == true && followed.mayRun(on: "serv2") == true)
        // But what keeps away from it pushes it from where it wants nothing itself.
        let avoided = standing("colocation c -100: web ip")
        #expect(avoided.prefers("serv1", to: "serv2") == nil && avoided.mayRun(on: "serv2") == true)
    }

    @Test(arguments: [
        ("/^ip$/", false), ("/i[op]/", false), ("/^(ip|web)$/", false), ("/!^web$/", false), ("/web/", true),
        ("/!ip/", true), ("/^.{3}$/", true),
    ]) func patternsAreExtendedRegularExpressions(_ pattern: String, mayRun: Bool) {
        #expect(standing("location l \(pattern) -inf: serv2").mayRun(on: "serv2") == mayRun)
    }

    /// The transient attributes are in the CIB: with `pingd` above 0 on both nodes nothing is banned.
    @Test func aRuleSeesTransientAttributes() throws {
        let cib = CIBReader.read(try ParsingFixture.bytes("field/rule-on-ping.cib.xml"))
        let standing = cib.configuration.standing(of: "IPFailover")
        let forecast = try #require(SchedulerForecast(try ParsingFixture.text("scheduler/rule-on-ping.txt")))
        for node in ["serv1", "serv2"] {
            #expect(standing.mayRun(on: node) == true)
            #expect(forecast.mayRun(standing.tied, on: node) == true)
        }
        #expect(standing.prefers("serv1", to: "serv2") == true)
        #expect(forecast.prefers("serv1", for: "IPFailover") == true)
    }

    /// Members that a colocation of their own keeps apart are not together: the scheduler parts them.
    @Test func aGroupWhoseMembersAreKeptApartIsNone() {
        let apart = CrmShowReader.read(
            "primitive a Dummy\nprimitive b Dummy\ngroup g a b\ncolocation c -100: a b\n")
        #expect(!apart.runTogether("a", "b"))
    }

    // MARK: - What crm_simulate answers

    @Test(arguments: ["bookworm", "bullseye", "trixie"]) func theSchedulersAnswersAreRead(_ release: String)
        throws
    {
        let forecast = try #require(SchedulerForecast(try ParsingFixture.text("scheduler/\(release).txt")))
        #expect(forecast.names == ["serv1", "serv2"])
        #expect(forecast.nodes(of: "IPFailover", after: .firstAway, .asFound) == ["serv2"])
        #expect(forecast.nodes(of: "IPFailover", after: .firstBack, .asFound) == ["serv1"])
        #expect(forecast.nodes(of: "serviceWeb", after: .fails, .failing) == ["serv2"])
        #expect(forecast.mayRun(["IPFailover"], on: "serv2") == true)
        #expect(forecast.prefers("serv1", for: "IPFailover") == true)
        #expect(forecast.prefers("serv2", for: "IPFailover") == false)
        #expect(forecast.nodes(of: "nobody", after: .firstAway, .asFound) == nil)
    }

    @Test func whatIsNoAnswerIsNone() {
        #expect(SchedulerForecast("") == nil)
        #expect(SchedulerForecast("# nodes serv1 serv2\n# as-found away-1\n") == nil)
        #expect(SchedulerQuestion(Array("<cib".utf8), nodes: ["serv1", "serv2"]) == nil)
        let forged = "<cib epoch=\"1\" a=\"\n# bascule: /etc/passwd\n\"><configuration/></cib>"
        #expect(SchedulerQuestion(Array(forged.utf8), nodes: ["serv1", "serv2"]) == nil)
    }
}
