/// What a lane-area detector reports for one second: numbers of vehicles and speeds, and nobody's name or way.
public struct AreaReading: Equatable, Sendable {
    /// What it reports of one zone.
    public struct Zone: Equatable, Sendable {
        /// Vehicles whose front is in it; in the first zone also those that have crossed its end and not left it whole.
        public var vehicles: Int
        /// Those of them that stand.
        public var halted: Int
        /// Mean speed of the vehicles, m/s; meaningless without any.
        public var meanSpeed: Double

        /// States what is in a zone.
        public init(vehicles: Int, halted: Int, meanSpeed: Double) {
            self.vehicles = vehicles
            self.halted = halted
            self.meanSpeed = meanSpeed
        }
    }

    /// Its zones, the one at the downstream end first.
    public var zones: [Zone]

    /// States a reading.
    public init(zones: [Zone]) { self.zones = zones }

    /// Vehicles in all zones.
    public var vehicles: Int { zones.reduce(0) { $0 + $1.vehicles } }

    /// Mean speed of all vehicles, m/s; 0 without any.
    public var meanSpeed: Double {
        let count = vehicles
        guard count > 0 else { return 0 }
        return zones.reduce(0) { $0 + ($1.vehicles > 0 ? Double($1.vehicles) * $1.meanSpeed : 0) } / Double(count)
    }

    /// Mean speeds that can be true, m/s; detectors that see nobody say -1.
    static let possibleSpeeds = -1.0..<100

    /// Whether the numbers can be true on a detector of so many zones, with so many places in each.
    func isPlausible(zoneCount: Int, placesInZone places: Double) -> Bool {
        zones.count == zoneCount
            && zones.allSatisfy { zone in
                zone.vehicles >= 0 && zone.halted >= 0 && zone.halted <= zone.vehicles
                    && Double(zone.vehicles) <= 2 * places + 2
                    && (zone.vehicles == 0 || Self.possibleSpeeds.contains(zone.meanSpeed))
            }
    }
}
