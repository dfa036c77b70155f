/// What checking the audit log has found.
public enum AuditVerdict: Equatable, Sendable {
    /// Every entry follows from the one before, and the expected head is among them; head is the hash of the last, 64
    /// zeros where there is none.
    case intact(count: Int, head: String)
    /// The first entry that does not, and why; all before it do.
    case broken(sequence: Int, AuditFault)
}

/// Why an entry of the audit log does not follow from the ones before.
public enum AuditFault: Equatable, Sendable {
    /// Its fields are not those that its hash was made of.
    case changed
    /// There is none with this number, and there are later ones.
    case missing
    /// It is whole in itself and follows another entry than the one before it: entries were exchanged or put in, or the
    /// one before was made anew.
    case doesNotFollow
    /// The chain ends before this number, whole in itself, and no entry has the hash that was noted elsewhere: entries
    /// were cut off after it was noted, or the whole chain was made anew.
    case headNotFound(expected: String)
}

extension AuditVerdict: CustomStringConvertible {
    /// One sentence for people.
    public var description: String {
        switch self {
        case .intact(let count, let head): "the audit log is intact: \(count) entries, head \(head)"
        case .broken(let sequence, .changed): "entry \(sequence) of the audit log was changed"
        case .broken(let sequence, .missing): "entry \(sequence) of the audit log is missing"
        case .broken(let sequence, .doesNotFollow):
            "entry \(sequence) of the audit log does not follow the one before it: entries were exchanged, put in or made anew"
        case .broken(let sequence, .headNotFound(let expected)):
            "the audit log ends before entry \(sequence) and has no entry with the hash \(expected): "
                + "it was cut off or made anew since that was noted"
        }
    }
}
