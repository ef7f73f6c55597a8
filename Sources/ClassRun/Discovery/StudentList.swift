import GraderCore
import InputFiles
import Foundation

/// Whose machines are whose, from a table with a header (`--students`): `name`, `id`, and at least one of `address`,
/// `host` and `cluster`. Nobody's name is ever guessed.
///
///     id;name;address
///     dupont;Dupont Camille;172.16.1.10
public struct StudentList: Sendable, Hashable {
    /// A line of the table; at least one of `address`, `host` and `cluster` is there.
    public struct Row: Sendable, Hashable {
        public var id: String?
        /// The members of a team, with `+` between them in the file.
        public var names: [String]
        /// Of one of the machines.
        public var address: String?
        /// The host name of one of the machines.
        public var host: String?
        /// What the machines call the lab they are in.
        public var cluster: String?
        public var line: Int
    }

    public var rows: [Row]

    private static let columns = ["id", "name", "address", "host", "cluster"]
    private static let keys = ["address", "host", "cluster"]

    /// - Throws: every mistake in it at once.
    public static func read(file: String) throws(InputErrors) -> StudentList {
        let input = try InputText(file: file)
        let mistakes = InputMistakes(file: file)
        var header: [String]?
        var list = StudentList(rows: [])
        for line in CSVTable.rows(of: input.text, mistakes) {
            let (position, cells) = (line.position, line.cells)
            guard let columns = header else {
                header = cells.map { $0.lowercased() }
                check(header ?? [], at: position, mistakes)
                continue
            }
            guard cells.count == columns.count else {
                mistakes.add(
                    position, "this line has \(cells.count) cells",
                    expected: "\(columns.count), one for each column of the header")
                continue
            }
            let byColumn = Dictionary(zip(columns, cells), uniquingKeysWith: { first, _ in first })
            if let row = row(byColumn, position, mistakes) { list.rows.append(row) }
        }
        if header == nil {
            mistakes.add(
                InputPosition(line: 1, column: 1), "the table is empty",
                expected: "a header such as id;name;address")
        }
        try mistakes.check()
        return list
    }

    private static func check(_ header: [String], at position: InputPosition, _ mistakes: InputMistakes) {
        let unknown = header.filter { !columns.contains($0) }.map(quoted).joined(separator: ", ")
        if !unknown.isEmpty {
            mistakes.add(position, "there is no column \(unknown)", expected: columns.joined(separator: ", "))
        }
        for column in Set(header) where header.count(where: { $0 == column }) > 1 {
            mistakes.add(position, "the column \(quoted(column)) is there twice", expected: "each once")
        }
        if !header.contains("name"), !header.contains("id") {
            mistakes.add(position, "nobody is named", expected: "a column name or id")
        }
        if !header.contains(where: keys.contains) {
            mistakes.add(
                position, "nothing says which machines are whose",
                expected: "a column address, host or cluster")
        }
    }

    private static func row(
        _ cells: [String: String], _ position: InputPosition, _ mistakes: InputMistakes
    ) -> Row? {
        func cell(_ column: String) -> String? { cells[column].flatMap { $0.isEmpty ? nil : $0 } }
        let names = (cell("name") ?? "").split(separator: "+").map { $0.trimmingCharacters(in: .whitespaces) }
        if let id = cell("id"), !SafeName.isValid(id) {
            mistakes.add(position, "the id \(quoted(id)) cannot name a folder", expected: SafeName.rule)
            return nil
        }
        return Row(
            id: cell("id"), names: names.filter { !$0.isEmpty }, address: cell("address"), host: cell("host"),
            cluster: cell("cluster"), line: position.line)
    }

    /// The row that a lab is meant by; several are a doubt.
    func rows(for lab: DiscoveredLab) -> [Row] {
        rows.filter { row in
            lab.machines.contains { row.means($0.machine) } || row.cluster.map { $0 == lab.name } ?? false
        }
    }
}

extension StudentList.Row {
    func means(_ machine: DiscoveredMachine) -> Bool {
        address.map { address in
            ([machine.address] + machine.addresses).contains { $0.description == address }
        } ?? false || host.map(machine.hostNames.contains) ?? false
    }
}
