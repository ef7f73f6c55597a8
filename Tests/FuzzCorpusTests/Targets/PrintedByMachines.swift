import Foundation
import GraderCore

@testable import ClassRun
@testable import Exercises
@testable import InputFiles
@testable import LinuxFacts
@testable import Pacemaker

extension FuzzTarget {
    private static let address = IPAddress(.v4, 0xAC10_010C)

    /// What any Linux machine prints, and what its files say.
    static let printedByMachines: [FuzzTarget] = [
        FuzzTarget("ip", upTo: 8192) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            for read in [InterfaceAddresses.read(json: bytes), InterfaceAddresses.read(text: text)] {
                _ = try read.facts.json()
                for entry in read.all { _ = read.holder(of: entry.address) }
                for interface in read.interfaces {
                    try expect(read.interface(interface.name) != nil, "\(interface.name) is not found")
                }
            }
            for table in [NeighbourTable.read(text), NeighbourTable.read(kernelTable: text)] {
                for entry in table.entries { _ = table.macAddress(of: entry.address) }
            }
        },
        FuzzTarget("ss", text: 4096) { text in
            let read = ListeningSockets.read(text)
            try expect(read == ListeningSockets.read(text), "read twice, it is not the same")
            try expect(read.sockets.allSatisfy { 0...65535 ~= $0.port }, "a port is none")
        },
        FuzzTarget("network-files", text: 8192) { text in
            _ = StaticAddresses.read(text).entries(for: address)
            _ = AddressCommands.read(text)
            guard let files = BootFiles(text) else { return }
            _ = StaticAddresses.read(files)
            _ = StaticConfiguration.say(of: address, in: text)
            _ = NetplanFiles.say(of: address, in: files)
        },
        FuzzTarget("shell", text: 4096) { text in
            let commands = AddressCommands.read(text, variables: ["IFACE": "eth0"])
            try expect(
                commands == AddressCommands.read(text, variables: ["IFACE": "eth0"]),
                "read twice, it is not the same")
        },
        FuzzTarget("netplan", text: 8192) { text in
            guard let files = BootFiles("==> /etc/netplan/50-a.yaml <==\n" + text) else { return }
            _ = NetplanFiles.say(of: address, in: files)
        },
        FuzzTarget("page", upTo: 8192) { bytes in
            let response = HTTPExchange.Response(
                status: 200, headers: [], body: Bytes(bytes), bodyTruncated: false)
            _ = response.shows("Intralab de etu1")
            _ = response.browserAction
        },
        // Everything that is a word or a number of its own.
        FuzzTarget("dates", text: 128) { text in
            _ = ClusterDate.parse(text)
            _ = LogStamp(text[...])?.universal(zone: 0)
            if let date = StoredDate.date(text) {
                try expect(StoredDate.date(StoredDate.string(date)) == date, "\(date) is not read again")
            }
            if let zone = TimeZone(identifier: "Europe/Paris") {
                _ = RosterDate.parse(text, zone: zone)
            }
            if let duration = DurationText.parse(text) { _ = duration.wholeMilliseconds }
            _ = Score(text)
            _ = ClusterBoolean.parse(text)
            if let read = IPAddress(text) {
                try expect(IPAddress(read.description) == read, "\(read) is not read again")
            }
            if let read = MACAddress(text) {
                try expect(MACAddress(read.description) == read, "\(read) is not read again")
            }
        },
        // The first line is the pattern, the rest what it is searched for in.
        FuzzTarget("patterns", text: 2048) { text in
            let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let (pattern, subject) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
            let template = Pattern(template: Template(pattern))
            if template.mistake == nil { _ = try? template.answer(subject) { _ in subject } }
            _ = ResourcePattern(pattern)?.matches(subject)
            var budget = ComparisonBudget()
            _ = ShellPattern(pattern).matches(subject, &budget)
        },
    ]
}
