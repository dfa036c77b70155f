/// A signal on an arterial, as the traffic that goes straight on sees it.
public struct ArterialSignal: Sendable, Equatable {
    /// A green of a through movement on the cycle.
    public struct Green: Sendable, Equatable {
        /// Start after the signal's reference point, share of the cycle.
        public var start: Double
        /// Length, share of the cycle.
        public var length: Double

        /// States a green.
        public init(start: Double, length: Double) {
            self.start = start
            self.length = length
        }
    }

    /// One sequence in which the signal can show its greens.
    public struct Pattern: Sendable, Equatable {
        /// What people call it.
        public var name: String
        /// Green of the outbound through movement.
        public var outbound: Green
        /// Green of the inbound through movement; not looked at on a one-way arterial.
        public var inbound: Green

        /// States a pattern.
        public init(name: String, outbound: Green, inbound: Green) {
            self.name = name
            self.outbound = outbound
            self.inbound = inbound
        }
    }

    /// What people call the signal.
    public var name: String
    /// The sequences that may be chosen from, at least one.
    public var patterns: [Pattern]
    /// Time that a queue needs to clear before the outbound band comes, s.
    public var outboundQueueClearance: Double
    /// Time that a queue needs to clear before the inbound band comes, s.
    public var inboundQueueClearance: Double

    /// Describes a signal.
    public init(
        name: String, patterns: [Pattern], outboundQueueClearance: Double = 0, inboundQueueClearance: Double = 0
    ) {
        self.name = name
        self.patterns = patterns
        self.outboundQueueClearance = outboundQueueClearance
        self.inboundQueueClearance = inboundQueueClearance
    }

    /// Describes a signal without left-turn stages, whose through movements are green and red together.
    ///
    /// - Parameter red: Red of both through movements, share of the cycle.
    public init(name: String, red: Double) {
        let green = Green(start: 0, length: 1 - red)
        self.init(name: name, patterns: [Pattern(name: "fixed", outbound: green, inbound: green)])
    }
}
