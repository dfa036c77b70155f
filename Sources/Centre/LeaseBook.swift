import ControllerLink
import SignalModel

/// What every controller is leased: which plan, since when, and when it must be told again.
///
/// Pure: time comes in, leases come out. A lease is renewed when half of its time has passed, so that one that is lost
/// on the way does no harm.
public struct LeaseBook: Sendable {
    /// Where a plan comes from.
    public struct Origin: Codable, Equatable, Sendable {
        /// Who made it.
        public enum Maker: String, Codable, Sendable, CaseIterable {
            /// The programs that the controllers had before.
            case present
            /// The search over cycle, splits, offsets and stages.
            case optimiser
            /// The regulator of splits.
            case regulator
            /// A person.
            case person = "operator"
        }

        /// Who made it.
        public var maker: Maker
        /// When, s of network time.
        public var time: Double
        /// Why, for people.
        public var reason: String
        /// The proposal that it was, where it was one.
        public var proposal: Int?

        /// States where a plan comes from.
        public init(maker: Maker, time: Double, reason: String, proposal: Int? = nil) {
            self.maker = maker
            self.time = time
            self.reason = reason
            self.proposal = proposal
        }
    }

    /// What one controller is to do.
    public struct Entry: Sendable {
        /// The plan, where there is one.
        public internal(set) var plan: JunctionPlan?
        /// Where the plan comes from.
        public internal(set) var origin: Origin?
        /// Whether a person has ordered the fallback programme.
        public internal(set) var isForcedToFallback = false
        /// The groups of the last lease; nil where it was one of a plan.
        public internal(set) var groups: [SignalGroupID]?
        /// Sequence number of the last lease.
        public internal(set) var sequence = 0
        /// When the last lease lapses, s of network time; nil before the first one of a connection.
        public internal(set) var expires: Double?
        /// Why the controller refused its last lease; nil where it accepted it, or has not answered.
        public internal(set) var refusal: LeaseAnswer?
        /// When a refused lease may be tried again, s of network time; nil where it may not, until the plan is another.
        var retry: Double?

        fileprivate mutating func renewFromScratch() {
            groups = nil
            expires = nil
            refusal = nil
            retry = nil
        }
    }

    /// How long a lease of a plan runs, s.
    public let leaseTime: Double
    /// How long a lease of groups runs, s.
    public let groupsLeaseTime: Double
    /// How long a controller that is not ready is left alone, s.
    static let retryTime = 10.0

    private var entries: [JunctionID: Entry] = [:]

    /// A book of leases that run for a time, s.
    public init(leaseTime: Double, groupsLeaseTime: Double = 10) {
        self.leaseTime = leaseTime
        self.groupsLeaseTime = groupsLeaseTime
    }

    /// What a controller is to do.
    public subscript(junction: JunctionID) -> Entry { entries[junction] ?? Entry() }

    /// Has controllers run other plans from their next lease on.
    public mutating func assign(_ plans: [JunctionPlan], origin: Origin) {
        for plan in plans {
            change(plan.junction) { entry in
                if entry.plan != plan {
                    entry.plan = plan
                    // Who is controlled second by second goes on so.
                    if entry.groups == nil { entry.renewFromScratch() }
                }
                entry.origin = origin
            }
        }
    }

    /// Orders the fallback programme, or takes the order back.
    public mutating func force(_ junction: JunctionID, toFallback: Bool) {
        change(junction) { entry in
            guard entry.isForcedToFallback != toFallback else { return }
            entry.isForcedToFallback = toFallback
            entry.renewFromScratch()
        }
    }

    /// A controller has called, and tells the greatest sequence number that it knows.
    public mutating func connected(_ junction: JunctionID, lastSequence: Int) {
        change(junction) { entry in
            entry.sequence = max(entry.sequence, lastSequence)
            entry.renewFromScratch()
        }
    }

    /// Control of the second ends, for now: the plan is due at once.
    public mutating func releaseGroups(_ junction: JunctionID) {
        change(junction) { entry in
            if entry.groups != nil { entry.renewFromScratch() }
        }
    }

    /// Whether a lease of groups is to be issued: the groups are others than before, or half of its time has passed.
    public func isDue(_ junction: JunctionID, groups: [SignalGroupID], at now: Double) -> Bool {
        let entry = self[junction]
        guard entry.refusal == nil, !entry.isForcedToFallback else { return false }
        return entry.groups != groups || entry.expires.map { $0 - now <= groupsLeaseTime / 2 } ?? true
    }

    /// Issues a lease of groups.
    public mutating func issue(_ junction: JunctionID, groups: [SignalGroupID], at now: Double) -> Lease {
        var entry = self[junction]
        entry.sequence += 1
        entry.groups = groups
        entry.expires = now + groupsLeaseTime
        entries[junction] = entry
        return Lease(
            junction: junction, sequence: entry.sequence, issued: now, expires: now + groupsLeaseTime,
            content: .groups(groups))
    }

    /// A controller has answered.
    public mutating func answered(_ answer: LeaseAnswer, by junction: JunctionID, at now: Double) {
        change(junction) { entry in
            guard answer.sequence == entry.sequence else { return }
            entry.refusal = answer.isAccepted ? nil : answer
            guard let refusal = answer.refusal else { return }
            switch refusal {
            // Not the plan's fault: another try may succeed.
            case .notReady, .notNewer, .tooFarAhead, .issuedInFuture, .issuedTooLongAgo, .lapsed:
                entry.retry = now + Self.retryTime
            case .wrongJunction, .badDuration, .unsafe: entry.retry = nil
            }
        }
    }

    /// Whether a lease is to be issued.
    public func isDue(_ junction: JunctionID, at now: Double) -> Bool {
        let entry = self[junction]
        if entry.refusal != nil {
            return entry.retry.map { $0 <= now } ?? false
        }
        if entry.isForcedToFallback {
            // It needs no renewal: without a lease the fallback programme runs.
            return entry.expires == nil
        }
        guard entry.plan != nil else { return false }
        if entry.groups != nil { return entry.expires.map { $0 <= now } ?? true }
        return entry.expires.map { $0 - now <= leaseTime / 2 } ?? true
    }

    /// Issues the next lease of a controller.
    ///
    /// - Parameter sequence: A number that it is to have, where it is greater than all before.
    public mutating func issue(_ junction: JunctionID, at now: Double, sequence: Int) -> Lease? {
        var entry = self[junction]
        guard let content = entry.isForcedToFallback ? .fallback : entry.plan.map(LeaseContent.plan) else { return nil }
        entry.sequence = max(entry.sequence + 1, sequence)
        entry.renewFromScratch()
        entry.expires = now + leaseTime
        entries[junction] = entry
        return Lease(
            junction: junction, sequence: entry.sequence, issued: now, expires: now + leaseTime, content: content)
    }

    private mutating func change(_ junction: JunctionID, _ body: (inout Entry) -> Void) {
        body(&entries[junction, default: Entry()])
    }
}
