import GRDB

extension CentreStore {
    /// Keeps an event.
    ///
    /// - Returns: The number that names it.
    @discardableResult
    public func record(_ event: StoredEvent.Content) throws(StoreError) -> Int { try record([event])[0] }

    /// Keeps events, all or none of them.
    ///
    /// - Returns: The numbers that name them.
    @discardableResult
    public func record(_ events: [StoredEvent.Content]) throws(StoreError) -> [Int] {
        for event in events {
            try FieldCheck.time(event.time, "time")
            for (text, field) in [(event.kind, "kind"), (event.subject, "subject"), (event.detail, "detail")] {
                try FieldCheck.text(text, field)
            }
        }
        return try write { database in
            try events.map { event in
                try database.execute(
                    sql: "INSERT INTO event (time_s, severity, kind, subject, detail) VALUES (?, ?, ?, ?, ?)",
                    arguments: [event.time, event.severity.rawValue, event.kind, event.subject, event.detail])
                return Int(database.lastInsertedRowID)
            }
        }
    }

    /// Events from a time on, in the order in which they became known.
    ///
    /// - Parameters:
    ///   - time: The earliest time of an event, s of network time.
    ///   - number: The last one that the caller has; only later ones are returned.
    ///   - limit: Greatest number of events.
    ///   - severity: The least grave that is wanted.
    public func events(
        since time: Double, after number: Int = 0, limit: Int, severity: EventSeverity = .notice
    ) throws(StoreError) -> [StoredEvent] {
        try events(
            where: "time_s >= ? AND id > ? AND severity >= ? ORDER BY id LIMIT ?",
            [time, number, severity.rawValue, max(0, limit)])
    }

    /// Alarms that nobody has acknowledged, newest first.
    public func openAlarms(limit: Int) throws(StoreError) -> [StoredEvent] {
        try events(
            where: "severity = \(EventSeverity.alarm.rawValue) AND acknowledged_by IS NULL ORDER BY id DESC LIMIT ?",
            [max(0, limit)])
    }

    /// Warnings and alarms that nobody has acknowledged: alarms first, and of each the newest first.
    public func openEvents(limit: Int) throws(StoreError) -> [StoredEvent] {
        try events(
            where: "severity >= \(EventSeverity.warning.rawValue) AND acknowledged_by IS NULL "
                + "ORDER BY severity DESC, id DESC LIMIT ?", [max(0, limit)])
    }

    /// Has a person take note of an event, and writes that into the audit log in the same transaction.
    ///
    /// - Throws: ``StoreError/unknown(kind:name:)``, ``StoreError/alreadyAcknowledged(event:by:at:)``.
    public func acknowledge(_ id: Int, by person: AuditActor, at time: Double) throws(StoreError) {
        try FieldCheck.time(time, "at")
        try write { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM event WHERE id = ?", arguments: [id]) else {
                throw StoreError.unknown(kind: "event", name: "\(id)")
            }
            let event = try StoredEvent(row: row)
            if let before = event.acknowledgement {
                throw StoreError.alreadyAcknowledged(event: id, by: before.by, at: before.time)
            }
            let entry = AuditRecord(
                time: time, actor: person, action: "event.acknowledged", subject: "event \(id)",
                detail: try AuditRecord.json(["kind": event.content.kind, "subject": event.content.subject]))
            try AuditLog.append(entry, database)
            try database.execute(
                sql: "UPDATE event SET acknowledged_by = ?, acknowledged_s = ? WHERE id = ?",
                arguments: [person.name, time, id])
        }
    }

    /// The last events, newest first.
    public func latestEvents(limit: Int) throws(StoreError) -> [StoredEvent] {
        try events(where: "TRUE ORDER BY id DESC LIMIT ?", [max(0, limit)])
    }

    private func events(where condition: String, _ arguments: StatementArguments) throws(StoreError) -> [StoredEvent] {
        try read {
            let rows = try Row.fetchCursor($0, sql: "SELECT * FROM event WHERE \(condition)", arguments: arguments)
            return try Array(rows.map { try StoredEvent(row: $0) })
        }
    }
}
