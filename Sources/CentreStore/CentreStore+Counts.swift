import GRDB
import SignalModel

extension CentreStore {
    /// What each detector counted in each interval, by detector and time; intervals without any reading are left out.
    ///
    /// A reading belongs to the interval in which it starts. Where several are of the same detector and start (two
    /// feeds, or an imputed one that the measured one followed), the best counts, and of equals the first that came.
    ///
    /// - Parameters:
    ///   - start: Start of the first interval, s of network time.
    ///   - end: End, s of network time; the last interval may be shorter than the others.
    ///   - interval: Length of an interval, s.
    public func counts(from start: Double, to end: Double, interval: Double) throws(StoreError) -> [IntervalCount] {
        try FieldCheck.time(start, "from")
        try FieldCheck.time(end, "to")
        try FieldCheck.positive(interval, "interval")
        return try read {
            let rows = try Row.fetchCursor(
                $0, sql: Self.countQuery,
                arguments: [
                    "start": start, "end": end, "interval": interval, "suspect": ReadingQuality.suspect.rawValue,
                ])
            return try Array(rows.map { try IntervalCount(row: $0, from: start, to: end, interval: interval) })
        }
    }

    /// CROSS JOIN keeps SQLite on the detectors first, each a short walk along the key, whatever it thinks of the
    /// sizes.
    private static let countQuery = """
        WITH ranked AS (
            SELECT reading.*, detector.name AS name, count IS NOT NULL AND quality <> :suspect AS usable,
                row_number() OVER (
                    PARTITION BY detector, start_s
                    ORDER BY count IS NULL OR quality = :suspect, quality, received_s, source, sequence) AS place
            FROM detector CROSS JOIN reading ON reading.detector = detector.id
            WHERE start_s >= :start AND start_s < :end
        )
        SELECT name, CAST((start_s - :start) / :interval AS INTEGER) AS slot,
            coalesce(sum(count) FILTER (WHERE usable), 0.0) AS count,
            coalesce(sum(length_s) FILTER (WHERE usable), 0.0) AS covered,
            sum(occupancy * length_s) FILTER (WHERE usable AND occupancy IS NOT NULL)
                / sum(length_s) FILTER (WHERE usable AND occupancy IS NOT NULL) AS occupancy,
            sum(speed_mps * count) FILTER (WHERE usable AND speed_mps IS NOT NULL)
                / sum(count) FILTER (WHERE usable AND speed_mps IS NOT NULL) AS speed,
            count(*) FILTER (WHERE usable) AS readings, count(*) AS rows, avg(length_s) AS length
        FROM ranked WHERE place = 1 GROUP BY name, slot ORDER BY name, slot
        """
}

extension IntervalCount {
    fileprivate init(row: Row, from start: Double, to end: Double, interval: Double) throws {
        let slot: Int = try row.decode(forColumn: "slot")
        let begin = start + Double(slot) * interval
        let length: Double = try row.decode(forColumn: "length")
        let readings: Int = try row.decode(forColumn: "readings")
        let rows: Int = try row.decode(forColumn: "rows")
        let expected = max(Double(rows), ((min(end, begin + interval) - begin) / length).rounded())
        self.init(
            detector: DetectorID(try row.decode(String.self, forColumn: "name")), start: begin,
            count: try row.decode(forColumn: "count"), covered: try row.decode(forColumn: "covered"),
            occupancy: try row.decode(forColumn: "occupancy"), speed: try row.decode(forColumn: "speed"),
            readings: readings, missing: Int(exactly: expected - Double(readings)) ?? Int.max)
    }
}
