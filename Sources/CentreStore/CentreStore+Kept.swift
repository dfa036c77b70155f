import GRDB

extension CentreStore {
    /// Keeps a value under a name, in place of the one before.
    ///
    /// - Parameter value: JSON.
    public func keep(_ value: String, as name: String) throws(StoreError) {
        try FieldCheck.text(name, "name")
        try write { database in
            try FieldCheck.json(value, "value", database)
            try database.execute(
                sql: """
                    INSERT INTO kept (name, value) VALUES (?, ?)
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value
                    """,
                arguments: [name, value])
        }
    }

    /// The value that was kept under a name, as JSON.
    public func kept(_ name: String) throws(StoreError) -> String? {
        try read { try String.fetchOne($0, sql: "SELECT value FROM kept WHERE name = ?", arguments: [name]) }
    }
}
