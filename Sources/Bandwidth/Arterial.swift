/// A street with signals along which green bands are sought.
public struct Arterial: Sendable, Equatable {
    /// The road between two neighbouring signals in one direction.
    public struct Road: Sendable, Equatable {
        /// From stop line to stop line, m.
        public var length: Double
        /// Lowest speed of a band, m/s.
        public var leastSpeed: Double
        /// Highest speed of a band, m/s.
        public var greatestSpeed: Double

        /// Describes a road.
        public init(length: Double, leastSpeed: Double, greatestSpeed: Double) {
            self.length = length
            self.leastSpeed = leastSpeed
            self.greatestSpeed = greatestSpeed
        }
    }

    /// Signals in outbound order.
    public var signals: [ArterialSignal]
    /// Roads from each signal to the next.
    public var outbound: [Road]
    /// Roads to each signal from the next, in the same order as ``outbound``; nil on a one-way street.
    public var inbound: [Road]?
    /// Greatest change of 1/speed from one road to the next in the direction of travel, s/m; nil where any may be.
    public var greatestSlownessChange: Double?

    /// Describes an arterial; nothing is checked here.
    public init(
        signals: [ArterialSignal], outbound: [Road], inbound: [Road]? = nil, greatestSlownessChange: Double? = nil
    ) {
        self.signals = signals
        self.outbound = outbound
        self.inbound = inbound
        self.greatestSlownessChange = greatestSlownessChange
    }
}
