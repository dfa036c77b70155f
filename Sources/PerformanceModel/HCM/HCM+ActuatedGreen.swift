extension HCM {
    /// A lane group whose arrivals extend an actuated green.
    public struct ExtendingFlow: Sendable, Equatable {
        /// Flow, veh/h.
        public var flowPerHour: Double
        /// Lanes over which it comes.
        public var lanes: Int

        /// Makes a flow from its parts.
        public init(flowPerHour: Double, lanes: Int = 1) {
            precondition(flowPerHour >= 0 && lanes > 0)
            self.flowPerHour = flowPerHour
            self.lanes = lanes
        }

        /// Headway Δ that is never undercut, s.
        var leastHeadway: Double { lanes == 1 ? 1.5 : 0.5 }
        /// Bunching factor b.
        var bunching: Double { lanes == 1 ? 0.6 : lanes == 2 ? 0.5 : 0.8 }
    }

    /// Time by which arrivals extend an actuated green after its queue has cleared, s.
    ///
    /// g_e = p²(1 − pⁿ)/(q(1 − p)), p = 1 − φ·e^(−λ(MAH − Δ)), with bunched headways: φ_i = e^(−b_i·Δ_i·q_i),
    /// λ_i = φ_i·q_i/(1 − Δ_i·q_i), λ = Σλ_i, Δ = Σ(λ_i·Δ_i)/λ, φ = Πφ_i, n = q·room (HCM 2010, chapter 31).
    ///
    /// - Parameters:
    ///   - flows: Flows that extend the green, with those of the group that must gap out at the same time.
    ///   - allowableHeadway: Greatest headway MAH that still extends the green, s.
    ///   - room: Time from the end of the queue to the greatest green, s.
    public static func greenExtension(flows: [ExtendingFlow], allowableHeadway: Double, room: Double) -> Double {
        var (flow, rate, weighted, free) = (0.0, 0.0, 0.0, 1.0)
        for part in flows {
            let own = part.flowPerHour / 3600
            precondition(part.leastHeadway * own < 1, "more vehicles than the least headway lets pass")
            let ownFree = exponential(-part.bunching * part.leastHeadway * own)
            let ownRate = ownFree * own / (1 - part.leastHeadway * own)
            flow += own
            rate += ownRate
            weighted += ownRate * part.leastHeadway
            free *= ownFree
        }
        guard flow > 0, room > 0 else { return 0 }
        let spare = max(0, allowableHeadway - weighted / rate)
        let extending = 1 - free * exponential(-rate * spare)
        let unlimited = extending * extending / (flow * (1 - extending))
        return unlimited * (1 - exponential(flow * room * naturalLogarithm(extending)))
    }

    /// Mean duration of an actuated NEMA phase with its change interval, s.
    ///
    /// D = p·G + Y + R, G = l1 + g_s + g_e between the least and the greatest green (HCM 2010, chapter 31).
    ///
    /// - Parameters:
    ///   - queueServiceTime: g_s, s.
    ///   - greenExtension: g_e, s.
    ///   - callProbability: p, chance that the phase is called in a cycle.
    ///   - startLostTime: l1, s.
    ///   - greens: Least and greatest green, s.
    ///   - change: Y + R, yellow and red clearance, s.
    public static func actuatedPhaseDuration(
        queueServiceTime: Double, greenExtension: Double, callProbability: Double, startLostTime: Double = 2,
        greens: ClosedRange<Double>, change: Double
    ) -> Double {
        precondition(queueServiceTime >= 0 && greenExtension >= 0 && startLostTime >= 0 && change >= 0)
        precondition((0...1).contains(callProbability), "a chance is 0 ... 1")
        let green = startLostTime + queueServiceTime + greenExtension
        return callProbability * min(greens.upperBound, max(greens.lowerBound, green)) + change
    }
}
