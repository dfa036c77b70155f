import GRDB
import SignalModel

extension CentreStore {
    /// Stores readings, all or none of them; those that are there already are left as they were.
    ///
    /// - Throws: ``StoreError/invalid(field:expected:found:)`` for the first that cannot be stored; then none is.
    @discardableResult
    public func record(_ readings: [StoredReading]) throws(StoreError) -> ReadingTally {
        for reading in readings { try reading.check() }
        return try write { database in
            var tally = ReadingTally()
            var writer = try ReadingWriter(database)
            for reading in readings {
                if try writer.insert(reading) { tally.stored += 1 } else { tally.duplicates += 1 }
            }
            try writer.finish()
            return tally
        }
    }

    /// Greatest sequence number that has come from a source; nothing where none has.
    ///
    /// It is kept when the readings are not any more.
    public func lastSequence(of source: ReadingSource) throws(StoreError) -> Int? {
        try read {
            try Int.fetchOne(
                $0, sql: "SELECT last_sequence FROM source WHERE kind = ? AND name = ?",
                arguments: [source.kind, source.name])
        }
    }

    /// Readings of a detector whose intervals start from one time until before another, s of network time, by start.
    public func readings(detector: DetectorID, from start: Double, to end: Double) throws(StoreError) -> [StoredReading]
    {
        try read {
            let rows = try Row.fetchCursor(
                $0,
                sql: """
                    SELECT reading.*, detector.name AS detector_name, source.kind AS source_kind, source.name AS source_name
                    FROM detector JOIN reading ON reading.detector = detector.id JOIN source ON source.id = reading.source
                    WHERE detector.name = ? AND start_s >= ? AND start_s < ?
                    ORDER BY start_s, received_s, reading.source, reading.sequence
                    """, arguments: [detector.text, start, end])
            return try Array(rows.map { try StoredReading(row: $0) })
        }
    }
}
