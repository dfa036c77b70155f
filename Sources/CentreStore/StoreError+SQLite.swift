import GRDB

extension StoreError {
    /// What an error of GRDB means for whoever uses the store.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self = Self.of(error, path: path)
        case let error as RowDecodingError: self = .damaged(path: path, found: [error.description])
        default: self = .inaccessible(path: path, reason: "\(error)")
        }
    }

    private static func of(_ error: DatabaseError, path: String) -> StoreError {
        let reason = error.message ?? "no reason given"
        // The index of the write-ahead log cannot grow on a full disk, and SQLite gives that a code of its own.
        if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE { return .diskFull(path: path) }
        return switch error.resultCode {
        case .SQLITE_FULL: .diskFull(path: path)
        case .SQLITE_NOTADB: .notADatabase(path: path, found: reason)
        case .SQLITE_CORRUPT: .damaged(path: path, found: [reason])
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: .inaccessible(path: path, reason: reason)
        default: .refused(path: path, code: error.extendedResultCode.rawValue, reason: reason)
        }
    }
}
