import GRDB

/// Something that happened, and who has taken note of it.
public struct StoredEvent: Equatable, Sendable {
    /// What happened.
    public struct Content: Equatable, Sendable {
        /// When, s of network time.
        public var time: Double
        /// How grave it is.
        public var severity: EventSeverity
        /// What kind of event, in one word.
        public var kind: String
        /// What it happened to: a junction, a detector, a feed.
        public var subject: String
        /// More of it, for people.
        public var detail: String

        /// States an event.
        public init(time: Double, severity: EventSeverity, kind: String, subject: String, detail: String = "") {
            self.time = time
            self.severity = severity
            self.kind = kind
            self.subject = subject
            self.detail = detail
        }
    }

    /// Who has taken note.
    public struct Acknowledgement: Equatable, Sendable {
        /// Name of the person.
        public var by: String
        /// When, s of network time.
        public var time: Double
    }

    /// Names the event; later ones have greater numbers.
    public var id: Int
    /// What happened.
    public var content: Content
    /// Who has taken note; absent where nobody has.
    public var acknowledgement: Acknowledgement?

    init(row: Row) throws {
        id = try row.decode(forColumn: "id")
        content = try Content(
            time: row.decode(forColumn: "time_s"), severity: EventSeverity(stored: row.decode(forColumn: "severity")),
            kind: row.decode(forColumn: "kind"), subject: row.decode(forColumn: "subject"),
            detail: row.decode(forColumn: "detail"))
        let by: String? = try row.decode(forColumn: "acknowledged_by")
        let time: Double? = try row.decode(forColumn: "acknowledged_s")
        if let by, let time { acknowledgement = Acknowledgement(by: by, time: time) }
    }
}
