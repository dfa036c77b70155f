import GRDB

/// What became of a lease.
public enum LeaseOutcome: Equatable, Sendable {
    /// The controller runs it.
    case accepted
    /// The controller does not; some refusals also end the lease that it ran.
    case refused(reason: String, detail: String = "", endsRunningLease: Bool)
    /// The controller did not say in time; it may yet.
    case unanswered

    var kind: String {
        switch self {
        case .accepted: "accepted"
        case .refused: "refused"
        case .unanswered: "unanswered"
        }
    }

    init?(kind: String?, reason: String?, detail: String?, endsRunningLease: Bool?) throws {
        switch kind {
        case nil: return nil
        case "accepted": self = .accepted
        case "refused":
            self = .refused(reason: reason ?? "", detail: detail ?? "", endsRunningLease: endsRunningLease ?? false)
        case "unanswered": self = .unanswered
        case let other?:
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(other) is no outcome of a lease")
        }
    }
}
