import Foundation
import GRDB

/// What an entry of the audit log says.
public struct AuditRecord: Equatable, Sendable {
    /// When, s of network time.
    public var time: Double
    /// Who did it.
    public var actor: AuditActor
    /// What was done, in one word.
    public var action: String
    /// What it was done to.
    public var subject: String
    /// More of it, as JSON.
    public var detail: String

    /// States what was done.
    public init(time: Double, actor: AuditActor, action: String, subject: String, detail: String = "{}") {
        // Minus zero does not survive SQLite, and would then be another entry.
        self.time = time == 0 ? 0 : time
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
    }

    func check(_ database: Database) throws {
        try FieldCheck.time(time, "time")
        try FieldCheck.text(actor.name, "actor")
        try FieldCheck.text(actor.role, "role")
        try FieldCheck.text(action, "action")
        try FieldCheck.text(subject, "subject")
        try FieldCheck.json(detail, "detail", database)
    }

    /// Texts as one object of JSON, for ``detail``.
    static func json(_ fields: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(fields), as: UTF8.self)
    }
}
