import Foundation
import GraderCore
import Testing

@testable import Exercises

/// What a report shows of a pair, and which checks that tells of.
struct PairExhibitsTests {
    private func exhibits(_ recording: String) throws -> [Exhibit] {
        PairExhibits.all(Findings(try RecordedEvidence.evidence(recording)))
    }

    private func machines(_ recording: String) throws -> MachinesExhibit {
        let all = try exhibits(recording).compactMap { exhibit -> MachinesExhibit? in
            guard case .machines(let machines) = exhibit else { return nil }
            return machines
        }
        #expect(all.count == 1)
        return try #require(all.first)
    }

    /// A check that is renamed would be told of without a word, and lose its lines.
    @Test func everyCheckNamedIsTheExercises() {
        let exercise = Activite2()
        let modules = [exercise.prerequisites].compactMap(\.self) + exercise.questions
        let known = Set(modules.flatMap(\.checks).map(\.id))
        let named =
            PairExhibits.online + PairExhibits.standby + PairExhibits.address + PairExhibits.resources
            + PairExhibits.sources + PairExhibits.drills + DecisiveLines.patterns.keys.map { CheckID($0) }
        for id in named { #expect(known.contains(id), "\(id)") }
    }

    @Test func aSolvedPair() throws {
        let pair = try machines("solved")
        #expect(pair.cards.map(\.machine) == MachineID.pair)
        for card in pair.cards { #expect(card.states.shown()?.kind == .good) }
        #expect(pair.links.shown() == .whole)
        #expect(pair.shared?.places.shown()?.holders.count == 1)
        #expect(pair.shared?.places.last?.tellsOf == [])
        let notices = try exhibits("solved").filter {
            guard case .notice = $0 else { return false }
            return true
        }
        #expect(notices.isEmpty)
    }

    @Test func aNodeInStandbyIsSaidToBe() throws {
        let pair = try machines("standby-forgotten")
        let held = pair.cards.filter { $0.states.shown()?.kind == .held }
        #expect(held.count == 1)
        // Where that may not be told, it is as good as the other.
        #expect(held.first?.states.dropFirst().map(\.value.kind) == [.good, .unknown])
        #expect(held.first?.states.first?.tellsOf == PairExhibits.standby)
        let notices = try exhibits("standby-forgotten").compactMap { exhibit -> [Told<NoticeExhibit>]? in
            guard case .notice(let notices) = exhibit else { return nil }
            return notices
        }
        #expect(notices.map { $0.map(\.tellsOf) } == [[PairExhibits.standby]])
    }

    @Test func whatTellsAPairFromOthers() throws {
        let marks = PairIdentity.marks(Findings(try RecordedEvidence.evidence("solved")))
        let address = marks.filter { $0.kind == "virtualIP" }
        #expect(address.count == 1 && address.first?.machine == nil && address.first?.network.count == 2)
        #expect(address.first?.title.fr.contains(address.first?.value ?? "-") == true)
        for mark in marks where mark.kind == "machineID" { #expect(mark.value.utf8.count == 64) }
        // Machines of one template have them in common: the sentence asks, and accuses nobody.
        let template = marks.filter { ["hostKey", "machineID", "hardwareAddress"].contains($0.kind) }
        #expect(template.contains { $0.kind == "hardwareAddress" })
        for title in template.map(\.title) {
            #expect(title.en.contains("a cloned ") && title.fr.contains("machine clonée"))
        }
        // Kind by kind, whatever there is of each.
        let kinds = ["hostKey", "machineID", "hardwareAddress", "virtualIP"]
        let places = marks.compactMap { kinds.firstIndex(of: $0.kind) }
        #expect(places == places.sorted() && places.count == marks.count)
    }

    @Test func theDecisiveLines() {
        let configuration = """
            node 1: serv1 \\
            \tattributes standby=on
            primitive IPFailover IPaddr2 \\
            \tparams ip=172.16.0.12 cidr_netmask=24 nic=eth0 iflabel=VIP \\
            \top monitor interval=30s \\
            \top start timeout=30s interval=0

            location cli-ban-IPFailover-on-serv1 IPFailover role=Started -inf: serv1
            property cib-bootstrap-options: \\
            \tstonith-enabled=false
            """
        let marks = DecisiveLines.marks(configuration)
        #expect(
            marks.map { [String($0.line)] + $0.decides.map(\.rawValue) } == [
                ["1", "Q3.no-standby"], ["2", "Q1.primitive"],
                ["3", "Q1.address", "Q1.interface", "Q1.label", "Q1.netmask"], ["4", "Q1.monitor-interval"],
                ["5", "Q1.start-timeout"], ["7", "Q3.no-ban"], ["9", "H0.fencing"],
            ])
        #expect(
            DecisiveLines.marks(String(repeating: "property x\n\tstonith-enabled=1\n", count: 9_000)).count
                <= 5_000)
    }

    /// What crmsh hides decides nothing: the line is marked for what it shows.
    @Test(arguments: ["\"******\"", "******"]) func noMarkHangsOnAHiddenValue(value: String) {
        let marks = DecisiveLines.marks(
            "primitive IPFailover IPaddr2 \\\n\tparams ip=\(value) cidr_netmask=24 nic=eth0 iflabel=VIP\n")
        #expect(marks.last?.decides.map(\.rawValue) == ["Q1.interface", "Q1.label", "Q1.netmask"])
    }
}
