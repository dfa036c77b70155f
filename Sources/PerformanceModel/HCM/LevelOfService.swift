extension HCM {
    /// Level of service, best first.
    public enum LevelOfService: String, Sendable, Codable, CaseIterable, Comparable {
        /// The levels of the manual.
        case a = "A"
        case b = "B"
        case c = "C"
        case d = "D"
        case e = "E"
        case f = "F"

        /// Level of vehicles at a signal (HCM 2010 exhibit 18-4).
        ///
        /// - Parameters:
        ///   - controlDelay: Control delay, s per vehicle.
        ///   - degreeOfSaturation: X of the lane group: F above 1. Approaches and intersections go by delay alone.
        public init(controlDelay: Double, degreeOfSaturation: Double = 0) {
            self = degreeOfSaturation > 1 ? .f : Self.level(of: controlDelay, limits: [10, 20, 35, 55, 80])
        }

        /// Level of pedestrians or bicycles at a signal (HCM 2010 exhibit 18-5).
        ///
        /// - Parameter score: Score of the traveller's perception, without unit.
        public init(score: Double) {
            self = Self.level(of: score, limits: [2, 2.75, 3.5, 4.25, 5])
        }

        /// Whether the first is better.
        public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

        private static func level(of value: Double, limits: [Double]) -> Self {
            allCases[limits.firstIndex { value <= $0 } ?? limits.count]
        }
    }
}
