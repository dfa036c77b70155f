import ControllerLink
import SignalModel

/// The least centre there is: leases a plan to every controller that it has a timing for, and renews the leases.
public actor PlanCentre: CentreServer.Receiver {
    /// What the centre has heard.
    public struct Tally: Equatable, Sendable {
        /// Leases that controllers run or ran.
        public var acceptedLeases = 0
        /// Leases that controllers refused.
        public var refusedLeases = 0
        /// Readings of detectors.
        public var readings = 0
        /// Vehicles that they counted.
        public var vehicles = 0.0
        /// Reports of controllers by event.
        public var reports: [EdgeReport.Event: Int] = [:]
        /// The first refusals, in words.
        public var refusals: [String] = []
    }

    /// How long a lease runs, s.
    static let leaseTime = 300.0
    /// How long before its end it is renewed, s.
    static let renewalTime = 120.0

    private let timings: [JunctionID: JunctionPlan]
    private let clock: StreetClock
    private var sequences: [JunctionID: Int] = [:]
    private var expiries: [JunctionID: Double] = [:]
    /// What has been heard so far.
    public private(set) var tally = Tally()

    /// A centre with a plan.
    public init(plan: Plan, clock: StreetClock) {
        timings = Dictionary(plan.junctions.map { ($0.junction, $0) }, uniquingKeysWith: { first, _ in first })
        self.clock = clock
    }

    /// Every controller is welcome; one with a timing gets its lease at once.
    public func connected(_ peer: CentrePeer) -> String? {
        sequences[peer.junction] = max(sequences[peer.junction] ?? 0, peer.hello.lastSequence)
        expiries[peer.junction] = nil
        renew(peer, at: clock.time)
        return nil
    }

    /// Counts what is said, and renews leases in time.
    public func received(_ message: EdgeMessage, from peer: CentrePeer) {
        switch message {
        case .status(let status): renew(peer, at: status.time)
        case .readings(let readings):
            tally.readings += readings.readings.count
            tally.vehicles += readings.readings.reduce(0) { $0 + ($1.count ?? 0) }
        case .report(let report): tally.reports[report.event, default: 0] += 1
        case .answer(let answer):
            if answer.isAccepted {
                tally.acceptedLeases += 1
            } else {
                tally.refusedLeases += 1
                if tally.refusals.count < 10 { tally.refusals.append("\(peer.junction): \(answer.detail)") }
            }
        case .hello, .goodbye: break
        }
    }

    /// A controller that calls again is given its lease again.
    public func disconnected(_ peer: CentrePeer, _ error: LinkError?) { expiries[peer.junction] = nil }

    private func renew(_ peer: CentrePeer, at time: Double) {
        guard let timing = timings[peer.junction], (expiries[peer.junction] ?? time) - time <= Self.renewalTime
        else { return }
        let sequence = (sequences[peer.junction] ?? 0) + 1
        let lease = Lease(
            junction: peer.junction, sequence: sequence, issued: time, expires: time + Self.leaseTime,
            content: .plan(timing))
        guard peer.send(lease) else { return }
        sequences[peer.junction] = sequence
        expiries[peer.junction] = lease.expires
    }
}
