import SignalModel

/// A street of a network along which traffic goes straight on from junction to junction.
public struct ArterialChain: Sendable, Equatable {
    /// A junction of the street.
    public struct Stop: Sendable, Equatable {
        /// The junction.
        public var junction: JunctionID
        /// Movement that goes straight on in the outbound direction.
        public var outbound: MovementID
        /// Movement that goes straight on in the inbound direction; nil on a one-way street.
        public var inbound: MovementID?
    }

    /// The way from one stop line to the next.
    public struct Leg: Sendable, Equatable {
        /// Length, m.
        public var length: Double
        /// Time that it takes at free-flow speed, s.
        public var freeTime: Double
        /// Links, in the order in which they are driven.
        public var links: [LinkID]

        /// Mean speed at free flow, m/s.
        public var freeSpeed: Double { length / freeTime }
    }

    /// Junctions in outbound order: that of the direction with more traffic.
    public var stops: [Stop]
    /// Ways from each stop to the next.
    public var outbound: [Leg]
    /// Ways to each stop from the next, in the order of ``outbound``; nil on a one-way street.
    public var inbound: [Leg]?
    /// Mean flow of the outbound through movements, veh/h.
    public var outboundFlowPerHour: Double
    /// Mean flow of the inbound through movements, veh/h; 0 on a one-way street.
    public var inboundFlowPerHour: Double

    /// The part of the street with some of its stops; the flows stay those of the whole.
    ///
    /// - Precondition: Two stops or more of the street's.
    subscript(range: Range<Int>) -> ArterialChain {
        let legs = range.lowerBound..<(range.upperBound - 1)
        return ArterialChain(
            stops: Array(stops[range]), outbound: Array(outbound[legs]), inbound: inbound.map { Array($0[legs]) },
            outboundFlowPerHour: outboundFlowPerHour, inboundFlowPerHour: inboundFlowPerHour)
    }
}
