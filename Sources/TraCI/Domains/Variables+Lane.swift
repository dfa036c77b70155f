extension TraciVariable where Domain == Traci.Lane, Value == [TraciID<Traci.Lane>] {
    /// All lanes, those within junctions too; of no object.
    public static var all: Self { Self(names: 0x00) }
}

extension TraciVariable where Domain == Traci.Lane, Value == Int {
    /// Vehicles on the lane in the last step.
    public static var vehicleCount: Self { Self(count: 0x10) }
    /// Vehicles on the lane slower than 0.1 m/s in the last step.
    public static var haltingCount: Self { Self(count: 0x14) }
}

extension TraciVariable where Domain == Traci.Lane, Value == Double {
    /// Mean speed on the lane in the last step, m/s.
    public static var meanSpeed: Self { Self(number: 0x11) }
    /// Share of the length of the lane that vehicles took up in the last step, %.
    public static var occupancyPercent: Self { Self(number: 0x13) }
    /// Its length, m.
    public static var length: Self { Self(number: 0x44) }
    /// Its speed limit, m/s.
    public static var greatestSpeed: Self { Self(number: 0x41) }
}

extension TraciVariable where Domain == Traci.Lane, Value == [TraciID<Traci.Vehicle>] {
    /// Vehicles on the lane, the rearmost first.
    public static var vehicles: Self { Self(names: 0x12) }
}

extension TraciVariable where Domain == Traci.Lane, Value == TraciID<Traci.Edge> {
    /// The edge that it belongs to.
    public static var edge: Self { Self(name: 0x31) }
}

extension TraciVariable where Domain == Traci.Lane, Value == [TraciLaneLink] {
    /// Where it leads.
    public static var links: Self { Self(0x33, TraciLaneLink.list) }
}
