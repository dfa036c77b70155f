/// A green band: the time in each cycle in which vehicles pass all signals of a street at the speed of progression.
public struct GreenBand: Sendable, Equatable {
    /// Width of the band, s.
    public let width: Double
    /// Cycle time, s.
    public let cycleTime: Double

    /// States a band.
    ///
    /// - Parameters:
    ///   - width: Width of the band, s.
    ///   - cycleTime: Cycle time, s.
    /// - Precondition: 0 ≤ width ≤ cycleTime, and cycleTime > 0.
    public init(width: Double, cycleTime: Double) {
        precondition(cycleTime > 0 && cycleTime.isFinite && (0...cycleTime).contains(width))
        self.width = width
        self.cycleTime = cycleTime
    }

    /// Bandwidth efficiency: the band as a share of the cycle (Morgan and Little 1964).
    public var efficiency: Double { width / cycleTime }

    /// Vehicles that one lane carries in the band of each cycle: B/h.
    ///
    /// - Parameter headway: Saturation headway h, s.
    /// - Precondition: headway > 0.
    public func vehiclesPerCycle(headway: Double) -> Double {
        precondition(headway > 0)
        return width / headway
    }

    /// Flow that one lane carries in the band, veh/h: 3600·B/(C·h).
    ///
    /// - Parameter headway: Saturation headway h, s.
    /// - Precondition: headway > 0.
    public func capacityPerHour(headway: Double) -> Double { vehiclesPerCycle(headway: headway) * 3600 / cycleTime }
}
