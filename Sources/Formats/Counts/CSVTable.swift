import Foundation
import SwiftCSV

/// A CSV text as a header and rows of cells, each with the line that it starts on.
struct CSVTable {
    let file: String
    let header: [String]
    let rows: [(line: Int, cells: [String])]

    /// Parses a text.
    ///
    /// - Throws: ``FormatError`` when the text is empty or its quoting is broken.
    init(text: String, file: String) throws(FormatError) {
        var rows: [(line: Int, cells: [String])] = []
        var line = 1
        do {
            // The last cell of the last line is only kept where a line end follows.
            let complete = text.last?.isNewline == true ? text : text + "\n"
            let parser = try EnumeratedCSV(string: complete, delimiter: .comma, loadColumns: false, rowLimit: 0)
            try parser.enumerateAsArray(startAt: 0, rowLimit: nil) { cells in
                if cells != [""] { rows.append((line, cells)) }
                line += 1 + cells.reduce(0) { $0 + $1.count { $0.isNewline } }
            }
        } catch {
            throw FormatError(
                file: file, location: .line(line), fault: .malformed("text beside a quoted cell, or a stray quote"))
        }
        guard let first = rows.first else { throw FormatError(file: file, fault: .malformed("the file is empty")) }
        self.file = file
        header = first.cells.map { $0.trimmingCharacters(in: .whitespaces) }
        self.rows = Array(rows.dropFirst())
    }
}
