extension HCM {
    /// Room on a street corner for those who wait to cross and those who walk over it.
    ///
    /// HCM 2010, chapter 18 (corner circulation area).
    public struct PedestrianCorner: Sendable, Equatable {
        /// Flows over the crosswalk at one side of the corner.
        public struct Crossing: Sendable, Equatable {
            /// Pedestrians who come onto the corner from the crosswalk, per hour.
            public var inboundPerHour: Double
            /// Pedestrians who leave the corner over the crosswalk, per hour.
            public var outboundPerHour: Double
            /// Effective walk of the crosswalk, s.
            public var effectiveWalk: Double

            /// Makes a crossing from its parts.
            public init(inboundPerHour: Double, outboundPerHour: Double, effectiveWalk: Double) {
                precondition(inboundPerHour >= 0 && outboundPerHour >= 0)
                self.inboundPerHour = inboundPerHour
                self.outboundPerHour = outboundPerHour
                self.effectiveWalk = effectiveWalk
            }
        }

        /// Time-space of the corner in one cycle, m²·s.
        public let availableTimeSpace: Double
        /// Time that all who wait for each crossing spend waiting in one cycle, s, in the order given.
        public let waitingTimes: [Double]
        /// Time-space left to those who walk, m²·s.
        public let circulationTimeSpace: Double
        /// Pedestrians who use the corner in one cycle.
        public let pedestriansPerCycle: Double
        /// Room of each who walks, m²; nil where nobody does.
        public var areaPerPedestrian: Double? {
            pedestriansPerCycle > 0 ? circulationTimeSpace / (Self.crossingTime * pedestriansPerCycle) : nil
        }

        /// Time that a pedestrian takes over a corner, s.
        private static let crossingTime = 4.0
        /// Room of a pedestrian who waits: 5 ft², m².
        private static let waitingArea = 5 * foot * foot

        /// Measures the corner.
        ///
        /// TS = C(W_a·W_b − 0.215·R²), less 5 ft² for the time that each waits.
        ///
        /// - Parameters:
        ///   - cycle: Cycle time, s.
        ///   - sidewalkWidths: W_a and W_b, widths of the two sidewalks, m.
        ///   - curbRadius: Radius R of the kerb, m.
        ///   - crossings: The crosswalks that meet at the corner, commonly two.
        ///   - passingPerHour: Pedestrians who turn the corner without crossing, both ways, per hour.
        public init(
            cycle: Double, sidewalkWidths: (Double, Double), curbRadius: Double, crossings: [Crossing],
            passingPerHour: Double
        ) {
            precondition(sidewalkWidths.0 > 0 && sidewalkWidths.1 > 0 && curbRadius >= 0 && passingPerHour >= 0)
            let waiting = crossings.map { crossing in
                crossing.outboundPerHour / 3600 * cycle
                    * HCM.pedestrianDelay(cycle: cycle, effectiveWalk: crossing.effectiveWalk)
            }
            let hourly = crossings.reduce(passingPerHour) { $0 + $1.inboundPerHour + $1.outboundPerHour }
            availableTimeSpace = cycle * (sidewalkWidths.0 * sidewalkWidths.1 - 0.215 * curbRadius * curbRadius)
            waitingTimes = waiting
            circulationTimeSpace = max(0, availableTimeSpace - Self.waitingArea * waiting.reduce(0, +))
            pedestriansPerCycle = hourly / 3600 * cycle
        }
    }
}
