extension TraciVariable where Domain == Traci.InductionLoop, Value == [TraciID<Traci.InductionLoop>] {
    /// All induction loops; of no object.
    public static var all: Self { Self(names: 0x00) }
}

extension TraciVariable where Domain == Traci.InductionLoop, Value == Int {
    /// Vehicles on the loop in the last step.
    public static var vehicleCount: Self { Self(count: 0x10) }
    /// Vehicles that left the loop in the interval that runs.
    public static var intervalCount: Self { Self(count: 0x25) }
    /// Vehicles that left the loop in the last whole interval.
    public static var lastIntervalCount: Self { Self(count: 0x29) }
}

extension TraciVariable where Domain == Traci.InductionLoop, Value == Double {
    /// Mean speed of the vehicles of the last step, m/s; −1 without any.
    public static var meanSpeed: Self { Self(number: 0x11) }
    /// Share of the last step that the loop was occupied, %.
    public static var occupancyPercent: Self { Self(number: 0x13) }
    /// Share of the interval that runs that the loop was occupied, %.
    public static var intervalOccupancyPercent: Self { Self(number: 0x23) }
    /// Mean speed in the interval that runs, m/s; −1 without any vehicle.
    public static var intervalSpeed: Self { Self(number: 0x24) }
    /// Share of the last whole interval that the loop was occupied, %.
    public static var lastIntervalOccupancyPercent: Self { Self(number: 0x27) }
    /// Mean speed in the last whole interval, m/s; −1 without any vehicle.
    public static var lastIntervalSpeed: Self { Self(number: 0x28) }
    /// How long ago the last vehicle left the loop, s; 0 while one is on it.
    public static var timeSinceDetection: Self { Self(number: 0x16) }
    /// How far it is from the start of its lane, m.
    public static var position: Self { Self(number: 0x42) }
}

extension TraciVariable where Domain == Traci.InductionLoop, Value == TraciID<Traci.Lane> {
    /// The lane that it is on.
    public static var lane: Self { Self(name: 0x51) }
}

extension TraciVariable where Domain == Traci.InductionLoop, Value == [TraciID<Traci.Vehicle>] {
    /// Vehicles on the loop in the last step.
    public static var vehicles: Self { Self(names: 0x12) }
}

extension TraciVariable where Domain == Traci.InductionLoop, Value == [TraciPassage] {
    /// Vehicles over the loop in the last step, with their times.
    public static var passages: Self { Self(0x17, TraciPassage.list) }
}
