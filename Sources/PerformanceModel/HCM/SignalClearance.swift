/// Lengths of the intervals that clear a junction.
public enum SignalClearance {
    /// Yellow by the kinematic formula, not yet rounded, s.
    ///
    /// Y = 1.0 + 0.733·S/(D + 0.32·G), S in mph, D in ft/s², G in percent (COMAR 11.04.14.03).
    ///
    /// - Parameters:
    ///   - speed: Approach speed, m/s.
    ///   - deceleration: Comfortable braking, m/s²; 10 ft/s² unless another is known.
    ///   - gradient: Rise over run, positive uphill.
    public static func yellow(speed: Double, deceleration: Double = 3.048, gradient: Double = 0) -> Double {
        let braking = deceleration / HCM.foot + 0.32 * gradient * 100
        precondition(speed >= 0 && braking > 0, "the slope leaves no braking")
        return 1.0 + 0.733 * (speed / HCM.milePerHour) / braking
    }

    /// Yellow to set, s: that of ``yellow(speed:deceleration:gradient:)`` rounded up to half a second.
    ///
    /// At least 3.0 s and at most 6.0 s (COMAR 11.04.14.03).
    public static func yellowToSet(speed: Double, deceleration: Double = 3.048, gradient: Double = 0) -> Double {
        let exact = yellow(speed: speed, deceleration: deceleration, gradient: gradient)
        // A value that is a half second but for rounding errors stays.
        return min(6, max(3, (exact * 2 - 1e-9).rounded(.up) / 2))
    }

    /// Red clearance that lets the last vehicle leave the junction, s.
    ///
    /// R = (W + L)/v (Institute of Transportation Engineers), L = 20 ft.
    ///
    /// - Parameters:
    ///   - width: Width W from the stop line to the far side, m.
    ///   - speed: Speed v of the last vehicle, above 0, m/s.
    ///   - vehicleLength: L, m.
    public static func redClearance(width: Double, speed: Double, vehicleLength: Double = 6.096) -> Double {
        precondition(width >= 0 && speed > 0 && vehicleLength >= 0)
        return (width + vehicleLength) / speed
    }

    /// Least green beside a crosswalk, so that pedestrians cross before the change ends, s; not below the walk.
    ///
    /// G = walk + L/S − Y − R, walk 7.0 s and S 3.5 ft/s (HCM equation 31-70).
    ///
    /// - Parameters:
    ///   - crossingLength: Length L from kerb to kerb, m.
    ///   - yellow: Yellow after the green, s.
    ///   - redClearance: Red clearance after the yellow, s.
    ///   - walk: Walk interval, s.
    ///   - walkingSpeed: S, m/s.
    public static func leastPedestrianGreen(
        crossingLength: Double, yellow: Double, redClearance: Double, walk: Double = 7, walkingSpeed: Double = 1.0668
    ) -> Double {
        precondition(crossingLength >= 0 && yellow >= 0 && redClearance >= 0 && walk >= 0 && walkingSpeed > 0)
        return max(walk, walk + crossingLength / walkingSpeed - yellow - redClearance)
    }
}
