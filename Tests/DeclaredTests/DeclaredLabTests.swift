import GraderCore
import InputFiles
import Testing

@testable import Exercises

@Suite struct DeclaredLabTests {
    private static let machines: [MachineID] = ["web", "db-1"].map { MachineID($0) }

    private static let plan = VirtualLab.Plan(
        student: "etu3", prefixLength: 24, zone: "etu3.lab",
        machines: [MachineID("web"): "172.16.3.10", MachineID("db-1"): "172.16.3.11"],
        services: ["vip": "172.16.3.12"], nameServer: "172.16.3.13")

    private static let whole = #"""
        summary: A web server with its database.
        services: [vip]
        packages: [apache2, libapache2-mod-php]
        folders: [/var/log/crmsh, /srv/site]
        removed: [/var/www/html/index.html, /etc/default/*]
        setup: |
          printf '%s\n' "${HOME}" | awk '{print}'
        units: [apache2, backup.timer]
        nameServer:
          zoneFile: /var/lib/bind/db.lab
          records: ["www A {vip}", "old CNAME web"]
        files:
          - {path: /etc/motd, content: "{machine} of {student}, {web.address}/{prefix} {{braces}}"}
          - {path: /etc/key, on: [db-1], mode: "0400", content: "{secret}"}
          - path: /etc/motd.tail
            on: web
            content: "${HOME} {nameServer}"
        ready: {test: systemctl is-active apache2, within: 90s, is: the web server runs, look: journalctl -n 5}
        environment: {SITE: "www.{zone}", VIP_MASK: "{vip}/{prefix}"}
        functions: |
          settled() { sleep 1; }
        roster:
          site: "www.{zone}"
          vip: "{vip}/{prefix}"
          dns: {server: "{nameServer}", names: ["www.{zone}", "a \"b\""]}
        """#

    private func read(_ text: String) throws(InputErrors) -> VirtualLab {
        try DeclaredLab.read(InputText(file: "lab.yaml", text: text), machines: Self.machines)
    }

    @Test func theImageIsAsItWasWritten() throws {
        let lab = try read(Self.whole)
        #expect(lab.summary.en == "A web server with its database.")
        #expect(lab.machines == Self.machines)
        #expect(lab.services == ["vip"])
        #expect(lab.image.packages == ["apache2", "libapache2-mod-php"])
        #expect(lab.image.folders == ["/var/log/crmsh", "/srv/site"])
        #expect(lab.image.removed == ["/var/www/html/index.html", "/etc/default/*"])
        #expect(lab.image.setup == "printf '%s\\n' \"${HOME}\" | awk '{print}'\n")
        #expect(lab.image.units == ["apache2", "backup.timer"])
        #expect(lab.functions == "settled() { sleep 1; }\n")
    }

    @Test func variablesStandForTheStudentsOwn() throws {
        let lab = try read(Self.whole)
        #expect(lab.nameServer?.zoneFile == "/var/lib/bind/db.lab")
        #expect(lab.nameServer?.records(Self.plan) == ["www A 172.16.3.12", "old CNAME web"])
        #expect(lab.environment(Self.plan) == ["SITE": "www.etu3.lab", "VIP_MASK": "172.16.3.12/24"])
        #expect(
            lab.roster(Self.plan) == [
                #"site: "www.etu3.lab""#, #"vip: "172.16.3.12/24""#,
                #"dns: {server: "172.16.3.13", names: ["www.etu3.lab", "a \"b\""]}"#,
            ])
    }

    @Test func everyMachineGetsItsFiles() throws {
        let lab = try read(Self.whole)
        let secret: [UInt8] = [0, 0x0f, 0xa0]
        #expect(
            lab.files(Self.plan, MachineID("web"), secret) == [
                VirtualLab.File("/etc/motd", "web of etu3, 172.16.3.10/24 {braces}"),
                VirtualLab.File("/etc/motd.tail", "${HOME} 172.16.3.13"),
            ])
        #expect(
            lab.files(Self.plan, MachineID("db-1"), secret) == [
                VirtualLab.File("/etc/motd", "db-1 of etu3, 172.16.3.10/24 {braces}"),
                VirtualLab.File("/etc/key", mode: 0o400, "000fa0"),
            ])
    }

    @Test func readinessIsWaitedFor() throws {
        let readiness = try #require(read(Self.whole).readiness)
        #expect(readiness.script == "systemctl is-active apache2")
        #expect(readiness.timeLimit == .seconds(90))
        #expect(readiness.look == "journalctl -n 5")
        #expect(
            readiness.complaint(Self.plan).en
                == "The lab of etu3 was not ready within 90 s (the web server runs)")
    }

    @Test func aSummaryIsEnough() throws {
        let lab = try read("summary: one machine\n")
        #expect(lab.image == VirtualLab.Image())
        #expect(lab.nameServer == nil && lab.readiness == nil && lab.functions.isEmpty)
        #expect(lab.files(Self.plan, MachineID("web"), []).isEmpty)
        #expect(lab.environment(Self.plan).isEmpty && lab.roster(Self.plan).isEmpty)
    }

    @Test func aSummaryMayBeInBothLanguages() throws {
        let lab = try read("summary: {fr: une machine, en: one machine}\n")
        #expect(lab.summary == LocalizedText(fr: "une machine", en: "one machine"))
    }

    @Test func everyMistakeIsSaidAtOnce() throws {
        let text = "summary: x\npackges: [apache2]\nunits: [\"a b\"]\nready: {is: x}\n"
        #expect(
            mistakes(text) == [
                "2:1: unknown key “packges” in the lab, did you mean “packages”?: expected "
                    + DeclaredLab.keys.joined(separator: ", "),
                "3:9: a unit is “a b”: expected a unit of systemd's, such as apache2 or backup.timer",
                "4:8: ready has no “test”: expected test: shell that succeeds on a machine that is ready, on one line",
            ])
    }

    @Test(arguments: wrong)
    func whatIsWrongIsASentenceWithItsPlace(lines: String, sentence: String) {
        #expect(mistakes("summary: x\n\(lines)\n") == [sentence])
    }

    @Test func aSummaryIsAsked() {
        #expect(
            mistakes("units: []\n") == [
                "1:1: the lab has no “summary”: expected summary: what is raised, in one sentence"
            ])
    }

    private func mistakes(_ text: String) -> [String] {
        do throws(InputErrors) {
            _ = try read(text)
            return []
        } catch {
            return error.mistakes.map { "\($0.line):\($0.column): \($0.message.en)" }
        }
    }

    private static let wrong: [(String, String)] = [
        (
            "services: [vip, vip]", "2:17: the service “vip” is there twice: expected each once"
        ),
        (
            "services: web",
            "2:11: the service “web” is called as something else is: expected none of web, db-1, dns, nameServer, "
                + "student, zone, zone-file, prefix, machine, secret"
        ),
        (
            "services: [VIP]",
            "2:12: a service is “VIP”: expected a name of lower-case letters, digits and hyphens, such as vip"
        ),
        (
            "services: [a, b, c, d, e, f, g, h, i]",
            "2:11: there are 9 services: expected at most 8, since a student has ten addresses"
        ),
        (
            "packages: [\"apache2; reboot\"]",
            "2:12: a package is “apache2; reboot”: expected a Debian package's name, such as apache2"
        ),
        ("packages: [nano, nano]", "2:18: “nano” is in packages twice: expected each once"),
        (
            "folders: [/srv/../etc]",
            "2:11: a folder is “/srv/../etc”: expected an absolute path without blanks"
        ),
        (
            "removed: [etc/motd]",
            "2:11: a file to remove is “etc/motd”: expected an absolute path without blanks; * is any name's rest"
        ),
        ("setup: [ls]", "2:8: setup is a list: expected a text"),
        (
            "machines: [web]",
            "2:1: unknown key “machines” in the lab: expected the machines to stand in exercise.yaml"
        ),
        (
            "nameServer: {records: []}",
            "2:13: nameServer has no “zoneFile”: expected zoneFile: an absolute path, such as /etc/bind/db.lab"
        ),
        (
            "nameServer: {zoneFile: /z, records: [\"www A {vip}\"]}",
            "2:38: a record has the unknown variable {vip}: expected {student}, {zone}, {prefix}, {web.address}, "
                + "{db-1.address}, {nameServer} (braces that are meant as such are doubled: {{vip}})"
        ),
        (
            "nameServer: {zoneFile: /z, records: [\"a\\nb\"]}",
            "2:38: a record is “a\u{FFFD}b”: expected a record as in a zone's file, such as www IN A "
                + "{web.address}, on one line"
        ),
        ("files: [{path: /a}]", "2:9: a file has no “content”: expected content: the file's text"),
        (
            "files: [{path: /a, content: x, mode: \"0999\"}]",
            "2:38: mode is “0999”: expected permissions as chmod takes them, such as \"0644\""
        ),
        ("files: [{path: /a, content: x, on: wbe}]", "2:36: on is “wbe”: expected db-1 or web"),
        (
            "files:\n  - {path: /a, on: web, content: x}\n  - {path: /a, content: y}",
            "4:5: “/a” is put into a machine twice: expected each file once a machine"
        ),
        (
            "files: [{path: /a, content: \"{web.adress}\"}]",
            "2:29: content has the unknown variable {web.adress}, did you mean “web.address”?: expected {student}, "
                + "{zone}, {prefix}, {web.address}, {db-1.address}, {machine}, {secret} (braces that are meant as "
                + "such are doubled: {{web.adress}})"
        ),
        (
            "ready: {test: a, is: b, within: 1h}", "2:33: within is “1h”: expected a time from 1s to 600s"
        ),
        (
            "ready: {test: \"a\\nb\", is: b}",
            "2:15: test is “a\u{FFFD}b”: expected shell on one line; a function of functions: is not known here"
        ),
        (
            "environment: {site: x}",
            "2:15: “site” is no name of a script's variable: expected capitals, digits and underscores, such as SITE"
        ),
        (
            "environment: {DB_1: x}",
            "2:15: the scripts have another “DB_1” already: expected none of PATH, HOME, IFS, STUDENT, WEB, DB_1"
        ),
        (
            "environment: [a]",
            "2:14: environment is a list: expected a mapping of names in capitals and their values"
        ),
        (
            "roster: {web: x}",
            "2:10: the roster has “web” from the class already: expected keys of the exercise's lab only"
        ),
        (
            "roster: {site: [\"{secret}\"]}",
            "2:17: “site” of the roster has the unknown variable {secret}: expected {student}, {zone}, {prefix}, "
                + "{web.address}, {db-1.address} (braces that are meant as such are doubled: {{secret}})"
        ),
        ("roster: x", "2:9: roster is “x”: expected a mapping with the lab's keys of exercise.yaml"),
        ("units: [a]\nunits: [b]", "3:1: “units” is already on line 2: expected each key once"),
    ]
}
