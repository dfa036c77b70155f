extension HCM {
    /// Capacity of a lane group, veh/h.
    ///
    /// c = N·s·g/C (HCM 2010, chapter 18).
    ///
    /// - Parameters:
    ///   - saturationFlowPerHour: Adjusted saturation flow of one lane, veh/h of green.
    ///   - effectiveGreen: Effective green, 0 ... cycle, s.
    ///   - cycle: Cycle time, s.
    ///   - lanes: Lanes of the group.
    public static func capacityPerHour(
        saturationFlowPerHour: Double, effectiveGreen: Double, cycle: Double, lanes: Int = 1
    ) -> Double {
        precondition(cycle > 0 && effectiveGreen >= 0 && effectiveGreen <= cycle, "0 <= green <= cycle, cycle > 0")
        precondition(saturationFlowPerHour >= 0 && lanes > 0)
        return Double(lanes) * saturationFlowPerHour * effectiveGreen / cycle
    }

    /// Degree of saturation, the manual's volume-to-capacity ratio.
    ///
    /// X = v/c (HCM 2010, chapter 18).
    ///
    /// - Precondition: The flow is at least 0 and the capacity above 0.
    public static func degreeOfSaturation(flowPerHour: Double, capacityPerHour: Double) -> Double {
        precondition(flowPerHour >= 0 && capacityPerHour > 0)
        return flowPerHour / capacityPerHour
    }
}
