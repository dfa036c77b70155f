import CentreStore
import Foundation
import SignalModel

/// Stores without end, and says on standard output what is stored as soon as the store has said so.
struct EndlessWriter {
    static let readingsPerBatch = 50

    let path: String

    func run() throws {
        let store = try CentreStore(path: path)
        let source = ReadingSource.feed("north")
        let first = try (store.lastSequence(of: source) ?? 0) + 1
        for batch in 0... {
            let numbers = (0..<Self.readingsPerBatch).map { first + batch * Self.readingsPerBatch + $0 }
            let tally = try store.record(numbers.map { Self.reading($0, source) })
            say("readings \(numbers[0]) \(numbers[0] + tally.stored - 1)")
            let sequence = try store.nextLeaseSequence(junction: "J")
            say("lease \(sequence)")
            let entry = try store.audit.append(
                AuditRecord(
                    time: Double(batch), actor: AuditActor(name: "writer", role: "system"), action: "batch",
                    subject: "\(batch)"))
            say("audit \(entry.sequence) \(entry.hash)")
        }
    }

    private static func reading(_ number: Int, _ source: ReadingSource) -> StoredReading {
        StoredReading(
            source: source, sequence: number,
            reading: DetectorReading(
                detector: DetectorID("D\(number % 7)"), start: Double(number), length: 1, count: Double(number % 5)),
            received: Double(number) + 1)
    }

    /// Ends the program where nobody listens any more.
    private func say(_ line: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            exit(1)
        }
    }
}
