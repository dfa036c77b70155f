import GRDB
import SignalModel

/// A reading with where it came from, when, and what it is worth.
///
/// Values that cannot be (an occupancy of 1.3) are kept as they came: what a faulty detector says is evidence. Numbers
/// must be finite, and intervals longer than 0 s.
public struct StoredReading: Equatable, Sendable {
    /// Where it came from.
    public var source: ReadingSource
    /// Number of the message that brought it, in the source's own order; one message may bring several readings.
    public var sequence: Int
    /// What was measured.
    public var reading: DetectorReading
    /// When it came, s of network time.
    public var received: Double
    /// What it is worth.
    public var quality: ReadingQuality

    /// States a reading.
    public init(
        source: ReadingSource, sequence: Int, reading: DetectorReading, received: Double,
        quality: ReadingQuality = .good
    ) {
        self.source = source
        self.sequence = sequence
        self.reading = reading
        self.received = received
        self.quality = quality
    }

    func check() throws(StoreError) {
        try FieldCheck.text(source.name, "source")
        try FieldCheck.text(reading.detector.text, "detector")
        guard sequence >= 0 else { throw .invalid(field: "sequence", expected: "at least 0", found: "\(sequence)") }
        try FieldCheck.time(reading.start, "start")
        try FieldCheck.positive(reading.length, "length")
        try FieldCheck.finite(reading.count, "count")
        try FieldCheck.finite(reading.occupancy, "occupancy")
        try FieldCheck.finite(reading.speed, "speed")
        try FieldCheck.time(received, "received")
    }

    init(row: Row) throws {
        source = ReadingSource(
            kind: try row.decode(forColumn: "source_kind"), name: try row.decode(forColumn: "source_name"))
        sequence = try row.decode(forColumn: "sequence")
        reading = DetectorReading(
            detector: DetectorID(try row.decode(String.self, forColumn: "detector_name")),
            start: try row.decode(forColumn: "start_s"), length: try row.decode(forColumn: "length_s"),
            count: try row.decode(forColumn: "count"), occupancy: try row.decode(forColumn: "occupancy"),
            speed: try row.decode(forColumn: "speed_mps"))
        received = try row.decode(forColumn: "received_s")
        quality = try ReadingQuality(stored: row.decode(forColumn: "quality"))
    }
}
