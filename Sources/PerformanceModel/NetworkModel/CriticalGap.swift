import SignalModel

/// How long a gap a driver waits for who gives way from a stand, by the paths over the junction.
///
/// One foe leaves its path, the driver starts, leaves its own, and the next foe must not have come: a + (l_f + l)/v_f +
/// √(2 (l_r + l)/b), with the path of the foe l_f, its speed v_f, the way that remains to the driver l_r, the length of a
/// vehicle l, and the acceleration b. a was fitted to what goes through against random traffic in SUMO 1.28, where gaps are
/// 6.3 to 9.5 s: 12 turns of Cologne, Ingolstadt, the grid and the example of the HCM, within 0.7 s of it, half of them within
/// 0.15 s.
enum CriticalGap {
    /// What a driver keeps beside the times on both paths, s.
    private static let margin = 1.6
    /// Acceleration from a stand, m/s².
    private static let acceleration = 2.6
    /// Speed of a foe up to which a gap that is long enough to cross is long enough to merge, m/s.
    private static let easyMergingSpeed = 9.4
    /// How far beyond the stop line the first driver inside the junction stands, in vehicles; the next ones stand behind.
    private static let placeOfOneInside = 0.65

    /// The critical gap of a movement, s.
    ///
    /// - Parameter foes: The movements that it gives way to.
    /// - Precondition: There are foes, and all movements have connections.
    static func of(_ movement: Movement, against foes: [Movement], vehicles: VehicleParameters) -> Double {
        let passing = foes.map { foe in
            let path = foe.connections[0]
            return (path.length + vehicles.length) / max(1, path.speed)
        }
        let inside = movement.waitingInside
        let behind = inside > 0 ? (Double(inside) - 1 + placeOfOneInside) * vehicles.spacing : 0
        let remaining = max(0, movement.connections[0].length - behind)
        return margin + passing.reduce(0, +) / Double(passing.count)
            + (2 * (remaining + vehicles.length) / acceleration).squareRoot()
    }

    /// How much longer the gap must be in front of a foe that goes on in the same lane, s: until the driver is as fast.
    ///
    /// (v_f − 9.4 m/s)/b. Fitted to what turns out of a minor road in SUMO 1.28 against 400 veh/h of random traffic, where gaps
    /// are 5.5 to 6.7 s at 8.3 m/s, 6.8 to 7.7 at 11.1, 7.6 to 8.4 at 13.9 and 8.0 to 9.1 at 16.7.
    static func excess(of movement: Movement, against foe: Movement) -> Double {
        movement.to == foe.to ? max(0, foe.connections[0].speed - easyMergingSpeed) / acceleration : 0
    }
}
