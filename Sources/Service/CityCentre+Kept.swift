import Centre
import CentreStore
import ControllerLink
import Formats
import Foundation
import Logging
import SafetyGuard
import SignalModel

/// What outlives the centre's process beside readings, leases, proposals and events.
extension CityCentre {
    private enum Key {
        static let plan = "running plan"
        static let origins = "origins of the running plan"
        static let history = "demand history"
        static let orders = "standing orders"
    }

    /// The plan that ran last, where it is one of the network.
    private static func keptPlan(in store: CentreStore, for network: Network) throws -> Plan? {
        guard let text = try store.kept(Key.plan), let plan = try? CentreJSON.plan(text) else { return nil }
        let timings = plan.timings
        return network.junctions.allSatisfy { timings[$0.id] != nil } && plan.junctions.count == timings.count
            && plan.network == network.name ? plan : nil
    }

    /// The plan that ran before, where the rules of the network still allow it; an alarm says so where they do not.
    static func safeKeptPlan(
        in store: CentreStore, for network: Network, at time: Double, _ log: Logger
    ) throws -> Plan? {
        guard let kept = try keptPlan(in: store, for: network) else { return nil }
        guard let violation = SafetyGuard.violations(of: kept, in: network).first else { return kept }
        let text = "the plan that ran before is not taken up again, as it breaks rules: \(violation)"
        log.error("\(text)")
        _ = try store.record(
            StoredEvent.Content(time: time, severity: .alarm, kind: EventKind.plan.rawValue, subject: "", detail: text))
        return nil
    }

    /// Keeps the plan that runs.
    static func keep(_ plan: Plan, in store: CentreStore) throws {
        try store.keep(CentreJSON.text(plan), as: Key.plan)
    }

    /// Keeps where the timing of each junction comes from.
    func keepOrigins() {
        let origins = Dictionary(
            uniqueKeysWithValues: network.junctions.compactMap { junction in
                book[junction.id].origin.map { (junction.id.text, $0) }
            })
        keep { try $0.keep(CentreJSON.text(origins), as: Key.origins) }
    }

    /// Has the book and the districts know where the timings come from that ran before.
    static func takeUpOrigins(
        of plan: Plan, in store: CentreStore, _ districts: inout [District], _ book: inout LeaseBook
    ) throws {
        guard let text = try store.kept(Key.origins),
            let origins = try? JSONDecoder().decode([String: LeaseBook.Origin].self, from: Data(text.utf8))
        else { return }
        for timing in plan.junctions {
            if let origin = origins[timing.junction.text] { book.assign([timing], origin: origin) }
        }
        for number in districts.indices {
            districts[number].running =
                districts[number].network.junctions.lazy.compactMap { origins[$0.id.text]?.proposal }.first
        }
    }

    /// The demand of days before.
    static func keptHistory(in store: CentreStore) throws -> DemandHistory {
        guard let text = try store.kept(Key.history),
            let history = try? JSONDecoder().decode(DemandHistory.self, from: Data(text.utf8))
        else { return DemandHistory() }
        return history
    }

    /// Keeps the demand of days before.
    static func keep(_ history: DemandHistory, in store: CentreStore) throws {
        try store.keep(CentreJSON.text(history), as: Key.history)
    }

    /// What people have ordered until they order otherwise.
    private struct Orders: Codable {
        var heldDistricts: [String]
        var fallbacks: [JunctionID]
    }

    /// Keeps the orders that stand.
    func keepOrders() {
        let orders = Orders(
            heldDistricts: districts.filter(\.isHeld).map(\.name),
            fallbacks: network.junctions.map(\.id).filter { book[$0].isForcedToFallback })
        keep { try $0.keep(CentreJSON.text(orders), as: Key.orders) }
    }

    /// Takes up the orders that stood before the process ended, as far as their districts and junctions are still there.
    static func takeUpOrders(in store: CentreStore, _ districts: inout [District], _ book: inout LeaseBook) throws {
        guard let text = try store.kept(Key.orders),
            let orders = try? JSONDecoder().decode(Orders.self, from: Data(text.utf8))
        else { return }
        for number in districts.indices {
            districts[number].isHeld = orders.heldDistricts.contains(districts[number].name)
        }
        for junction in orders.fallbacks { book.force(junction, toFallback: true) }
    }

    /// Counts again what was counted before the process ended, as far as the next decision looks back.
    ///
    /// - Parameter time: The time, s of network time.
    func recall(from store: CentreStore, at time: Double) throws {
        for detector in network.detectors {
            for stored in try store.readings(detector: detector.id, from: time - settings.window, to: time + 60) {
                guard window.add(stored.reading, at: time) == .counted else { continue }
                firstCount = min(firstCount ?? stored.reading.start, stored.reading.start)
            }
        }
    }
}

extension StoredLease {
    /// A lease as the store keeps it.
    init(_ lease: Lease, proposal: Int?) {
        self.init(
            junction: lease.junction, sequence: lease.sequence, issued: lease.issued, expires: lease.expires,
            content: CentreJSON.text(lease.content), proposal: proposal)
    }
}
