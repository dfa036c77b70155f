import GRDB

/// A value that the database keeps as a number or a word, of which not every one is meant.
protocol StoredValue: RawRepresentable {}

extension StoredValue {
    /// Reads a stored value.
    ///
    /// - Throws: ``DatabaseError`` of a damaged database where it is none.
    init(stored value: RawValue) throws {
        guard let read = Self(rawValue: value) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(value) is no \(Self.self)")
        }
        self = read
    }
}

extension ReadingQuality: StoredValue {}
extension ProposalState: StoredValue {}
extension ProposalOrigin: StoredValue {}
extension EventSeverity: StoredValue {}
