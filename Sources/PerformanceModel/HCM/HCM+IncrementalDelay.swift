extension HCM {
    /// Incremental delay: what randomness and oversaturation in the analysis period add, s per vehicle.
    ///
    /// d2 = 900·T((X − 1) + √((X − 1)² + 8·k·I·X/(c·T))), T in hours (HCM 2010 equation 18-45).
    ///
    /// - Parameters:
    ///   - degreeOfSaturation: X, any value of at least 0.
    ///   - capacityPerHour: Capacity of the lane group, veh/h.
    ///   - incrementalDelayFactor: k; 0.5 for fixed-time control, see ``actuatedDelayFactor(flowPerHour:availableCapacityPerHour:passageTime:)``.
    ///   - upstreamFilter: I; 1 for an isolated junction.
    ///   - analysisPeriod: Analysis period, s.
    public static func incrementalDelay(
        degreeOfSaturation: Double, capacityPerHour: Double, incrementalDelayFactor: Double = 0.5,
        upstreamFilter: Double = 1, analysisPeriod: Double = 900
    ) -> Double {
        precondition(degreeOfSaturation >= 0 && capacityPerHour > 0 && analysisPeriod > 0)
        precondition(incrementalDelayFactor >= 0 && upstreamFilter >= 0)
        let hours = analysisPeriod / 3600
        let excess = degreeOfSaturation - 1
        let spread =
            8 * incrementalDelayFactor * upstreamFilter * degreeOfSaturation / (capacityPerHour * hours)
        return 900 * hours * (excess + (excess * excess + spread).squareRoot())
    }

    /// Incremental delay factor k of an actuated signal group.
    ///
    /// k = (1 − 2·k_min)(v/c_a − 0.5) + k_min, from k_min to 0.5 (HCM 2010, chapter 18).
    ///
    /// - Parameters:
    ///   - flowPerHour: Flow of the lane group, veh/h.
    ///   - availableCapacityPerHour: c_a, capacity were the green always at its greatest, veh/h.
    ///   - passageTime: Passage time of the detectors, s.
    public static func actuatedDelayFactor(
        flowPerHour: Double, availableCapacityPerHour: Double, passageTime: Double
    ) -> Double {
        precondition(flowPerHour >= 0 && availableCapacityPerHour > 0)
        let least = leastDelayFactor(passageTime: passageTime)
        let factor = (1 - 2 * least) * (flowPerHour / availableCapacityPerHour - 0.5) + least
        return min(0.5, max(least, factor))
    }

    /// Least incremental delay factor k_min of an actuated signal group.
    ///
    /// k_min = −0.375 + 0.354·PT − 0.0910·PT² + 0.00889·PT³, from 0.04 to 0.5 (HCM 2010, chapter 18).
    ///
    /// - Parameter passageTime: Passage time PT of the detectors, at least 0, s.
    public static func leastDelayFactor(passageTime: Double) -> Double {
        precondition(passageTime >= 0)
        let cubic = -0.375 + passageTime * (0.354 + passageTime * (-0.0910 + passageTime * 0.00889))
        return min(0.5, max(0.04, cubic))
    }

    /// Chance that a vehicle calls an actuated group in a cycle.
    ///
    /// p = 1 − e^(−q·C) (HCM 2010, chapter 31).
    ///
    /// - Parameters:
    ///   - flowPerHour: Flow q that calls the group, veh/h.
    ///   - cycle: Cycle time C, s.
    public static func callProbability(flowPerHour: Double, cycle: Double) -> Double {
        precondition(flowPerHour >= 0 && cycle > 0)
        return 1 - exponential(-flowPerHour / 3600 * cycle)
    }
}
