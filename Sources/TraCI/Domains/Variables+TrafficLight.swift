extension TraciVariable where Domain == Traci.TrafficLight, Value == [TraciID<Traci.TrafficLight>] {
    /// All traffic lights; of no object.
    public static var all: Self { Self(names: 0x00) }
}

extension TraciVariable where Domain == Traci.TrafficLight, Value == String {
    /// One letter for each signal, as shown now.
    public static var state: Self { Self(text: 0x20) }
    /// Name of the program that runs.
    public static var program: Self { Self(text: 0x29) }
}

extension TraciVariable where Domain == Traci.TrafficLight, Value == Int {
    /// Number of the state of its program that is shown, from 0: SUMO's phase index.
    public static var stateNumber: Self { Self(count: 0x28) }
}

extension TraciVariable where Domain == Traci.TrafficLight, Value == Double {
    /// How long the state lasts in all, s.
    public static var stateDuration: Self { Self(number: 0x24) }
    /// When the state ends, s.
    public static var nextSwitch: Self { Self(number: 0x2d) }
}

extension TraciVariable where Domain == Traci.TrafficLight, Value == [TraciID<Traci.Lane>] {
    /// The lanes that lead to its signals, one for each link, with repetitions.
    public static var controlledLanes: Self { Self(names: 0x26) }
}

extension TraciVariable where Domain == Traci.TrafficLight, Value == [[TraciSignalLink]] {
    /// The links of each signal, in the order of the letters of a state.
    public static var links: Self { Self(0x27, TraciSignalLink.list) }
}

extension TraciVariable where Domain == Traci.TrafficLight, Value == [TraciProgram] {
    /// All its programs.
    public static var programs: Self { Self(0x2b, TraciProgram.list) }
}

extension TraciSetting where Domain == Traci.TrafficLight, Value == String {
    /// One letter for each signal; its program stops, and this is shown until something else is set.
    public static var state: Self { Self(0x20, TraciValue.string) }
    /// Name of the program to run, or `off`.
    public static var program: Self { Self(0x23, TraciValue.string) }
}

extension TraciSetting where Domain == Traci.TrafficLight, Value == Int {
    /// Number of the state of its program to show, from 0.
    public static var stateNumber: Self { Self(0x22, { .integer(Int32(clamping: $0)) }) }
}

extension TraciSetting where Domain == Traci.TrafficLight, Value == Double {
    /// How long the state that is shown lasts from now, s.
    public static var remainingDuration: Self { Self(0x24, TraciValue.double) }
}
