import SignalModel

/// What a controller may do for a while: content, when it was issued, when it ends, and its place in the order of leases.
///
/// Times are seconds of network time.
public struct Lease: Codable, Equatable, Sendable {
    /// Greatest sequence number: all up to it are exact wherever JSON is read.
    public static let greatestSequence = 1 << 53

    /// Junction that it is for.
    public var junction: JunctionID
    /// Place in the order of all leases of the junction, from 1; each is greater than the one before.
    public var sequence: Int
    /// When the centre issued it, s of network time.
    public var issued: Double
    /// When it lapses, s of network time.
    public var expires: Double
    /// What the controller is to do.
    public var content: LeaseContent

    /// Writes a lease.
    public init(junction: JunctionID, sequence: Int, issued: Double, expires: Double, content: LeaseContent) {
        self.junction = junction
        self.sequence = sequence
        self.issued = issued
        self.expires = expires
        self.content = content
    }

    private enum CodingKeys: String, CodingKey {
        case junction, sequence, content
        case issued = "issued_s"
        case expires = "expires_s"
    }
}

/// What a controller is to do while a lease runs.
public enum LeaseContent: Equatable, Sendable {
    /// Run a timing, in step with network time by its offset.
    case plan(JunctionPlan)
    /// Have these groups green, and all others red, as soon as the junction's rules allow: a stage, or any compatible set.
    case groups([SignalGroupID])
    /// Run the controller's own fallback programme; ends a lease before it lapses.
    case fallback
}

extension LeaseContent: Codable {
    private enum Key: String, CodingKey { case kind, plan, groups }
    private enum Kind: String, Codable { case plan, groups, fallback }

    /// Reads `{"kind": "plan", "plan": …}`, `{"kind": "groups", "groups": […]}` or `{"kind": "fallback"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .plan: self = .plan(try container.decode(JunctionPlan.self, forKey: .plan))
        case .groups: self = .groups(try container.decode([SignalGroupID].self, forKey: .groups))
        case .fallback: self = .fallback
        }
    }

    /// Writes what ``init(from:)`` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .plan(let plan):
            try container.encode(Kind.plan, forKey: .kind)
            try container.encode(plan, forKey: .plan)
        case .groups(let groups):
            try container.encode(Kind.groups, forKey: .kind)
            try container.encode(groups, forKey: .groups)
        case .fallback: try container.encode(Kind.fallback, forKey: .kind)
        }
    }
}
