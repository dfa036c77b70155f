extension HCM {
    /// Uniform delay of a lane group with one green in the cycle, s per vehicle.
    ///
    /// d1 = PF·C(1 − g/C)²/(2(1 − min(1, X)·g/C)) (HCM 2010 equation 18-20; for X < 1 and PF = 1 the first term of
    /// Webster 1958). Several greens or service rates need a ``QueueAccumulationPolygon``.
    ///
    /// - Parameters:
    ///   - cycle: Cycle time, s.
    ///   - effectiveGreen: Effective green, 0 ... cycle, s.
    ///   - degreeOfSaturation: X, any value of at least 0.
    ///   - progressionFactor: PF; 1 for arrivals that take no notice of the signal.
    public static func uniformDelay(
        cycle: Double, effectiveGreen: Double, degreeOfSaturation: Double, progressionFactor: Double = 1
    ) -> Double {
        precondition(cycle > 0 && effectiveGreen >= 0 && effectiveGreen <= cycle, "0 <= green <= cycle, cycle > 0")
        precondition(degreeOfSaturation >= 0 && progressionFactor >= 0)
        let green = effectiveGreen / cycle
        guard green < 1 else { return 0 }
        let red = 1 - green
        return progressionFactor * 0.5 * cycle * red * red / (1 - min(1, degreeOfSaturation) * green)
    }

    /// Factor on uniform delay for platoons, PF.
    ///
    /// PF = (1 − P)/(1 − g/C) · (1 − y)/(1 − min(1, X)·P) · (1 + y(1 − P·C/g)/(1 − g/C)), y = min(1, X)·g/C
    /// (HCM, 6th edition, chapter 19): the ratio of the delays under the two queue polygons. It holds while the queue
    /// clears in the green.
    ///
    /// - Parameters:
    ///   - arrivalsOnGreen: P, share of the vehicles that arrive in the effective green, 0 ... 1.
    ///   - cycle: Cycle time, s.
    ///   - effectiveGreen: Effective green, between 0 and the cycle, s.
    ///   - degreeOfSaturation: X, any value of at least 0.
    public static func progressionFactor(
        arrivalsOnGreen: Double, cycle: Double, effectiveGreen: Double, degreeOfSaturation: Double
    ) -> Double {
        precondition(effectiveGreen > 0 && effectiveGreen < cycle, "0 < green < cycle")
        precondition((0...1).contains(arrivalsOnGreen) && degreeOfSaturation >= 0)
        let green = effectiveGreen / cycle
        let saturation = min(1, degreeOfSaturation)
        let flowRatio = saturation * green
        // Everyone arrives in a green that is full: nobody waits.
        guard saturation * arrivalsOnGreen < 1 else { return 0 }
        return (1 - arrivalsOnGreen) / (1 - green) * (1 - flowRatio) / (1 - saturation * arrivalsOnGreen)
            * (1 + flowRatio * (1 - arrivalsOnGreen / green) / (1 - green))
    }
}
