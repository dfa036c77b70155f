import GRDB

extension CentreStore {
    /// Rows of a transaction of retention: what records readings waits no longer than for those.
    private static let rowsPerTransaction = 2000

    /// Removes for good what is older than it is kept, in small transactions; the audit log stays whole.
    ///
    /// Space becomes free for what is stored next; the file does not shrink. The last sequence numbers of sources and
    /// leases stay.
    ///
    /// - Parameters:
    ///   - readingsBefore: Readings that start before are removed, s of network time; nothing removes none.
    ///   - eventsBefore: Events before are removed, acknowledged or not.
    ///   - leasesBefore: Leases that lapsed before are removed.
    ///   - proposalsBefore: Proposals made before are removed, if they were rejected or released.
    /// - Returns: What was removed. Where it throws, what was removed before stays so.
    public func prune(
        readingsBefore: Double? = nil, eventsBefore: Double? = nil, leasesBefore: Double? = nil,
        proposalsBefore: Double? = nil
    ) throws(StoreError) -> PruneTally {
        for (time, field) in [
            (readingsBefore, "readingsBefore"), (eventsBefore, "eventsBefore"), (leasesBefore, "leasesBefore"),
            (proposalsBefore, "proposalsBefore"),
        ] {
            if let time { try FieldCheck.time(time, field) }
        }
        var tally = PruneTally()
        if let readingsBefore { tally.readings = try pruneReadings(before: readingsBefore) }
        if let eventsBefore { (tally.events, tally.openAlarms) = try pruneEvents(before: eventsBefore) }
        if let leasesBefore {
            tally.leases = try repeatedly(
                """
                DELETE FROM lease WHERE (junction, sequence) IN
                    (SELECT junction, sequence FROM lease WHERE expires_s < ? LIMIT ?)
                """, before: leasesBefore)
        }
        if let proposalsBefore {
            tally.proposals = try repeatedly(
                """
                DELETE FROM proposal WHERE id IN
                    (SELECT id FROM proposal WHERE proposed_s < ? AND state IN ('rejected', 'released') LIMIT ?)
                """, before: proposalsBefore)
        }
        return tally
    }

    private func pruneReadings(before time: Double) throws(StoreError) -> Int {
        var rest = try read { try Int64.fetchAll($0, sql: "SELECT id FROM detector ORDER BY id") }[...]
        var count = 0
        while !rest.isEmpty {
            let (removed, left) = try write { [rest] database in
                try Self.pruneReadings(of: rest, before: time, in: database)
            }
            count += removed
            rest = left
        }
        return count
    }

    /// Removes readings of detectors, as many as go into a transaction.
    ///
    /// - Returns: Their number, and the detectors that are left.
    private static func pruneReadings(
        of detectors: ArraySlice<Int64>, before time: Double, in database: Database
    ) throws -> (removed: Int, left: ArraySlice<Int64>) {
        var left = detectors
        var room = rowsPerTransaction
        while room > 0, let detector = left.first {
            // The readings of a detector lie together by time, so that the first ones are cheap to find and to remove.
            let last = try Double.fetchOne(
                database,
                sql: """
                    SELECT max(start_s) FROM (SELECT start_s FROM reading WHERE detector = ? AND start_s < ?
                        ORDER BY start_s LIMIT ?)
                    """, arguments: [detector, time, room])
            guard let last else {
                left.removeFirst()
                continue
            }
            try database.execute(
                sql: "DELETE FROM reading WHERE detector = ? AND start_s <= ?", arguments: [detector, last])
            room -= database.changesCount
        }
        return (rowsPerTransaction - room, left)
    }

    private func pruneEvents(before time: Double) throws(StoreError) -> (events: Int, openAlarms: Int) {
        let openAlarms = try read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT count(*) FROM event
                    WHERE severity = \(EventSeverity.alarm.rawValue) AND acknowledged_by IS NULL AND time_s < ?
                    """, arguments: [time]) ?? 0
        }
        let events = try repeatedly(
            "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE time_s < ? LIMIT ?)", before: time)
        return (events, openAlarms)
    }

    /// Repeats a deletion of a limited number of rows until nothing is left for it.
    private func repeatedly(_ deletion: String, before time: Double) throws(StoreError) -> Int {
        var count = 0
        while true {
            let removed = try write { database in
                try database.execute(sql: deletion, arguments: [time, Self.rowsPerTransaction])
                return database.changesCount
            }
            count += removed
            if removed < Self.rowsPerTransaction { return count }
        }
    }
}
