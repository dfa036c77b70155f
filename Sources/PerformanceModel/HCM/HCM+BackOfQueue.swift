extension HCM {
    /// Time that a stop costs by braking and accelerating, s: the acceleration-deceleration delay d_a.
    ///
    /// d_a = (S_a − S_s)²/(2·S_a)·(1/r_a + 1/r_d), S_a = 0.90(25.6 + 0.47·S_pl), S_s = 5 mph, r_a = 3.5 ft/s²,
    /// r_d = 4.0 ft/s² (HCM 2010, chapter 31).
    ///
    /// - Parameter speedLimit: Posted speed limit S_pl, m/s.
    public static func stopDelay(speedLimit: Double) -> Double {
        precondition(speedLimit > 0)
        let speed = 0.90 * (25.6 * milePerHour + 0.47 * speedLimit)
        let lost = speed - 5 * milePerHour
        return lost * lost / (2 * speed) * (1 / 3.5 + 1 / 4.0) / foot
    }

    /// Second-term back of queue Q2: what randomness and oversaturation add, vehicles per lane.
    ///
    /// Q2 = c·d2/(3600·N) (HCM 2010, chapter 31).
    ///
    /// - Parameters:
    ///   - capacityPerHour: Capacity c of the lane group, veh/h.
    ///   - incrementalDelay: d2, s per vehicle.
    ///   - lanes: Lanes N of the group.
    public static func secondBackOfQueue(
        capacityPerHour: Double, incrementalDelay: Double, lanes: Int = 1
    ) -> Double {
        precondition(capacityPerHour > 0 && incrementalDelay >= 0 && lanes > 0)
        return capacityPerHour * incrementalDelay / (3600 * Double(lanes))
    }

    /// Share of the storage that a queue fills, R_Q; above 1 it reaches beyond.
    ///
    /// R_Q = Q·L_h/L, L_h = 25(1 − P) + 45·P feet (HCM 2010, chapter 31).
    ///
    /// - Parameters:
    ///   - backOfQueue: Q, vehicles per lane.
    ///   - heavyVehicleShare: P, 0 ... 1.
    ///   - storageLength: Length L for the queue, m.
    public static func storageRatio(backOfQueue: Double, heavyVehicleShare: Double, storageLength: Double) -> Double {
        precondition(backOfQueue >= 0 && (0...1).contains(heavyVehicleShare) && storageLength > 0)
        let spacing = (25 * (1 - heavyVehicleShare) + 45 * heavyVehicleShare) * foot
        return backOfQueue * spacing / storageLength
    }
}
