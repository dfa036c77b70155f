import GRDB

extension CentreStore {
    /// Lines of damage that are worth reading.
    private static let greatestFindingCount = 10
    /// The log is cut back to this after it had to grow, bytes.
    private static let logSize = 16 << 20

    static func configuration(isReadOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.label = "greenband.store"
        // Others that look at the file, such as a check of the audit log, hold it for moments.
        configuration.busyMode = .timeout(10)
        return configuration
    }

    /// Makes a store under another name first, so that a file under its own name is always whole.
    static func make(_ path: String) throws(StoreError) {
        for orphan in StoreFile.companions.map({ path + $0 }) + [path + restoringSuffix] where StoreFile.exists(orphan)
        {
            throw .damaged(path: path, found: ["the file is gone, \(orphan) is there"])
        }
        let temporary = path + ".making"
        StoreFile.removeTemporary(temporary)
        do {
            let queue = try DatabaseQueue(path: temporary, configuration: configuration(isReadOnly: false))
            try StoreSchema.migrator.migrate(queue)
            try queue.close()
        } catch {
            StoreFile.removeTemporary(temporary)
            throw StoreError(error, path: path)
        }
        try StoreFile.place(temporary, at: path)
    }

    /// Judges a database before anything is changed in it.
    static func check(_ database: Database, path: String) throws {
        let findings = try String.fetchAll(database, sql: "PRAGMA quick_check(\(greatestFindingCount))")
        guard findings == ["ok"] else { throw StoreError.damaged(path: path, found: findings) }
        let unknown = try StoreSchema.migrator.appliedIdentifiers(database)
            .subtracting(StoreSchema.migrator.migrations)
        guard unknown.isEmpty else { throw StoreError.newerVersion(path: path, steps: unknown.sorted()) }
    }

    static func requireAllSteps(_ database: Database, path: String) throws {
        let applied = try StoreSchema.migrator.appliedIdentifiers(database)
        let missing = StoreSchema.migrator.migrations.filter { !applied.contains($0) }
        guard missing.isEmpty else { throw StoreError.olderVersion(path: path, steps: missing) }
    }

    /// Settings of the connection that writes; GRDB sets its own when it opens the file, so these come after.
    static func prepareWriting(_ database: Database, greatestSize: Int?) throws {
        try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = \(logSize)")
        if let greatestSize {
            let page = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4096
            _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(max(1, greatestSize / page))")
        }
    }
}
