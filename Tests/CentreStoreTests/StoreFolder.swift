import CentreStore
import Foundation
import GRDB
import SignalModel

/// A folder for a store, which goes with the process: a store opens its file again whenever a reader comes.
struct StoreFolder {
    private static let root: String = {
        atexit { try? FileManager.default.removeItem(atPath: StoreFolder.root) }
        return FileManager.default.temporaryDirectory.path + "/greenband-store-\(UUID().uuidString)"
    }()

    let folder: String
    var path: String { folder + "/centre.sqlite" }

    init() throws {
        folder = Self.root + "/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    static func opened() throws -> CentreStore { try StoreFolder().open() }

    func open() throws -> CentreStore { try CentreStore(path: path) }

    /// The database as anybody may open it who has the file.
    func tamper(_ sql: String, _ arguments: StatementArguments = []) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql, arguments: arguments) }
    }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }
}

/// Why opening a store failed.
func openingError(_ path: String) throws -> StoreError? {
    do throws(StoreError) {
        try CentreStore(path: path).close()
        return nil
    } catch {
        return error
    }
}

let engineer = AuditActor(name: "Ada", role: "engineer")

extension StoredReading {
    static func made(
        _ sequence: Int, detector: DetectorID = "D", start: Double, length: Double = 10, count: Double? = 1,
        occupancy: Double? = nil, speed: Double? = nil, source: ReadingSource = .feed("north"), received: Double? = nil,
        quality: ReadingQuality = .good
    ) -> StoredReading {
        StoredReading(
            source: source, sequence: sequence,
            reading: DetectorReading(
                detector: detector, start: start, length: length, count: count, occupancy: occupancy, speed: speed),
            received: received ?? start + length, quality: quality)
    }
}
