extension HCM {
    /// Effective walk: the part of the cycle in which pedestrians set out, s.
    ///
    /// g_walk = walk + 4 (HCM 2010, chapter 18): people still start in the first 4 s of the clearance.
    ///
    /// - Parameter walk: Walk interval of an actuated or fixed-time group that does not rest in walk, s.
    public static func effectiveWalk(walk: Double) -> Double {
        precondition(walk >= 0)
        return walk + 4
    }

    /// Mean delay of pedestrians at a signal, s each.
    ///
    /// d_p = (C − g_walk)²/(2C) (HCM 2010, chapter 18).
    ///
    /// - Parameters:
    ///   - cycle: Cycle time, s.
    ///   - effectiveWalk: g_walk, 0 ... cycle, s.
    public static func pedestrianDelay(cycle: Double, effectiveWalk: Double) -> Double {
        precondition(cycle > 0 && effectiveWalk >= 0 && effectiveWalk <= cycle, "0 <= walk <= cycle, cycle > 0")
        let red = cycle - effectiveWalk
        return red * red / (2 * cycle)
    }
}
