/// Rows of text in aligned columns, two spaces apart.
struct TextTable {
    /// One column: what stands above it, line by line, and on which side its entries are.
    struct Column {
        var header: [String]
        var isLeft: Bool
    }

    private var columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    mutating func add(_ row: [String]) {
        precondition(row.count == columns.count, "a row has an entry for every column")
        rows.append(row)
    }

    /// The lines of header and rows behind an indent; nothing where there are no rows.
    func lines(indent: Int) -> [String] {
        guard !rows.isEmpty else { return [] }
        let height = columns.map(\.header.count).max() ?? 0
        let headers = (0..<height).map { line in columns.map { line < $0.header.count ? $0.header[line] : "" } }
            .filter { line in line.contains { !$0.isEmpty } }
        let widths = columns.indices.map { column in (headers + rows).map { $0[column].count }.max() ?? 0 }
        return (headers + rows).map { row in
            let cells = columns.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return columns[column].isLeft ? row[column] + padding : padding + row[column]
            }
            let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}

extension String {
    /// The text, with its middle left out where it is too long.
    package func shortened(to width: Int) -> String {
        guard count > width else { return self }
        let tail = (width - 1) / 2
        return prefix(width - 1 - tail) + "…" + suffix(tail)
    }

    /// The text in lines of at most a width, broken at spaces where there are any.
    func wrapped(to width: Int) -> [String] {
        var lines = [""]
        for word in split(separator: " ") {
            if lines[lines.count - 1].isEmpty {
                lines[lines.count - 1] = String(word)
            } else if lines[lines.count - 1].count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
