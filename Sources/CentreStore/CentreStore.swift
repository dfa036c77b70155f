import GRDB

/// Everything that the centre keeps, in one file of SQLite: readings, leases, proposals, events and the audit log.
///
/// What a function has stored when it returns survives the death of the process and of the power: the write-ahead log
/// is brought to the disk with every transaction (`synchronous=FULL`; SQLite's usual `NORMAL` in this mode may lose the
/// last transactions with the power, and the centre has acknowledged them by then). The cost is one write to the disk
/// per transaction, so that callers should gather what comes within some milliseconds.
///
/// There is no clock inside: times are s of network time (since 1970 UTC on a live street) and come as arguments. All
/// functions block until the disk has answered; any number of threads may call them. One process at a time should
/// write. README.md beside this file has the tables and how to check the audit log by other means.
public final class CentreStore: Sendable {
    /// The file.
    public let path: String
    let pool: DatabasePool

    /// Opens the store at a path, or makes it where there is none; takes the steps that a file of an older version
    /// lacks.
    ///
    /// The whole file is read and checked, which takes about a second for every few hundred megabytes.
    ///
    /// - Parameter greatestSize: The most that the file may take on the disk, bytes, not counting the write-ahead log
    ///   (some megabytes): beyond it writing fails as on a full disk, but retention still has room to work. Without it,
    ///   the disk is the limit.
    /// - Throws: ``StoreError`` that says what was found in place of a store, and what to do.
    public convenience init(path: String, greatestSize: Int? = nil) throws(StoreError) {
        if !StoreFile.exists(path) { try Self.make(path) }
        try self.init(opening: path, isReadOnly: false, greatestSize: greatestSize)
    }

    /// Opens a store that is there, to look at it alone.
    ///
    /// - Throws: ``StoreError`` as the other initialiser, and where a step is missing.
    public convenience init(reading path: String) throws(StoreError) {
        try self.init(opening: path, isReadOnly: true, greatestSize: nil)
    }

    private init(opening path: String, isReadOnly: Bool, greatestSize: Int?) throws(StoreError) {
        try StoreFile.checkHeader(path)
        self.path = path
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(isReadOnly: isReadOnly))
            try pool.writeWithoutTransaction { try Self.check($0, path: path) }
            if isReadOnly {
                try pool.read { try Self.requireAllSteps($0, path: path) }
            } else {
                try StoreSchema.migrator.migrate(pool)
                try pool.writeWithoutTransaction { try Self.prepareWriting($0, greatestSize: greatestSize) }
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Ends all use of the file; afterwards it is one file without a log beside it.
    public func close() throws(StoreError) {
        // SQLite empties its log when the last connection ends, if that one may write: readers have to go first.
        pool.invalidateReadOnlyConnections()
        do { try pool.close() } catch { throw StoreError(error, path: path) }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try pool.read(body) } catch { throw StoreError(error, path: path) }
    }

    /// All or nothing of what the body writes.
    func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try pool.write(body) } catch { throw StoreError(error, path: path) }
    }
}
