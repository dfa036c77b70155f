import Foundation
import GRDB

extension CentreStore {
    /// Copies the store as it is at one moment, while others go on reading and writing.
    ///
    /// The copy is one file, is checked, is on the disk, and appears under its name only then.
    ///
    /// - Throws: ``StoreError/exists(path:)`` where something is at the path.
    public func backup(to path: String) throws(StoreError) {
        guard !StoreFile.exists(path) else { throw .exists(path: path) }
        let temporary = path + ".making"
        StoreFile.removeTemporary(temporary)
        do {
            try Self.copy(pool, to: temporary)
            try StoreFile.place(temporary, at: path)
        } catch {
            StoreFile.removeTemporary(temporary)
            throw StoreError(error, path: path)
        }
    }

    /// Copies a database into one file without a log, and checks the copy.
    static func copy(_ source: any DatabaseReader, to path: String) throws {
        let copy = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: false))
        try source.backup(to: copy)
        try copy.writeWithoutTransaction { database in
            // The copy has the setting of the original, by which it would need a second file beside it.
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
            try check(database, path: path)
        }
        try copy.close()
    }
}
