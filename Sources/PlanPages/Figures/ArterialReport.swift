import Bandwidth
import SignalModel

/// A street along which traffic goes straight on from junction to junction, with the bands that a plan gives it.
public struct ArterialReport: Encodable, Sendable {
    /// A junction of the street.
    public struct Stop: Encodable, Sendable {
        /// Junction.
        public let junction: JunctionID
        /// Distance from the first stop along the outbound direction, m.
        public let distance: Double
        /// Its own cycle, s.
        public let cycle: Double
        /// Greens of the outbound through movement in ``cycle``, from network time 0 on.
        public let outbound: [GreenInterval]
        /// Greens of the inbound through movement in ``cycle``; none on a one-way street.
        public let inbound: [GreenInterval]
    }

    /// One direction of travel.
    public struct Direction: Encodable, Sendable {
        /// Free-flow travel time from each stop to the next in the direction of travel, s.
        public let travelTimes: [Double]
        /// Mean flow of the through movements, veh/h.
        public let flowPerHour: Double
        /// Start of the widest band at the first stop of the direction, s of network time in the common cycle; nil without one.
        public let bandStart: Double?
        /// Width of the widest band, s; 0 where the greens have nothing in common, nil where there is no common cycle.
        public let bandWidth: Double?
        /// The same under the present plan.
        public let presentBandWidth: Double?
        /// Ways of some vehicles that start at the first stop: arrival and departure at each stop, s of network time.
        public let platoon: [[StreetPassage]]
    }

    /// Junctions in outbound order.
    public let stops: [Stop]
    /// Common cycle, s; nil where the junctions have none.
    public let cycle: Double?
    /// The direction with more traffic.
    public let outbound: Direction
    /// The other direction; nil on a one-way street.
    public let inbound: Direction?

    static func all(
        network: Network, flows: Flows, plan: Plan, present: Plan?, view: CyclicView, greatestCount: Int?
    ) -> [ArterialReport] {
        let chains = ArterialFinder(network: network, flows: flows).arterials(leastJunctions: 3)
        let chosen = greatestCount.map { chains.prefix($0) } ?? chains[...]
        let street = StreetSignals(network: network, plan: plan)
        let before = present.map { StreetSignals(network: network, plan: $0) }
        return chosen.map { ArterialReport($0, street: street, before: before, view: view) }
    }

    private init(_ chain: ArterialChain, street: StreetSignals, before: StreetSignals?, view: CyclicView) {
        var distance = 0.0
        stops = chain.stops.enumerated().map { position, stop in
            if position > 0 { distance += chain.outbound[position - 1].length }
            return Stop(
                junction: stop.junction, distance: distance, cycle: street.cycle(of: stop.junction),
                outbound: street.greens(of: stop.outbound, at: stop.junction),
                inbound: stop.inbound.map { street.greens(of: $0, at: stop.junction) } ?? [])
        }
        cycle = street.commonCycle(of: chain.stops.map(\.junction))
        let ahead = chain.stops.map { ($0.junction, $0.outbound) }
        outbound = Direction(
            ahead, legs: chain.outbound, flow: chain.outboundFlowPerHour, street: street, before: before, view: view)
        let back = chain.stops.reversed().compactMap { stop in stop.inbound.map { (stop.junction, $0) } }
        inbound = chain.inbound.map {
            Direction(
                back, legs: $0.reversed(), flow: chain.inboundFlowPerHour, street: street, before: before, view: view)
        }
    }
}

extension ArterialReport.Direction {
    /// - Parameter way: Through movements in the direction of travel with their junctions.
    fileprivate init(
        _ way: [(junction: JunctionID, movement: MovementID)], legs: [ArterialChain.Leg], flow: Double,
        street: StreetSignals, before: StreetSignals?, view: CyclicView
    ) {
        travelTimes = legs.map(\.freeTime)
        flowPerHour = flow
        let band = street.band(way, times: travelTimes)
        bandStart = band?.start
        bandWidth = band?.length
        presentBandWidth = before?.band(way, times: travelTimes)?.length
        platoon =
            PlatoonWalk(stops: way.map { street.profile(of: $0.movement, in: view) }, times: travelTimes)?
            .vehicles(count: 8) ?? []
    }
}
