/// Settings and delay of a fixed-time signal after Webster (Traffic Signal Settings, Road Research Paper 39, 1958).
public enum Webster {
    /// Cycle time of least delay, s; nil when the critical flows leave no room, Y ≥ 1.
    ///
    /// C = (1.5·L + 5)/(1 − Y) (Webster 1958).
    ///
    /// - Parameters:
    ///   - lostTime: Time L lost in one cycle, s.
    ///   - criticalFlowRatios: Greatest flow over saturation flow in each stage, y.
    public static func optimumCycle(lostTime: Double, criticalFlowRatios: [Double]) -> Double? {
        precondition(lostTime >= 0 && criticalFlowRatios.allSatisfy { $0 >= 0 })
        let sum = criticalFlowRatios.reduce(0, +)
        return sum < 1 ? (1.5 * lostTime + 5) / (1 - sum) : nil
    }

    /// Effective greens that load all stages equally, s, in the order of the flow ratios.
    ///
    /// g_i = (C − L)·y_i/Y (Webster 1958).
    ///
    /// - Parameters:
    ///   - cycle: Cycle time, at least the lost time, s.
    ///   - lostTime: Time L lost in one cycle, s.
    ///   - criticalFlowRatios: Greatest flow over saturation flow in each stage, y; one of them above 0.
    public static func effectiveGreens(
        cycle: Double, lostTime: Double, criticalFlowRatios: [Double]
    ) -> [Double] {
        let sum = criticalFlowRatios.reduce(0, +)
        precondition(sum > 0 && criticalFlowRatios.allSatisfy { $0 >= 0 }, "some stage needs flow")
        precondition(lostTime >= 0 && cycle >= lostTime, "the cycle is at least the lost time")
        return criticalFlowRatios.map { (cycle - lostTime) * $0 / sum }
    }

    /// Mean delay under uniform and random arrivals, by its two terms.
    public struct Delay: Sendable, Equatable {
        /// First term, C(1 − λ)²/(2(1 − λX)), s per vehicle.
        public let uniform: Double
        /// Second term, X²/(2q(1 − X)), s per vehicle.
        public let random: Double
        /// 0.9·(first + second), s per vehicle: Webster's stand-in for the fitted third term.
        public var total: Double { 0.9 * (uniform + random) }
    }

    /// Mean delay on an approach; nil when X ≥ 1, where the formula has no meaning.
    ///
    /// d = 0.9·(C(1 − λ)²/(2(1 − λX)) + X²/(2q(1 − X))), λ = g/C (Webster 1958).
    ///
    /// - Parameters:
    ///   - cycle: Cycle time, s.
    ///   - effectiveGreen: Effective green, between 0 and the cycle, s.
    ///   - flowPerHour: Flow q, above 0, veh/h.
    ///   - saturationFlowPerHour: Saturation flow, veh/h of green.
    public static func delay(
        cycle: Double, effectiveGreen: Double, flowPerHour: Double, saturationFlowPerHour: Double
    ) -> Delay? {
        precondition(flowPerHour > 0 && saturationFlowPerHour > 0 && effectiveGreen > 0)
        let capacity = HCM.capacityPerHour(
            saturationFlowPerHour: saturationFlowPerHour, effectiveGreen: effectiveGreen, cycle: cycle)
        let saturation = flowPerHour / capacity
        guard saturation < 1 else { return nil }
        return Delay(
            uniform: HCM.uniformDelay(
                cycle: cycle, effectiveGreen: effectiveGreen, degreeOfSaturation: saturation),
            random: 3600 * saturation * saturation / (2 * flowPerHour * (1 - saturation)))
    }
}
