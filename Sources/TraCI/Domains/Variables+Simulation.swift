extension TraciVariable where Domain == Traci.Simulation, Value == Double {
    /// The time that has been simulated to, s.
    public static var time: Self { Self(number: 0x66) }
    /// Length of a step, s.
    public static var stepLength: Self { Self(number: 0x7b) }
}

extension TraciVariable where Domain == Traci.Simulation, Value == Int {
    /// Vehicles that entered in the last step.
    public static var departedCount: Self { Self(count: 0x73) }
    /// Vehicles that arrived in the last step.
    public static var arrivedCount: Self { Self(count: 0x79) }
    /// Vehicles on the road and those that are still to enter, as far as they are loaded; 0 when all is over.
    public static var minimumExpected: Self { Self(count: 0x7d) }
    /// Vehicles that began to teleport in the last step.
    public static var startedTeleportCount: Self { Self(count: 0x75) }
}

extension TraciVariable where Domain == Traci.Simulation, Value == [TraciID<Traci.Vehicle>] {
    /// Vehicles that entered in the last step.
    public static var departed: Self { Self(names: 0x74) }
    /// Vehicles that arrived in the last step.
    public static var arrived: Self { Self(names: 0x7a) }
    /// Vehicles whose time to enter has come and that found no room.
    public static var waitingToEnter: Self { Self(names: 0x94) }
}
