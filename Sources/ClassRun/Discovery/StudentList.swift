import Foundation
import GraderCore
import InputFiles

/// Whose machines are whose, from a table with a header (`--students`): `name`, `id`, and at least one of `address`,
/// `host` and `cluster`, or the same in French: `nom`, `identifiant`, `adresse`, `hôte`. Nobody's name is ever guessed.
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

    private enum Column: CaseIterable {
        case id, name, address, host, cluster

        var heading: ColumnHeading {
            switch self {
            case .id: ColumnHeading(name: .key("id"), others: ["identifiant"])
            case .name: ColumnHeading(name: LocalizedText(fr: "nom", en: "name"))
            case .address: ColumnHeading(name: LocalizedText(fr: "adresse", en: "address"))
            case .host: ColumnHeading(name: LocalizedText(fr: "hôte", en: "host"), others: ["machine"])
            case .cluster: ColumnHeading(name: .key("cluster"))
            }
        }

        /// Says which machines are whose.
        var isKey: Bool { [.address, .host, .cluster].contains(self) }
    }

    /// - Throws: every mistake in it at once.
    public static func read(file: String) throws(InputErrors) -> StudentList {
        let input = try InputText(file: file)
        let mistakes = InputMistakes(file: file)
        var header: [Column?]?
        var list = StudentList(rows: [])
        for line in CSVTable.rows(of: input.text, mistakes) {
            let (position, cells) = (line.position, line.cells)
            guard let columns = header else {
                header = columns(of: cells, at: position, mistakes)
                continue
            }
            guard cells.count == columns.count else {
                mistakes.add(
                    position,
                    LocalizedText(
                        fr: "cette ligne a \(cells.count) cellules", en: "this line has \(cells.count) cells"),
                    expected: LocalizedText(
                        fr: "\(columns.count), une par colonne de l'en-tête",
                        en: "\(columns.count), one for each column of the header"))
                continue
            }
            let known = zip(columns, cells).compactMap { column, cell in column.map { ($0, cell) } }
            let byColumn = Dictionary(known, uniquingKeysWith: { first, _ in first })
            if let row = row(byColumn, position, mistakes) { list.rows.append(row) }
        }
        if header == nil {
            mistakes.add(
                InputPosition(line: 1, column: 1),
                LocalizedText(fr: "le tableau est vide", en: "the table is empty"),
                expected: LocalizedText(
                    fr: "un en-tête tel que id;nom;adresse", en: "a header such as id;name;address"))
        }
        try mistakes.check()
        return list
    }

    /// - Returns: what each column of the header is; nil: none that is known, which is noted.
    private static func columns(
        of header: [String], at position: InputPosition, _ mistakes: InputMistakes
    ) -> [Column?] {
        let columns = header.map { cell in Column.allCases.first { $0.heading.means(cell) } }
        let unknown = zip(header, columns).filter { $1 == nil }.map { quoted($0.0) }
            .joined(LocalizedText(verbatim: ", "))
        if unknown != .nothing {
            mistakes.add(
                position,
                LocalizedText(fr: "colonne inconnue : \(unknown)", en: "there is no column \(unknown)"),
                expected: Column.allCases.map(\.heading.name).joined(LocalizedText(verbatim: ", ")))
        }
        for column in Column.allCases where columns.count(where: { $0 == column }) > 1 {
            let name = column.heading.name
            mistakes.add(
                position,
                LocalizedText(
                    fr: "la colonne « \(name) » y est deux fois", en: "the column “\(name)” is there twice"),
                expected: LocalizedText(fr: "chacune une seule fois", en: "each once"))
        }
        if !columns.contains(.name), !columns.contains(.id) {
            mistakes.add(
                position, LocalizedText(fr: "personne n'est nommé", en: "nobody is named"),
                expected: LocalizedText(fr: "une colonne nom ou id", en: "a column name or id"))
        }
        if !columns.contains(where: { $0?.isKey == true }) {
            mistakes.add(
                position,
                LocalizedText(
                    fr: "rien ne dit à qui sont les machines", en: "nothing says which machines are whose"),
                expected: LocalizedText(
                    fr: "une colonne adresse, hôte ou cluster", en: "a column address, host or cluster"))
        }
        return columns
    }

    private static func row(
        _ cells: [Column: String], _ position: InputPosition, _ mistakes: InputMistakes
    ) -> Row? {
        func cell(_ column: Column) -> String? { cells[column].flatMap { $0.isEmpty ? nil : $0 } }
        let names = (cell(.name) ?? "").split(separator: "+").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        var team = Team()
        guard names.allSatisfy({ team.take($0, at: position, mistakes) }) else { return nil }
        if let id = cell(.id), !SafeName.isValid(id) {
            mistakes.add(
                position,
                LocalizedText(
                    fr: "l'id \(quoted(id)) ne peut nommer un dossier",
                    en: "the id \(quoted(id)) cannot name a folder"),
                expected: SafeName.rule)
            return nil
        }
        return Row(
            id: cell(.id), names: names, address: cell(.address), host: cell(.host),
            cluster: cell(.cluster), line: position.line)
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
