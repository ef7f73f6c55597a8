import GraderCore
import InputFiles
import TestSheets
import Testing

@testable import ClassRun

/// Every machine that has a shelf is a student's; it can be graded once the shelf has a number.
private struct ShelfDiscovery: Discovery {
    static let shelf = RemoteCommand(["cat", "/etc/shelf"])
    let questions: KeyValuePairs = ["name": RemoteCommand(["uname", "-n"]), "shelf": shelf]

    func find(_ hosts: [AskedHost]) -> DiscoveredLabs {
        var found = DiscoveredLabs()
        for host in hosts {
            let name = host.word("name")
            let machine = DiscoveredMachine(
                address: host.address, label: name, hostNames: [name].compactMap(\.self))
            if let failure = host.failure {
                found.refused.append((machine, LocalizedText(fr: "\(failure)", en: "\(failure)")))
            } else if let shelf = host.text("shelf") {
                var lab = DiscoveredLab(
                    machines: [(MachineID("box"), machine)], ownID: "box-\(host.address)",
                    summary: LocalizedText(verbatim: shelf))
                lab.name = "shelf-\(shelf)"
                lab.suggestedID = name
                if Int(shelf) == nil {
                    lab.lack = LocalizedText(fr: "sans rayon", en: "no shelf")
                } else {
                    let comment = LocalizedText(verbatim: "by \(name ?? "")")
                    lab.rosterLines = [RosterLine("shelf", shelf, comment: comment)]
                }
                found.labs.append(lab)
            } else {
                found.others.append((machine, LocalizedText(fr: "pas une boîte", en: "not a box")))
            }
        }
        return found
    }

    func text(_ sentence: DiscoverySentence) -> LocalizedText {
        LocalizedText(fr: "fr \("\(sentence)")", en: "en \("\(sentence)")")
    }
}

/// What a roster of discovered machines says, whatever the exercise is.
struct DiscoveredRosterTests {
    private let sheet = TestSheet(
        machines: [MachineID("box")],
        labKeys: [
            LabKey("shelf", .number(1...99), noun: LocalizedText(verbatim: "the shelf"), isRequired: true)
        ],
        discovery: ShelfDiscovery())

    private func host(_ address: String, _ name: String? = nil, shelf: String? = nil) throws -> AskedHost {
        var host = AskedHost(address: try #require(IPAddress(address)))
        for (question, answer) in [("name", name), ("shelf", shelf)] {
            host.answers[question] = answer.map {
                CommandResult(
                    answering: [], ending: .exited(0), standardOutput: Bytes($0), standardError: "",
                    duration: .zero)
            }
        }
        return host
    }

    private func draft(
        _ hosts: [AskedHost], _ table: String? = nil, searched: [IPAddress] = []
    ) throws -> DiscoveredRoster {
        let discovery = try #require(sheet.discovery)
        let folder = try TestFolder()
        let list = try table.map { try StudentList.read(file: folder.write($0, to: "list.csv")) }
        return DiscoveredRoster(
            discovery.find(hosts), by: discovery, searched: searched, className: "classe",
            exercise: sheet.id, ssh: ["user: root", "agent: true"], students: list, language: .english)
    }

    private func read(_ draft: DiscoveredRoster) throws -> Roster {
        try Roster.read(InputText(text: draft.text, file: "class.yaml"), exercises: [sheet])
    }

    @Test func singleMachinesMakeARosterThatCanBeGraded() throws {
        let hosts = try [
            host("10.0.0.1", "alpha", shelf: "7"), host("10.0.0.2", "beta", shelf: "none"),
            host("10.0.0.3", "imprimante"),
        ]
        let draft = try draft(hosts)
        let students = try read(draft).students
        #expect(students.map(\.identity.id) == ["alpha"])
        #expect(students.first?.lab.addresses == [MachineID("box"): "10.0.0.1"])
        #expect(students.first?.lab["shelf"]?.number == 7)
        #expect(draft.isIncomplete && draft.gradable.count == 1)
        #expect(draft.notGradable.map { "\($0.student.id): \($0.reason.en)" } == ["beta: no shelf"])
        for line in [
            "    box: 10.0.0.1   # alpha", "    shelf: 7   # by alpha",
            "# en incompleteLabs\n#   - id: \"beta\"",
            "# en others\n#  10.0.0.3 (imprimante): imprimante",
        ] {
            #expect(draft.text.contains("\n\(line)\n"), "\(line) in \(draft.text)")
        }
        #expect(!draft.text.contains("loneMachines"), "no heading above nothing")
    }

    @Test func oneIDIsOneStudents() throws {
        let hosts = try (1...3).map {
            try host("10.0.0.\($0)", ["debian", "DEBIAN", "a/b"][$0 - 1], shelf: "\($0)")
        }
        #expect(try draft(hosts).entries.map(\.id) == ["debian", "box-10.0.0.2", "box-10.0.0.3"])
    }

    @Test func whatAMachineCallsItselfStaysInItsComment() throws {
        let hostile = "x\u{1B}[2J\u{202E}\u{7F}name"
        let draft = try draft([host("10.0.0.1", hostile, shelf: "7"), host("10.0.0.2", hostile)])
        let strange = draft.text.unicodeScalars.filter {
            $0 != "\n" && [.control, .format, .lineSeparator].contains($0.properties.generalCategory)
        }
        #expect(strange.isEmpty)
        #expect(try read(draft).students.map(\.identity.id) == ["box-10.0.0.1"])
    }

    /// By address, host name, and what the machines call the lab; who is missing has the exercise's reason, or ours.
    @Test func theListSaysWhoseMachinesAreWhose() throws {
        var closed = AskedHost(address: try #require(IPAddress("10.0.0.5")))
        closed.failure = LocalizedText(verbatim: "10.0.0.5: refused")
        let hosts = try [
            host("10.0.0.1", "alpha", shelf: "1"), host("10.0.0.2", "beta", shelf: "2"),
            host("10.0.0.3", "gamma", shelf: "3"), host("10.0.0.4", "imprimante"), closed,
            host("10.0.0.6", "delta", shelf: "6"),
        ]
        let draft = try draft(
            hosts,
            """
            id;name;address;host;cluster
            un;Un;10.0.0.1;;
            deux;Deux;;beta;
            trois;Trois;;;shelf-3
            quatre;Quatre;;imprimante;
            cinq;Cinq;10.0.0.5;;
            six;Six;10.0.0.6;;
            sept;Sept;;delta;
            huit;Huit;10.0.0.8;;
            """, searched: hosts.map(\.address))
        #expect(try read(draft).students.map(\.identity.id) == ["un", "deux", "trois", "delta"])
        #expect(
            draft.missing.map { "\($0.student.id): \($0.reason.en)" } == [
                "quatre: not a box", "cinq: 10.0.0.5: refused", "six: en linesMeanOneLab([7, 8])",
                "sept: en linesMeanOneLab([7, 8])",
                "huit: 10.0.0.8 is not among the addresses that were searched",
            ])
    }
}
