import GRDB

/// Checks of values on their way into the database, each with an error that names the field.
enum FieldCheck {
    /// SQLite's texts end at their first zero character: what follows would be lost without a word.
    static func text(_ value: String, _ field: String) throws(StoreError) {
        guard !value.utf8.contains(0) else {
            throw .invalid(field: field, expected: "a text without zero characters", found: "one with them")
        }
    }

    static func time(_ value: Double, _ field: String) throws(StoreError) {
        guard value.isFinite else { throw .invalid(field: field, expected: "a finite time in s", found: "\(value)") }
    }

    static func finite(_ value: Double?, _ field: String) throws(StoreError) {
        guard value?.isFinite ?? true else {
            throw .invalid(field: field, expected: "a finite number", found: "\(value ?? 0)")
        }
    }

    static func positive(_ value: Double, _ field: String) throws(StoreError) {
        guard value.isFinite, value > 0 else {
            throw .invalid(field: field, expected: "a finite number above 0", found: "\(value)")
        }
    }

    static func json(_ value: String, _ field: String, _ database: Database) throws {
        try text(value, field)
        guard try Bool.fetchOne(database, sql: "SELECT json_valid(?)", arguments: [value]) == true else {
            throw StoreError.invalid(field: field, expected: "JSON", found: String(value.prefix(40)))
        }
    }
}
