import Foundation
import GRDB

extension CentreStore {
    /// A copy of a backup on its way to the store's place bears this after the name; found without the store, it shows
    /// that a restoration was cut off.
    static let restoringSuffix = ".restoring"

    /// Puts a backup in a store's place, and keeps what was there, with its log, under another name.
    ///
    /// The backup is checked first, its audit log too; nothing is moved before. No process may have the store open.
    /// What was stored after the backup is not in the store any more; the audit log says who restored it from what, and
    /// controllers say which numbers of leases they have seen (``nextLeaseSequence(junction:above:)``). If this is cut
    /// off half way, the store cannot be opened until it has been run again.
    ///
    /// - Parameters:
    ///   - backup: A file that ``backup(to:)`` made.
    ///   - path: The store's place.
    ///   - person: Who restores it.
    ///   - time: When, s of network time.
    /// - Returns: The name under which the file that was there is now; nothing where none was there.
    /// - Throws: ``StoreError`` of the backup, or ``StoreError/exists(path:)`` where the other name is taken.
    @discardableResult
    public static func restore(
        from backup: String, to path: String, by person: AuditActor, at time: Double
    ) throws(StoreError) -> String? {
        try FieldCheck.time(time, "at")
        try StoreFile.checkHeader(backup)
        let restoring = path + restoringSuffix
        StoreFile.removeTemporary(restoring)
        let aside = path + ".before-\(Int(exactly: time.rounded()) ?? 0)"
        var isMoving = false
        do {
            try copyChecked(backup, to: restoring)
            let isAside = StoreFile.exists(path)
            let entry = AuditRecord(
                time: time, actor: person, action: "store.restored", subject: path,
                detail: try AuditRecord.json(["from": backup, "aside": isAside ? aside : ""]))
            try enter(entry, into: restoring)
            try StoreFile.synchronize(restoring)
            isMoving = true
            // The file goes before its log: with its log gone first, it would pass for whole without its last
            // transactions.
            for suffix in [""] + StoreFile.companions where StoreFile.exists(path + suffix) {
                try StoreFile.move(path + suffix, to: aside + suffix)
            }
            try StoreFile.place(restoring, at: path)
            return isAside ? aside : nil
        } catch {
            if !isMoving { StoreFile.removeTemporary(restoring) }
            throw StoreError(error, path: path)
        }
    }

    private static func copyChecked(_ backup: String, to restoring: String) throws {
        let source = try DatabaseQueue(path: backup, configuration: configuration(isReadOnly: true))
        try source.read { try check($0, path: backup) }
        try copy(source, to: restoring)
        try source.close()
    }

    /// Takes the copy of a backup to the present version and tells its audit log of the restoration.
    private static func enter(_ entry: AuditRecord, into restoring: String) throws {
        let copy = try DatabaseQueue(path: restoring, configuration: configuration(isReadOnly: false))
        try StoreSchema.migrator.migrate(copy)
        try copy.write { database in
            if case .broken(let sequence, let fault) = try AuditLog.verify(database, expectedHead: nil) {
                let verdict = AuditVerdict.broken(sequence: sequence, fault)
                throw StoreError.damaged(path: restoring, found: [verdict.description])
            }
            try AuditLog.append(entry, database)
        }
        try copy.close()
    }
}
