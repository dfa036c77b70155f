extension HCM {
    /// Factor of a central business district on saturation flow (HCM 2010, chapter 18).
    public static let businessDistrictFactor = 0.90

    /// Factor of heavy vehicles on saturation flow.
    ///
    /// f_HV = 1/(1 + P(E − 1)) (HCM 2010, chapter 18).
    ///
    /// - Parameters:
    ///   - share: Share P of heavy vehicles, 0 ... 1.
    ///   - equivalent: Passenger cars E that one stands for.
    public static func heavyVehicleFactor(share: Double, equivalent: Double = 2) -> Double {
        precondition((0...1).contains(share) && equivalent >= 1)
        return 1 / (1 + share * (equivalent - 1))
    }

    /// Factor of parking beside the lane group on saturation flow, at least 0.05.
    ///
    /// f_p = (N − 0.1 − 18·N_m/3600)/N (HCM 2010, chapter 18); 1 where there is no parking lane.
    ///
    /// - Parameters:
    ///   - manoeuvresPerHour: Manoeuvres N_m into and out of parking, per hour.
    ///   - lanes: Lanes N of the group.
    public static func parkingFactor(manoeuvresPerHour: Double, lanes: Int) -> Double {
        precondition(manoeuvresPerHour >= 0 && lanes > 0)
        let count = Double(lanes)
        return max(0.05, (count - 0.1 - 18 * manoeuvresPerHour / 3600) / count)
    }

    /// Factor of pedestrians on the saturation flow of a right turn, A_pbT.
    ///
    /// 1 − 0.6·OCC where the turn can pass them in a second lane, 1 − OCC otherwise; OCC = v/2000 up to 1000
    /// pedestrians per hour of green v, then 0.4 + v/10000, at most 0.9 (HCM 2010, chapter 31).
    ///
    /// - Parameters:
    ///   - pedestriansPerHour: Pedestrians on the crosswalk, both ways, per hour.
    ///   - pedestrianGreen: Their green g_ped, between 0 and the cycle, s.
    ///   - cycle: Cycle time, s.
    ///   - canPass: Whether there are more lanes to turn into than lanes that turn.
    public static func rightTurnPedestrianFactor(
        pedestriansPerHour: Double, pedestrianGreen: Double, cycle: Double, canPass: Bool
    ) -> Double {
        precondition(pedestriansPerHour >= 0 && pedestrianGreen > 0 && pedestrianGreen <= cycle)
        let flow = min(5000, pedestriansPerHour * cycle / pedestrianGreen)
        let occupancy = flow <= 1000 ? flow / 2000 : min(0.9, 0.4 + flow / 10000)
        return canPass ? 1 - 0.6 * occupancy : 1 - occupancy
    }
}
