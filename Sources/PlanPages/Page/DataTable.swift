import Reports

/// A table whose numbers are fields of the report: every column names its field, and every row its place in the JSON.
struct DataTable {
    /// One column; templates read its fields.
    struct Column {
        var title: String
        var unit: String
        /// Whether it holds numbers of the report.
        var isFigure: Bool
        var key: String
        var decimals: String
        var factor: String
    }

    struct Row {
        /// Where the JSON has the values.
        var path: String
        var head: String
        var cells: [String]
    }

    let caption: String
    let hasCaption: Bool
    /// Whether the second column holds names, as the first does.
    let isNamed: Bool
    private(set) var columns: [Column]
    private(set) var rows: [Row] = []

    var isEmpty: Bool { rows.isEmpty }

    init(_ caption: String, _ columns: [Column]) {
        self.caption = caption
        hasCaption = !caption.isEmpty
        isNamed = columns.count > 1 && !columns[1].isFigure
        self.columns = columns
    }

    /// Adds a row: what it is about, and the entries behind that.
    mutating func add(_ path: String, _ head: String, _ cells: [String]) {
        precondition(cells.count == columns.count - 1, "a row has an entry for every column")
        rows.append(Row(path: path, head: head, cells: cells))
    }
}

extension DataTable.Column {
    /// A column of words.
    static func words(_ title: String) -> Self {
        .init(title: title, unit: "", isFigure: false, key: "", decimals: "", factor: "1")
    }

    /// A column of numbers or letters that the JSON has under a key.
    static func figure(_ title: String, _ unit: String, _ key: String, _ decimals: Int, factor: Int = 1) -> Self {
        .init(title: title, unit: unit, isFigure: true, key: key, decimals: "\(decimals)", factor: "\(factor)")
    }
}
