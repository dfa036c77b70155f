extension TraciVariable where Domain == Traci.Vehicle, Value == [TraciID<Traci.Vehicle>] {
    /// All vehicles on the road; of no object.
    public static var all: Self { Self(names: 0x00) }
}

extension TraciVariable where Domain == Traci.Vehicle, Value == Int {
    /// Number of vehicles on the road; of no object.
    public static var count: Self { Self(count: 0x01) }
    /// Number of the edge of its route that it is on, from 0; −1 before it entered.
    public static var routeIndex: Self { Self(count: 0x69) }
}

extension TraciVariable where Domain == Traci.Vehicle, Value == Double {
    /// Speed, m/s.
    public static var speed: Self { Self(number: 0x40) }
    /// How far its front is from the start of its lane, m.
    public static var lanePosition: Self { Self(number: 0x56) }
    /// How long it has been slower than 0.1 m/s, s.
    public static var waitingTime: Self { Self(number: 0x7a) }
    /// Time lost against its wished speed since it entered, s.
    public static var timeLoss: Self { Self(number: 0x8c) }
    /// How long it waited to enter, s.
    public static var departDelay: Self { Self(number: 0x3b) }
    /// How far it has gone, m.
    public static var distance: Self { Self(number: 0x84) }
}

extension TraciVariable where Domain == Traci.Vehicle, Value == TraciID<Traci.Lane> {
    /// The lane that it is on; empty while it is not on the road.
    public static var lane: Self { Self(name: 0x51) }
}

extension TraciVariable where Domain == Traci.Vehicle, Value == TraciID<Traci.Edge> {
    /// The edge that it is on; empty while it is not on the road.
    public static var road: Self { Self(name: 0x50) }
}

extension TraciVariable where Domain == Traci.Vehicle, Value == [TraciID<Traci.Edge>] {
    /// The edges of its route.
    public static var route: Self { Self(names: 0x54) }
}

extension TraciVariable where Domain == Traci.Vehicle, Value == TraciValue.Position {
    /// Where its front is, m.
    public static var position: Self { Self(0x42, { value throws(TraciError) in try value.place }) }
}

extension TraciVariable where Domain == Traci.Vehicle, Value == String {
    /// Name of its type.
    public static var type: Self { Self(text: 0x4f) }
}

extension TraciVariable where Domain == Traci.Vehicle, Value == [TraciSignalAhead] {
    /// The signals on its route ahead, the nearest first.
    public static var signalsAhead: Self { Self(0x70, TraciSignalAhead.list) }
}
