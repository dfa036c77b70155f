extension TraciVariable where Domain == Traci.Edge, Value == [TraciID<Traci.Edge>] {
    /// All edges, those within junctions too; of no object.
    public static var all: Self { Self(names: 0x00) }
}

extension TraciVariable where Domain == Traci.Edge, Value == Int {
    /// Vehicles on the edge in the last step.
    public static var vehicleCount: Self { Self(count: 0x10) }
    /// Vehicles on the edge slower than 0.1 m/s in the last step.
    public static var haltingCount: Self { Self(count: 0x14) }
    /// Number of its lanes.
    public static var laneCount: Self { Self(count: 0x52) }
}

extension TraciVariable where Domain == Traci.Edge, Value == Double {
    /// Mean speed on the edge in the last step, m/s.
    public static var meanSpeed: Self { Self(number: 0x11) }
    /// Share of the length of the edge that vehicles took up in the last step, %.
    public static var occupancyPercent: Self { Self(number: 0x13) }
    /// Travel time at the mean speed of the last step, s.
    public static var travelTime: Self { Self(number: 0x5a) }
}

extension TraciVariable where Domain == Traci.Edge, Value == [TraciID<Traci.Vehicle>] {
    /// Vehicles on the edge.
    public static var vehicles: Self { Self(names: 0x12) }
}
