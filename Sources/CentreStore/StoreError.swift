/// Why the store of the centre cannot be opened, or did not do what was asked.
public enum StoreError: Error, Equatable, Sendable {
    /// The file is none of SQLite's; says what its first bytes are.
    case notADatabase(path: String, found: String)
    /// The file is SQLite's and belongs to another program, whose number it bears.
    case otherProgram(path: String, applicationID: UInt32)
    /// The file is damaged; says what was found, some lines at most.
    case damaged(path: String, found: [String])
    /// A newer version of the program has changed the file by steps that this one does not know.
    case newerVersion(path: String, steps: [String])
    /// The file lacks steps that only opening it for writing takes.
    case olderVersion(path: String, steps: [String])
    /// There is no such file.
    case noFile(path: String)
    /// Something is at the path already, and nothing is overwritten.
    case exists(path: String)
    /// The file or its folder cannot be opened, made, moved or written.
    case inaccessible(path: String, reason: String)
    /// The disk, or the greatest size that was set, has no room; nothing of the transaction was stored.
    case diskFull(path: String)
    /// The database refused, with SQLite's extended result code.
    case refused(path: String, code: Int32, reason: String)
    /// A value cannot be stored.
    case invalid(field: String, expected: String, found: String)
    /// Nothing of the kind has this name.
    case unknown(kind: String, name: String)
    /// A lease of this number was recorded, or answered otherwise, before.
    case leaseTaken(junction: String, sequence: Int)
    /// A proposal cannot go from the state it is in to this one.
    case forbiddenDecision(proposal: Int, from: ProposalState, to: ProposalState)
    /// Somebody has acknowledged the event before, s of network time.
    case alreadyAcknowledged(event: Int, by: String, at: Double)
}

extension StoreError: CustomStringConvertible {
    /// One sentence for people: what was expected, what was found, and what to do.
    public var description: String {
        switch self {
        case .notADatabase(let path, let found):
            "\(path): expected a store of the centre, found \(found); restore it from a backup"
        case .otherProgram(let path, let number):
            "\(path): expected a store of the centre, found a database of another program (application number \(number)); "
                + "name another file"
        case .damaged(let path, let found):
            "\(path): the store is damaged (\(found.joined(separator: "; "))); restore it from a backup"
        case .newerVersion(let path, let steps):
            "\(path): a newer version of the program made it (unknown steps: \(steps.joined(separator: ", "))); "
                + "run that version, or restore a backup from before"
        case .olderVersion(let path, let steps):
            "\(path): an older version of the program made it (missing steps: \(steps.joined(separator: ", "))); "
                + "start the centre on it once"
        case .noFile(let path): "\(path): there is no such file"
        case .exists(let path): "\(path): something is there already, and nothing is overwritten; name another file"
        case .inaccessible(let path, let reason): "\(path): \(reason)"
        case .diskFull(let path):
            "\(path): no room for more; nothing of this was stored; make room, or keep readings for a shorter time"
        case .refused(let path, let code, let reason): "\(path): SQLite refused (code \(code)): \(reason)"
        case .invalid(let field, let expected, let found): "\(field): expected \(expected), found \(found)"
        case .unknown(let kind, let name): "there is no \(kind) \(name)"
        case .leaseTaken(let junction, let sequence):
            "lease \(sequence) of junction \(junction) was recorded or answered before, and stays as it was"
        case .forbiddenDecision(let proposal, let from, let to):
            "proposal \(proposal) is \(from.rawValue) and cannot become \(to.rawValue); "
                + (from.successors.isEmpty
                    ? "nothing can follow" : "expected \(from.successors.map(\.rawValue).joined(separator: " or "))")
        case .alreadyAcknowledged(let event, let by, let time):
            "event \(event) was acknowledged before, by \(by) at \(time) s"
        }
    }
}
