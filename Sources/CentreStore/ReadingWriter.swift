import GRDB

/// Writes the readings of one transaction.
struct ReadingWriter {
    private let database: Database
    private let insertReading: Statement
    private var detectors: [[UInt8]: Int64] = [:]
    private var sources: [SourceKey: (id: Int64, last: Int)] = [:]

    // Texts are compared as SQLite does, byte by byte: Swift takes two spellings of the same letter for one.
    private struct SourceKey: Hashable {
        var kind: String
        var name: [UInt8]
    }

    init(_ database: Database) throws {
        self.database = database
        insertReading = try database.cachedStatement(
            sql: """
                INSERT INTO reading (detector, start_s, source, sequence, length_s, count, occupancy, speed_mps,
                    received_s, quality)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (detector, start_s, source, sequence) DO NOTHING
                """)
    }

    /// Whether the reading was not there before.
    mutating func insert(_ stored: StoredReading) throws -> Bool {
        let reading = stored.reading
        let source = try sourceID(stored.source, sequence: stored.sequence)
        try insertReading.execute(arguments: [
            try detectorID(reading.detector.text), reading.start, source, stored.sequence, reading.length,
            reading.count, reading.occupancy, reading.speed, stored.received, stored.quality.rawValue,
        ])
        return database.changesCount > 0
    }

    /// Keeps how far the sources have come.
    func finish() throws {
        for source in sources.values {
            try database.cachedStatement(sql: "UPDATE source SET last_sequence = ? WHERE id = ? AND last_sequence < ?")
                .execute(arguments: [source.last, source.id, source.last])
        }
    }

    private mutating func detectorID(_ name: String) throws -> Int64 {
        let key = Array(name.utf8)
        if let known = detectors[key] { return known }
        let find = try database.cachedStatement(sql: "SELECT id FROM detector WHERE name = ?")
        var id = try Int64.fetchOne(find, arguments: [name])
        if id == nil {
            try database.execute(sql: "INSERT INTO detector (name) VALUES (?)", arguments: [name])
            id = database.lastInsertedRowID
        }
        detectors[key] = id
        return id ?? 0
    }

    private mutating func sourceID(_ source: ReadingSource, sequence: Int) throws -> Int64 {
        let key = SourceKey(kind: source.kind, name: Array(source.name.utf8))
        if let known = sources[key] {
            if known.last < sequence { sources[key]?.last = sequence }
            return known.id
        }
        let find = try database.cachedStatement(sql: "SELECT id FROM source WHERE kind = ? AND name = ?")
        var id = try Int64.fetchOne(find, arguments: [source.kind, source.name])
        if id == nil {
            try database.execute(
                sql: "INSERT INTO source (kind, name, last_sequence) VALUES (?, ?, ?)",
                arguments: [source.kind, source.name, sequence])
            id = database.lastInsertedRowID
        }
        sources[key] = (id ?? 0, sequence)
        return id ?? 0
    }
}
