import GRDB

/// The tables of the store, as steps that each database takes once and in this order.
///
/// A step that a city has run is never edited: what has to change is another step at the end.
enum StoreSchema {
    /// "GBCS" in the header of the file, which tells it from other programs' databases.
    static let applicationID: UInt32 = 0x4742_4353

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        for step in steps {
            migrator.registerMigration(step.name, foreignKeyChecks: .immediate) { try $0.execute(sql: step.sql) }
        }
        return migrator
    }()

    private static let steps: [(name: String, sql: String)] = [
        ("readings", readings), ("leases", leases), ("proposals", proposals), ("events", events), ("audit", audit),
        ("kept", kept), ("open events", openEvents),
    ]

    /// One tree for readings, in the order in which they are asked for; its key also finds duplicates.
    private static let readings = """
        PRAGMA application_id = \(applicationID);
        CREATE TABLE source (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('edge', 'feed', 'centre')),
            name TEXT NOT NULL,
            last_sequence INTEGER NOT NULL,
            UNIQUE (kind, name)
        ) STRICT;
        CREATE TABLE detector (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE reading (
            detector INTEGER NOT NULL REFERENCES detector,
            start_s REAL NOT NULL,
            source INTEGER NOT NULL REFERENCES source,
            sequence INTEGER NOT NULL,
            length_s REAL NOT NULL,
            count REAL,
            occupancy REAL,
            speed_mps REAL,
            received_s REAL NOT NULL,
            quality INTEGER NOT NULL,
            PRIMARY KEY (detector, start_s, source, sequence)
        ) STRICT, WITHOUT ROWID;
        """

    /// Numbers outlive the leases that had them.
    private static let leases = """
        CREATE TABLE lease_sequence (
            junction TEXT PRIMARY KEY NOT NULL,
            last INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE lease (
            junction TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            issued_s REAL NOT NULL,
            expires_s REAL NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            proposal INTEGER,
            outcome TEXT CHECK (outcome IN ('accepted', 'refused', 'unanswered')),
            reason TEXT,
            detail TEXT,
            ends_running INTEGER,
            answered_s REAL,
            PRIMARY KEY (junction, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX lease_expiry ON lease (expires_s);
        """

    /// Numbers are never used twice, so that an old decision cannot come to mean a new proposal.
    private static let proposals = """
        CREATE TABLE proposal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            district TEXT NOT NULL,
            origin TEXT NOT NULL,
            plan TEXT NOT NULL CHECK (json_valid(plan)),
            delay_before_s REAL,
            delay_after_s REAL,
            proposed_s REAL NOT NULL,
            reason TEXT NOT NULL,
            state TEXT NOT NULL
        ) STRICT;
        CREATE INDEX proposal_state ON proposal (state, id);
        CREATE TABLE decision (
            proposal INTEGER NOT NULL REFERENCES proposal ON DELETE CASCADE,
            number INTEGER NOT NULL,
            state TEXT NOT NULL,
            decided_by TEXT NOT NULL,
            role TEXT NOT NULL,
            decided_s REAL NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (proposal, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER proposal_ended BEFORE UPDATE OF state ON proposal
            WHEN OLD.state IN ('rejected', 'released')
            BEGIN SELECT RAISE(ABORT, 'a proposal that was rejected or released stays so'); END;
        """

    private static let events = """
        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            time_s REAL NOT NULL,
            severity INTEGER NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            acknowledged_by TEXT,
            acknowledged_s REAL
        ) STRICT;
        CREATE INDEX event_time ON event (time_s);
        CREATE INDEX event_open ON event (id) WHERE severity = \(EventSeverity.alarm.rawValue) AND acknowledged_by IS NULL;
        """

    /// The audit log, with triggers that keep programs from mistakes.
    ///
    /// INSERT OR REPLACE deletes without asking the trigger on DELETE, so the one on INSERT takes the next number only.
    private static let audit = """
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            time_s REAL NOT NULL,
            actor TEXT NOT NULL,
            role TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL CHECK (json_valid(detail)),
            previous BLOB NOT NULL CHECK (length(previous) = 32),
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
            WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
            BEGIN SELECT RAISE(ABORT, 'an entry of the audit log is added at its end'); END;
        CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'entries of the audit log are not changed'); END;
        CREATE TRIGGER audit_kept BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'entries of the audit log are not deleted'); END;
        """

    /// What the control room shows first, without a look at all that has happened.
    private static let openEvents = """
        CREATE INDEX event_unseen ON event (severity, id)
            WHERE severity >= \(EventSeverity.warning.rawValue) AND acknowledged_by IS NULL;
        """

    /// Single values that the centre goes on from after a restart.
    private static let kept = """
        CREATE TABLE kept (
            name TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL CHECK (json_valid(value))
        ) STRICT, WITHOUT ROWID;
        """
}
