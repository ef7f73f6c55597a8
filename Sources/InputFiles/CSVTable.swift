import GraderCore

/// Tables as spreadsheets write them (CSV, RFC 4180): cells between semicolons, tabs or commas, whichever the first line
/// has; a cell in quotation marks may hold line breaks. A line that begins with `#` is a remark, and an empty one nothing.
/// A line ends with LF, CR LF, or CR alone (“CSV (Macintosh)”).
public enum CSVTable {
    /// A line with something in it; as many cells as it has, whatever the header says.
    public struct Row: Sendable, Hashable {
        /// On which it begins, from 1.
        public var line: Int
        public var cells: [String]

        public var position: InputPosition { InputPosition(line: line, column: 1) }
    }

    /// Where a line that begins with `#` is a remark.
    public enum Remarks: Sendable {
        case anywhere
        /// Below it a cell may begin so, and a spreadsheet puts no quotation marks around it.
        case beforeHeader
    }

    /// Mistakes are added; the rows that can be read are returned.
    public static func rows(
        of text: String, remarks: Remarks = .anywhere, _ mistakes: InputMistakes
    ) -> [Row] {
        var reader = CSVReader(text, remarks: remarks)
        var rows: [Row] = []
        while let row = reader.nextRow(mistakes) { rows.append(row) }
        return rows
    }
}

private struct CSVReader {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var separator: UInt8?
    private let remarks: CSVTable.Remarks

    private static let (quote, blank, feed, carriage) = (
        UInt8(ascii: "\""), UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r")
    )

    init(_ text: String, remarks: CSVTable.Remarks) {
        self.remarks = remarks
        // A byte order mark is the spreadsheet's.
        bytes = Array(text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? text.utf8.dropFirst(3) : text.utf8[...])
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private static func endsLine(_ byte: UInt8) -> Bool { byte == feed || byte == carriage }

    private var restOfLine: ArraySlice<UInt8> { bytes[index...].prefix { !Self.endsLine($0) } }

    mutating func nextRow(_ mistakes: InputMistakes) -> CSVTable.Row? {
        while let first = firstOfLine {
            if first == UInt8(ascii: "#"), separator == nil || remarks == .anywhere {
                skipLine()
                continue
            }
            separator = separator ?? self.separatorOfLine
            if let row = readRow(mistakes) { return row }
        }
        return nil
    }

    /// The first byte of the next line that is not empty; nil at the end.
    private var firstOfLine: UInt8? {
        mutating get {
            while let byte = current,
                [Self.blank, UInt8(ascii: "\t"), Self.feed, Self.carriage].contains(byte)
            {
                // A tab may be an empty cell.
                guard restOfLine.allSatisfy({ $0 == Self.blank || $0 == UInt8(ascii: "\t") }) else {
                    return byte
                }
                skipLine()
            }
            return current
        }
    }

    /// Names have commas in them more often than semicolons.
    private var separatorOfLine: UInt8 {
        let rest = restOfLine
        return [UInt8(ascii: ";"), UInt8(ascii: "\t")].first { rest.contains($0) } ?? UInt8(ascii: ",")
    }

    private mutating func readRow(_ mistakes: InputMistakes) -> CSVTable.Row? {
        var row = CSVTable.Row(line: line, cells: [])
        while true {
            skipBlanks()
            let opening = line
            guard let cell = current == Self.quote ? quotedCell() : plainCell() else {
                mistakes.add(
                    InputPosition(line: opening, column: 1),
                    LocalizedText(fr: "un guillemet n'est pas fermé", en: "a quotation mark is left open"),
                    expected: LocalizedText(
                        fr: "\"…\" autour d'une cellule entière", en: "\"…\" around a whole cell"))
                return nil
            }
            row.cells.append(cell)
            guard let byte = current, !Self.endsLine(byte) else {
                skipLine()
                return row
            }
            guard byte == separator else {
                mistakes.add(
                    InputPosition(line: line, column: 1),
                    LocalizedText(
                        fr: "quelque chose suit un guillemet fermant",
                        en: "something stands behind a quotation mark"),
                    expected: LocalizedText(
                        fr: "\"…\" autour d'une cellule entière, et \"\" pour un guillemet à l'intérieur",
                        en: "\"…\" around a whole cell, and \"\" for a quotation mark in it"))
                skipLine()
                return nil
            }
            index += 1
        }
    }

    /// Nil where the text ends before the cell does.
    private mutating func quotedCell() -> String? {
        index += 1
        var cell: [UInt8] = []
        while let byte = current {
            index += 1
            if byte == Self.quote {
                guard current == Self.quote else {
                    skipBlanks()
                    return String(decoding: cell, as: UTF8.self)
                }
                index += 1
            }
            if byte == Self.feed || byte == Self.carriage && current != Self.feed { line += 1 }
            cell.append(byte)
        }
        return nil
    }

    private mutating func plainCell() -> String {
        let start = index
        while let byte = current, byte != separator, !Self.endsLine(byte) { index += 1 }
        var cell = bytes[start..<index]
        while cell.last == Self.blank { cell.removeLast() }
        return String(decoding: cell, as: UTF8.self)
    }

    private mutating func skipBlanks() { while current == Self.blank { index += 1 } }

    private mutating func skipLine() {
        index += restOfLine.count
        guard let end = current else { return }
        index += 1
        if end == Self.carriage, current == Self.feed { index += 1 }
        line += 1
    }
}
