extension TraciVariable where Domain == Traci.LaneArea, Value == [TraciID<Traci.LaneArea>] {
    /// All detectors of the kind; of no object.
    public static var all: Self { Self(names: 0x00) }
}

extension TraciVariable where Domain == Traci.LaneArea, Value == Int {
    /// Vehicles seen in the interval that runs.
    public static var intervalCount: Self { Self(count: 0x25) }
    /// Vehicles seen in the last whole interval.
    public static var lastIntervalCount: Self { Self(count: 0x29) }
    /// Vehicles in the longest jam on it in the last step.
    public static var jamVehicleCount: Self { Self(count: 0x18) }
    /// Vehicles on it in the last step.
    public static var vehicleCount: Self { Self(count: 0x10) }
    /// Vehicles on it slower than 0.1 m/s in the last step.
    public static var haltingCount: Self { Self(count: 0x14) }
}

extension TraciVariable where Domain == Traci.LaneArea, Value == Double {
    /// Share of its length taken up in the interval that runs, %.
    public static var intervalOccupancyPercent: Self { Self(number: 0x23) }
    /// Share of its length taken up in the last whole interval, %.
    public static var lastIntervalOccupancyPercent: Self { Self(number: 0x27) }
    /// Length of the longest jam on it in the last step, m.
    public static var jamLength: Self { Self(number: 0x19) }
    /// How far its start is from that of its lane, m.
    public static var position: Self { Self(number: 0x42) }
    /// Its length, m.
    public static var length: Self { Self(number: 0x44) }
    /// Mean speed on it in the last step, m/s.
    public static var meanSpeed: Self { Self(number: 0x11) }
    /// Share of the length of it that vehicles took up in the last step, %.
    public static var occupancyPercent: Self { Self(number: 0x13) }
}

extension TraciVariable where Domain == Traci.LaneArea, Value == TraciID<Traci.Lane> {
    /// The lane that it is on.
    public static var lane: Self { Self(name: 0x51) }
}

extension TraciVariable where Domain == Traci.LaneArea, Value == [TraciID<Traci.Vehicle>] {
    /// Vehicles on it in the last step.
    public static var vehicles: Self { Self(names: 0x12) }
}
